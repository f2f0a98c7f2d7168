"""What a log says of times, taken out of its claims: one statement a field, with the bounds it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from postmortem.ground.place import Route
from postmortem.ground.record import record
from postmortem.model.incident import Claim, Event, Incident
from postmortem.model.stated import Base, Bound, Stated
from postmortem.model.times import Anchor, TimeExpression, anchor

Aspect: TypeAlias = Literal["at", "end"]
"""What of an event a statement dates: its start or its end."""

ClaimOf: TypeAlias = tuple[int, Event, Route, Claim]
"""A claim: the index of its event, the event, the claim's route, the claim."""


@record
class Statement:
    """One field that dates a point: ``at``, ``until`` or ``for``; or the ``clock`` of a source (event None).

    ``element`` numbers the claim or clock that it belongs to; elements count in the order of the file,
    clocks first. ``spans``: the bounds count from the event's own start (a ``for``).
    """

    element: int
    route: Route
    text: str
    sources: tuple[str, ...]
    event: int | None
    aspect: Aspect
    bounds: tuple[Bound, ...]
    spans: bool = False

    @property
    def from_zero(self) -> bool:
        """Whether it counts from ``T``."""
        return any(bound.base is not None and bound.base.event is None for bound in self.bounds)


def clock_statements(incident: Incident) -> Iterator[Statement]:
    """Yield a statement for every source whose clock may be off: when, truly, its clock shows zero."""
    for element, (name, source) in enumerate(incident.sources.items()):
        clock = source.clock
        if clock is not None and clock.value is not None:
            error = clock.value
            bound = Bound(None, -error.high, -error.low, -error.nominal, 0, len(clock.text))
            route = ("sources", name, "clock")
            yield Statement(element, route, clock.text, (name,), None, "at", (bound,))


def claim_statements(claims: Sequence[ClaimOf], against: Anchor, first: int) -> Iterator[Statement]:
    """Yield the statements of all claims in the order of the file; elements are numbered from ``first``.

    What was not understood, or has no instant in its zone, says nothing here: its fault is told elsewhere.
    """
    for number, (index, _, route, claim) in enumerate(claims, start=first):
        for field, stated, aspect in _times(claim):
            expression = stated.value
            bounds = anchor(expression, against).bounds if expression is not None else ()
            if bounds:
                yield Statement(number, (*route, field), stated.text, claim.source, index, aspect, bounds)
        if claim.for_ is not None and claim.for_.value is not None:
            size, text = claim.for_.value, claim.for_.text
            bound = Bound(None, size, size, size, 0, len(text))
            yield Statement(number, (*route, "for"), text, claim.source, index, "end", (bound,), True)


def _times(claim: Claim) -> Iterator[tuple[str, Stated[TimeExpression], Aspect]]:
    if claim.at is not None:
        yield "at", claim.at, "at"
    if claim.until is not None:
        yield "until", claim.until, "end"


def end_names(incident: Incident) -> Iterator[str]:
    """Yield the ids of events whose end is spoken of as ``EVENT.end`` by phases and metrics."""
    names: list[str | None] = []
    for phase in incident.phases:
        names += [phase.from_, phase.to]
    for metric in incident.metrics:
        if metric.duration:
            names += [metric.duration.from_, metric.duration.to]
        if metric.stat and metric.stat.between:
            names += metric.stat.between
    yield from (name.removesuffix(".end") for name in names if name and name.endswith(".end"))


def bases(statements: Iterable[Statement]) -> Iterator[Base]:
    """Yield every event's start or end that statements count from."""
    for one in statements:
        for bound in one.bounds:
            if bound.base is not None:
                yield bound.base
