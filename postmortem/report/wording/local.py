"""Moments in a zone: local time and offset, as people and as ISO 8601 write them, past the calendar too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from postmortem.report.wording.units import DAY, MILLISECOND, MINUTE, SECOND

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = -62_135_510_400 * SECOND
_LAST = 253_402_214_400 * SECOND
_CYCLE_YEARS = 400
_CYCLE = 146_097 * DAY
_MOST_KEPT = 8192
"""Moments whose words are kept."""


def zone_of(name: str) -> tzinfo:
    """Return the zone of that name; one that is not known was a finding before and is UTC here."""
    if name in ("UTC", "Z", "GMT"):
        return UTC
    from postmortem.model.times import zone_of as known

    # The zones that times were resolved by: the system's own may be older, and so tell another hour.
    return known(name) or UTC


@lru_cache(maxsize=64)
def zone_short(zone: tzinfo, name: str, extent: tuple[int, int] | None) -> str:
    """Return a zone for a column: `EDT`, `UTC-3`; its ``name`` where its offset changes in ``extent``."""
    if zone is UTC:
        return "UTC"
    if extent is None:
        return name
    first, last = (local_of(zone, us)[0] for us in extent)
    if first.utcoffset() != last.utcoffset():
        return name
    short = first.tzname() or ""
    return short if short.isalpha() else offset_words(first)


# A report says the same few hundred moments thousands of times: in its list, its proofs and its charts.
@lru_cache(maxsize=_MOST_KEPT)
def local_of(zone: tzinfo, us: int) -> tuple[datetime, int]:
    """Return the local time and the years to add: times past the calendar's ends move by whole cycles."""
    cycles = 0
    if not _FIRST <= us <= _LAST:
        cycles = us // _CYCLE
        us -= cycles * _CYCLE
    local = (_EPOCH + timedelta(microseconds=us)).astimezone(zone)
    return local, cycles * _CYCLE_YEARS


@lru_cache(maxsize=_MOST_KEPT)
def local_text(zone: tzinfo, own_day: date | None, us: int, unit: int) -> str:
    """Return the one unit that ``us`` falls in, as a local clock time, with its day where another."""
    local, years = local_of(zone, us)
    day = f"{_year(local.year + years)}-{local.month:02d}-{local.day:02d}"
    if unit == DAY:
        return day
    clock = f"{local.hour:02d}:{local.minute:02d}"
    if unit < MINUTE:
        clock += f":{local.second:02d}"
    if unit < SECOND:
        digits = f"{local.microsecond:06d}"
        clock += "." + (digits[:3] if unit == MILLISECOND else digits)
    if zone is not UTC and local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset():
        clock += f" ({offset_words(local)})"
    return clock if years == 0 and local.date() == own_day else f"{day} {clock}"


def iso_text(zone: tzinfo, us: int) -> str:
    """Return ISO 8601 in the zone's own offset; microseconds only where they are not zero."""
    local, years = local_of(zone, us)
    text = local.replace(tzinfo=None).isoformat()
    return _year(local.year + years) + text[4:] + _offset(local)


def is_midnight(local: datetime) -> bool:
    """Tell whether a local time is the very beginning of its day."""
    return not (local.hour or local.minute or local.second or local.microsecond)


def _year(year: int) -> str:
    return f"{year:04d}" if 0 <= year <= 9999 else f"{year:+06d}"


def _offset(local: datetime) -> str:
    """Return the offset as ISO 8601 writes it: `-04:00`."""
    return datetime(2000, 1, 1, tzinfo=timezone(local.utcoffset() or timedelta(0))).isoformat()[19:]


def offset_words(local: datetime) -> str:
    """Return the offset as people write it: `UTC-4`, `UTC+5:30`."""
    minutes = int((local.utcoffset() or timedelta(0)).total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
