"""The timeline in a terminal: phase bars, times from zero and by the clock, an axis of marks, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.ground.record import record
from postmortem.report.facts.facts import Band, Facts, Row
from postmortem.report.facts.focus import focus
from postmortem.report.terminal.columns import padded, to_ascii
from postmortem.report.terminal.columns import width as columns_of
from postmortem.report.terminal.pen import Pen, pen_of
from postmortem.report.timeline.axis import Axis, axis_of
from postmortem.report.timeline.frame import foot, head
from postmortem.report.timeline.rows import band_time, event_bounds, event_relative, not_ordered
from postmortem.report.wording.amounts import duration
from postmortem.resolve.timeline import Conflict

_AXIS_FROM = 100
_TICKS = (8, 6, 5, 4)
_WHAT_BESIDE_AXIS = 46
_LEAST_WHAT = 20
_LEAST_BESIDE = 30
_LONGEST_SPAN = 13
_PIECE = re.compile(r"[^\s–]+(?:[\s–]+|$)|[\s–]+")
_RED = ("impact", "fault", "crash", "trigger")
_GREEN = ("mitigated", "resumed", "resolved")
_STATES = {"down": "31", "degraded": "31", "recovering": "33", "ok": "32"}


@record
class _Layout:
    """Columns of one timeline, in characters; 0 for a column that is not shown."""

    pen: Pen
    number: int
    relative: int
    time: int
    kind: int
    what: int
    axis: Axis | None
    stacked: bool = False


def timeline_text(facts: Facts, width: int = 100, *, ascii_only: bool = False, color: bool = False) -> str:
    """Return the timeline as text of at most ``width`` columns (60 to 200), safe for a terminal.

    ``ascii_only`` writes nothing but ASCII; ``color`` adds ANSI colours, which repeat what words say already.
    """
    pen = pen_of(width, ascii_only=ascii_only, colour=color)
    layout = _layout(facts, pen)
    lines = [*head(facts, pen), "", _header(facts, layout)]
    for band in facts.bands:
        lines += _band(band, facts, layout)
    lines += ["", *foot(facts, pen, legend=layout.axis is not None)]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return to_ascii(text) if ascii_only else text


def _layout(facts: Facts, pen: Pen) -> _Layout:
    clock = facts.clock
    number = len(str(len(facts.rows)))
    relative = max((columns_of(line) for row in facts.rows for line in _relative(row, facts, pen)), default=0)
    time = max((columns_of(line) for row in facts.rows for line in _times(row, facts, pen)), default=0)
    time = max(time, columns_of(clock.zone_short))
    kind = max((columns_of(pen.words(_kind(row, facts))) for row in facts.rows), default=4)
    kind = max(kind, columns_of(pen.words(clock.language.say("terminal.kind"))))
    used = 4 + number + sum(one + 2 for one in (relative, time, kind) if one)
    if pen.columns - used < _LEAST_BESIDE:
        return _Layout(pen, number, relative, time, kind, pen.columns - 4 - number, None, stacked=True)
    axis = _axis(facts, pen.columns - used) if pen.columns >= _AXIS_FROM else None
    used += axis.cells + 4 if axis is not None else 0
    return _Layout(pen, number, relative, time, kind, pen.columns - used, axis)


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


def _relative(row: Row, facts: Facts, pen: Pen) -> list[str]:
    return _parts(event_relative(row, facts.clock), pen)


def _times(row: Row, facts: Facts, pen: Pen) -> list[str]:
    """Word the time of a row in lines: the time itself, then the bounds where it is about a value."""
    clock = facts.clock
    lines = _parts(clock.span(row.event.at, row.event.end), pen)
    bounds = event_bounds(row, clock)
    return [*lines, *_parts(f"({bounds})", pen)] if bounds and row.event.end is None else lines


def _parts(text: str, pen: Pen) -> list[str]:
    """Break a long time so that its parts stand one above the other: at its arrow, its day, its dash."""
    first, arrow, second = text.partition(" → ")
    long = len(text) > _LONGEST_SPAN
    parts = [f"{first} →", second] if arrow and long else [text]
    return [pen.words(line) for part in parts for line in _broken(part)]


def _broken(part: str) -> list[str]:
    """Fill lines of at most so many columns with what blanks and dashes part; what is longer stays whole."""
    lines: list[str] = []
    for word in _PIECE.findall(part):
        if lines and len(f"{lines[-1]}{word}".rstrip()) <= _LONGEST_SPAN:
            lines[-1] += word
        else:
            lines.append(word)
    return [line.strip() for line in lines]


def _header(facts: Facts, layout: _Layout) -> str:
    pen, say = layout.pen, facts.clock.language.say
    return pen.pale(
        _cells(
            layout,
            "",
            "T",
            facts.clock.zone_short,
            layout.axis.header() if layout.axis is not None else "",
            padded(pen.words(say("terminal.kind")), layout.kind),
            "" if layout.stacked else pen.words(say("terminal.what")),
        ).rstrip()
    )


def _cells(layout: _Layout, lead: str, relative: str, time: str, mark: str, kind: str, what: str) -> str:
    """Put the cells of one line beside each other; ``kind`` has its width already, for it may be coloured."""
    cells = [padded(relative, layout.relative)] if layout.relative else []
    cells.append(padded(time, layout.time))
    cells += [padded(mark, layout.axis.cells + 2)] if layout.axis is not None else []
    cells += [kind] if layout.kind else []
    cells.append(what)
    return (lead or " " * (3 + layout.number)) + " " + "  ".join(cells)


def _band(band: Band, facts: Facts, layout: _Layout) -> Iterator[str]:
    pen = layout.pen
    colour = _STATES.get((band.phase.state if band.phase is not None else None) or "", "2")
    bar = pen.paint("┃", colour) if band.place != "all" else " "
    if band.place != "all":
        parts = [part for part in (band_time(band, facts.clock), _length(band, facts)) if part]
        yield from (f"{bar} {line}" for line in _heading(band.title, " · ".join(parts), pen))
    for row in band.rows:
        yield from _row(row, bar, facts, layout)


def _heading(title: str, told: str, pen: Pen) -> Iterator[str]:
    """Yield a phase's title and, beside it or below it, from when to when it lasted."""
    room = pen.columns - 2
    lines = pen.lines(title, room)
    yield from (pen.strong(line) for line in lines[:-1])
    if columns_of(lines[-1]) + 2 + columns_of(pen.words(told)) <= room:
        yield f"{pen.strong(lines[-1])}  {pen.words(told)}"
        return
    yield pen.strong(lines[-1])
    yield from (f"  {line}" for line in pen.lines(told, room - 2))


