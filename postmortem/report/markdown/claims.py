"""Every claim of the log, one by one, in the Markdown report: who says what, in which words, where."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.model.incident import Claim, claims_of
from postmortem.report.escaping.as_json import LineOf
from postmortem.report.escaping.markdown_fields import one_line
from postmortem.report.escaping.markdown_text import Safe, code, inline, joined, link
from postmortem.report.facts.facts import Facts
from postmortem.report.markdown.figures import event_link
from postmortem.report.timeline.as_markdown import source_link
from postmortem.report.wording.words import measure_title, person_words


def claims(facts: Facts, line_of: LineOf) -> tuple[Safe, ...]:
    """Return one line for each claim of each event, in listed order."""
    say = facts.clock.language.say
    lines = []
    for row in facts.rows:
        for route, claim in claims_of(row.event.event, row.event.index):
            who = [source_link(one) for one in claim.source] or [inline(say("md.nobody"))]
            told = joined(list(_told(claim, facts)) or [inline(say("md.claim.only"))], "; ")
            place = inline(say("md.line", line=line_of(route)))
            lines.append(Safe(f"{event_link(row)} {joined(who)}: {told} ({place})"))
    return tuple(lines)


def _told(claim: Claim, facts: Facts) -> Iterator[Safe]:
    say = facts.clock.language.say
    for name, stated in (
        ("at", claim.at),
        ("until", claim.until),
        ("for", claim.for_),
        ("known", claim.known),
    ):
        if stated is not None and stated.text:
            yield Safe(f"{inline(say(f'md.claim.{name}'))} {code(stated.text)}")
    if claim.stated:
        yield Safe(f"“{inline(claim.stated)}”")
    for measure, count in claim.counts.items():
        wording = f" (“{inline(count.stated)}”)" if count.stated else ""
        title = inline(measure_title(facts.incident, measure))
        yield Safe(f"{title} {code(count.value.text)}{wording}")
    if claim.quote is not None:
        speaker = person_words(facts.incident, claim.quote.by) if claim.quote.by else ""
        by = f" ({inline(speaker)})" if speaker else ""
        yield Safe(f"“{one_line(claim.quote.text)}”{by}")
    if claim.locator:
        yield inline(claim.locator)
    if claim.note:
        yield one_line(claim.note)
    if claim.url:
        yield link(inline(say("md.link")), claim.url)
