"""The timeline as a Mermaid gantt chart: phases, ranges and points, no bar for what has no time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortem.report.clock import DAY, HOUR, MINUTE, SECOND, Clock
from postmortem.report.facts import Band, Facts, Row
from postmortem.report.mermaid_text import MOST_CHARACTERS, gantt_name
from postmortem.resolve.timeline import Bounds

_TICKS = (
    (90 * MINUTE, "10minute", "%H:%M"),
    (4 * HOUR, "30minute", "%H:%M"),
    (12 * HOUR, "1hour", "%H:%M"),
    (36 * HOUR, "6hour", "%d %H:%M"),
    (20 * DAY, "1day", "%m-%d"),
)

_ORDER = ("Phases", "Ranges", "Points")


@dataclass(frozen=True, slots=True)
class _Task:
    section: str
    text: str


def timeline_mermaid(facts: Facts, most: int | None = None) -> str:
    """Return the timeline as a Mermaid gantt of at most 45,000 characters.

    ``most`` bounds its rows: then phases come first, and of the events those marked as highlights, then the
    first listed. What found no room is counted in a comment.
    """
    clock, extent = facts.clock, facts.clock.extent
    if extent is None:
        return "gantt\n  %% no event has a time\n"
    tail = max((extent[1] - extent[0]) // 10, MINUTE)
    phases = [
        _phase(band, clock, tail) for band in facts.bands if band.place == "phase" and not band.continued
    ]
    bars = [task for task in phases if task is not None]
    rows = _chosen(facts, None if most is None else max(0, most - len(bars)))
    tasks = (bars if most is None else bars[:most]) + [_event(row, clock, tail) for row in rows]
    text, dropped = _written(_head(facts, extent), tasks)
    missing = dropped + len(facts.timeline.events) - len(rows)
    return text + (f"  %% {missing} more in the timeline\n" if missing else "")


def _head(facts: Facts, extent: tuple[int, int]) -> str:
    fine = extent[1] - extent[0] <= 10 * MINUTE
    width = extent[1] - extent[0]
    tick = next(((name, axis) for most, name, axis in _TICKS if width <= most), ("1week", "%m-%d"))
    lines = [
        "gantt",
        f"  accTitle: {gantt_name(facts.incident.title)}",
        f"  accDescr: {len(facts.bands)} stretches of time, {len(facts.timeline.events)} timed events",
        f"  dateFormat YYYY-MM-DD HH:mm{':ss' if fine else ''}",
        f"  axisFormat {'%H:%M:%S' if fine else tick[1]}",
    ]
    if not fine:
        lines.append(f"  tickInterval {tick[0]}")
    return "\n".join(lines) + "\n"


def _chosen(facts: Facts, most: int | None) -> Sequence[Row]:
    dated = facts.rows[: len(facts.timeline.events)]
    if most is None or len(dated) <= most:
        return dated
    ranked = sorted(dated, key=lambda row: (not row.event.event.highlight, row.event.event.kind == "note"))
    return sorted(ranked[:most], key=lambda row: row.number)


def _written(head: str, tasks: Sequence[_Task]) -> tuple[str, int]:
    """Write tasks under their sections until the limit; return the text and how many did not fit."""
    text, done = head, 0
    for section in sorted({task.section for task in tasks}, key=_ORDER.index):
        lines = [f"  section {section}\n"]
        for task in tasks:
            if task.section != section:
                continue
            if len(text) + sum(map(len, lines)) + len(task.text) > MOST_CHARACTERS - 100:
                break
            lines.append(task.text)
            done += 1
        text += "".join(lines)
    return text, len(tasks) - done


def _phase(band: Band, clock: Clock, tail: int) -> _Task | None:
    start = _moment(_bounds(band.start, band.starts_at_end), late=False)
    if start is None:
        return None
    end = _moment(_bounds(band.end, band.ends_at_end), late=True)
    state = band.phase.state if band.phase is not None else None
    tag = "crit, " if state in ("degraded", "down") else ""
    name = gantt_name(band.title) + ("" if end is not None else " - end not known")
    bar = _bar(clock, name, tag, start, start + tail if end is None else end)
    return _Task("Phases", bar)


def _event(row: Row, clock: Clock, tail: int) -> _Task:
    at, end = row.event.at, row.event.end
    name = f"{row.number} {gantt_name(row.event.event.what, 40).removeprefix('- ')}"
    shape = clock.shape(at)
    if shape == "exact" and end is None:
        assert at.earliest is not None
        return _Task("Points", f"    {name} :milestone, {_stamp(clock, at.earliest)}, 0m\n")
    first, last = at.earliest, at.latest if end is None else end.latest
    if first is None:
        assert at.latest is not None
        bar = _bar(clock, f"{name} - not after", "active, ", at.latest - tail, at.latest)
    elif last is None:
        bar = _bar(clock, f"{name} - not before", "active, ", first, first + tail)
    else:
        bar = _bar(clock, name, "done, " if shape == "about" else "active, ", first, last)
    return _Task("Ranges", bar)


def _bar(clock: Clock, name: str, tag: str, first: int, last: int) -> str:
    return f"    {name} :{tag}{_stamp(clock, first)}, {_stamp(clock, max(last, first + SECOND), up=True)}\n"


def _stamp(clock: Clock, us: int, *, up: bool = False) -> str:
    fine = clock.extent is not None and clock.extent[1] - clock.extent[0] <= 10 * MINUTE
    unit = SECOND if fine else MINUTE
    whole = -(-us // unit) * unit if up else us // unit * unit
    return clock.iso(whole).replace("T", " ")[: 19 if fine else 16]


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
