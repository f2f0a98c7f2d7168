"""Times as people write them: notation, meaning as bounds, local times against their zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from postmortem.model.stated import Bound, Fault, Stated


@dataclass(frozen=True, slots=True)
class TimeExpression: ...


@dataclass(frozen=True, slots=True)
class ClockError:
    """How far a source's clock runs ahead of the true one, in microseconds: between low and high."""

    low: int
    high: int
    nominal: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a bare time is read against: the log's day, its zone, and what ``about`` means in it."""

    day: date | None
    timezone: str | None
    about_clock: int
    about_duration: float


@dataclass(frozen=True, slots=True)
class Anchored:
    """A time expression as bounds, with what was wrong with it in its zone."""

    bounds: tuple[Bound, ...]
    faults: tuple[Fault, ...]


def parse_time(text: str) -> Stated[TimeExpression]: ...
def parse_duration(text: str) -> Stated[int]: ...
def parse_date(text: str) -> Stated[date]: ...
def parse_clock_error(text: str) -> Stated[ClockError]: ...
def anchor(expression: TimeExpression, against: Anchor) -> Anchored: ...
