"""The incident as its author states it: log format 1 as frozen models."""

# Annotations are objects here, not texts: each text would be compiled again at every start, 160 of them.
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from postmortem.ground.place import Route
from postmortem.model.quantities import parse_quantity
from postmortem.model.stated import Quantity, Stated
from postmortem.model.stating import AlsoText, Read, Stating, nothing
from postmortem.model.times import (
    ClockError,
    TimeExpression,
    parse_clock_error,
    parse_date,
    parse_duration,
    parse_time,
)


def _truth(text: str) -> bool:
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    raise ValueError(text)


def _under(key: str) -> AlsoText:
    """Return the mark of a map for which a text may stand: what it says under that one key."""
    return AlsoText(lambda text: {key: text})


# A text that is not understood stays as it is beside its fault: what is Stated takes every text.
Time: TypeAlias = Annotated[Stated[TimeExpression], Read(parse_time)]
Duration: TypeAlias = Annotated[Stated[int], Read(parse_duration)]
Day: TypeAlias = Annotated[Stated[date], Read(parse_date)]
Number: TypeAlias = Annotated[Stated[Quantity], Read(parse_quantity)]
ClockFault: TypeAlias = Annotated[Stated[ClockError], Read(parse_clock_error)]
Flag: TypeAlias = Annotated[bool, Read(_truth)]
Texts: TypeAlias = Annotated[tuple[str, ...], AlsoText(lambda text: [text])]
Audience: TypeAlias = Literal["internal", "public"]
Kind: TypeAlias = Literal[
    "scheduled", "trigger", "impact", "fault", "crash", "count", "detected", "acknowledged", "declared",
    "escalated", "update", "statement", "action", "restart", "mitigated", "resumed", "resolved", "note",
]  # fmt: skip


class Section(Stating):
    """A prose section: Markdown, and who may read it."""

    text: str
    audience: Audience | None = None


Prose: TypeAlias = Annotated[Section, _under("text")]


class Person(Stating):
    """Someone in a role; the name is left out unless the organisation wants it."""

    name: str | None = None
    role: str | None = None
    public: Flag = False


class Link(Stating):
    """A link to somewhere else."""

    url: str
    title: str | None = None


class Approx(Stating):
    """What ``~`` means in this log."""

    clock: Duration | None = None
    duration: Number | None = None
    count: Number | None = None


class Phase(Stating):
    """A band of the timeline between two events."""

    title: str
    from_: str
    to: str | None = None
    state: Literal["ok", "degraded", "down", "recovering"] | None = None
    component: str | None = None


class Figure(Stating):
    """A key figure of the first screen: a metric, or a count as EVENT.MEASURE."""

    title: str
    metric: str | None = None
    count: str | None = None


class Component(Stating):
    """What was affected: a room, a service, an app."""

    title: str
    kind: str | None = None
    note: str | None = None


class Measure(Stating):
    """What is counted."""

    title: str
    unit: str | None = None
    kind: Literal["gauge", "counter"] | None = None


class Source(Stating):
    """Where knowledge comes from, and how far it is to be trusted."""

    title: str
    kind: (
        Literal["telemetry", "alert", "chat", "document", "press", "observer", "participant", "vendor"] | None
    ) = None
    url: str | None = None
    archived: str | None = None
    captured: Day | None = None
    published: Time | None = None
    clock: ClockFault | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    audience: Audience | None = None
    note: str | None = None


class Quote(Stating):
    """Somebody's very words."""

    by: str | None = None
    text: str


class CountValue(Stating):
    """A counted value, with the source's own wording where it is kept."""

    value: Number
    stated: str | None = None


CountStated: TypeAlias = Annotated[CountValue, _under("value")]


class Claim(Stating):
    """What one source, or several together, say of an event."""

    at: Time | None = None
    until: Time | None = None
    for_: Duration | None = None
    source: Texts = ()
    counts: dict[str, CountStated] = nothing()
    quote: Annotated[Quote, _under("text")] | None = None
    stated: str | None = None
    known: Time | None = None
    locator: str | None = None
    url: str | None = None
    note: str | None = None
    audience: Audience | None = None


class Ruling(Stating):
    """A decision on a conflict: prefer one source or several that agree, or leave it open.

    ``because`` is needed; a rule says so.
    """

    prefer: Texts = ()
    open: Flag | None = None
    because: str | None = None


class Event(Claim):
    """One thing that happened. Its own claim fields are its first claim; `claims` holds the others."""

    id: str | None = None
    kind: Kind = "note"
    what: str
    component: Texts = ()
    by: str | None = None
    claims: tuple[Claim, ...] = ()
    ruling: Ruling | None = None
    highlight: Flag = False
    tags: Texts = ()


class Series(Stating):
    """Dense measurements, inline or in a file beside the log."""

    measure: str
    component: str | None = None
    source: Texts = ()
    points: tuple[tuple[Time, Number], ...] | None = None
    file: str | None = None
    step: Duration | None = None
    note: str | None = None
    audience: Audience | None = None


