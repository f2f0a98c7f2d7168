"""Which day someone may have meant who wrote it in another order: `05/24/2023`, `24 May 2023`."""

from __future__ import annotations

import re

from postmortem.model.calendar_days import MONTHS, is_day

_MONTHS = tuple(month[:3].lower() for month in MONTHS)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_NAMED = (
    rf"{_DAY}[ .-]{{0,2}}{_MONTH},?[ .-]{{0,2}}{_YEAR}",
    rf"{_MONTH} {{0,2}}{_DAY}(?:,| ) ?{_YEAR}",
    rf"{_YEAR}[ .-]{{0,2}}{_MONTH}[ .-]{{0,2}}{_DAY}",
)
_YEAR_FIRST = (
    rf"{_YEAR}(?:(?P<sep>[-/._ ])(?P<month>[0-9]{{1,2}})(?P=sep)|(?P<two>[0-9]{{2}}))(?P<day>[0-9]{{1,2}})"
)
_YEAR_LAST = r"(?P<one>[0-9]{1,2})(?P<sep>[-/. ])(?P<other>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})"
_WITH_CLOCK = rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})[ T].*"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
DAYS = tuple(
    rf"(?<![0-9A-Za-z]){_WEEKDAY}{pattern}(?![0-9])" for pattern in (*_NAMED, _YEAR_FIRST, _YEAR_LAST)
)
"""Patterns of how people write days."""


def near_days(text: str) -> tuple[str, ...]:
    """Return the days in the notation that ``text`` may mean: two where the order is open."""
    for pattern in (*DAYS, _WITH_CLOCK):
        if found := re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE):
            return days_of(found.groupdict())
    return ()


def days_of(parts: dict[str, str | None]) -> tuple[str, ...]:
    """Return the days that the named groups of a match of `DAYS` may mean, in the notation."""
    year = int(parts["year"] or 0)
    one, other = parts.get("one"), parts.get("other")
    if one and other:
        choices = [(int(other), int(one)), (int(one), int(other))]
    else:
        choices = [(_month(parts.get("month") or parts.get("two") or "0"), int(parts["day"] or 0))]
    days = [f"{year}-{month:02}-{day:02}" for month, day in choices if is_day(year, month, day)]
    return tuple(sorted(set(days)))


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written.lower()) + 1
