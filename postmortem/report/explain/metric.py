"""Why a metric's value is what it is."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.ground.record import replace
from postmortem.measure.metrics import Metric
from postmortem.report.escaping.as_json import LineOf
from postmortem.report.explain.explained import Answer, Reason, statements
from postmortem.report.facts.facts import Facts
from postmortem.report.wording.words import metric_words
from postmortem.resolve.timeline import Proof


def explained_metric(metric: Metric, facts: Facts, line_of: LineOf) -> Answer:
    """Explain a metric: its value, definition, what is missing, and the proof of each bound."""
    stated = [one.id for one in facts.incident.metrics]
    line = line_of(("metrics", stated.index(metric.id))) if metric.id in stated else None
    return Answer("metric", metric.id, metric.title, line, tuple(_reasons(metric, facts, line_of)))


def _reasons(metric: Metric, facts: Facts, line_of: LineOf) -> Iterator[Reason]:
    say = facts.clock.language.say
    yield Reason("value", say("explain.value", value=metric_words(metric, facts.clock).full))
    yield Reason("definition", say("explain.definition", definition=metric.definition))
    if metric.missing:
        yield Reason("missing", say("explain.missing", missing=", ".join(metric.missing)))
    if metric.low is None and metric.high is None:
        return
    yield _bound("low", metric.low, metric.proof_low, metric, facts, line_of)
    yield _bound("high", metric.high, metric.proof_high, metric, facts, line_of)


def _bound(
    name: str, value: float | None, proof: Proof, metric: Metric, facts: Facts, line_of: LineOf
) -> Reason:
    say = facts.clock.language.say
    if value is None:
        return Reason(name, say(f"explain.{name}.none"))
    alone = replace(metric, low=value, high=value, nominal=value, missing=(), when=None)
    words = metric_words(alone, facts.clock).full
    return Reason(name, say(f"explain.{name}", value=words), statements(proof, facts, line_of))
