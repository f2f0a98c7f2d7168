"""What people say beside the timeline, in the Markdown report: prose, actions, lessons, views, questions."""

from __future__ import annotations

from postmortem.report.escaping.markdown_fields import blocks, one_line
from postmortem.report.escaping.markdown_text import Safe, anchor, code, inline, joined, link
from postmortem.report.facts.facts import Facts, NumberedAction
from postmortem.report.markdown.factors import thing_link
from postmortem.report.markdown.part import Part
from postmortem.report.timeline.as_markdown import source_link


def sections(facts: Facts) -> tuple[Part, ...]:
    """Return the prose sections after the summary."""
    say = facts.clock.language.say
    return tuple(
        Part(inline(say(f"section.{name}")), blocks(text))
        for name, text in facts.sections
        if name != "summary"
    )


def actions(facts: Facts) -> tuple[Safe, ...]:
    """Return the actions as items of a task list; what is done is ticked."""
    return tuple(_action(one, facts) for one in facts.actions)


def overdue_note(facts: Facts) -> Safe:
    """Say on which day actions are overdue, so that a report that is kept stays true; '' where none is."""
    if facts.overdue_on is None:
        return Safe("")
    return inline(facts.clock.language.say("action.overdue-on", day=facts.overdue_on.isoformat()))


def _action(numbered: NumberedAction, facts: Facts) -> Safe:
    say = facts.clock.language.say
    action = numbered.action
    tick = "x" if action.status == "done" else " "
    head = [say(f"purpose.{action.kind}")] if action.kind else []
    head += [say(f"action.{action.status}")] if action.status != "open" else []
    tail = [inline(action.owner)] if action.owner else []
    tail += [inline(say("md.due", date=action.due.text))] if action.due is not None else []
    tail += [Safe(f"**{inline(say('action.overdue'))}**")] if numbered.overdue else []
    text = one_line(action.what)
    text = Safe(f"~~{text}~~") if action.status == "dropped" else text
    line = (
        f"- [{tick}] {anchor(f'a-{numbered.id}')}**{inline(numbered.id)}** {inline(', '.join(head))} · {text}"
    )
    line += f" _{', '.join(tail)}_" if tail else ""
    if action.addresses:
        line += " → " + joined([thing_link(one, facts) for one in action.addresses])
    line += f" {inline(say('md.verify'))} {one_line(action.verify)}" if action.verify else ""
    line += f" {inline(say('md.because'))} {one_line(action.because)}" if action.because else ""
    line += f" {link(inline(say('md.link')), action.url)}" if action.url else ""
    return Safe(line.replace("**  · ", "** · "))


def lessons(facts: Facts) -> tuple[Part, ...]:
    """Return what went well, what went wrong and where luck helped, as lists."""
    stated, say = facts.incident.lessons, facts.clock.language.say
    if stated is None:
        return ()
    named = (("well", stated.went_well), ("wrong", stated.went_wrong), ("lucky", stated.got_lucky))
    return tuple(
        Part(inline(say(f"md.lessons.{name}")), Safe("\n".join(f"- {one_line(one)}" for one in texts)))
        for name, texts in named
        if texts
    )


def perspectives(facts: Facts) -> tuple[Safe, ...]:
    """Return attributed framing: who, says what, where."""
    told = []
    for one in facts.incident.perspectives:
        source = f" ({source_link(one.source)})" if one.source else ""
        told.append(Safe(f"**{inline(one.who)}**{source}: {one_line(one.says)}"))
    return tuple(told)


def questions(facts: Facts) -> tuple[Safe, ...]:
    """Return what is still not known, with who looks for the answer."""
    told = []
    for one in facts.incident.questions:
        tags = [inline(part) for part in (one.owner, one.status) if part]
        told.append(Safe(one_line(one.what) + (f" _{', '.join(tags)}_" if tags else "")))
    return tuple(told)


def links(facts: Facts) -> tuple[Safe, ...]:
    """Return the links of the log, then the incidents it names as related."""
    told = [link(inline(one.title or one.url), one.url) for one in facts.incident.links]
    if facts.incident.related:
        names = joined([code(one) for one in facts.incident.related])
        told.append(Safe(f"{inline(facts.clock.language.say('md.related'))} {names}"))
    return tuple(told)
