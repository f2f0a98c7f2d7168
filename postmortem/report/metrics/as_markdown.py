"""Metrics as Markdown tables: value, bounds, definition; several logs side by side."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.report.escaping.markdown_fields import one_line
from postmortem.report.escaping.markdown_text import Safe, firm, inline, joined
from postmortem.report.facts.facts import Facts
from postmortem.report.markdown.table import LEFT, RIGHT, table
from postmortem.report.metrics.rows import count_rows, metric_ids, titled
from postmortem.report.wording.withheld import withheld_words
from postmortem.report.wording.words import metric_words


def metrics_markdown(several: Sequence[Facts]) -> str:
    """Return the metrics of one log with their definitions, or of several side by side, as Markdown."""
    if len(several) > 1:
        return _beside(several)
    facts = several[0]
    say = facts.clock.language.say
    rows = []
    for metric in facts.metrics.metrics:
        words = metric_words(metric, facts.clock)
        why = joined([one_line(one) for one in metric.missing], "; ")
        definition = one_line(metric.definition) + (f" {one_line(metric.note)}" if metric.note else "")
        when = firm(facts.clock.time(metric.when)) if metric.when is not None else Safe("")
        bounds = joined([one for one in (firm(words.bounds), when, why) if one], " · ")
        rows.append((inline(metric.title), firm(words.value), bounds, Safe(definition)))
    header = [inline(say(f"metrics.{name}")) for name in ("metric", "value", "bounds", "definition")]
    text = f"# {inline(facts.incident.title)}\n\n" + table(header, (LEFT, RIGHT, RIGHT, LEFT), rows)
    counts = count_rows(facts)
    if counts:
        header = [inline(say(f"metrics.{name}")) for name in ("count", "value", "when", "said")]
        cells = [(inline(one.title), firm(one.full), firm(one.event), inline(one.said)) for one in counts]
        text += f"\n## {inline(say('metrics.counts'))}\n\n" + table(header, (LEFT, RIGHT, LEFT, LEFT), cells)
    if withheld := withheld_words(facts):
        text += f"\n{inline(withheld)}\n"
    return text


def _beside(several: Sequence[Facts]) -> str:
    say = several[0].clock.language.say
    rows = []
    for name in metric_ids(several):
        cells = [inline(titled(name, several)[0])]
        for facts in several:
            metric = facts.metrics.metric(name)
            words = None if metric is None else metric_words(metric, facts.clock)
            unknown = words is None or words.shape == "undated"
            cells.append(firm(say("amount.unknown") if words is None or unknown else words.full))
        rows.append(cells)
    header = [inline(say("metrics.metric")), *(inline(facts.name) for facts in several)]
    text: str = table(header, (LEFT, *(RIGHT for _ in several)), rows)
    for facts in several:
        if withheld := withheld_words(facts):
            text += f"\n{inline(facts.name)}: {inline(withheld)}\n"
    return text