class DurationOf(Stating):
    """From one event to another; ``EVENT.end`` names a span's end."""

    from_: str
    to: str


class RatioOf(Stating):
    """One count over another."""

    of: str
    to: str


class DifferenceOf(Stating):
    """One count less another."""

    of: str
    minus: str


class ReachOf(Stating):
    """When a count that grows reaches a target."""

    from_: str
    growth: str
    target: Number


class StatOf(Stating):
    """A statistic over a series."""

    measure: str
    component: str | None = None
    of: Literal["max", "min", "mean", "p50", "p95", "sum", "integral"]
    between: tuple[str, str] | None = None


class MetricStated(Stating):
    """A metric beyond the standard ones: exactly one of its kinds."""

    id: str
    title: str | None = None
    note: str | None = None
    duration: DurationOf | None = None
    ratio: RatioOf | None = None
    difference: DifferenceOf | None = None
    reach: ReachOf | None = None
    stat: StatOf | None = None
    audience: Audience | None = None


class Factor(Stating):
    """A contributing factor: a node of the graph that ``leads_to`` draws."""

    id: str
    what: str
    kind: (
        Literal["trigger", "cause", "contributing", "amplifier", "barrier-held", "barrier-failed"] | None
    ) = None
    leads_to: Texts = ()
    evidence: Texts = ()
    confidence: Literal["established", "likely", "suspected"] | None = None
    because: str | None = None
    audience: Audience | None = None


class Action(Stating):
    """An action item."""

    id: str | None = None
    what: str
    owner: str | None = None
    due: Day | None = None
    status: Literal["open", "in-progress", "done", "dropped"] = "open"
    kind: Literal["prevent", "detect", "mitigate", "process", "learn"] | None = None
    addresses: Texts = ()
    verify: str | None = None
    url: str | None = None
    because: str | None = None
    audience: Audience | None = None


class Lessons(Stating):
    """What went well, what went wrong, where luck helped: Markdown."""

    went_well: Texts = ()
    went_wrong: Texts = ()
    got_lucky: Texts = ()
    audience: Audience | None = None


class Perspective(Stating):
    """Attributed framing, kept apart from the facts."""

    source: str | None = None
    who: str
    says: str
    audience: Audience | None = None


class Question(Stating):
    """What is still not known."""

    id: str | None = None
    what: str
    owner: str | None = None
    status: str | None = None
    audience: Audience | None = None


class Checks(Stating):
    """Rules switched off in this log, with the reason."""

    ignore: Texts = ()
    because: str | None = None


class Incident(Stating):
    """One incident log, whole."""

    format: str
    title: str
    id: str | None = None
    date: Day | None = None
    timezone: str | None = None
    status: Literal["ongoing", "mitigated", "resolved"]
    review: Literal["draft", "in-review", "accepted"] = "draft"
    severity: str | None = None
    audience: Audience = "internal"
    summary: Prose | None = None
    impact: Prose | None = None
    background: Prose | None = None
    detection: Prose | None = None
    response: Prose | None = None
    resolution: Prose | None = None
    authors: Texts = ()
    people: dict[str, Person] = nothing()
    tags: Texts = ()
    links: tuple[Annotated[Link, _under("url")], ...] = ()
    related: Texts = ()
    approx: Approx | None = None
    t0: str | None = None
    phases: tuple[Phase, ...] = ()
    figures: tuple[Figure, ...] = ()
    components: dict[str, Component] = nothing()
    measures: dict[str, Measure] = nothing()
    sources: dict[str, Source] = nothing()
    timeline: tuple[Event, ...]
    series: tuple[Series, ...] = ()
    metrics: tuple[MetricStated, ...] = ()
    factors: tuple[Factor, ...] = ()
    actions: tuple[Action, ...] = ()
    lessons: Lessons | None = None
    perspectives: tuple[Perspective, ...] = ()
    questions: tuple[Question, ...] = ()
    checks: Checks | None = None


_CLAIM_FIELDS = ("at", "until", "for_", "source", "counts", "quote", "stated", "known", "locator", "url")


def claims_of(event: Event, index: int) -> Iterator[tuple[Route, Claim]]:
    """Yield the claims of the event at ``index`` of the timeline, each with the route it stands at.

    The event's own claim fields are its first claim, where it has any or where there are no others.
    """
    if not event.claims or any(getattr(event, field) for field in _CLAIM_FIELDS):
        yield ("timeline", index), event
    for number, claim in enumerate(event.claims):
        if claim.note or claim.audience or any(getattr(claim, field) for field in _CLAIM_FIELDS):
            yield ("timeline", index, "claims", number), claim


def plain(value: Any) -> Any:
    """Return the stated text of a `Stated`, anything else unchanged."""
    return value.text if isinstance(value, Stated) else value
