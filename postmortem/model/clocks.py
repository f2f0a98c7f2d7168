"""Clock times as people write them: `18:20`, `6:20pm UTC`, `2023-05-24T18:20-04:00`, `+1d 00:10`."""

from __future__ import annotations

import re
from re import Match

from postmortem.model.calendar_days import DAY_PATTERN, day_of
from postmortem.model.durations import DAY, HOUR, MINUTE, SECOND
from postmortem.model.expression import Clock
from postmortem.model.scanner import Scanner, misfit, proposal
from postmortem.model.zone_words import take_zone

_SHIFT = re.compile(r"\+([0-9]{1,3})d +(?=[0-9]{1,2}:)")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?![0-9:]|\.[0-9])")
_HALF = re.compile(r" *([ap])(?:\.m\.?|m)(?![a-z0-9_])")
_HELP = "a clock time is written `18:20`, `18:20:05` or `6:20pm`"


def take_clock(scan: Scanner) -> Clock | None:
    """Go past a clock time or a day and return it; None where none stands here."""
    start = scan.at
    day, shift = None, None
    if found := scan.take(DAY_PATTERN):
        day = day_of(found)
        if not scan.sign("t") and not _clock_follows(scan):
            offset, zone = take_zone(scan)
            return Clock(day, None, None, DAY, offset, zone, False, start, scan.at)
    elif found := scan.take(_SHIFT):
        shift = int(found[1])
    time = scan.take(_TIME)
    if not time:
        _refuse_lone_day(scan, start)
        return None
    half = scan.take(_HALF)
    begin, width = _read(time, half, dated=day is not None or shift is not None)
    offset, zone = take_zone(scan)
    return Clock(day, shift, begin, width, offset, zone, half is not None, start, scan.at)


def _refuse_lone_day(scan: Scanner, start: int) -> None:
    """Refuse a day and a `T` that no clock time follows; a text that began with neither is no clock time."""
    if scan.at > start:
        raise misfit("PM205", "a clock time is due behind the day", scan.chunk(), "", _HELP)


def _clock_follows(scan: Scanner) -> bool:
    """Go past the blanks between a day and its clock time, where one follows."""
    before = scan.at
    scan.blank()
    if scan.peek(_TIME):
        return True
    scan.at = before
    return False


def _read(found: Match[str], half: Match[str] | None, dated: bool) -> tuple[int, int]:
    """Return where in the day a time begins and how long it is, both in microseconds."""
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if half:
        hour = _hour_of_half(hour, half, found)
    if hour > 23:
        midnight = (hour, minute, second, dated) == (24, 0, 0, False)
        span = found.span() if midnight else found.span(1)
        raise misfit("PM205", "hours go from 00 to 23", span, proposal("+1d 00:00") if midnight else "")
    if minute > 59:
        raise misfit("PM205", "minutes go from 00 to 59", found.span(2))
    if second > 59 and (hour, minute, second) != (23, 59, 60):
        advice = "only a leap second is written 60: `23:59:60`" if second == 60 else ""
        raise misfit("PM205", "seconds go from 00 to 59", found.span(3), "", advice)
    begin = hour * HOUR + minute * MINUTE + second * SECOND
    if found[3] is None:
        return begin, MINUTE
    fraction = _fraction(found)
    return begin + int(fraction.ljust(6, "0")), SECOND // 10 ** len(fraction)


def _fraction(found: Match[str]) -> str:
    digits = found[4] or ""
    if len(digits) > 6:
        shorter = found.string[found.start() : found.start(4) + 6]
        raise misfit("PM205", "a second has at most six decimals", found.span(), proposal(shorter))
    return digits


def _hour_of_half(hour: int, half: Match[str], found: Match[str]) -> int:
    if not 1 <= hour <= 12:
        label = proposal(found[0]) if hour <= 23 else ""
        span = (found.start(), half.end())
        raise misfit("PM205", "hours with am or pm go from 1 to 12", span, label)
    return hour % 12 + (12 if half[1] == "p" else 0)
