"""Disagreements in the Markdown report: who says what, what was ruled, why, and what the report shows."""

from __future__ import annotations

from postmortem.report.escaping.as_json import LineOf
from postmortem.report.escaping.markdown_fields import one_line
from postmortem.report.escaping.markdown_text import Safe, code, inline, joined
from postmortem.report.facts.facts import Disagreement, Facts
from postmortem.report.markdown.figures import event_link
from postmortem.report.timeline.as_markdown import source_link
from postmortem.resolve.timeline import ConflictClaim


def note(disagreement: Disagreement, facts: Facts, line_of: LineOf) -> Safe:
    """Return one disagreement as the lines of a quoted note."""
    say = facts.clock.language.say
    conflict, row = disagreement.conflict, disagreement.row
    about = disagreement.measure or say(f"md.about.{conflict.about.partition(':')[0]}")
    what = one_line(row.event.event.what)
    lines = [f"**{event_link(row)} {inline(about)}** — {what}", ""]
    lines += [f"- {_side(claim, facts, line_of)}" for claim in conflict.claims]
    ruling = inline(say(f"md.{conflict.status}"))
    lines += ["", f"**{ruling}** {one_line(conflict.because)}"]
    if disagreement.shown:
        lines += ["", f"{inline(say('md.shown'))} {inline(disagreement.shown)}"]
    return Safe("\n".join(f"> {line}".rstrip() for line in lines))


def _side(claim: ConflictClaim, facts: Facts, line_of: LineOf) -> Safe:
    say = facts.clock.language.say
    who = joined([source_link(one) for one in claim.sources]) if claim.sources else inline(say("md.nobody"))
    text = code(claim.text)
    if claim.stated:
        text = Safe(f"{text} (“{inline(claim.stated)}”)")
    place = inline(say("md.line", line=line_of(claim.route)))
    if not claim.kept:
        return Safe(f"{who}: ~~{text}~~ {inline(say('terminal.set-aside'))}, {place}")
    return Safe(f"{who}: {text}, {place}")
