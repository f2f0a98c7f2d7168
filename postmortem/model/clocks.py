"""Clock times and days as people write them: `18:20`, `6:20pm UTC`, `2023-05-24T18:20-04:00`, `+1d 00:10`."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date, timedelta
from re import Match

from postmortem.model.durations import DAY, HOUR, MINUTE, SECOND
from postmortem.model.expression import Clock, ZoneName
from postmortem.model.scanner import BLANKS, Misfit, Scanner
from postmortem.model.stated import Fault, Stated
from postmortem.model.zones import ABBREVIATIONS, abbreviation_fault

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
KEYWORDS = frozenset(
    ["about", "after", "and", "around", "at", "before", "between", "by", "from", "least", "most", "not", "of", "since", "than", "to", "until", "up", "within"]
)
"""Words of the notation: none of them is an event's id or a zone."""

_DAY = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9A-Za-z_-])|([0-9]{4})-([0-9]{2})-([0-9]{2})(?=[Tt][0-9])"
)
_SHIFT = re.compile(rf"\+([0-9]{{1,3}})d[{BLANKS}]+(?=[0-9]{{1,2}}:)", re.ASCII | re.IGNORECASE)
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?![0-9:]|\.[0-9])")
_HALF = re.compile(rf"[{BLANKS}]*([ap])(?:\.m\.?|m)(?![A-Za-z0-9_])", re.ASCII | re.IGNORECASE)
_OFFSET = re.compile(rf"[{BLANKS}]*([+−-])([0-9]{{2}}):([0-9]{{2}})(?![0-9:])")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
_LONE_ZONES = frozenset(
    ["Cuba", "Egypt", "Eire", "Greenwich", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "Navajo", "Poland", "Portugal", "Singapore", "Turkey", "UCT", "Universal", "Zulu"]
)
_WEST_IN_USE = frozenset(hour * HOUR for hour in range(13)) | {
    hour * HOUR + 30 * MINUTE for hour in (2, 3, 4, 9)
}
_ZONE_HELP = "zones are `UTC`, `GMT`, `Z` and IANA names such as `Europe/Paris`"


def parse_date(text: str) -> Stated[date]:
    """Return the day that ``text`` states, as `2023-05-24`; PM211 where it is none."""
    stripped = text.strip(BLANKS)
    found = _DAY.fullmatch(stripped) if len(text) < 100 else None
    start = text.find(stripped) if stripped else 0
    try:
        if found:
            return Stated(text, day_of(found, start))
    except Misfit as misfit:
        return Stated(text, None, misfit.fault)
    from postmortem.model.near import near_day

    close = near_day(stripped) if len(stripped) < 100 else None
    message = "a date is due" if not stripped else f"`{stripped[:40]}` is not a date"
    label = f"did you mean `{close}`?" if close else ""
    help = "a date is written year, month, day: `2023-05-24`"
    return Stated(text, None, Fault("PM211", message, start, start + len(stripped), label, help))


def day_of(found: Match[str], offset: int = 0) -> date:
    """Return the day that a match of digits names; raise a misfit (PM211) where the calendar has none."""
    year, month, day = (int(part) for part in found.groups() if part is not None)
    start = found.start() + offset
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _bad_day(f"years go from {EARLIEST_YEAR} to {LATEST_YEAR}", start, start + 4)
    if not 1 <= month <= 12:
        label = (
            f"did you mean `{year}-{day:02}-{month:02}`?" if month <= 31 and 1 <= day <= 12 and month else ""
        )
        raise _bad_day(
            "months go from 01 to 12",
            start + 5,
            start + 7,
            "" if not label else label,
            whole=(start, start + 10),
        )
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise _bad_day(f"{month_name[month]} {year} has {days} days", start, start + 10)
    return date(year, month, day)


def _bad_day(
    message: str, start: int, stop: int, label: str = "", whole: tuple[int, int] | None = None
) -> Misfit:
    if label and whole:
        start, stop = whole
    return Misfit(Fault("PM211", message, start, stop, label))


def day_ahead(scan: Scanner) -> bool:
    """Say whether a date stands here."""
    return scan.peek(_DAY) is not None


def clock_ahead(scan: Scanner) -> bool:
    """Say whether a clock time, a date or a shifted clock time stands here."""
    return any(scan.peek(pattern) for pattern in (_TIME, _DAY, _SHIFT))


def take_clock(scan: Scanner) -> Clock | None:
    """Go past a clock time or a day and return it; None where none stands here."""
    start = scan.at
    day, shift = None, None
    if found := scan.take(_DAY):
        day = day_of(found)
        if not _clock_follows(scan):
            offset, zone = _take_zone(scan)
            return Clock(day, None, None, DAY, offset, zone, False, start, scan.at)
    elif found := scan.take(_SHIFT):
        shift = int(found[1])
    time = scan.take(_TIME)
    if not time:
        return None
    half = scan.take(_HALF)
    begin, width = _time_of(time, half, dated=day is not None or shift is not None)
    offset, zone = _take_zone(scan)
    return Clock(day, shift, begin, width, offset, zone, half is not None, start, scan.at)


