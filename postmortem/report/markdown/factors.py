"""Contributing factors in the Markdown report: a Mermaid flowchart and the table behind it."""

from __future__ import annotations

from postmortem.model.incident import Factor
from postmortem.report.escaping.markdown_fields import one_line
from postmortem.report.escaping.markdown_text import Safe, anchor, firm, fragment, inline, joined, link
from postmortem.report.escaping.mermaid_text import MOST_CHARACTERS, flow_label
from postmortem.report.facts.facts import Facts
from postmortem.report.markdown.figures import event_link
from postmortem.report.markdown.table import LEFT, table
from postmortem.report.timeline.as_markdown import source_link

_MOST_EDGES = 400


def factor_graph(facts: Facts) -> Safe:
    """Return the flowchart of factors and the events they led to, within Mermaid's limits."""
    names = {factor.id: f"f{number}" for number, factor in enumerate(facts.factors, 1)}
    lines = ["flowchart LR"]
    lines += [f'  {names[one.id]}["{_label(one.what, facts)}"]' for one in facts.factors]
    established = {one.id for one in facts.factors if one.confidence == "established"}
    seen: set[int] = set()
    for edge in facts.edges[:_MOST_EDGES]:
        if edge.row is not None and edge.row.number not in seen:
            seen.add(edge.row.number)
            label = _label(f"{edge.row.number} {edge.row.event.event.what}", facts)
            lines.append(f'  e{edge.row.number}(["{label}"])')
        target = names[edge.target] if edge.row is None else f"e{edge.row.number}"
        arrow = "-->" if edge.origin in established else "-.->"
        lines.append(f"  {names[edge.origin]} {arrow} {target}")
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > MOST_CHARACTERS:
            break
        kept.append(line)
    return Safe("\n".join(kept))


def _label(text: str, facts: Facts) -> str:
    return flow_label(text) or facts.clock.language.say("gantt.unnamed")


def factor_table(facts: Facts) -> Safe:
    """Return the factors with kind, confidence, where they lead, evidence and the actions on them."""
    if not facts.factors:
        return Safe("")
    say = facts.clock.language.say
    names = ("factor", "what", "leads", "evidence", "actions")
    header = [inline(say(f"md.factor.{name}")) for name in names]
    return table(header, [LEFT] * len(names), [_row(one, facts) for one in facts.factors])


def _row(factor: Factor, facts: Facts) -> list[Safe]:
    say = facts.clock.language.say
    tags = [say(f"factor.{factor.kind}")] if factor.kind else []
    tags += [say(f"confidence.{factor.confidence}")] if factor.confidence else []
    what = one_line(factor.what)
    if tags:
        what = Safe(f"{what} _{inline(', '.join(tags))}_")
    if factor.because:
        what = Safe(f"{what} {one_line(factor.because)}")
    leads = joined([thing_link(one, facts) for one in factor.leads_to])
    evidence = joined([thing_link(one, facts) for one in factor.evidence])
    acts = joined([link(firm(one.id), f"#a-{fragment(one.id)}") for one in facts.actions_on(factor.id)])
    return [Safe(f"{anchor(f'f-{factor.id}')}{firm(factor.id)}"), what, leads, evidence, acts]


def thing_link(name: str, facts: Facts) -> Safe:
    """Return a link to the event, factor or source of that id."""
    row = facts.row(name)
    if row is not None:
        return event_link(row)
    if any(factor.id == name for factor in facts.factors):
        return link(firm(name), f"#f-{fragment(name)}")
    return source_link(name) if name in facts.incident.sources else firm(name)
