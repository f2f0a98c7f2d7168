"""The forms in which most times and quantities are written, read at one look.

Each function returns what the reader of the whole notation would, or None for all that it does not know:
faults, rare spellings, and what only looks plain. A property test holds the two to the same answers.
"""

from __future__ import annotations

import re
from datetime import date
from re import Match

from postmortem.model.calendar_days import EARLIEST_YEAR, LATEST_YEAR
from postmortem.model.durations import DAY, HOUR, MINUTE, SECOND
from postmortem.model.expression import Amount, Clock, Part, Point, Reference, TimeExpression
from postmortem.model.points import reserved
from postmortem.model.stated import Quantity

_CLOCK = re.compile(
    r"(about |~)?(?:([0-9]{4})-([0-9]{2})-([0-9]{2})[ T])?"
    r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(Z)?"
)
_COUNTED = re.compile(
    r"(?:([0-9]{1,4})([smhd])(?: to ([0-9]{1,4})([smhd]))? )?(after|before) ([A-Za-z][A-Za-z0-9_]*)(\.end)?"
)
_COUNT = re.compile(r"(about |~)?([0-9]{1,9})([kM])?")
_new = tuple.__new__  # what the classes' own constructors call, which cost more than all else here
_UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
_SIZES = {None: 1, "k": 10**3, "M": 10**6}


def plain_time(text: str) -> TimeExpression | None:
    """Return the time of `18:20`, `about 2023-05-24 18:20:05Z`, `5m to 10m after X`, `before X.end`."""
    if found := _CLOCK.fullmatch(text):
        return _clock(found)
    found = _COUNTED.fullmatch(text)
    return _counted(found) if found and not reserved(found[6]) else None


def _clock(found: Match[str]) -> TimeExpression | None:
    about, year, month, day, hour, minute, second, utc = found.groups()
    on = _day(int(year), int(month), int(day)) if year else None
    if year and on is None:
        return None
    begin = int(hour) * HOUR + int(minute) * MINUTE + (int(second) * SECOND if second else 0)
    width = SECOND if second else MINUTE
    stop = found.end()
    clock = _new(
        Clock, (on, None, begin, width, 0 if utc else None, None, False, len(about) if about else 0, stop)
    )
    point = _new(Point, (clock, None, "about" if about else None, 0, stop))
    return TimeExpression((_new(Part, ("at", point, None, 0, stop)),))


def _counted(found: Match[str]) -> TimeExpression | None:
    low, low_unit, high, high_unit, side, event, end = found.groups()
    start, stop = found.start(6), found.end()
    origin = _new(Reference, (event, end is not None, start, stop))
    if low is None:
        point = _new(Point, (origin, None, None, start, stop))
        return TimeExpression((_new(Part, (side, point, None, 0, stop)),))
    first = int(low) * _UNITS[low_unit]
    last = int(high) * _UNITS[high_unit] if high else first
    if first > last:
        return None
    middle = (first + last) // 2
    if side == "before":
        first, last, middle = -last, -first, -middle
    amount = Amount(first, last, middle, high is None)
    point = _new(Point, (origin, amount, None, 0, stop))
    return TimeExpression((_new(Part, ("at", point, None, 0, stop)),))


def plain_quantity(text: str) -> Quantity | None:
    """Return the quantity of `600`, `600k`, `~17`, `about 2M`."""
    found = _COUNT.fullmatch(text)
    if not found:
        return None
    about, digits, size = found.groups()
    number = int(digits) * _SIZES[size]
    return Quantity(number, number, number, about="about" if about else None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None
