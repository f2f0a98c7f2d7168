"""What a time expression says, as values: clocks, references, distances, and the parts that join them.

Nothing here is anchored yet: a clock may lack its day or zone. Durations are whole microseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

About: TypeAlias = Literal["about"]
"""A tolerance whose size the log's `approx` says."""


class Reference(NamedTuple):
    """An event's start or end that is counted from; ``event`` None is the incident's zero, ``T``.

    ``start`` and ``stop`` are the code points of the scalar that name it.
    """

    event: str | None
    end: bool
    start: int
    stop: int


class ZoneName(NamedTuple):
    """An IANA zone that a clock time names, and where in the scalar."""

    name: str
    start: int
    stop: int


class Clock(NamedTuple):
    """A stretch of local time: from ``time`` (microseconds of the day) on, ``width`` long.

    ``day`` None is the log's `date`; ``shift`` are the days of a written ``+1d``. ``time`` None is the
    whole day. ``offset`` is the distance from UTC in microseconds where the author gives it, ``zone``
    the zone where the author names one; with neither, the log's `timezone` is due.
    """

    day: date | None
    shift: int | None
    time: int | None
    width: int
    offset: int | None
    zone: ZoneName | None
    half: bool
    start: int
    stop: int

    @property
    def needs_day(self) -> bool:
        """Whether the log's `date` is due."""
        return self.day is None

    @property
    def needs_zone(self) -> bool:
        """Whether the log's `timezone` is due."""
        return self.offset is None and self.zone is None


class Amount(NamedTuple):
    """A stated distance, or a range of them; None is unbounded. ``about``: `approx.duration` widens it."""

    low: int | None
    high: int | None
    nominal: int | None
    named: bool = True
    about: bool = False


class Point(NamedTuple):
    """A clock or an event, moved by an amount, give or take ``around`` (microseconds, or `approx.clock`)."""

    origin: Clock | Reference
    amount: Amount | None
    around: int | About | None
    start: int
    stop: int


class Part(NamedTuple):
    """One statement: at a point, after it, before it, or between it and a second one."""

    kind: Literal["at", "after", "before", "between"]
    first: Point
    second: Point | None
    start: int
    stop: int

    def points(self) -> Iterator[Point]:
        """Yield the points of the part as written."""
        yield self.first
        if self.second is not None:
            yield self.second


class Need(NamedTuple):
    """What a clock time takes from the log: its `date`, its `timezone`, or both."""

    day: bool
    zone: bool
    start: int
    stop: int


class TimeExpression(NamedTuple):
    """A time as its author states it: all ``parts`` hold together."""

    parts: tuple[Part, ...]

    def points(self) -> Iterator[Point]:
        """Yield every point of every part as written."""
        for part in self.parts:
            yield from part.points()

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clock times and days that are named."""
        return tuple(point.origin for point in self.points() if isinstance(point.origin, Clock))

    @property
    def references(self) -> tuple[Reference, ...]:
        """The events that are counted from; ``T`` is one whose event is None."""
        return tuple(point.origin for point in self.points() if isinstance(point.origin, Reference))

    @property
    def absolute(self) -> bool:
        """Whether a clock time or a day stands in it."""
        return bool(self.clocks)

    @property
    def needs(self) -> tuple[Need, ...]:
        """What its bare clock times take from the log."""
        return tuple(
            Need(clock.needs_day, clock.needs_zone, clock.start, clock.stop)
            for clock in self.clocks
            if clock.needs_day or clock.needs_zone
        )

    @property
    def bare(self) -> bool:
        """Whether a clock time lacks its own day or zone."""
        return bool(self.needs)

    @property
    def zones(self) -> tuple[ZoneName, ...]:
        """The IANA zones that are named."""
        return tuple(clock.zone for clock in self.clocks if clock.zone is not None)

    @property
    def clock_of_day(self) -> int | None:
        """Microseconds of the day of the first clock time that leaves its day to the log, if any does."""
        for clock in self.clocks:
            if clock.day is None and clock.shift is None:
                return clock.time
        return None
