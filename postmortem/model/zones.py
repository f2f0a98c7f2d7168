"""Zones: which names are zones, and which instants a stretch of local time covers in one.

Zone data comes from the tzdata wheel alone, so that a log means the same on every machine. The
machine's own zone is never read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.model.stated import Fault

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "EST": ("America/New_York", "-05:00"),
    "EDT": ("America/New_York", "-04:00"),
    "ET": ("America/New_York",),
    "EST5EDT": ("America/New_York",),
    "CST": ("America/Chicago", "-06:00", "Asia/Shanghai"),
    "CDT": ("America/Chicago", "-05:00"),
    "CT": ("America/Chicago",),
    "CST6CDT": ("America/Chicago",),
    "MST": ("America/Denver", "-07:00"),
    "MDT": ("America/Denver", "-06:00"),
    "MT": ("America/Denver",),
    "MST7MDT": ("America/Denver",),
    "PST": ("America/Los_Angeles", "-08:00"),
    "PDT": ("America/Los_Angeles", "-07:00"),
    "PT": ("America/Los_Angeles",),
    "PST8PDT": ("America/Los_Angeles",),
    "AKST": ("America/Anchorage", "-09:00"),
    "AKDT": ("America/Anchorage", "-08:00"),
    "HST": ("Pacific/Honolulu", "-10:00"),
    "AST": ("America/Halifax", "-04:00"),
    "ADT": ("America/Halifax", "-03:00"),
    "NST": ("America/St_Johns", "-03:30"),
    "NDT": ("America/St_Johns", "-02:30"),
    "BRT": ("America/Sao_Paulo", "-03:00"),
    "ART": ("America/Argentina/Buenos_Aires", "-03:00"),
    "WET": ("Europe/Lisbon", "+00:00"),
    "WEST": ("Europe/Lisbon", "+01:00"),
    "BST": ("Europe/London", "+01:00"),
    "IST": ("Asia/Kolkata", "+05:30", "Europe/Dublin"),
    "CET": ("Europe/Paris", "+01:00"),
    "CEST": ("Europe/Paris", "+02:00"),
    "MEZ": ("Europe/Berlin", "+01:00"),
    "MESZ": ("Europe/Berlin", "+02:00"),
    "MET": ("Europe/Paris", "+01:00"),
    "MEST": ("Europe/Paris", "+02:00"),
    "EET": ("Europe/Athens", "+02:00"),
    "EEST": ("Europe/Athens", "+03:00"),
    "MSK": ("Europe/Moscow", "+03:00"),
    "TRT": ("Europe/Istanbul", "+03:00"),
    "SAST": ("Africa/Johannesburg", "+02:00"),
    "WAT": ("Africa/Lagos", "+01:00"),
    "CAT": ("Africa/Maputo", "+02:00"),
    "EAT": ("Africa/Nairobi", "+03:00"),
    "GST": ("Asia/Dubai", "+04:00"),
    "PKT": ("Asia/Karachi", "+05:00"),
    "NPT": ("Asia/Kathmandu", "+05:45"),
    "ICT": ("Asia/Bangkok", "+07:00"),
    "WIB": ("Asia/Jakarta", "+07:00"),
    "HKT": ("Asia/Hong_Kong", "+08:00"),
    "SGT": ("Asia/Singapore", "+08:00"),
    "PHT": ("Asia/Manila", "+08:00"),
    "AWST": ("Australia/Perth", "+08:00"),
    "PRC": ("Asia/Shanghai", "+08:00"),
    "ROC": ("Asia/Taipei", "+08:00"),
    "JST": ("Asia/Tokyo", "+09:00"),
    "KST": ("Asia/Seoul", "+09:00"),
    "ROK": ("Asia/Seoul", "+09:00"),
    "ACST": ("Australia/Adelaide", "+09:30"),
    "ACDT": ("Australia/Adelaide", "+10:30"),
    "AEST": ("Australia/Sydney", "+10:00"),
    "AEDT": ("Australia/Sydney", "+11:00"),
    "NZ": ("Pacific/Auckland",),
    "NZST": ("Pacific/Auckland", "+12:00"),
    "NZDT": ("Pacific/Auckland", "+13:00"),
    "GB": ("Europe/London",),
    "EASTERN": ("America/New_York",),
    "CENTRAL": ("America/Chicago",),
    "MOUNTAIN": ("America/Denver",),
    "PACIFIC": ("America/Los_Angeles",),
}
"""Abbreviations people write, with what to write instead. Some are names of old zones files too: refused all the same."""

_UTC = ("UTC", "GMT", "Z")
_REFUSED = ("Factory", "localtime", "posixrules")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The instants of a stretch of local time: microseconds since 1970-01-01T00:00Z.

    ``low`` is the first instant and ``high`` the end of the last; ``nominal`` is where its first moment
    lies, None if it comes twice (``doubled``) or is skipped.
    """

    low: int
    high: int
    nominal: int | None
    doubled: bool


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the IANA names that the tzdata wheel lists."""
    return frozenset((_folder() / "zones").read_text(encoding="utf-8").split()) - {*_REFUSED}


@lru_cache(maxsize=1)
def _folder() -> Path:
    import tzdata

    return Path(tzdata.__path__[0])


def judge_zone(name: str) -> Fault | None:
    """Return why ``name`` is no zone that a log may name (PM212), or None where it is one."""
    if name in _UTC or (name in zone_names() and name not in ABBREVIATIONS):
        return None
    if name.upper() in ABBREVIATIONS:
        return abbreviation_fault(name, 0)
    from postmortem.ground.suggest import nearest

    by_case = {known.lower(): known for known in sorted(zone_names())}
    close = by_case.get(name.lower()) or by_case.get(name.lower().replace(" ", "_"))
    close = close or nearest(name, sorted(zone_names()))
    return Fault(
        "PM212",
        f"`{name[:60]}` is not a zone that is known",
        0,
        len(name),
        f"did you mean `{close}`?" if close else "",
        "zones are `UTC`, `GMT`, `Z` and IANA names such as `Europe/Paris`",
    )


def abbreviation_fault(name: str, start: int) -> Fault:
    """Return the fault of writing a zone's abbreviation, with what to write instead."""
    instead = [f"`{one}`" for one in ABBREVIATIONS[name.upper()]]
    choice = instead[0] if len(instead) == 1 else f"{', '.join(instead[:-1])} or {instead[-1]}"
    return Fault(
        "PM212",
        f"`{name}` is not a zone: abbreviations are ambiguous, and often wrong",
        start,
        start + len(name),
        f"write {choice}",
        "zones are `UTC`, `GMT`, `Z` and IANA names such as `Europe/Paris`",
    )


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo | None:
    """Return the zone of that name from the tzdata wheel, or None where it is not one that a log may name."""
    if judge_zone(name) is not None:
        return None
    from zoneinfo import ZoneInfo

    key = "UTC" if name in _UTC else name
    with (_folder() / "zoneinfo").joinpath(*key.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key)


