"""What stands beside the timeline: factors, actions, perspectives, questions, lessons, evidence."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from postmortem.ground.record import record
from postmortem.model.incident import Factor
from postmortem.report.charts.graph import Arrow, Node, graphs
from postmortem.report.escaping.put import put
from postmortem.report.escaping.safe_markdown import bidi, plain
from postmortem.report.facts.facts import Evidence, NumberedAction, Row
from postmortem.report.page.lens import Lens, edge_of, joined, label_of
from postmortem.report.page.timeline import address

_MOST_CITING = 60
"""Numbers of events that stand open beside a source: five lines of them."""


@record
class ShownFactor:
    """A factor in the list under the graph."""

    anchor: str
    id: str
    what: Markup
    tags: tuple[str, ...]
    because: Markup
    evidence: Markup
    leads: Markup
    actions: Markup


@record
class ShownAction:
    """A row of the action table."""

    anchor: str
    id: str
    what: Markup
    kind: str
    verify: Markup
    because: Markup
    factors: Markup
    owner: Markup
    due: str
    overdue: bool
    state: str
    mark: str
    link: Markup


@record
class ShownSource:
    """A row of the ledger of evidence."""

    anchor: str
    badge: Markup
    title: Markup
    facts: Markup
    note: Markup
    cited: Markup


@record
class View:
    """A perspective: who frames it how, or a question: what is asked and who looks for the answer."""

    anchor: str
    who: Markup
    says: Markup
    source: Markup
    state: str


_MARKS = {"open": "○", "in-progress": "◐", "done": "✓", "dropped": "✕"}


def factor_graph(lens: Lens, label: str) -> Markup:
    """Return the graph of factors and the events they led to."""
    facts = lens.facts
    nodes = [
        Node(
            f"f-{one.id}",
            f"f-{one.id}",
            plain(one.what),
            ", ".join(one.evidence[:2]),
            "held" if one.kind == "barrier-held" else one.confidence or "suspected",
        )
        for one in facts.factors
    ]
    events = {edge.row.event.key: edge.row for edge in facts.edges if edge.row is not None}
    nodes += [
        Node(
            f"e-{key}",
            f"e-{key}",
            label_of(row.event.event.what),
            lens.say("event.label", number=row.number),
            "event",
        )
        for key, row in events.items()
    ]
    sure = {one.id: one.confidence or "suspected" for one in facts.factors}
    arrows = [
        Arrow(
            f"f-{edge.origin}",
            f"e-{edge.row.event.key}" if edge.row is not None else f"f-{edge.target}",
            sure[edge.origin],
        )
        for edge in facts.edges
    ]
    return Markup(graphs(nodes, arrows, label))


def factors(lens: Lens) -> tuple[ShownFactor, ...]:
    """Return the factors as the log lists them."""
    return tuple(_factor(lens, one) for one in lens.facts.factors)


def _factor(lens: Lens, one: Factor) -> ShownFactor:
    tags = []
    if one.kind:
        tags.append(lens.say(f"factor.{one.kind}"))
    if one.confidence:
        tags.append(lens.say(f"confidence.{one.confidence}"))
    acts = Markup(" ").join(_action_link(action) for action in lens.facts.actions_on(one.id))
    return ShownFactor(
        anchor=f"f-{one.id}",
        id=one.id,
        what=lens.inline(one.what),
        tags=tuple(tags),
        because=lens.inline(one.because) if one.because else Markup(),
        evidence=Markup(" ").join(_reference(lens, key) for key in one.evidence),
        leads=Markup(" ").join(_reference(lens, key) for key in one.leads_to),
        actions=acts,
    )


def _action_link(one: NumberedAction) -> Markup:
    return put('<a href="#a-%s">%s</a>', one.id, one.id)


def _reference(lens: Lens, id: str) -> Markup:
    """Return a reference to a source, an event or a factor as a link to it."""
    if id in lens.facts.incident.sources:
        return lens.badge(id)
    row = lens.facts.row(id)
    if row is not None:
        return lens.number(row)
    if any(one.id == id for one in lens.facts.factors):
        return put('<a href="#f-%s">%s</a>', id, id)
    return bidi(id)


def actions(lens: Lens) -> tuple[ShownAction, ...]:
    """Return the action items as the log lists them."""
    out = []
    for numbered in lens.facts.actions:
        one = numbered.action
        out.append(
            ShownAction(
                anchor=f"a-{numbered.id}",
                id=numbered.id,
                what=lens.block(one.what),
                kind=lens.say(f"purpose.{one.kind}") if one.kind else "",
                verify=lens.inline(lens.say("actions.verify", verify=one.verify)) if one.verify else Markup(),
                because=lens.inline(one.because) if one.because else Markup(),
                factors=Markup(" ").join(_reference(lens, key) for key in one.addresses),
                owner=bidi(_person(lens, one.owner)) if one.owner else Markup(),
                due=one.due.text if one.due is not None else "",
                overdue=numbered.overdue,
                state=lens.say(f"action.{one.status}"),
                mark=_MARKS[one.status],
                link=address(one.url, lens.say("evidence.address")) if one.url else Markup(),
            )
        )
    return tuple(out)


def _person(lens: Lens, id: str) -> str:
    person = lens.facts.incident.people.get(id)
    return id if person is None else person.role or person.name or id


def perspectives(lens: Lens) -> tuple[View, ...]:
    """Return the attributed framings."""
    return tuple(
        View("", bidi(one.who), lens.block(one.says), lens.badge(one.source) if one.source else Markup(), "")
        for one in lens.facts.incident.perspectives
    )


def questions(lens: Lens) -> tuple[View, ...]:
    """Return what is still not known."""
    out = []
    for number, one in enumerate(lens.facts.incident.questions, 1):
        owner = bidi(lens.say("questions.owner", owner=_person(lens, one.owner))) if one.owner else Markup()
        out.append(View(f"q-{one.id or number}", owner, lens.block(one.what), Markup(), one.status or ""))
    return tuple(out)


def lessons(lens: Lens) -> tuple[tuple[str, tuple[Markup, ...]], ...]:
    """Return the lessons under their three headings, those that have any."""
    stated = lens.facts.incident.lessons
    if stated is None:
        return ()
    groups = ((name, getattr(stated, name)) for name in ("went_well", "went_wrong", "got_lucky"))
    return tuple(
        (lens.say(f"lessons.{name}"), tuple(lens.block(one) for one in texts))
        for name, texts in groups
        if texts
    )


def ledger(lens: Lens) -> tuple[ShownSource, ...]:
    """Return every source with who cites it."""
    return tuple(_source(lens, one) for one in lens.facts.evidence)


def _source(lens: Lens, one: Evidence) -> ShownSource:
    source = one.source
    known = [lens.say(f"source.{source.kind}")] if source.kind else []
    if source.reliability:
        grade = lens.say(f"reliability.{source.reliability}")
        known.append(lens.say("evidence.reliability", grade=grade))
    if source.clock is not None:
        known.append(lens.say("evidence.clock", error=source.clock.text))
    if source.published is not None:
        known.append(bidi(lens.say("evidence.published", time=source.published.text)))
    if source.captured is not None:
        known.append(bidi(lens.say("evidence.captured", day=source.captured.text)))
    if source.url:
        known.append(address(source.url, _host(source.url) or lens.say("evidence.address")))
    if source.archived:
        known.append(address(source.archived, lens.say("evidence.archived")))
    cited = [_citing(lens, one.rows)] if one.rows else []
    cited += [
        put('<a href="#f-%s">%s</a>', factor, lens.say("evidence.factor", id=factor))
        for factor in one.factors
    ]
    return ShownSource(
        anchor=f"s-{one.id}",
        badge=put('<span class="%s">%s</span>', edge_of(source.kind), one.id),
        title=bidi(source.title),
        facts=joined(map(escape, known)),
        note=lens.inline(source.note) if source.note else Markup(),
        cited=put("%s %s", lens.say("evidence.cited"), Markup(", ").join(cited))
        if cited
        else Markup(lens.say("evidence.uncited")),
    )


def _citing(lens: Lens, rows: Sequence[Row]) -> Markup:
    """Return the numbers of the events that cite a source, folded away where they would fill the page."""
    numbers = lens.numerals(rows)
    if len(rows) <= _MOST_CITING:
        return put("%s %s", lens.say("evidence.events"), numbers)
    many = lens.say("evidence.many", count=len(rows))
    return put("<details><summary>%s</summary>%s</details>", many, numbers)


def _host(url: str) -> str:
    """Return the host of a web address, so that a reader sees where a link leads."""
    scheme, found, rest = url.partition("://")
    return rest.partition("/")[0] if found and scheme.lower() in ("http", "https") else ""
