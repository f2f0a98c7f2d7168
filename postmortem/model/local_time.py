"""Clock times of a day and a zone: the instants they cover, or why they cover none."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from postmortem.ground.record import replace
from postmortem.model.calendar_days import LATEST_YEAR, later_day
from postmortem.model.expression import Clock
from postmortem.model.stated import Fault
from postmortem.model.zones import Stretch, instants, judge_zone, micros


class Adrift(Exception):
    """A clock time that cannot be anchored; without a fault where that is said elsewhere."""

    def __init__(self, fault: Fault | None) -> None:
        self.fault = fault


class Local(NamedTuple):
    """The log's own day and zone, for clock times that lack theirs."""

    day: date | None
    timezone: str | None


def stretch_of(clock: Clock, local: Local, faults: list[Fault]) -> Stretch:
    """Return the instants of a clock time; the warning of one that comes twice goes to ``faults``.

    Raises `Adrift` where there is no such time: PM212, PM213, PM214, PM205.
    """
    day, zone = _day(clock, local), _zone(clock, local)
    begin = micros(datetime(day.year, day.month, day.day)) + (clock.time or 0)
    if zone is None:
        low = begin - (clock.offset or 0)
        return Stretch(low, low + clock.width, low, False)
    stretch = instants(zone, begin, clock.width)
    if stretch is None:
        from postmortem.model.local_faults import skipped_fault

        raise Adrift(skipped_fault(clock, zone, begin))
    if stretch.doubled and clock.time is not None:
        from postmortem.model.local_faults import doubled_fault

        faults.append(doubled_fault(clock, zone, begin))
    return stretch


def _day(clock: Clock, local: Local) -> date:
    day = clock.day or local.day
    if day is None:
        raise Adrift(_missing(clock, local))
    moved = later_day(day, clock.shift or 0)
    if moved is None:
        message = f"this day lies past {LATEST_YEAR}"
        raise Adrift(Fault("PM205", message, clock.start, clock.stop))
    return moved


def _zone(clock: Clock, local: Local) -> str | None:
    """Return the zone that a clock time is read in, None where it has an offset."""
    if clock.offset is not None:
        return None
    if clock.zone is not None:
        if fault := judge_zone(clock.zone.name):
            raise Adrift(replace(fault, start=clock.zone.start, end=clock.zone.stop))
        return clock.zone.name
    if local.timezone is None:
        raise Adrift(_missing(clock, local))
    if judge_zone(local.timezone) is not None:
        raise Adrift(None)
    return local.timezone


def _missing(clock: Clock, local: Local) -> Fault:
    day = clock.needs_day and local.day is None
    zone = clock.needs_zone and local.timezone is None
    lacks = "`date` and no `timezone`" if day and zone else "`date`" if day else "`timezone`"
    subject = "this day" if clock.time is None else "this time"
    advice = f"add {lacks.replace('no ', '')} at the top, or write the time whole: `2023-05-24 18:20-04:00`"
    return Fault(
        "PM213", f"{subject} is bare, and the log has no {lacks}", clock.start, clock.stop, "", advice
    )
