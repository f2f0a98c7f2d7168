"""Days of the calendar as people write them: `2023-05-24`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from re import Match

from postmortem.ground.budget import may_guess
from postmortem.model.scanner import Misfit, misfit, proposal, shorten, whole
from postmortem.model.stated import Fault, Stated

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
DAY_PATTERN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:(?=t[0-9])|(?![0-9a-z_-]|[.:][0-9]))")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LONGEST = 100
_HELP = "a date is written year, month, day: `2023-05-24`"


def parse_date(text: str) -> Stated[date]:
    """Return the day that ``text`` states, as `2023-05-24`; PM211 where it is none."""
    start, stop = whole(text)
    if len(text) > _LONGEST:
        return Stated(text, None, Fault("PM211", "this is too long to be a date", 0, len(text), "", _HELP))
    if start == stop:
        return Stated(text, None, Fault("PM211", "a date is due", 0, len(text), "", _HELP))
    found = DAY_PATTERN.fullmatch(text, start, stop)
    try:
        if found:
            return Stated(text, day_of(found))
    except Misfit as unread:
        return Stated(text, None, unread.fault)
    return Stated(text, None, _no_date(text[start:stop], start))


def _no_date(said: str, start: int) -> Fault:
    from postmortem.model.near_days import near_days

    label = proposal(*near_days(said)) if may_guess("day", 100, said) else ""
    return Fault("PM211", f"`{shorten(said)}` is not a date", start, start + len(said), label, _HELP)


def day_of(found: Match[str]) -> date:
    """Return the day that a match of digits names; raise a misfit (PM211) where the calendar has none."""
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise misfit("PM211", f"years go from {EARLIEST_YEAR} to {LATEST_YEAR}", found.span(1))
    if not 1 <= month <= 12:
        label = proposal(f"{year}-{day:02}-{month}") if is_day(year, day, month) else ""
        raise misfit("PM211", "months go from 01 to 12", found.span() if label else found.span(2), label)
    days = _days_of(year, month)
    if not 1 <= day <= days:
        raise misfit("PM211", f"{MONTHS[month - 1]} {year} has {days} days", found.span())
    return date(year, month, day)


def is_day(year: int, month: int, day: int) -> bool:
    """Say whether the calendar has such a day, within the years that a log may name."""
    in_range = EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12
    return in_range and 1 <= day <= _days_of(year, month)


def _days_of(year: int, month: int) -> int:
    """Return how many days a month has."""
    # Behind December comes the January of any year: only the day of what lies before it counts.
    return (date(year, month % 12 + 1, 1) - timedelta(days=1)).day


def later_day(day: date, days: int) -> date | None:
    """Return the day so many days later, None past the years that a log may name."""
    later = day + timedelta(days=days)
    return later if later.year <= LATEST_YEAR else None
