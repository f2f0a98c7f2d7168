"""Proofs as the page prints them: chains of claims, each told once, with its event, sources and line."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from postmortem.report.escaping.put import put, strung
from postmortem.report.escaping.safe_markdown import bidi
from postmortem.report.facts.facts import Row
from postmortem.report.page.lens import Lens
from postmortem.resolve.timeline import Proof, Step

_LEAST_SHARED = 2
_MOST_STEPS = 16
_EDGE = 6


def chain(lens: Lens, proof: Proof, among: str | None = None) -> Markup:
    """Return a proof as a list of its links, or in words that there is none.

    A chain that begins as the whole proof of another event's time names that event, whose own proof stands
    there; the middle of a very long one is told by the numbers of its events. Claims of the event ``among``
    stand beside the chain and are not said again in full.
    """
    if not proof:
        return put("<p>%s</p>", lens.say("proof.none"))
    if len(proof) == 1:
        return put("<p>%s</p>", _step(lens, proof[0], among))
    shared, said = _shared(lens, proof)
    out = [put("<li>%s</li>", said)] if shared else []
    rest = proof[shared:]
    if len(rest) > _MOST_STEPS:
        out += _steps(lens, rest[:_EDGE], among)
        out.append(put("<li>%s</li>", _between(lens, rest[_EDGE:-_EDGE])))
        out += _steps(lens, rest[-_EDGE:], among)
    else:
        out += _steps(lens, rest, among)
    return put("<ol>%s</ol>", strung("", out))


def _steps(lens: Lens, proof: Proof, among: str | None) -> Iterator[Markup]:
    return (put("<li>%s</li>", _step(lens, one, among)) for one in proof)


def _step(lens: Lens, one: Step, among: str | None) -> Markup:
    """Return one link of a proof: what is stated, of which event, by whom, at which line."""
    row = lens.facts.row(one.event) if one.event is not None else None
    of = put("%s ", lens.numeral(row)) if row is not None else Markup()
    says = put("<code>%s</code> ", bidi(one.text)) if among is None or one.event != among else Markup()
    who = put("%s ", bidi(", ".join(one.sources))) if one.sources else Markup()
    return put("%s%s%s%s", of, says, who, lens.line(one.route))


def _between(lens: Lens, proof: Proof) -> Markup:
    """Return the links of a proof by the events they speak of, each of which lists its claims."""
    rows = dict.fromkeys(one.event for one in proof if one.event is not None)
    found = [row for key in rows if (row := lens.facts.row(key)) is not None]
    return put("%s %s", lens.say("proof.between", count=len(proof)), lens.numerals(found))


def _shared(lens: Lens, proof: Proof) -> tuple[int, Markup]:
    """Return how many first links are the whole proof of another event's bound, and which bound that is."""
    for length in range(len(proof) - 1, _LEAST_SHARED - 1, -1):
        key = proof[length - 1].event
        row = lens.facts.row(key) if key is not None and key != proof[-1].event else None
        bound = row and _bound_proven(row, proof[:length])
        if row is not None and bound:
            words = lens.say(f"proof.{bound}", value="").strip()
            return length, put("%s %s, %s", lens.numeral(row), words, lens.say("proof.there"))
    return 0, Markup()


def _bound_proven(row: Row, proof: Proof) -> str:
    """Return the bound of an event that this proof is the whole proof of; an empty text where it is none."""
    for point, prefix in ((row.event.at, ""), (row.event.end, "end-")):
        if point is None:
            continue
        for name, own in (("earliest", point.proof_earliest), ("latest", point.proof_latest)):
            if len(own) == len(proof) and own == proof:
                return prefix + name
    return ""
