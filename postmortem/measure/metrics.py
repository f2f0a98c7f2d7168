"""The Metrics: every figure with bounds, its definition in words and the claims that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from postmortem.ground.pictures import Picture
from postmortem.ground.record import record
from postmortem.resolve.timeline import Bounds, Count, Proof, Timeline

Unit = Literal["s", "1", "time"]
"""Seconds; a pure number (ratio); a time (seconds since 1970-01-01T00:00Z). Else a measure's own unit."""


@record
class Metric:
    """One figure: ``low``, ``high``, ``nominal`` in ``unit``, None where unknown; ``missing`` says what is.

    ``standard`` tells the derived ones from those under `metrics:`; ``ends`` are the keys of its events.
    ``named``: the nominal comes from what claims name, it is not only the middle of the bounds.
    ``when`` is the moment that a `reach` metric speaks of: its own figure is the delay after ``ends[0]``.
    A metric with a value may still have something ``missing``: the side of it that has no bound.
    """

    id: str
    title: str
    unit: str
    low: float | None
    high: float | None
    nominal: float | None
    definition: str
    missing: tuple[str, ...]
    proof_low: Proof
    proof_high: Proof
    standard: bool
    note: str | None = None
    ends: tuple[str, ...] = ()
    named: bool = False
    when: Bounds | None = None


class Point(NamedTuple):
    """One row of a series: a time in microseconds since 1970-01-01T00:00Z and a value.

    ``low`` and ``high`` are the value's bounds: both the value itself where it is exact.
    """

    at: int
    value: int | float
    low: int | float
    high: int | float


@record
class ResolvedSeries:
    """A series with its points in order of time, no two at one time; ``index`` its place in the log.

    Times are corrected by what the source's clock is said to be off; ``early`` and ``late`` are how far
    before (not positive) and after (not negative) them the points may truly lie, in microseconds.
    """

    index: int
    measure: str
    component: str | None
    source: tuple[str, ...]
    points: tuple[Point, ...]
    early: int = 0
    late: int = 0


@record
class Metrics:
    """All figures of one timeline: metrics in order (standard first), counts in listed order, series."""

    timeline: Timeline
    metrics: tuple[Metric, ...]
    counts: tuple[Count, ...]
    series: tuple[ResolvedSeries, ...]
    pictures: Mapping[str, Picture] = MappingProxyType({})
    """What the log's texts show from files beside it, by the address that they give."""

    def metric(self, id: str) -> Metric | None:
        """Return the metric of that id, None if there is none."""
        return next((m for m in self.metrics if m.id == id), None)
