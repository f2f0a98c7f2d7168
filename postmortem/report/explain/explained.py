"""An explanation: sentences, each with the statements of the log behind it, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.ground.place import Route
from postmortem.ground.record import record
from postmortem.model.incident import Claim
from postmortem.report.escaping.as_json import LineOf, Object, dumped, joined_sources
from postmortem.report.facts.facts import Facts
from postmortem.report.terminal.pen import Pen, pen_of
from postmortem.report.wording.withheld import withheld_words
from postmortem.report.wording.words import source_title
from postmortem.resolve.timeline import Proof, Step

FORMAT = "postmortem.explain/1"
_UNBOUNDED = 1 << 30


@record
class Statement:
    """One statement of the log: its line, what is written, who says it, and the source's own wording."""

    line: int
    text: str
    source: str | None
    lead: str
    wording: str | None = None


@record
class Reason:
    """A sentence and the statements that it rests on. ``name`` is its key in JSON."""

    name: str
    sentence: str
    statements: tuple[Statement, ...] = ()


@record
class Answer:
    """What there is to say of one thing: what it is, where it stands, and the reasons, in order."""

    kind: str
    id: str
    title: str
    line: int | None
    reasons: tuple[Reason, ...]


def statements(proof: Proof, facts: Facts, line_of: LineOf) -> tuple[Statement, ...]:
    """Return the steps of a proof as statements."""
    return tuple(
        Statement(
            line_of(step.route),
            step.text,
            joined_sources(step.sources),
            lead_words(step, facts),
            wording_at(step.route, facts),
        )
        for step in proof
    )


def lead_words(step: Step, facts: Facts) -> str:
    """Say who speaks in a step: `Daily press says`, or whose clock it is about."""
    say = facts.clock.language.say
    if step.route[:1] == ("sources",) and len(step.route) > 1:
        return say("explain.clock", who=source_title(facts.incident, str(step.route[1])))
    if not step.sources and step.route[:1] != ("timeline",):
        return say("explain.log")
    return who_says(step.sources, facts)


def who_says(sources: tuple[str, ...], facts: Facts) -> str:
    """Name the sources of a claim by their titles, or say that there is none."""
    say = facts.clock.language.say
    if not sources:
        return say("explain.nobody")
    key = "explain.says" if len(sources) == 1 else "explain.say"
    return say(key, who=", ".join(source_title(facts.incident, one) for one in sources))


def wording_at(route: Route, facts: Facts) -> str | None:
    """Return the source's own wording of the claim that a route lies in, where the log keeps it."""
    if route[:1] != ("timeline",) or len(route) < 2 or not isinstance(route[1], int):
        return None
    claim: Claim = facts.incident.timeline[route[1]]
    if len(route) > 3 and route[2] == "claims" and isinstance(route[3], int):
        claim = facts.incident.timeline[route[1]].claims[route[3]]
    return claim.stated


def as_text(
    facts: Facts, answers: list[Answer], columns: int | None = None, *, ascii_only: bool = False
) -> str:
    """Return the answers as plain sentences, safe for a terminal, broken at ``columns`` if they are given."""
    pen = Pen(_UNBOUNDED, ascii_only, False)
    if columns is not None:
        pen = pen_of(columns, ascii_only=ascii_only, colour=False)
    lines: list[str] = []
    for answer in answers:
        if lines:
            lines.append("")
        lines += _answer_lines(answer, facts, pen)
    if withheld := withheld_words(facts):
        lines += ["", *_said(withheld, pen)]
    return "\n".join(lines) + "\n"


def _answer_lines(answer: Answer, facts: Facts, pen: Pen) -> Iterator[str]:
    say = facts.clock.language.say
    yield from _said(f"{answer.id}: {answer.title}", pen)
    place = "" if answer.line is None else f", {say('explain.line', line=answer.line)}"
    yield from _said(say(f"explain.{answer.kind}") + place, pen)
    apart = False
    for reason in answer.reasons:
        if reason.statements or apart:
            yield ""
        apart = bool(reason.statements)
        yield from _said(reason.sentence, pen)
        for one in reason.statements:
            said = f"{say('explain.line', line=one.line)}: {one.lead} `{one.text}`"
            if one.wording:
                said += f" ({say('explain.wording', wording=one.wording)})"
            yield from _said(said, pen, "  ")


def _said(text: str, pen: Pen, lead: str = "") -> Iterator[str]:
    """Yield a sentence in lines that fit behind a lead; what goes on below stands further in."""
    room = pen.columns - 2 * len(lead)
    for number, line in enumerate(pen.lines(" ".join(text.split()), room)):
        yield (lead if number == 0 else 2 * lead) + line


def as_json(facts: Facts, thing: str, answers: list[Answer]) -> str:
    """Return the answers as JSON, format `postmortem.explain/1`."""
    whole: Object = {
        "format": FORMAT,
        "incident": facts.name,
        "thing": thing,
        "answers": [
            {
                "kind": answer.kind,
                "id": answer.id,
                "title": answer.title,
                "line": answer.line,
                "reasons": [_reason(one) for one in answer.reasons],
            }
            for answer in answers
        ],
    }
    if facts.withheld is not None:
        whole["withheld"] = facts.withheld
    return dumped(whole)


def _reason(reason: Reason) -> Object:
    return {
        "name": reason.name,
        "sentence": reason.sentence,
        "claims": [
            {"line": one.line, "text": one.text, "source": one.source, "stated": one.wording}
            for one in reason.statements
        ],
    }
