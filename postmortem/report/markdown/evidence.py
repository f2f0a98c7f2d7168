"""The evidence ledger of the Markdown report, and how much of the account it carries."""

from __future__ import annotations

from postmortem.report.escaping.markdown_fields import one_line
from postmortem.report.escaping.markdown_text import Safe, anchor, firm, inline, joined, link
from postmortem.report.facts.facts import Evidence, Facts
from postmortem.report.markdown.factors import thing_link
from postmortem.report.markdown.figures import event_link
from postmortem.report.markdown.table import LEFT, table


def coverage(facts: Facts) -> Safe:
    """Say how many of the claims name a source."""
    say = facts.clock.language.say
    sourced, all_of = facts.sourced_claims, facts.all_claims
    if sourced == all_of and sourced:
        return inline(say("md.coverage.all", all=all_of))
    return inline(say("md.coverage", sourced=sourced, all=all_of))


def evidence(facts: Facts) -> Safe:
    """Return the sources with kind, reliability, clock, address, copy, and who cites them."""
    if not facts.evidence:
        return Safe("")
    say = facts.clock.language.say
    names = ("id", "title", "kind", "details", "cited")
    header = [inline(say(f"md.evidence.{name}")) for name in names]
    return Safe(table(header, [LEFT] * len(names), [_row(one, facts) for one in facts.evidence]).rstrip("\n"))


def _row(one: Evidence, facts: Facts) -> list[Safe]:
    say = facts.clock.language.say
    source = one.source
    title = link(inline(source.title), source.url)
    if source.archived:
        title = Safe(f"{title} ({link(inline(say('md.archived')), source.archived)})")
    kind = [say(f"source.{source.kind}")] if source.kind else []
    kind += [say(f"reliability.{source.reliability}")] if source.reliability else []
    details = [inline(say("md.clock", clock=source.clock.text))] if source.clock is not None else []
    details += (
        [inline(say("md.published", time=source.published.text))] if source.published is not None else []
    )
    details += [inline(say("md.captured", date=source.captured.text))] if source.captured is not None else []
    details += [one_line(source.note)] if source.note else []
    cited = [event_link(row) for row in one.rows] + [thing_link(name, facts) for name in one.factors]
    name = Safe(f"{anchor(f's-{one.id}')}{firm(one.id)}")
    nobody = [] if cited else [inline(say("md.uncited"))]
    return [name, title, inline("; ".join(kind)), joined(details), joined(cited or nobody, " ")]
