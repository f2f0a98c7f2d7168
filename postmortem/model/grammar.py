"""The notation of times, read from left to right: parts joined by commas, each a statement about a point."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from postmortem.ground.budget import may_guess
from postmortem.model.amounts import AND, DASH, OPEN_END, TIME_HELP, amount_ahead, unfit
from postmortem.model.expression import Clock, Part, Point, TimeExpression
from postmortem.model.plain_forms import plain_time
from postmortem.model.points import spread, take_point
from postmortem.model.ranges import backwards, joined, reversed_fault
from postmortem.model.scanner import LONGEST, Misfit, Scanner, misfit, phrases, proposal
from postmortem.model.stated import Fault, Stated

_COST = 1000
_BETWEEN = phrases("between")
_TO = phrases("to", "until")
_BEFORE = phrases("by", "before", "until", "not after")
_AFTER = phrases("after", "since", "from", "not before")


def parse_time(text: str) -> Stated[TimeExpression]:
    """Return the time that ``text`` states; its fault (PM205, PM211, PM212) where it is none."""
    if len(text) > LONGEST:
        advice = "what cannot be said in the notation stands in `stated`, in the source's own words"
        return Stated(text, None, Fault("PM205", "this is too long to be a time", 0, len(text), "", advice))
    stated = _parse(text)
    if stated.fault is None or stated.fault.label or not may_guess("time", _COST, text):
        return stated
    return Stated(text, None, _explained(text, stated.fault))


@lru_cache(maxsize=4096)
def _parse(text: str) -> Stated[TimeExpression]:
    plain = plain_time(text)
    if plain is not None:
        return Stated(text, plain)
    try:
        return Stated(text, read_time(text))
    except Misfit as unread:
        return Stated(text, None, unread.fault)


@lru_cache(maxsize=1024)
def _explained(text: str, fault: Fault) -> Fault:
    from postmortem.model.habits import HABITS
    from postmortem.model.near import nearest_fit

    return nearest_fit(text, fault, HABITS, read_time)


def read_time(text: str) -> TimeExpression:
    """Return the time that ``text`` states, or raise the misfit that it is."""
    scan = Scanner(text)
    if scan.done():
        raise misfit("PM205", "a time is due", (0, len(text)), "", TIME_HELP)
    parts = [_part(scan)]
    while not scan.done():
        if not scan.sign(","):
            raise unfit(scan, "`,`")
        parts.append(_part(scan))
        _day_and_clock(scan, parts[-2], parts[-1])
    return TimeExpression(tuple(parts))


def _day_and_clock(scan: Scanner, before: Part, part: Part) -> None:
    """Refuse a day that is parted from its clock time by a comma: they would be two statements."""
    day, clock = before.first.origin, part.first.origin
    if before.kind != "at" or not isinstance(day, Clock) or not isinstance(clock, Clock):
        return
    if day.time is None and clock.needs_day and clock.shift is None:
        said, dated = scan.text[day.start : day.stop], scan.text[part.start : clock.start]
        if part.kind != "at":
            dated = f"{said}, {dated}"
        label = proposal(f"{dated}{said} {scan.text[clock.start : part.stop]}")
        raise misfit(
            "PM205",
            "a clock time stands behind its own day, on one side of a comma",
            (before.start, part.stop),
            label,
        )


def _part(scan: Scanner) -> Part:
    scan.blank()
    start = scan.at
    if _between(scan):
        first = take_point(scan)
        if not scan.words(AND):
            raise unfit(scan, "`and`")
        return _range(scan, start, first, take_point(scan))
    if scan.words(_BEFORE) or _open_front(scan):
        return _one_sided(scan, "before", start)
    if word := scan.words(_AFTER):
        return _one_sided(scan, "after", start, ranged=word == "from")
    return _plain(scan, start)


def _between(scan: Scanner) -> bool:
    """Go past `between`, where points follow and no amounts."""
    before = scan.at
    if scan.words(_BETWEEN):
        scan.blank()
        if not amount_ahead(scan):
            return True
        scan.at = before
    return False


def _open_front(scan: Scanner) -> bool:
    """Go past a leading `..`, where a point follows and no amount."""
    before = scan.at
    if scan.sign(".."):
        scan.blank()
        if not amount_ahead(scan):
            return True
        scan.at = before
    return False


def _one_sided(scan: Scanner, kind: Literal["before", "after"], start: int, ranged: bool = False) -> Part:
    point = take_point(scan)
    if ranged and scan.words(_TO):
        return _spread_range(scan, start, point)
    _refuse_bound(point)
    return Part(kind, point, None, start, scan.at)


def _plain(scan: Scanner, start: int) -> Part:
    """Go past a point, or a range that begins with it."""
    first = take_point(scan)
    if scan.take(OPEN_END):
        _refuse_bound(first)
        return Part("after", first, None, start, scan.at)
    before = scan.at
    scan.blank()
    if scan.sign(".."):
        return _spread_range(scan, start, first)
    scan.at = before
    if scan.take(DASH) or scan.words(_TO):
        return _spread_range(scan, start, first)
    return Part("at", first, None, start, first.stop)


def _refuse_bound(point: Point) -> None:
    if point.amount and point.amount.nominal is None:
        message = "this says twice where it begins or ends: say one of the two"
        raise misfit("PM205", message, (point.start, point.stop))


def _spread_range(scan: Scanner, start: int, first: Point) -> Part:
    second = take_point(scan)
    return _range(scan, start, *spread(first, second))


def _range(scan: Scanner, start: int, first: Point, second: Point) -> Part:
    _refuse_bound(first)
    _refuse_bound(second)
    first, second = joined(scan.text, first, second)
    part = Part("between", first, second, start, scan.at)
    if backwards(first, second):
        raise Misfit(reversed_fault(part, scan.text))
    return part
