"""What the tables of a timeline say of an event, worded once for text and Markdown."""

from __future__ import annotations

from postmortem.report.facts.facts import Band, Row
from postmortem.report.wording.clock import Clock
from postmortem.resolve.timeline import Bounds


def band_time(band: Band, clock: Clock) -> str:
    """Word from when to when a phase lasted, from the zero where there is one: `T+0m → ≈T+20m`."""
    if band.start is None:
        return ""
    first = _point(band.start, band.starts_at_end, clock)
    if band.end is None:
        return f"{first} → {clock.language.say('band.open-end')}"
    return f"{first} → {_point(band.end, band.ends_at_end, clock)}"


def event_relative(row: Row, clock: Clock) -> str:
    """Word an event's time from the zero, with its end where the log speaks of one."""
    start = clock.relative(row.event.at, row.since_zero)
    if row.event.end is None or not start:
        return start
    return f"{start} → {clock.relative(row.event.end, row.end_since_zero)}"


def event_bounds(row: Row, clock: Clock) -> str:
    """Word the bounds of a time shown as about a value: `18:18–18:22`; '' where the time says them itself."""
    at = row.event.at
    return clock.bounds(at) if clock.shape(at) == "about" else ""


def not_ordered(row: Row) -> bool:
    """Tell whether a dated event's order to the one listed above it is not known."""
    dated = row.event.at.earliest is not None or row.event.at.latest is not None
    return dated and row.event.order == "undetermined"


def _point(row: Row, at_end: bool, clock: Clock) -> str:
    bounds: Bounds | None = row.event.end if at_end else row.event.at
    return clock.relative(bounds, row.end_since_zero if at_end else row.since_zero) or clock.time(bounds)
