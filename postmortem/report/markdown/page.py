"""What the Markdown template sees: every part of the report as text that has passed an escaper."""

from __future__ import annotations

from collections.abc import Mapping

from postmortem.ground.record import record
from postmortem.report.escaping.as_json import LineOf
from postmortem.report.escaping.markdown_fields import blocks
from postmortem.report.escaping.markdown_text import Safe, inline
from postmortem.report.facts.facts import Band, Facts
from postmortem.report.markdown.account import (
    actions,
    lessons,
    links,
    overdue_note,
    perspectives,
    questions,
    sections,
)
from postmortem.report.markdown.claims import claims
from postmortem.report.markdown.evidence import coverage, evidence
from postmortem.report.markdown.factors import factor_graph, factor_table
from postmortem.report.markdown.figures import count_table, figure_table, metric_table, proofs, series_table
from postmortem.report.markdown.notes import note
from postmortem.report.markdown.part import Part
from postmortem.report.timeline.as_markdown import band_heading, band_table, left_out, order_note, withheld
from postmortem.report.timeline.as_mermaid import timeline_mermaid
from postmortem.report.wording.words import person_words

GANTT_ROWS = 8
_HEADS = (
    "disagree", "timeline", "claims", "metrics", "proofs", "factors", "graph", "actions", "lessons",
    "perspectives", "questions", "links", "evidence",
)  # fmt: skip


@record
class MarkdownPage:
    """The parts of a report in the order they stand; '' or () where a log says nothing of one."""

    generated: Safe
    title: Safe
    lead: Safe
    summary: Safe
    figures: Safe
    gantt: Safe
    disagreements: tuple[Safe, ...]
    sections: tuple[Part, ...]
    bands: tuple[Part, ...]
    order: Safe
    left_out: Safe
    claims: tuple[Safe, ...]
    metrics: Safe
    counts: Safe
    series: Safe
    proofs: tuple[Safe, ...]
    factors: Safe
    graph: Safe
    actions: tuple[Safe, ...]
    overdue: Safe
    lessons: tuple[Part, ...]
    perspectives: tuple[Safe, ...]
    questions: tuple[Safe, ...]
    links: tuple[Safe, ...]
    coverage: Safe
    evidence: Safe
    heads: Mapping[str, Safe]


def markdown_page(facts: Facts, line_of: LineOf) -> MarkdownPage:
    """Return the parts of the Markdown report of an incident."""
    incident, say = facts.incident, facts.clock.language.say
    name = (
        "".join(char for char in facts.name if char.isascii() and (char.isalnum() or char in "_.")) or "log"
    )
    return MarkdownPage(
        generated=Safe(say("md.generated", name=name)),
        title=inline(incident.title),
        lead=_lead(facts),
        summary=blocks(incident.summary.text) if incident.summary is not None else Safe(""),
        figures=figure_table(facts),
        gantt=Safe(timeline_mermaid(facts, GANTT_ROWS).rstrip("\n") if facts.clock.extent else ""),
        disagreements=tuple(note(one, facts, line_of) for one in facts.disagreements),
        sections=sections(facts),
        bands=tuple(
            Part(_band_title(band, facts), band_table(band, facts, links=True)) for band in facts.bands
        ),
        order=order_note(facts),
        left_out=left_out(facts),
        claims=claims(facts, line_of),
        metrics=metric_table(facts),
        counts=count_table(facts),
        series=series_table(facts),
        proofs=proofs(facts, line_of),
        factors=factor_table(facts),
        graph=factor_graph(facts),
        actions=actions(facts),
        overdue=overdue_note(facts),
        lessons=lessons(facts),
        perspectives=perspectives(facts),
        questions=questions(facts),
        links=links(facts),
        coverage=coverage(facts),
        evidence=evidence(facts),
        heads={name: inline(say(f"md.head.{name}")) for name in _HEADS},
    )


def _lead(facts: Facts) -> Safe:
    """Word the line under the title: severity, status, day, zero, state of the review."""
    incident, clock = facts.incident, facts.clock
    say = clock.language.say
    labels = [inline(incident.severity)] if incident.severity else []
    labels.append(inline(say(f"status.{incident.status}")))
    parts = [f"**{' · '.join(labels)}**"]
    if clock.day is not None:
        parts.append(inline(clock.date_words(clock.day)))
    if clock.zero is not None:
        zero = f"T+0 = {clock.time(clock.zero)} {clock.zone_label}"
        if clock.zone_short != "UTC":
            zero += f" = {clock.in_zone('UTC').time(clock.zero)} UTC"
        parts.append(inline(zero))
    parts.append(inline(say("md.review", state=say(f"review.{incident.review}"))))
    people = [inline(person_words(incident, one)) for one in incident.authors]
    if people:
        parts.append(inline(say("md.authors")) + " " + ", ".join(people))
    if facts.withheld:
        parts.append(withheld(facts))
    return Safe(" · ".join(parts))


def _band_title(band: Band, facts: Facts) -> Safe:
    """Return the heading of a band; none where the timeline is one band, for it has its own already."""
    return Safe("") if band.place == "all" and len(facts.bands) == 1 else band_heading(band, facts)
