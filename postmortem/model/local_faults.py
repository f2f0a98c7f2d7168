"""What is said of local times that a zone skips or has twice, with the spellings to choose from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from postmortem.model.expression import Clock
from postmortem.model.scanner import proposal
from postmortem.model.stated import Fault
from postmortem.model.zones import gap_end, known_zone, offset_at, wall

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_ONE_DAY = timedelta(days=1)


def skipped_fault(clock: Clock, zone: str, begin: int) -> Fault:
    """Return the fault of a local time that does not exist, with its neighbours on both sides (PM214).

    ``begin`` is the time in microseconds since 1970-01-01T00:00 of the zone's wall.
    """
    said, known = wall(begin), known_zone(zone)
    if clock.time is None:
        day = said.date()
        message = f"{day} does not exist in {zone}: the calendar jumps over it"
        label = proposal(str(day - _ONE_DAY), str(day + _ONE_DAY))
        return Fault("PM214", message, clock.start, clock.stop, label)
    before, after = _jump(known, begin)
    earlier, later = _neighbours(known, said)
    message = (
        f"{_hands(said)} does not exist on {said.date()} in {zone}: "
        f"the clocks go from {_named(before)} to {_named(after)}"
    )
    label = proposal(*(_written(clock, said, one) for one in (earlier, later)))
    return Fault("PM214", message, clock.start, clock.stop, label)


def doubled_fault(clock: Clock, zone: str, begin: int) -> Fault:
    """Return the warning for a local time that comes twice, with both offsets to choose from (PM215)."""
    said = wall(begin)
    first, second = (said.replace(tzinfo=known_zone(zone), fold=fold) for fold in (0, 1))
    message = (
        f"{_hands(said)} comes twice on {said.date()} in {zone}, in {first.tzname()} and again in "
        f"{second.tzname()}: its bounds cover both"
    )
    label = proposal(*(f"{said.date()} {_hands(said)}{_offset(one)}" for one in (first, second)))
    return Fault("PM215", message, clock.start, clock.stop, label)


def _neighbours(zone: ZoneInfo, said: datetime) -> tuple[datetime, datetime]:
    """Return the times that lie as far before and behind the jump as the skipped one lies within it."""
    from dateutil.tz import resolve_imaginary

    later = resolve_imaginary(said.replace(tzinfo=zone)).replace(tzinfo=None)
    return said - (later - said), later


def _jump(zone: ZoneInfo, begin: int) -> tuple[datetime, datetime]:
    """Return what the clocks show when they jump over a wall time, before and after."""
    instant = gap_end(zone, begin)
    shown = (wall(instant + offset_at(zone, moment)) for moment in (instant - 1, instant))
    before, after = shown
    return before.replace(tzinfo=zone), after.replace(tzinfo=zone)


def _written(clock: Clock, said: datetime, moment: datetime) -> str:
    """Return a neighbour as it is written in place of a skipped time: with the day and zone it needs."""
    dated = clock.day is not None or clock.shift is not None or moment.date() != said.date()
    day = f"{moment.date()} " if dated else ""
    return day + _hands(moment) + (f" {clock.zone.name}" if clock.zone else "")


def _named(moment: datetime) -> str:
    return f"{_hands(moment)} {moment.tzname()}"


def _hands(moment: datetime) -> str:
    """Return a wall time no finer than it needs to be."""
    fine = "microseconds" if moment.microsecond else "seconds" if moment.second else "minutes"
    return moment.time().isoformat(fine)


def _offset(moment: datetime) -> str:
    return moment.isoformat()[len(moment.replace(tzinfo=None).isoformat()) :]