def _length(band: Band, facts: Facts) -> str:
    if band.length is None:
        return ""
    length = band.length
    return duration(length.low, length.high, length.nominal, length.named, facts.clock.language).full


def _row(row: Row, bar: str, facts: Facts, layout: _Layout) -> Iterator[str]:
    pen, event = layout.pen, row.event.event
    sources = " ".join(f"[{one}]" for one in row.sources)
    name = pen.words(_kind(row, facts))
    texts = pen.lines(f"{' '.join(event.what.split())} {sources}", layout.what)
    for conflict in row.event.conflicts:
        texts += pen.lines(_conflict_words(conflict, facts), layout.what)
    relatives = _relative(row, facts, pen)
    times = _times(row, facts, pen)
    mark = layout.axis.mark(row.event.at, row.event.end, facts.clock) if layout.axis is not None else ""
    if pen.ascii_only:
        # A dash would be read as a part of a span.
        mark = mark.replace("·", ".")
    number = f"{row.number:>{layout.number}}" + ("?" if not_ordered(row) else " ")
    kind = pen.paint(padded(name, layout.kind), _kind_colour(event.kind))
    blank = padded("", layout.kind)
    beside = [] if layout.stacked else texts
    for n in range(max(len(beside), len(times), len(relatives))):
        first = n == 0
        place = f"{bar} {number if first else ' ' * len(number)}"
        cells = _at(relatives, n), _at(times, n), mark if first else "", kind if first else blank
        yield _cells(layout, place, *cells, _at(beside, n))
    if layout.stacked:
        yield from (f"{bar} {' ' * len(number)} {line}" for line in texts)


def _kind(row: Row, facts: Facts) -> str:
    return facts.clock.language.inside(f"kind.{row.event.event.kind}")


def _at(lines: list[str], n: int) -> str:
    return lines[n] if n < len(lines) else ""


def _kind_colour(kind: str) -> str:
    return "31" if kind in _RED else "32" if kind in _GREEN else "36"


def _conflict_words(conflict: Conflict, facts: Facts) -> str:
    say = facts.clock.language.say
    claims = []
    for claim in conflict.claims:
        who = ", ".join(claim.sources) or "?"
        aside = "" if claim.kept else f" ({say('terminal.set-aside')})"
        claims.append(f"{who}: {claim.stated or claim.text}{aside}")
    return f"! {'; '.join(claims)}. {say(f'terminal.{conflict.status}', because=conflict.because)}"
