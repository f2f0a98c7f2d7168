"""`explain FILE THING`: why a bound or a value is what it is, as the chain of claims behind it."""

from __future__ import annotations

from postmortem.report.escaping.as_json import LineOf
from postmortem.report.explain.claims import explained_count, explained_source
from postmortem.report.explain.event import explained_event
from postmortem.report.explain.explained import Answer, as_json, as_text
from postmortem.report.explain.factor import explained_action, explained_factor
from postmortem.report.explain.metric import explained_metric
from postmortem.report.facts.facts import Facts


def explain(
    facts: Facts,
    thing: str,
    line_of: LineOf,
    format_: str = "text",
    columns: int | None = None,
    *,
    ascii_only: bool = False,
) -> str | None:
    """Explain all that the log calls by that name, as text or `json`; None where it has nothing of that name.

    ``thing`` is an event's id, `EVENT.MEASURE`, or the id of a metric, a source, a factor or an action. Text
    is broken at ``columns`` where they are given.
    """
    answers = _answers(facts, thing, line_of)
    if not answers:
        return None
    if format_ == "json":
        return as_json(facts, thing, answers)
    return as_text(facts, answers, columns, ascii_only=ascii_only)


def things(facts: Facts) -> tuple[str, ...]:
    """Return the names that can be explained: events, their counts, metrics, sources, factors, actions."""
    names = [row.event.key for row in facts.rows]
    names += [f"{count.event}.{count.measure}" for count in facts.metrics.counts]
    names += [metric.id for metric in facts.metrics.metrics]
    names += [one.id for one in facts.evidence]
    names += [factor.id for factor in facts.factors]
    names += [action.id for action in facts.actions]
    return tuple(dict.fromkeys(names))


def _answers(facts: Facts, thing: str, line_of: LineOf) -> list[Answer]:
    found: list[Answer] = []
    row = facts.row(thing.removesuffix(".end"))
    if row is not None:
        found.append(explained_event(row, facts, line_of))
    found += [
        explained_count(count, facts, line_of)
        for count in facts.metrics.counts
        if f"{count.event}.{count.measure}" == thing
    ]
    found += [explained_metric(one, facts, line_of) for one in facts.metrics.metrics if one.id == thing]
    found += [explained_source(one, facts, line_of) for one in facts.evidence if one.id == thing]
    found += [
        explained_factor(one, number, facts, line_of)
        for number, one in enumerate(facts.factors)
        if one.id == thing
    ]
    found += [
        explained_action(one, number, facts, line_of)
        for number, one in enumerate(facts.actions)
        if one.id == thing
    ]
    return found
