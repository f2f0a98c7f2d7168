"""Stated values: an author's text beside what it was understood as, or why it was not."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from postmortem.ground.record import record

T = TypeVar("T")


@record
class Fault:
    """Why a scalar was not understood: code points ``start`` to ``end`` (exclusive) of its text.

    ``label`` is the nearest spelling that would do, shown beside the caret.
    """

    code: str
    message: str
    start: int
    end: int
    label: str = ""
    help: str = ""


@record
class Stated(Generic[T]):
    """A scalar as the author wrote it; ``value`` is None exactly where ``fault`` says why."""

    text: str
    value: T | None
    fault: Fault | None = None


@record
class Base:
    """A time point that a bound is counted from: an event's start or end, or the zero ``T`` (event None)."""

    event: str | None
    end: bool = False


@record
class Bound:
    """One bound of a stated time: its distance from ``base`` lies in [low, high], in microseconds.

    ``base`` None is the clock: the distance is microseconds since 1970-01-01T00:00Z. None for ``low``
    or ``high`` is unbounded. ``nominal`` is what the author names without tolerance, if anything.
    ``start`` and ``end`` are the code points of the scalar that say it. ``named`` is False where the nominal
    is only the middle of a written range, so that nobody is shown a time that no source gives.
    """

    base: Base | None
    low: int | None
    high: int | None
    nominal: int | None
    start: int
    end: int
    named: bool = True


@record
class Quantity:
    """A stated number as a closed interval; None is unbounded.

    ``growth`` is None for a level, else the length in microseconds of the rate's unit of time
    (``+50k/min``: low = high = nominal = 50000, growth = 60000000). ``percent``: it was written with a
    percent sign, and low, high and nominal are the fraction (27% is 0.27). ``named`` is False where
    the nominal is only the middle of a written range. ``about``: the author wrote `about` (or `~`) or
    `nearly`; low and high are the written number until `settle` widens them by the log's `approx.count`.
    """

    low: int | float | None
    high: int | float | None
    nominal: int | float | None
    growth: int | None = None
    percent: bool = False
    named: bool = True
    about: Literal["about", "nearly"] | None = None
