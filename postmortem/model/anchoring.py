"""Stated times become bounds: bare clock times get the log's day and zone, and every local time its instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from postmortem.model.clocks import shifted
from postmortem.model.durations import MINUTE
from postmortem.model.expression import Clock, Part, Point, TimeExpression
from postmortem.model.grammar import reversed_fault
from postmortem.model.local_faults import doubled_fault, skipped_fault
from postmortem.model.stated import Base, Bound, Fault
from postmortem.model.zones import Stretch, instants, judge_zone, micros


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a bare time is read against: the log's day, its zone, and what ``about`` means in it.

    ``about_clock`` is in microseconds, ``about_duration`` a share of a duration. A ``timezone`` that is no
    zone gives no bounds and no faults: it is judged once, where it is written.
    """

    day: date | None
    timezone: str | None
    about_clock: int
    about_duration: float


@dataclass(frozen=True, slots=True)
class Anchored:
    """A time expression as bounds, with what was wrong with it in its zone.

    A part with a fault of severity error has no bounds.
    """

    bounds: tuple[Bound, ...]
    faults: tuple[Fault, ...]


class _Adrift(Exception):
    """A part that cannot be anchored; without a fault where that was said elsewhere."""

    def __init__(self, fault: Fault | None) -> None:
        super().__init__()
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Place:
    """A point as a distance from its base."""

    base: Base | None
    low: int | None
    high: int | None
    nominal: int | None
    named: bool


def anchor(expression: TimeExpression, against: Anchor) -> Anchored:
    """Return an expression's bounds: instants for clock times, distances for what counts from events.

    Faults: PM212 a zone that is not known, PM213 no day or zone for a bare time, PM214 a local time that
    is skipped, PM215 one that comes twice (its bounds cover both), PM205 a range that goes backwards.
    """
    bounds: list[Bound] = []
    faults: list[Fault] = []
    for part in expression.parts:
        try:
            bounds.extend(_bounds(part, against, faults))
        except _Adrift as adrift:
            if adrift.fault:
                faults.append(adrift.fault)
    return Anchored(tuple(bounds), tuple(faults))


def first_clock(expression: TimeExpression, against: Anchor) -> int | None:
    """Return the instant of the first clock time, in microseconds since 1970-01-01T00:00Z; None without one."""
    for clock in expression.clocks:
        if clock.time is not None:
            try:
                return _stretch(clock, against, []).low
            except _Adrift:
                return None
    return None


def _bounds(part: Part, against: Anchor, faults: list[Fault]) -> tuple[Bound, ...]:
    first = _place(part.first, against, faults)
    start, stop = part.start, part.stop
    if part.kind == "at":
        return (Bound(first.base, first.low, first.high, first.nominal, start, stop, first.named),)
    if part.kind == "after":
        return (Bound(first.base, first.low, None, None, start, stop),)
    if part.kind == "before" or part.second is None:
        return (Bound(first.base, None, first.high, None, start, stop),)
    second = _place(part.second, against, faults)
    if first.base != second.base:
        return (
            Bound(first.base, first.low, None, None, start, stop),
            Bound(second.base, None, second.high, None, start, stop),
        )
    if _backwards(first, second):
        raise _Adrift(reversed_fault(part))
    if first.low is None or second.high is None:
        return (Bound(first.base, first.low, second.high, None, start, stop),)
    return (Bound(first.base, first.low, second.high, (first.low + second.high) // 2, start, stop, False),)


def _backwards(first: _Place, second: _Place) -> bool:
    if None in (first.low, first.high, second.low, second.high):
        return False
    return (first.low or 0) > (second.low or 0) and (first.high or 0) > (second.high or 0)


def _place(point: Point, against: Anchor, faults: list[Fault]) -> _Place:
    place = _origin(point, against, faults)
    if point.amount is not None:
        add = point.amount
        give = _share(add.nominal, against.about_duration) if add.about else 0
        place = _Place(
            place.base,
            _plus(place.low, add.low, -give),
            _plus(place.high, add.high, give),
            _plus(place.nominal, add.nominal),
            place.named and add.named,
        )
    if point.around is None:
        return place
    give = against.about_clock if point.around == "about" else point.around
    return _Place(place.base, _plus(place.low, -give), _plus(place.high, give), place.nominal, place.named)


def _plus(*terms: int | None) -> int | None:
    total = 0
    for term in terms:
        if term is None:
            return None
        total += term
    return total


def _share(size: int | None, share: float) -> int:
    """Return what ``about`` gives or takes on a duration: a share of it, and at least a minute."""
    part = abs(size or 0) * Fraction(str(share))
    return max(MINUTE, -(-part.numerator // part.denominator))


def _origin(point: Point, against: Anchor, faults: list[Fault]) -> _Place:
    origin = point.origin
    if not isinstance(origin, Clock):
        return _Place(Base(origin.event, origin.end), 0, 0, 0, True)
    stretch = _stretch(origin, against, faults)
    if origin.time is None:
        return _Place(None, stretch.low, stretch.high, (stretch.low + stretch.high) // 2, False)
    return _Place(None, stretch.low, stretch.high, stretch.nominal, True)


def _stretch(clock: Clock, against: Anchor, faults: list[Fault]) -> Stretch:
    """Return the instants of a clock time; what is doubled goes to ``faults``."""
    day, zone = _day(clock, against), _zone(clock, against)
    begin = micros(datetime(day.year, day.month, day.day)) + (clock.time or 0)
    if clock.offset is not None:
        low = begin - clock.offset
        return Stretch(low, low + clock.width, low, False)
    stretch = instants(zone, begin, clock.width)
    if stretch is None:
        raise _Adrift(skipped_fault(clock, zone, begin))
    if stretch.doubled and clock.time is not None:
        faults.append(doubled_fault(clock, zone, begin))
    return stretch


def _day(clock: Clock, against: Anchor) -> date:
    if clock.day is None and against.day is None:
        raise _Adrift(_missing(clock, against))
    day = clock.day or against.day
    moved = shifted(day, clock.shift or 0) if day else None
    if moved is None:
        raise _Adrift(Fault("PM205", "this day is past the calendar's end", clock.start, clock.stop))
    return moved


def _zone(clock: Clock, against: Anchor) -> str:
    if clock.offset is not None:
        return "UTC"
    if clock.zone is not None:
        if fault := judge_zone(clock.zone.name):
            start, stop = clock.zone.start, clock.zone.stop
            raise _Adrift(Fault(fault.code, fault.message, start, stop, fault.label, fault.help))
        return clock.zone.name
    if against.timezone is None:
        raise _Adrift(_missing(clock, against))
    if judge_zone(against.timezone) is not None:
        raise _Adrift(None)
    return against.timezone


def _missing(clock: Clock, against: Anchor) -> Fault:
    day = clock.needs_day and against.day is None
    zone = clock.needs_zone and against.timezone is None
    keys = "`date` and no `timezone`" if day and zone else "`date`" if day else "`timezone`"
    whole = "2023-05-24 18:20-04:00" if day and zone else "2023-05-24 18:20" if day else "18:20-04:00"
    subject = "this day" if clock.time is None else "this time"
    help = f"add {keys.replace('no ', '')} at the top, or write it whole, such as `{whole}`"
    return Fault("PM213", f"{subject} is bare, and the log has no {keys}", clock.start, clock.stop, "", help)