def micros(moment: datetime) -> int:
    """Return a wall time as microseconds since 1970-01-01T00:00 of the same wall."""
    return (moment - EPOCH) // MICROSECOND


def wall(size: int) -> datetime:
    """Return the wall time that lies so many microseconds after 1970-01-01T00:00."""
    return EPOCH + size * MICROSECOND


@lru_cache(maxsize=8192)
def instants(name: str, begin: int, width: int) -> Stretch | None:
    """Return which instants the local times from ``begin`` on, ``width`` microseconds long, are in a zone.

    ``begin`` counts from 1970-01-01T00:00 of the zone's own wall. None where the zone skips all of them.
    """
    zone = zone_of(name)
    if zone is None:
        raise ValueError(name)
    last = begin + width - 1
    first_read, last_read = _readings(zone, begin), _readings(zone, last)
    low = first_read[0] if first_read else gap_end(zone, begin)
    high = (last_read[-1] if last_read else gap_end(zone, last) - 1) + 1
    if low >= high:
        return None
    doubled = len(first_read) > 1 or len(last_read) > 1
    return Stretch(low, high, first_read[0] if len(first_read) == 1 and not doubled else None, doubled)


def _offset(zone: ZoneInfo, begin: int, fold: int) -> int:
    """Return the offset from UTC that one reading of a wall time has, in microseconds."""
    distance = wall(begin).replace(tzinfo=zone, fold=fold).utcoffset()
    return 0 if distance is None else distance // MICROSECOND


def _readings(zone: ZoneInfo, begin: int) -> tuple[int, ...]:
    """Return the instants that a wall time names, in order: one, two, or none where it is skipped."""
    first, second = _offset(zone, begin, 0), _offset(zone, begin, 1)
    if first == second:
        return (begin - first,)
    return (begin - first, begin - second) if first > second else ()


def gap_end(zone: ZoneInfo, begin: int) -> int:
    """Return the instant at which the clocks jump over a wall time."""
    early, late = begin - _offset(zone, begin, 1), begin - _offset(zone, begin, 0)
    before = offset_at(zone, early)
    while late - early > 1:
        middle = (early + late) // 2
        if offset_at(zone, middle) == before:
            early = middle
        else:
            late = middle
    return late


def offset_at(zone: ZoneInfo, instant: int) -> int:
    """Return a zone's offset from UTC at an instant, in microseconds."""
    distance = wall(instant).replace(tzinfo=UTC).astimezone(zone).utcoffset()
    return 0 if distance is None else distance // MICROSECOND
