"""The Metrics: every figure with bounds, its definition in words and the claims that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from postmortem.resolve.timeline import Count, Proof, Timeline

Unit = Literal["s", "1", "time"]
"""Seconds; a pure number (ratio); a point in time (seconds since 1970-01-01T00:00Z). Else a measure's own unit."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure. ``low``, ``high``, ``nominal`` in ``unit``, None where unknown; ``missing`` says what is not known.

    ``standard`` tells the derived ones from those under `metrics:`; ``ends`` are the keys of the events it stands on.
    ``named``: the nominal comes from what claims name, it is not only the middle of the bounds.
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


@dataclass(frozen=True, slots=True)
class Point:
    """One row of a series: a time in microseconds since 1970-01-01T00:00Z and a value."""

    at: int
    value: float


@dataclass(frozen=True, slots=True)
class ResolvedSeries:
    """A series with its points in order of time; ``index`` its place in the log."""

    index: int
    measure: str
    component: str | None
    source: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Metrics:
    """All figures of one timeline: metrics in order (standard first), counts in listed order, series."""

    timeline: Timeline
    metrics: tuple[Metric, ...]
    counts: tuple[Count, ...]
    series: tuple[ResolvedSeries, ...]

    def metric(self, id: str) -> Metric | None:
        """Return the metric of that id, None if there is none."""
        return next((m for m in self.metrics if m.id == id), None)
