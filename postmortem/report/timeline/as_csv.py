"""The timeline as CSV: a row an event, bounds in the report's zone and in UTC."""

from __future__ import annotations

from postmortem.report.escaping.csv_cells import csv_text
from postmortem.report.facts.facts import Facts, Row
from postmortem.report.wording.clock import Clock
from postmortem.resolve.timeline import Bounds

_POINT = ("earliest", "latest", "nominal")
HEADER = (
    "number", "id", "kind", "what", "components", "sources", "time", "relative", "order", "conflict",
    *(f"at_{name}" for name in _POINT),
    *(f"at_{name}_utc" for name in _POINT),
    *(f"end_{name}" for name in _POINT),
    *(f"end_{name}_utc" for name in _POINT),
)  # fmt: skip


def timeline_csv(facts: Facts) -> str:
    """Return the timeline as CSV text; undated events stand last, with empty bounds."""
    utc = facts.clock.in_zone("UTC")
    return csv_text(HEADER, (_row(row, facts.clock, utc) for row in facts.rows))


def _row(row: Row, clock: Clock, utc: Clock) -> list[object]:
    resolved = row.event
    event = resolved.event
    conflicts = {one.status for one in resolved.conflicts}
    return [
        row.number,
        resolved.key,
        event.kind,
        event.what,
        " ".join(event.component),
        " ".join(row.sources),
        clock.span(resolved.at, resolved.end),
        clock.relative(resolved.at, row.since_zero),
        resolved.order,
        "open" if "open" in conflicts else "ruled" if conflicts else None,
        *_points(resolved.at, clock),
        *_points(resolved.at, utc),
        *_points(resolved.end, clock),
        *_points(resolved.end, utc),
    ]


def _points(bounds: Bounds | None, clock: Clock) -> list[str | None]:
    if bounds is None:
        return [None, None, None]
    known = (bounds.earliest, bounds.latest, bounds.nominal)
    return [None if us is None else clock.iso(us) for us in known]
