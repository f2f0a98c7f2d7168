"""The timeline in a terminal: phase bars, times from zero and by the clock, an axis of marks, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postmortem.ground.terminal import clean
from postmortem.report.amounts import duration
from postmortem.report.axis_text import Axis, axis_of
from postmortem.report.columns import padded, to_ascii, wrapped
from postmortem.report.columns import width as columns_of
from postmortem.report.facts import Band, Facts, Row
from postmortem.report.focus import focus
from postmortem.report.timeline_rows import band_time, event_bounds, event_relative, not_ordered
from postmortem.report.words import metric_words
from postmortem.resolve.timeline import Conflict

_AXIS_FROM = 100
_TICKS = (8, 6, 5, 4)
_WHAT_BESIDE_AXIS = 26
_LEAST_WHAT = 20
_KIND_FROM = 76
_RED = ("impact", "fault", "crash", "trigger")
_GREEN = ("mitigated", "resumed", "resolved")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Columns of one timeline, in characters; 0 for a column that is not shown."""

    number: int
    relative: int
    time: int
    kind: int
    what: int
    axis: Axis | None
    colour: bool

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text.strip() else text


def timeline_text(facts: Facts, width: int = 100, *, ascii_only: bool = False, color: bool = False) -> str:
    """Return the timeline as text of at most ``width`` columns (60 to 200), safe for a terminal.

    ``ascii_only`` writes nothing but ASCII; ``color`` adds ANSI colours, which repeat what words say already.
    """
    columns = min(max(width, 60), 200)
    layout = _layout(facts, columns, color)
    lines = [*_head(facts, layout, columns), "", _header(facts, layout)]
    for band in facts.bands:
        lines += _band(band, facts, layout)
    lines += ["", *_foot(facts, layout, columns)]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return to_ascii(text) if ascii_only else text


def _layout(facts: Facts, columns: int, colour: bool) -> _Layout:
    clock = facts.clock
    number = len(str(len(facts.rows)))
    relative = max((_widest(event_relative(row, clock)) for row in facts.rows), default=0)
    time = max((_widest(line) for row in facts.rows for line in _times(row, facts)), default=0)
    time = max(time, columns_of(clock.zone_short))
    kind = max((len(row.event.event.kind) for row in facts.rows), default=4)
    kind = kind if columns >= _KIND_FROM else 0
    used = 2 + number + sum(one + 2 for one in (relative, time, kind) if one) + 2
    if columns - used < _LEAST_WHAT and relative:
        used, relative = used - relative - 2, 0
    axis = _axis(facts, columns - used) if columns >= _AXIS_FROM else None
    used += axis.cells + 4 if axis is not None else 0
    return _Layout(number, relative, time, kind, max(columns - used, 12), axis, colour)


def _axis(facts: Facts, room: int) -> Axis | None:
    """Return the axis with the most ticks that leaves room for the text, at the least a narrow one."""
    extent = focus(facts)
    if facts.clock.zero is None or extent is None:
        return None
    least: Axis | None = None
    for ticks in _TICKS:
        axis = axis_of(facts.clock, extent, ticks)
        if room - axis.cells - 4 >= _WHAT_BESIDE_AXIS:
            return axis
        least = axis
    return least if least is not None and room - least.cells - 4 >= _LEAST_WHAT else None


def _widest(text: str) -> int:
    return max(columns_of(part) for part in _parts(text)) if text else 0


def _parts(text: str) -> list[str]:
    """Break a span at its arrow, so that start and end stand one above the other where both are long."""
    first, arrow, second = text.partition(" → ")
    return [f"{first} →", second] if arrow and len(text) > 13 else [text]


def _times(row: Row, facts: Facts) -> list[str]:
    """Word the time of a row in lines: the time itself, then the bounds where it is about a value."""
    clock = facts.clock
    lines = _parts(clock.span(row.event.at, row.event.end))
    bounds = event_bounds(row, clock)
    return [*lines, f"({bounds})"] if bounds and row.event.end is None else lines


def _head(facts: Facts, layout: _Layout, columns: int) -> Iterator[str]:
    incident, clock = facts.incident, facts.clock
    say = clock.language.say
    labels = [clean(incident.severity or "", lines=False), say(f"status.{incident.status}")]
    title = wrapped(clean(incident.title, lines=False), columns)
    for line in title[:-1]:
        yield layout.paint(line, "1")
    yield layout.paint(title[-1], "1") + "  " + "  ".join(label for label in labels if label)
    parts = [clock.day.isoformat()] if clock.day is not None else []
    if clock.zero is not None:
        zero = f"T+0 = {clock.time(clock.zero)} {clock.zone_label}"
        if clock.zone_short != "UTC":
            zero += f" = {clock.in_zone('UTC').time(clock.zero)} UTC"
        parts.append(zero)
    else:
        parts.append(clock.zone_label)
    events, sources = len(facts.rows), len(incident.sources)
    count = [_counted("terminal.events", events, facts), _counted("terminal.sources", sources, facts)]
    parts.append(", ".join(count))
    yield from wrapped(" · ".join(parts), columns)


def _counted(key: str, count: int, facts: Facts) -> str:
    say = facts.clock.language.say
    return say(f"{key}.one") if count == 1 else say(key, count=count)


