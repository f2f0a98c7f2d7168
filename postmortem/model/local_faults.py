"""What is said of local times that a zone skips or has twice, with the spellings to choose from."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from postmortem.model.expression import Clock
from postmortem.model.stated import Fault
from postmortem.model.zones import micros, wall, zone_of


def skipped_fault(clock: Clock, zone: str, begin: int) -> Fault:
    """Return the fault of a local time that does not exist, with its neighbours on both sides (PM214)."""
    known = zone_of(zone)
    if known is None:
        raise ValueError(zone)
    if clock.time is None:
        return _skipped_day(clock, zone, begin)
    from dateutil.tz import resolve_imaginary

    said = wall(begin)
    later = resolve_imaginary(said.replace(tzinfo=known))
    gap = later.replace(tzinfo=None) - said
    earlier = (said - gap).replace(tzinfo=known)
    before, after = _jump(known, begin)
    label = f"write `{_hands(earlier)}` or `{_hands(later)}`"
    message = (
        f"{_hands(said)} does not exist on {said.date()} in {zone}: "
        f"the clocks go from {_hands(before)} to {_hands(after)}{_names(before, after)}"
    )
    return Fault(
        "PM214", message, clock.start, clock.stop, label, "a time with its own offset is never skipped"
    )


def _skipped_day(clock: Clock, zone: str, begin: int) -> Fault:
    day = wall(begin).date()
    one = timedelta(days=1)
    message = f"{day} does not exist in {zone}: the calendar goes from {day - one} to {day + one}"
    label = f"write `{day - one}` or `{day + one}`"
    return Fault("PM214", message, clock.start, clock.stop, label)


def _jump(zone: ZoneInfo, begin: int) -> tuple[datetime, datetime]:
    """Return what the clocks show right before and right after they jump over a wall time."""
    from postmortem.model.zones import gap_end, offset_at

    instant = gap_end(zone, begin)
    before, after = (offset_at(zone, moment) for moment in (instant - 1, instant))
    return (
        wall(instant + before).replace(tzinfo=zone, fold=0),
        wall(instant + after).replace(tzinfo=zone, fold=0),
    )


def doubled_fault(clock: Clock, zone: str, begin: int) -> Fault:
    """Return the warning for a local time that comes twice, with both offsets to choose from (PM215)."""
    known = zone_of(zone)
    if known is None:
        raise ValueError(zone)
    said = wall(begin)
    both = [said.replace(tzinfo=known, fold=fold) for fold in (0, 1)]
    written = [f"{said.date()} {_hands(said)}{_offset(one)}" for one in both]
    message = (
        f"{_hands(said)} comes twice on {said.date()} in {zone}, at {_offset(both[0])} and again at "
        f"{_offset(both[1])}: its bounds cover both"
    )
    return Fault("PM215", message, clock.start, clock.stop, f"write `{written[0]}` or `{written[1]}`")


def _names(before: datetime, after: datetime) -> str:
    return ""


def _hands(moment: datetime) -> str:
    """Return a wall time as it is written, no finer than it needs to be."""
    shown = moment.replace(tzinfo=None).time().isoformat()
    return shown[:5] if shown.endswith(":00") and len(shown) == 8 else shown


def _offset(moment: datetime) -> str:
    return moment.isoformat()[len(moment.replace(tzinfo=None).isoformat()) :]


__all__ = ["doubled_fault", "micros", "skipped_fault"]
