"""Metrics and counts as JSON, format `postmortem.metrics/1`."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.measure.metrics import Metric
from postmortem.report.escaping.as_json import LineOf, Object, dumped, joined_sources, proof_rows
from postmortem.report.facts.facts import Facts
from postmortem.report.wording.clock import Clock
from postmortem.resolve.timeline import Bounds, Count

FORMAT = "postmortem.metrics/1"


def metrics_json(several: Sequence[tuple[Facts, LineOf]]) -> str:
    """Return the metrics of one log as its object; those of several in a list under `incidents`."""
    objects = [metrics_object(facts, line_of) for facts, line_of in several]
    if len(objects) == 1:
        return dumped(objects[0])
    return dumped({"format": FORMAT, "incidents": objects})


def metrics_object(facts: Facts, line_of: LineOf) -> Object:
    """Return the metrics and counts of one log as the object that its JSON writes."""
    whole: Object = {
        "format": FORMAT,
        "incident": facts.name,
        "metrics": [_metric(one, facts.clock, line_of) for one in facts.metrics.metrics],
        "counts": [_count(one, line_of) for one in facts.metrics.counts],
    }
    if facts.withheld is not None:
        whole["withheld"] = facts.withheld
    return whole


def _metric(metric: Metric, clock: Clock, line_of: LineOf) -> Object:
    """Return a metric; `when` is the moment that a `reach` speaks of, null for every other."""
    return {
        "id": metric.id,
        "title": metric.title,
        "unit": metric.unit,
        "low": metric.low,
        "high": metric.high,
        "nominal": metric.nominal,
        "when": None if metric.when is None else _when(metric.when, clock),
        "definition": metric.definition,
        "missing": list(metric.missing),
        "proof": {
            "low": proof_rows(metric.proof_low, line_of),
            "high": proof_rows(metric.proof_high, line_of),
        },
    }


def _when(bounds: Bounds, clock: Clock) -> Object:
    sides = {"earliest": bounds.earliest, "latest": bounds.latest, "nominal": bounds.nominal}
    return {name: None if us is None else clock.iso(us) for name, us in sides.items()}


def _count(count: Count, line_of: LineOf) -> Object:
    """Return a count; `per` is null for a level, and for a growth the seconds of its rate's unit of time."""
    kept = [claim for claim in count.claims if claim.kept]
    sources = tuple(dict.fromkeys(source for claim in kept for source in claim.sources))
    return {
        "event": count.event,
        "measure": count.measure,
        "component": ", ".join(count.components) or None,
        "low": count.low,
        "high": count.high,
        "nominal": count.nominal,
        "per": None if count.growth is None else count.growth / 1_000_000,
        "source": joined_sources(sources),
        "stated": _stated(count),
        "claims": [
            {
                "line": line_of(claim.route),
                "source": joined_sources(claim.sources),
                "text": claim.text,
                "stated": claim.stated,
                "low": claim.low,
                "high": claim.high,
                "nominal": claim.nominal,
                "kept": claim.kept,
            }
            for claim in count.claims
        ],
    }


def _stated(count: Count) -> str | None:
    """Return the wording of the claim that gives the count's nominal value, else the first that is kept."""
    kept = [claim for claim in count.claims if claim.kept and claim.stated]
    giving = (claim.stated for claim in kept if claim.nominal == count.nominal)
    return next(giving, next((claim.stated for claim in kept), None))