def _header(facts: Facts, layout: _Layout) -> str:
    say = facts.clock.language.say
    cells = [" " * (3 + layout.number)]
    if layout.relative:
        cells.append(padded("T", layout.relative))
    cells.append(padded(facts.clock.zone_short, layout.time))
    if layout.axis is not None:
        cells.append(padded(layout.axis.header(), layout.axis.cells + 2))
    if layout.kind:
        cells.append(padded(say("terminal.kind"), layout.kind))
    cells.append(say("terminal.what"))
    return layout.paint((cells[0] + " " + "  ".join(cells[1:])).rstrip(), "2")


def _band(band: Band, facts: Facts, layout: _Layout) -> Iterator[str]:
    if band.place != "all":
        parts = [part for part in (band_time(band, facts.clock), _length(band, facts)) if part]
        title = clean(band.title, lines=False)
        line = layout.paint(title, "1") + (f"  {' · '.join(parts)}" if parts else "")
        yield layout.paint("┃", _bar_colour(band)) + f" {line}"
    for row in band.rows:
        yield from _row(row, band, facts, layout)


def _length(band: Band, facts: Facts) -> str:
    if band.length is None:
        return ""
    length = band.length
    return duration(length.low, length.high, length.nominal, length.named, facts.clock.language).full


def _bar_colour(band: Band) -> str:
    state = band.phase.state if band.phase is not None else None
    return {"down": "31", "degraded": "31", "recovering": "33", "ok": "32"}.get(state or "", "2")


def _row(row: Row, band: Band, facts: Facts, layout: _Layout) -> Iterator[str]:
    event = row.event.event
    sources = " ".join(f"[{clean(one, lines=False)}]" for one in row.sources)
    what = clean(" ".join(event.what.split()), lines=False)
    lead = "" if layout.kind else f"{event.kind}: "
    texts = wrapped(f"{lead}{what} {sources}".strip(), layout.what)
    for note in _notes(row, facts):
        texts += wrapped(note, layout.what)
    relatives = _parts(event_relative(row, facts.clock)) if layout.relative else []
    times = _times(row, facts)
    mark = layout.axis.mark(row.event.at, row.event.end, facts.clock) if layout.axis is not None else ""
    blank = "" if layout.axis is None else " " * layout.axis.cells
    bar = "┃" if band.place != "all" else " "
    for n in range(max(len(texts), len(times), len(relatives))):
        number = f"{row.number:>{layout.number}}" + ("?" if not_ordered(row) else " ") if n == 0 else ""
        cells = [f"{layout.paint(bar, _bar_colour(band))} {padded(number, layout.number + 1)}"]
        if layout.relative:
            cells.append(padded(_at(relatives, n), layout.relative))
        cells.append(padded(_at(times, n), layout.time))
        if layout.axis is not None:
            cells.append(padded(mark if n == 0 else blank, layout.axis.cells + 2))
        if layout.kind:
            kind = padded(event.kind if n == 0 else "", layout.kind)
            cells.append(layout.paint(kind, _kind_colour(event.kind)))
        cells.append(_at(texts, n))
        yield cells[0] + " " + "  ".join(cells[1:])


def _at(lines: list[str], n: int) -> str:
    return lines[n] if n < len(lines) else ""


def _kind_colour(kind: str) -> str:
    return "31" if kind in _RED else "32" if kind in _GREEN else "36"


def _notes(row: Row, facts: Facts) -> Iterator[str]:
    for conflict in row.event.conflicts:
        yield _conflict_words(conflict, facts)


def _conflict_words(conflict: Conflict, facts: Facts) -> str:
    say = facts.clock.language.say
    claims = []
    for claim in conflict.claims:
        who = ", ".join(claim.sources) or "?"
        aside = "" if claim.kept else f" ({say('terminal.set-aside')})"
        claims.append(f"{who}: {claim.stated or claim.text}{aside}")
    ruling = say(f"terminal.{conflict.status}", because=conflict.because)
    return clean(f"! {'; '.join(claims)}. {ruling}", lines=False)


def _foot(facts: Facts, layout: _Layout, columns: int) -> Iterator[str]:
    say = facts.clock.language.say
    if facts.left_out:
        yield from wrapped(_counted("terminal.left-out", facts.left_out, facts), columns)
    known = [one for one in facts.metrics.metrics if metric_words(one, facts.clock).tells]
    if known:
        words = [f"{clean(one.title, lines=False)} {metric_words(one, facts.clock).full}" for one in known]
        lead = say("terminal.metrics")
        yield from _kept_whole([lead, *(f"{one} ·" for one in words[:-1]), words[-1]], columns, " ")
    if any(not_ordered(row) for row in facts.rows):
        yield layout.paint(f"?  {say('terminal.order')}", "2")
    if layout.axis is not None:
        marks = (("●", "exact"), ("├─●─┤", "about"), ("├──┤", "range"), ("├─▸", "after"), ("╞══╡", "span"))
        named = [f"{mark} {say(f'terminal.{name}')}" for mark, name in marks]
        yield from (
            layout.paint(line, "2") for line in _kept_whole([say("terminal.legend"), *named], columns, "  ")
        )


def _kept_whole(parts: list[str], columns: int, between: str) -> Iterator[str]:
    """Wrap parts into lines so that none is broken, unless it is longer than a line."""
    line = ""
    for part in parts:
        joined = f"{line}{between}{part}" if line else part
        if line and columns_of(joined) > columns:
            yield from wrapped(line, columns) if columns_of(line) > columns else (line,)
            joined = part
        line = joined
    yield from wrapped(line, columns) if columns_of(line) > columns else (line,)
