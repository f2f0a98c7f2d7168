"""Stated times become bounds: a bare clock time gets the log's day and zone, a local time its instants."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from postmortem.ground.record import record
from postmortem.model.durations import MINUTE
from postmortem.model.expression import Clock, Part, Point, TimeExpression
from postmortem.model.local_time import Adrift, Local, stretch_of
from postmortem.model.ranges import reversed_fault
from postmortem.model.stated import Base, Bound, Fault


@record
class Anchor:
    """What a bare time is read against: the log's day, its zone, and what ``about`` means in it.

    ``about_clock`` is in microseconds, ``about_duration`` a share of a duration. A ``timezone`` that is no
    zone gives no bounds and no faults: it is judged once, where it is written.
    """

    day: date | None
    timezone: str | None
    about_clock: int
    about_duration: float


@record
class Anchored:
    """A time expression as bounds, with what was wrong with it in its zone.

    A part with a fault that is an error has no bounds.
    """

    bounds: tuple[Bound, ...]
    faults: tuple[Fault, ...]


class _Place(NamedTuple):
    """A point as a distance from its base."""

    base: Base | None
    low: int | None
    high: int | None
    nominal: int | None
    named: bool

    def moved(self, low: int | None, high: int | None, nominal: int | None, named: bool = True) -> _Place:
        """Return the place so much further on; None takes a bound away."""
        ends = (_sum(self.low, low), _sum(self.high, high), _sum(self.nominal, nominal))
        return _Place(self.base, *ends, self.named and named)


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
        except Adrift as adrift:
            if adrift.fault:
                faults.append(adrift.fault)
    return Anchored(tuple(bounds), tuple(faults))


def first_clock(expression: TimeExpression, against: Anchor) -> int | None:
    """Return the first clock time's first instant, in microseconds since 1970-01-01T00:00Z, if any."""
    for clock in expression.clocks:
        if clock.time is not None:
            try:
                return stretch_of(clock, Local(against.day, against.timezone), []).low
            except Adrift:
                return None
    return None


def _bounds(part: Part, against: Anchor, faults: list[Fault]) -> tuple[Bound, ...]:
    span = (part.start, part.stop)
    first = _place(part.first, against, faults)
    if part.second is not None:
        return _range(part, first, _place(part.second, against, faults))
    if part.kind == "after":
        return (Bound(first.base, first.low, None, None, *span),)
    if part.kind == "before":
        return (Bound(first.base, None, first.high, None, *span),)
    return (Bound(first.base, first.low, first.high, first.nominal, *span, first.named),)


def _range(part: Part, first: _Place, second: _Place) -> tuple[Bound, ...]:
    """Return the bounds from one place to another: one if they have one base, else one for each."""
    span = (part.start, part.stop)
    low, high = first.low, second.high
    if first.base != second.base or low is None or high is None:
        return (Bound(first.base, low, None, None, *span), Bound(second.base, None, high, None, *span))
    if _later(first.low, second.low) and _later(first.high, second.high):
        raise Adrift(reversed_fault(part))
    return (Bound(first.base, low, high, (low + high) // 2, *span, False),)


def _later(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def _place(point: Point, against: Anchor, faults: list[Fault]) -> _Place:
    place = _origin(point, against, faults)
    if amount := point.amount:
        give = _share(amount.nominal or 0, against.about_duration) if amount.about else 0
        place = place.moved(_sum(amount.low, -give), _sum(amount.high, give), amount.nominal, amount.named)
    give = against.about_clock if point.around == "about" else point.around or 0
    return place.moved(-give, give, 0)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _share(size: int, share: float) -> int:
    """Return what ``about`` gives or takes on a duration: a share of it, and at least a minute."""
    part = abs(size) * Fraction(str(share))
    return max(MINUTE, -(-part.numerator // part.denominator))


def _origin(point: Point, against: Anchor, faults: list[Fault]) -> _Place:
    origin = point.origin
    if not isinstance(origin, Clock):
        return _Place(Base(origin.event, origin.end), 0, 0, 0, True)
    stretch = stretch_of(origin, Local(against.day, against.timezone), faults)
    if origin.time is None:
        return _Place(None, stretch.low, stretch.high, (stretch.low + stretch.high) // 2, False)
    return _Place(None, stretch.low, stretch.high, stretch.nominal, True)
