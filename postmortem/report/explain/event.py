"""Why an event's start and end lie where they do."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.report.escaping.as_json import LineOf, joined_sources
from postmortem.report.explain.explained import Answer, Reason, Statement, statements, who_says
from postmortem.report.facts.facts import Facts, Row
from postmortem.report.metrics.rows import count_title
from postmortem.report.wording.words import count_words
from postmortem.resolve.timeline import Bounds, Conflict, Proof


def explained_event(row: Row, facts: Facts, line_of: LineOf) -> Answer:
    """Explain an event: its time, each bound with its proof, its order, conflicts and counts."""
    what = " ".join(row.event.event.what.split())
    line = line_of(("timeline", row.event.index))
    return Answer("event", row.event.key, what, line, tuple(_reasons(row, facts, line_of)))


def _reasons(row: Row, facts: Facts, line_of: LineOf) -> Iterator[Reason]:
    clock, say = facts.clock, facts.clock.language.say
    event = row.event
    yield Reason("at", say("explain.when", time=clock.time(event.at), zone=clock.zone_label))
    relative = clock.relative(event.at, row.since_zero)
    if relative:
        yield Reason("relative", say("explain.relative", relative=relative))
    yield from _bounds("start", event.at, facts, line_of)
    if clock.shape(event.at) == "range":
        yield Reason("nominal", say("explain.middle"))
    if event.end is not None:
        yield Reason("end", say("explain.until", time=clock.time(event.end), zone=clock.zone_label))
        yield from _bounds("end", event.end, facts, line_of)
    if event.order == "undetermined" and clock.shape(event.at) != "undated":
        yield Reason("order", say("explain.order"))
    for conflict in event.conflicts:
        yield from conflict_reasons(conflict, facts, line_of)
    if event.counts:
        sentences = [
            f"{count_title(one, facts.incident)}: {count_words(one, clock.language).full}"
            for one in event.counts
        ]
        yield Reason("counts", f"{say('explain.counts')} {'; '.join(sentences)}")


def _bounds(which: str, bounds: Bounds, facts: Facts, line_of: LineOf) -> Iterator[Reason]:
    yield _bound(f"{which}-earliest", bounds.earliest, bounds.proof_earliest, facts, line_of)
    yield _bound(f"{which}-latest", bounds.latest, bounds.proof_latest, facts, line_of)


def _bound(name: str, us: int | None, proof: Proof, facts: Facts, line_of: LineOf) -> Reason:
    say = facts.clock.language.say
    if us is None:
        return Reason(name, say(f"explain.{name}.none"))
    return Reason(
        name, say(f"explain.{name}", time=facts.clock.moment(us)), statements(proof, facts, line_of)
    )


def conflict_reasons(conflict: Conflict, facts: Facts, line_of: LineOf) -> Iterator[Reason]:
    """Yield the sides of a conflict and how it was ruled."""
    say = facts.clock.language.say
    aspect, _, measure = conflict.about.partition(":")
    about = measure or say(f"explain.about.{aspect}")
    sides = tuple(
        Statement(
            line_of(claim.route),
            claim.text,
            joined_sources(claim.sources),
            f"{say('explain.kept' if claim.kept else 'explain.aside')}, {who_says(claim.sources, facts)}",
            claim.stated,
        )
        for claim in conflict.claims
    )
    yield Reason("conflict", say("explain.conflict", about=about), sides)
    yield Reason("ruling", say(f"explain.{conflict.status}", because=conflict.because))
