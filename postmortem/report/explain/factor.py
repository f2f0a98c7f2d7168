"""What stands behind a factor, and behind an action."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.model.incident import Factor
from postmortem.report.escaping.as_json import LineOf
from postmortem.report.explain.explained import Answer, Reason, Statement
from postmortem.report.facts.facts import Facts, NumberedAction
from postmortem.report.wording.words import person_words, source_title


def explained_factor(factor: Factor, number: int, facts: Facts, line_of: LineOf) -> Answer:
    """Explain a factor: its kind, how sure it is, what it led to, its evidence, and what is done about it."""
    what = " ".join(factor.what.split())
    return Answer(
        "factor", factor.id, what, line_of(("factors", number)), tuple(_factor(factor, facts, line_of))
    )


def _factor(factor: Factor, facts: Facts, line_of: LineOf) -> Iterator[Reason]:
    say = facts.clock.language.say
    if factor.kind:
        yield Reason("kind", say("explain.kind", kind=say(f"factor.{factor.kind}")))
    if factor.confidence:
        words = say(f"confidence.{factor.confidence}")
        yield Reason("confidence", say("explain.confidence", confidence=words))
    if factor.because:
        yield Reason("because", say("explain.because", because=factor.because))
    if factor.leads_to:
        yield Reason("leads_to", say("explain.leads"), _things(factor.leads_to, facts, line_of))
    evidence = _things(factor.evidence, facts, line_of)
    yield Reason("evidence", say("explain.evidence") if evidence else say("explain.no-evidence"), evidence)
    actions = tuple(one.id for one in facts.actions_on(factor.id))
    if actions:
        yield Reason("actions", say("explain.actions"), _things(actions, facts, line_of))


def explained_action(action: NumberedAction, number: int, facts: Facts, line_of: LineOf) -> Answer:
    """Explain an action: its state, its owner, the day it is due and the factors it addresses."""
    stated, say = action.action, facts.clock.language.say
    reasons = [Reason("status", say(f"action.{stated.status}"))]
    if stated.owner:
        reasons.append(
            Reason("owner", say("questions.owner", owner=person_words(facts.incident, stated.owner)))
        )
    if stated.due is not None:
        reasons.append(Reason("due", say("md.due", date=stated.due.text)))
    if action.overdue and facts.overdue_on is not None:
        reasons.append(Reason("overdue", say("action.overdue-on", day=facts.overdue_on.isoformat())))
    if stated.because:
        reasons.append(Reason("because", say("explain.because", because=stated.because)))
    if stated.verify:
        reasons.append(Reason("verify", f"{say('md.verify')} {stated.verify}"))
    if stated.addresses:
        addressed = _things(stated.addresses, facts, line_of)
        reasons.append(Reason("addresses", say("explain.addresses"), addressed))
    what = " ".join(stated.what.split())
    return Answer("action", action.id, what, line_of(("actions", number)), tuple(reasons))


def _things(names: tuple[str, ...], facts: Facts, line_of: LineOf) -> tuple[Statement, ...]:
    return tuple(_thing(name, facts, line_of) for name in names)


def _thing(name: str, facts: Facts, line_of: LineOf) -> Statement:
    """Return an event, factor, action or source as a statement: its line and what the log says it is."""
    row = facts.row(name)
    if row is not None:
        what = " ".join(row.event.event.what.split())
        return Statement(line_of(("timeline", row.event.index)), what, None, f"{name}:")
    for number, factor in enumerate(facts.factors):
        if factor.id == name:
            return Statement(line_of(("factors", number)), " ".join(factor.what.split()), None, f"{name}:")
    for number, one in enumerate(facts.actions):
        if one.id == name:
            return Statement(
                line_of(("actions", number)), " ".join(one.action.what.split()), None, f"{name}:"
            )
    return Statement(line_of(("sources", name)), source_title(facts.incident, name), name, f"{name}:")
