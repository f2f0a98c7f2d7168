"""Figures in the Markdown report: the key figures, the metric and count tables, the proofs of both bounds."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.measure.metrics import Metric
from postmortem.report.escaping.as_json import LineOf
from postmortem.report.escaping.markdown_fields import one_line
from postmortem.report.escaping.markdown_text import Safe, code, firm, inline, joined
from postmortem.report.facts.facts import Facts, KeyFigure, Row
from postmortem.report.markdown.table import LEFT, RIGHT, table
from postmortem.report.metrics.rows import count_rows
from postmortem.report.timeline.as_markdown import source_link
from postmortem.report.wording.words import component_title, measure_title, metric_words, number
from postmortem.resolve.timeline import Proof

_SOURCES_SHOWN = 3


def figure_table(facts: Facts) -> Safe:
    """Return the key figures side by side: title, value, and bounds with sources under it."""
    if not facts.figures:
        return Safe("")
    values = [Safe(f"**{firm(one.amount.value)}**") for one in facts.figures]
    return table(
        [inline(one.title) for one in facts.figures],
        [LEFT] * len(facts.figures),
        [values, [_under(one, facts) for one in facts.figures]],
    )


def metric_table(facts: Facts) -> Safe:
    """Return all metrics with value, bounds, the events they stand on and their definition in words."""
    if not facts.metrics.metrics:
        return Safe("")
    say = facts.clock.language.say
    names = ("metric", "value", "bounds", "events", "definition")
    header = [inline(say(f"metrics.{name}")) for name in names]
    rows = [_metric(metric, facts) for metric in facts.metrics.metrics]
    return table(header, (LEFT, RIGHT, RIGHT, LEFT, LEFT), rows)


def count_table(facts: Facts) -> Safe:
    """Return all counts with their bounds, their event and what each source says."""
    counts = count_rows(facts)
    if not counts:
        return Safe("")
    say = facts.clock.language.say
    header = [inline(say(f"metrics.{name}")) for name in ("count", "value", "events", "when", "said")]
    rows = [
        (inline(one.title), firm(one.full), event_link(one.row), firm(one.event), inline(one.said))
        for one in counts
    ]
    return table(header, (LEFT, RIGHT, LEFT, LEFT, LEFT), rows)


def series_table(facts: Facts) -> Safe:
    """Return the dense series: how many points, from when to when, lowest and highest value."""
    if not facts.metrics.series:
        return Safe("")
    say, clock = facts.clock.language.say, facts.clock
    names = ("measure", "points", "first", "last", "lowest", "highest", "source")
    rows = []
    for one in facts.metrics.series:
        places = [component_title(facts.incident, one.component)] if one.component else []
        title = ", ".join([measure_title(facts.incident, one.measure), *places])
        cells = [inline(title), inline(number(len(one.points), clock.language))]
        if one.points:
            low, high = min(point.low for point in one.points), max(point.high for point in one.points)
            cells += [firm(clock.moment(one.points[0].at)), firm(clock.moment(one.points[-1].at))]
            cells += [inline(number(low, clock.language)), inline(number(high, clock.language))]
        else:
            cells += [Safe("")] * 4
        rows.append([*cells, joined([source_link(source) for source in one.source])])
    header = [inline(say(f"md.series.{name}")) for name in names]
    return table(header, (LEFT, RIGHT, LEFT, LEFT, RIGHT, RIGHT, LEFT), rows)


def proofs(facts: Facts, line_of: LineOf) -> tuple[Safe, ...]:
    """Return for each known metric one line: the claims that prove its lower and its upper bound."""
    say = facts.clock.language.say
    lines = []
    for metric in facts.metrics.metrics:
        sides = [(say("md.low"), metric.proof_low), (say("md.high"), metric.proof_high)]
        if metric.proof_low == metric.proof_high:
            sides = [(say("md.both"), metric.proof_low)]
        told = [f"{inline(name)} {proof_words(proof, facts, line_of)}" for name, proof in sides if proof]
        if told:
            lines.append(Safe(f"**{inline(metric.title)}**: {'; '.join(told)}"))
    return tuple(lines)


def proof_words(proof: Proof, facts: Facts, line_of: LineOf) -> Safe:
    """Word a proof as its claims in order: what is written, by whom, at which line of the log."""
    say = facts.clock.language.say
    steps = []
    for step in proof:
        who = [source_link(one) for one in step.sources]
        if not who and step.route[:1] == ("timeline",):
            who = [inline(say("md.nobody"))]
        where = inline(say("md.line", line=line_of(step.route)))
        steps.append(Safe(f"{code(step.text)} ({joined([*who, where])})"))
    return joined(steps, " → ")


def event_link(row: Row | None) -> Safe:
    """Return an event's number as a link to its row of the timeline."""
    return Safe("") if row is None else Safe(f"[{row.number}](#e{row.number})")


def _under(figure: KeyFigure, facts: Facts) -> Safe:
    language = facts.clock.language
    parts = []
    if figure.amount.bounds:
        parts.append(firm(figure.amount.bounds))
    elif figure.amount.shape in ("range", "after", "before"):
        parts.append(firm(language.say("amount.only-bounded")))
    if figure.metric is not None and figure.metric.when is not None:
        parts.append(firm(facts.clock.time(figure.metric.when)))
    parts += [source_link(one) for one in figure.sources[:_SOURCES_SHOWN]]
    if figure.row is not None:
        parts.append(event_link(figure.row))
    return joined(parts, " · ")


def _metric(metric: Metric, facts: Facts) -> Sequence[Safe]:
    words = metric_words(metric, facts.clock)
    missing = joined([one_line(one) for one in metric.missing], "; ")
    when = firm(facts.clock.time(metric.when)) if metric.when is not None else Safe("")
    events = joined([event_link(facts.row(one)) for one in metric.ends], " → ")
    definition = one_line(metric.definition)
    if metric.note:
        definition = Safe(f"{definition} {one_line(metric.note)}")
    value = Safe(f"**{firm(words.value)}**") if words.shape in ("exact", "about") else firm(words.value)
    bounds = joined([part for part in (firm(words.bounds), when, missing) if part], " · ")
    return (inline(metric.title), value, bounds, events, definition)
