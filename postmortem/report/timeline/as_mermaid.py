"""The timeline as a Mermaid gantt chart: phases, ranges and points, no bar for what has no time."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.record import record
from postmortem.report.escaping.mermaid_text import MOST_CHARACTERS, gantt_name
from postmortem.report.facts.facts import Band, Facts, Row
from postmortem.report.facts.focus import focus
from postmortem.report.wording.clock import Clock
from postmortem.report.wording.units import DAY, HOUR, MINUTE, SECOND
from postmortem.report.wording.withheld import withheld_words
from postmortem.resolve.timeline import Bounds

_TICKS = (
    (90 * MINUTE, "10minute", "%H:%M"),
    (4 * HOUR, "30minute", "%H:%M"),
    (12 * HOUR, "1hour", "%H:%M"),
    (36 * HOUR, "6hour", "%d %H:%M"),
    (20 * DAY, "1day", "%m-%d"),
    (150 * DAY, "1week", "%m-%d"),
    (900 * DAY, "1month", "%Y-%m"),
)
_OF_YEARS = ("", "%Y-%m")  # Mermaid's own choice of ticks: it has no interval of several years
_SECTIONS = ("phases", "ranges", "points")
_FINE = 10 * MINUTE
_FIRST_YEAR = -62_135_510_400 * SECOND
_LAST_YEAR = 253_402_214_400 * SECOND


@record
class _Task:
    section: str
    text: str


@record
class _Drawing:
    """What all bars share: the clock, the first and last moment to draw, how long an open end is shown."""

    clock: Clock
    first: int
    last: int

    @property
    def fine(self) -> bool:
        return self.last - self.first <= _FINE

    @property
    def tail(self) -> int:
        return max((self.last - self.first) // 10, MINUTE)

    def bar(self, name: str, tag: str, first: int, last: int) -> str:
        """Write a task from one moment to another; what began before the drawing says so and is cut."""
        if first < self.first:
            name, first = f"{name} - {self.word('earlier')}", self.first
        start, end = self.stamp(first), self.stamp(max(last, first + SECOND), up=True)
        return f"    {name} :{tag}{start}, {end}\n"

    def word(self, key: str, **values: object) -> str:
        return self.clock.language.say(f"gantt.{key}", **values)

    def name(self, text: str, longest: int = 60) -> str:
        return gantt_name(text, longest) or self.word("unnamed")

    def stamp(self, us: int, *, up: bool = False) -> str:
        unit = SECOND if self.fine else MINUTE
        whole = -(-us // unit) * unit if up else us // unit * unit
        return self.clock.iso(whole).replace("T", " ")[: 19 if self.fine else 16]


def timeline_mermaid(facts: Facts, most: int | None = None) -> str:
    """Return the timeline as a Mermaid gantt of at most 45,000 characters.

    ``most`` bounds its rows: then phases come first, and of the events within the drawn stretch those marked
    as highlights, then the first listed. What found no room is counted in a comment. Where nothing has a time
    there is no gantt, for Mermaid would reckon with what is not there, but one box that says so.
    """
    extent = facts.clock.extent
    if extent is None:
        return f'flowchart LR\n  none["{facts.clock.language.say("gantt.none")}"]\n'
    first, last = extent if most is None else focus(facts) or extent
    if first == last:
        first -= MINUTE  # room for a bar that is bounded by this one moment
    drawing = _Drawing(facts.clock, max(first, _FIRST_YEAR), min(last, _LAST_YEAR))
    phases = [_phase(band, drawing) for band in facts.bands if band.place == "phase" and not band.continued]
    bars = [task for task in phases if task is not None][:most]
    rows = _chosen(facts, drawing, None if most is None else most - len(bars))
    text, dropped = _written(_head(facts, drawing), bars + [_event(row, drawing) for row in rows], drawing)
    missing = dropped + len(facts.timeline.events) - len(rows)
    text += f"  %% {drawing.word('more', count=missing)}\n" if missing else ""
    return text + (f"  %% {withheld_words(facts)}\n" if facts.withheld and most is None else "")


def _head(facts: Facts, drawing: _Drawing) -> str:
    width = drawing.last - drawing.first
    tick, axis = next(((name, axis) for most, name, axis in _TICKS if width <= most), _OF_YEARS)
    lines = [
        "gantt",
        f"  accTitle: {drawing.name(facts.incident.title, 120)}",
        f"  accDescr: {drawing.word('bands', count=len(facts.bands))}, "
        + drawing.word("events", count=len(facts.timeline.events)),
        f"  dateFormat YYYY-MM-DD HH:mm{':ss' if drawing.fine else ''}",
        f"  axisFormat {'%H:%M:%S' if drawing.fine else axis}",
    ]
    if tick and not drawing.fine:
        lines.append(f"  tickInterval {tick}")
    return "\n".join(lines) + "\n"


def _chosen(facts: Facts, drawing: _Drawing, most: int | None) -> Sequence[Row]:
    dated = [row for row in facts.rows[: len(facts.timeline.events)] if _is_within(row, drawing)]
    if most is None or len(dated) <= most:
        return dated
    ranked = sorted(dated, key=lambda row: (not row.event.event.highlight, row.event.event.kind == "note"))
    return sorted(ranked[:most], key=lambda row: row.number)


def _is_within(row: Row, drawing: _Drawing) -> bool:
    points = [row.event.at] if row.event.end is None else [row.event.at, row.event.end]
    known = [us for point in points for us in (point.earliest, point.latest) if us is not None]
    return all(drawing.first <= us <= drawing.last for us in known)


def _written(head: str, tasks: Sequence[_Task], drawing: _Drawing) -> tuple[str, int]:
    """Write tasks under their sections until the limit; return the text and how many did not fit."""
    lines, size, done = [head], len(head) + 200, 0
    for section in _SECTIONS:
        texts = [task.text for task in tasks if task.section == section]
        if texts:
            lines.append(f"  section {drawing.word(section)}\n")
        for text in texts:
            size += len(text)
            if size > MOST_CHARACTERS:
                break
            lines.append(text)
            done += 1
    return "".join(lines), len(tasks) - done


def _phase(band: Band, drawing: _Drawing) -> _Task | None:
    start = _moment(_bounds(band.start, band.starts_at_end), late=False)
    end = _moment(_bounds(band.end, band.ends_at_end), late=True)
    if start is None or start > drawing.last or (end is not None and end < drawing.first):
        return None
    state = band.phase.state if band.phase is not None else None
    tag = "crit, " if state in ("degraded", "down") else ""
    name = drawing.name(band.title)
    if end is None:
        return _Task(
            "phases", drawing.bar(f"{name} - {drawing.word('open')}", tag, start, start + drawing.tail)
        )
    if end > drawing.last + drawing.tail:
        return _Task(
            "phases",
            drawing.bar(f"{name} - {drawing.word('later')}", tag, start, drawing.last + drawing.tail),
        )
    return _Task("phases", drawing.bar(name, tag, start, end))


def _event(row: Row, drawing: _Drawing) -> _Task:
    at, end = row.event.at, row.event.end
    name = f"{row.number} {drawing.name(row.event.event.what, 40).removeprefix('- ')}"
    shape = drawing.clock.shape(at)
    if shape == "exact" and end is None:
        assert at.earliest is not None
        return _Task("points", f"    {name} :milestone, {drawing.stamp(at.earliest)}, 0m\n")
    first, last = at.earliest, at.latest if end is None else end.latest
    if first is None:
        latest = at.latest if at.latest is not None else last
        assert latest is not None
        return _Task(
            "ranges",
            drawing.bar(f"{name} - {drawing.word('not-after')}", "active, ", latest - drawing.tail, latest),
        )
    if last is None:
        return _Task(
            "ranges",
            drawing.bar(f"{name} - {drawing.word('not-before')}", "active, ", first, first + drawing.tail),
        )
    return _Task("ranges", drawing.bar(name, "done, " if shape == "about" else "active, ", first, last))


def _bounds(row: Row | None, at_end: bool) -> Bounds | None:
    if row is None:
        return None
    return row.event.end if at_end else row.event.at


def _moment(bounds: Bounds | None, *, late: bool) -> int | None:
    """Return the value that a claim names, else the outer bound: a phase is drawn where it may have been."""
    if bounds is None:
        return None
    edges = (bounds.latest, bounds.earliest) if late else (bounds.earliest, bounds.latest)
    known = (bounds.nominal if bounds.named else None, *edges)
    return next((one for one in known if one is not None), None)