def _clock_follows(scan: Scanner) -> bool:
    """Go past what parts a day from its clock time, where one follows."""
    before = scan.at
    if scan.sign("T", "t") or scan.blank():
        if scan.peek(_TIME):
            return True
        if scan.at == before + 1 and scan.text[before] in "Tt":
            start, stop = scan.chunk()
            raise Misfit(Fault("PM205", "a clock time is due after the `T`", start, stop, "", CLOCK_HELP))
    scan.at = before
    return False


CLOCK_HELP = "a clock time is written `18:20`, `18:20:05` or `6:20pm`"


def _time_of(found: Match[str], half: Match[str] | None, dated: bool) -> tuple[int, int]:
    """Return where in the day a time begins and how long it is, both in microseconds."""
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    rest = f":{found[2]}" + (f":{found[3]}" if found[3] else "")
    if half:
        hour = _hour_of_half(hour, half[1].lower(), found, half)
    if hour > 23:
        midnight = hour == 24 and minute == second == 0 and not dated
        label = "did you mean `+1d 00:00`?" if midnight else ""
        span = found.span() if midnight else found.span(1)
        raise _bad_time("hours go from 00 to 23", span, label)
    if minute > 59:
        raise _bad_time("minutes go from 00 to 59", found.span(2))
    leap = second == 60 and (hour, minute) == (23, 59)
    if second > 59 and not leap:
        help = "only a leap second is written 60: `23:59:60`" if second == 60 else ""
        raise _bad_time("seconds go from 00 to 59", found.span(3), help=help)
    fraction = found[4] or ""
    if len(fraction) > 6:
        label = f"did you mean `{found[1]}{rest}.{fraction[:6]}`?"
        raise _bad_time("a second has at most six decimals", found.span(), label)
    width = MINUTE if found[3] is None else SECOND // 10 ** len(fraction)
    begin = hour * HOUR + minute * MINUTE + second * SECOND + int(fraction.ljust(6, "0") or 0)
    return begin, width


def _hour_of_half(hour: int, half: str, found: Match[str], mark: Match[str]) -> int:
    if not 1 <= hour <= 12:
        label = f"did you mean `{found[0]}`?" if hour <= 23 else ""
        span = (found.start(), mark.end())
        raise _bad_time("hours with am or pm go from 1 to 12", span, label)
    return hour % 12 + (12 if half == "p" else 0)


def _bad_time(message: str, span: tuple[int, int], label: str = "", help: str = "") -> Misfit:
    return Misfit(Fault("PM205", message, *span, label, help))


def _take_zone(scan: Scanner) -> tuple[int | None, ZoneName | None]:
    """Go past an offset or a zone, and return it: microseconds from UTC, or an IANA name."""
    if found := scan.peek(_OFFSET):
        scan.at = found.end()
        return _offset_of(found), None
    before = scan.at
    scan.blank()
    found = scan.peek(_ZONE)
    if not found or found[0].lower() in KEYWORDS:
        scan.at = before
        return None, None
    name = found[0]
    if name.upper() in ("UTC", "GMT", "Z"):
        scan.at = found.end()
        return 0, None
    if name.upper() in ABBREVIATIONS:
        raise Misfit(abbreviation_fault(name, found.start()))
    if "/" in name or name in _LONE_ZONES:
        scan.at = found.end()
        return None, ZoneName(name, *found.span())
    raise _no_zone(name, found.start())


def _no_zone(name: str, start: int) -> Misfit:
    from postmortem.model.near import after_clock

    return Misfit(after_clock(name, start))


def _offset_of(found: Match[str]) -> int:
    hours, minutes = int(found[2]), int(found[3])
    size = hours * HOUR + minutes * MINUTE
    if found[1] == "+":
        if hours <= 14 and minutes in (0, 15, 30, 45) and size <= 14 * HOUR:
            return size
    elif size in _WEST_IN_USE:
        return -size
    start = found.end() - 6
    message = f"`{found.string[start : found.end()]}` is not an offset from UTC that any place has"
    label = ""
    if found[1] != "+" and hours <= 23 and minutes <= 59:
        label = f"for a range, write ` to {found[2]}:{found[3]}`"
    raise Misfit(Fault("PM205", message, start, found.end(), label, "offsets go from -12:00 to +14:00"))


def shifted(day: date, days: int) -> date | None:
    """Return the day so many days later, None where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
