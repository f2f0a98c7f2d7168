"""The timeline as JSON, format `postmortem.timeline/1`: a contract of its own, no dump of inner types."""

from __future__ import annotations

from postmortem.report.escaping.as_json import LineOf, Object, dumped, joined_sources, proof_rows
from postmortem.report.facts.facts import Facts, Row
from postmortem.report.wording.clock import Clock
from postmortem.resolve.timeline import Bounds, Conflict

FORMAT = "postmortem.timeline/1"


def timeline_json(facts: Facts, line_of: LineOf) -> str:
    """Return the timeline as JSON text."""
    return dumped(timeline_object(facts, line_of))


def timeline_object(facts: Facts, line_of: LineOf) -> Object:
    """Return the timeline as the object that its JSON writes; `left_out` stands there only as of a moment.

    `withheld` stands there only in a public version: the number of entries that are not public.
    """
    dated = len(facts.timeline.events)
    whole: Object = {
        "format": FORMAT,
        "incident": facts.name,
        "timezone": facts.clock.name,
        "t0": facts.timeline.t0,
        "events": [_event(row, facts.clock, line_of) for row in facts.rows[:dated]],
        "undated": [_event(row, facts.clock, line_of) for row in facts.rows[dated:]],
    }
    if facts.left_out:
        whole["left_out"] = facts.left_out
    if facts.withheld is not None:
        whole["withheld"] = facts.withheld
    return whole


def bounds_object(bounds: Bounds, clock: Clock) -> Object:
    """Return bounds as ISO times in the clock's zone, null where unknown, with their wording."""
    return {
        "earliest": _iso(bounds.earliest, clock),
        "latest": _iso(bounds.latest, clock),
        "nominal": _iso(bounds.nominal, clock),
        "text": clock.time(bounds),
    }


def _event(row: Row, clock: Clock, line_of: LineOf) -> Object:
    resolved = row.event
    event = resolved.event
    end: Object | None = None
    if resolved.end is not None:
        end = bounds_object(resolved.end, clock) | {"proof": _proof(resolved.end, line_of)}
    return {
        "id": resolved.key,
        "kind": event.kind,
        "what": event.what,
        "components": list(event.component),
        "sources": list(row.sources),
        "at": bounds_object(resolved.at, clock),
        "end": end,
        "order": resolved.order,
        "conflict": _conflict(resolved.conflicts, line_of),
        "line": line_of(("timeline", resolved.index)),
        "proof": _proof(resolved.at, line_of),
    }


def _proof(bounds: Bounds, line_of: LineOf) -> Object:
    return {
        "earliest": proof_rows(bounds.proof_earliest, line_of),
        "latest": proof_rows(bounds.proof_latest, line_of),
    }


def _conflict(conflicts: tuple[Conflict, ...], line_of: LineOf) -> Object | None:
    """Return all conflicts of an event as one: open if any of them is."""
    if not conflicts:
        return None
    return {
        "status": "open" if any(one.status == "open" for one in conflicts) else "ruled",
        "because": " ".join(dict.fromkeys(one.because for one in conflicts)),
        "claims": [
            {
                "line": line_of(claim.route),
                "source": joined_sources(claim.sources),
                "text": claim.text,
                "kept": claim.kept,
            }
            for conflict in conflicts
            for claim in conflict.claims
        ],
    }


def _iso(us: int | None, clock: Clock) -> str | None:
    return None if us is None else clock.iso(us)
