"""Why a count is what it is, and what a source is good for."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.report.escaping.as_json import LineOf, joined_sources
from postmortem.report.explain.event import conflict_reasons
from postmortem.report.explain.explained import Answer, Reason, Statement, who_says
from postmortem.report.facts.facts import Evidence, Facts
from postmortem.report.metrics.rows import count_title
from postmortem.report.wording.words import count_words
from postmortem.resolve.timeline import Count


def explained_count(count: Count, facts: Facts, line_of: LineOf) -> Answer:
    """Explain a count: its value, what each claim says, and how a conflict was ruled."""
    row = facts.row(count.event)
    line = line_of(("timeline", row.event.index)) if row is not None else None
    title = count_title(count, facts.incident)
    name = f"{count.event}.{count.measure}"
    return Answer("count", name, title, line, tuple(_count(count, facts, line_of)))


def _count(count: Count, facts: Facts, line_of: LineOf) -> Iterator[Reason]:
    say = facts.clock.language.say
    yield Reason("value", say("explain.value", value=count_words(count, facts.clock.language).full))
    said = tuple(
        Statement(
            line_of(claim.route),
            claim.text,
            joined_sources(claim.sources),
            ("" if claim.kept else f"{say('explain.aside')}, ") + who_says(claim.sources, facts),
            claim.stated,
        )
        for claim in count.claims
    )
    yield Reason("claims", say("explain.claims"), said)
    row = facts.row(count.event)
    for conflict in row.event.conflicts if row is not None else ():
        if conflict.about == f"count:{count.measure}":
            yield from conflict_reasons(conflict, facts, line_of)


def explained_source(evidence: Evidence, facts: Facts, line_of: LineOf) -> Answer:
    """Explain a source: what it is, how far it is trusted, and who cites it."""
    line = line_of(("sources", evidence.id))
    return Answer(
        "source", evidence.id, evidence.source.title, line, tuple(_source(evidence, facts, line_of))
    )


def _source(evidence: Evidence, facts: Facts, line_of: LineOf) -> Iterator[Reason]:
    say, source = facts.clock.language.say, evidence.source
    if source.kind:
        yield Reason("kind", say("explain.kind", kind=say(f"source.{source.kind}")))
    if source.reliability:
        rating = say(f"reliability.{source.reliability}")
        yield Reason("reliability", say("explain.rated", reliability=rating))
    if source.clock is not None:
        yield Reason("clock", say("md.clock", clock=source.clock.text))
    cited = tuple(
        Statement(
            line_of(("timeline", row.event.index)),
            " ".join(row.event.event.what.split()),
            evidence.id,
            f"{row.event.key}, {facts.clock.time(row.event.at)}:",
        )
        for row in evidence.rows
    )
    yield Reason("cites", say("explain.cites") if cited else say("explain.uncited"), cited)
