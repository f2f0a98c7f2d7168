"""Zones: which names are zones, and which instants a stretch of local time covers in one.

Zone data comes from the tzdata wheel alone, so that a log means the same on every machine. The
machine's own zone is never read.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from postmortem.model.scanner import proposal, shorten
from postmortem.model.stated import Fault
from postmortem.model.zone_table import ABBREVIATIONS, LONE_ZONES, UTC_NAMES, ZONE_HELP, abbreviation_fault

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)


class Stretch(NamedTuple):
    """The instants of a stretch of local time: microseconds since 1970-01-01T00:00Z.

    ``low`` is the first instant and ``high`` the end of the last; ``nominal`` is where its first moment
    lies, None if it comes twice (``doubled``) or is skipped.
    """

    low: int
    high: int
    nominal: int | None
    doubled: bool


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Return the IANA names that a log may name, in alphabetical order: those the tzdata wheel lists."""
    listed = (_folder() / "zones").read_text(encoding="utf-8").split()
    return tuple(sorted(name for name in listed if "/" in name or name in LONE_ZONES))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(zone_names())


@lru_cache(maxsize=1)
def _folder() -> Path:
    """Return where the tzdata wheel lies; `importlib.resources` would say so too, and take 30 ms to load."""
    return Path(next(iter(import_module("tzdata").__path__)))


def judge_zone(name: str) -> Fault | None:
    """Return why ``name`` is no zone that a log may name (PM212), or None where it is one."""
    if name.upper() in UTC_NAMES or name in _known():
        return None
    if name.upper() in ABBREVIATIONS:
        return abbreviation_fault(name, 0)
    from postmortem.model.near_zones import near_zones

    message = f"`{shorten(name, 60)}` is not a zone that is known"
    return Fault("PM212", message, 0, len(name), proposal(*near_zones(name)), ZONE_HELP)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo | None:
    """Return the zone of that name from the tzdata wheel, or None where it is not one that a log may name."""
    key = "UTC" if name.upper() in UTC_NAMES else name
    if key != "UTC" and key not in _known():
        return None
    from zoneinfo import ZoneInfo

    with _folder().joinpath("zoneinfo", *key.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key)


def known_zone(name: str) -> ZoneInfo:
    """Return the zone of a name that was judged before; raise ValueError for one that is none."""
    zone = zone_of(name)
    if zone is None:
        raise ValueError(name)
    return zone


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
    zone = known_zone(name)
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
