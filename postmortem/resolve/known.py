"""What was known by a moment: claims by their `known`, else by when their source was published."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import TypeAlias

from postmortem.ground.place import Route
from postmortem.ground.record import replace
from postmortem.model.incident import Claim, Event, Incident
from postmortem.model.stated import Base, Stated
from postmortem.model.times import Anchor, TimeExpression, anchor
from postmortem.resolve.statements import ClaimOf

Latest: TypeAlias = Callable[[Base], int | None]
"""Returns the latest time of an event's start or end in microseconds since 1970-01-01T00:00Z, if known."""


_SILENT = Claim()
"""A claim that says nothing: it holds the place of one that was not known yet."""


def known_by(
    moment: int, incident: Incident, claims: Sequence[ClaimOf], against: Anchor, latest: Latest
) -> tuple[list[ClaimOf], int]:
    """Return the claims that were surely known by a moment, and how many say nothing of when they were."""
    published = {
        name: _latest(source.published, against, latest)
        for name, source in incident.sources.items()
        if source.published is not None
    }
    shown = []
    silent = 0
    for one in claims:
        claim = one[3]
        whens = _whens(claim, published, against, latest)
        if whens is None:
            silent += 1
        elif any(when is not None and when <= moment for when in whens):
            shown.append(one)
    return shown, silent


def as_known(incident: Incident, shown: Sequence[ClaimOf]) -> Incident:
    """Return the incident whose events say only what ``shown`` says; claims keep their places in the log.

    Of the sources that say when they were published only those stay that a claim in ``shown`` cites.
    """
    routes = {route for _, _, route, _ in shown}
    cited = {name for _, _, _, claim in shown for name in claim.source}
    return replace(
        incident,
        timeline=tuple(_told(event, n, routes) for n, event in enumerate(incident.timeline)),
        sources={
            name: one for name, one in incident.sources.items() if name in cited or one.published is None
        },
    )


def _told(event: Event, index: int, routes: Container[Route]) -> Event:
    claims = tuple(
        claim if ("timeline", index, "claims", number) in routes else _SILENT
        for number, claim in enumerate(event.claims)
    )
    own = {} if ("timeline", index) in routes else vars(_SILENT)
    return replace(event, **{**own, "audience": event.audience, "claims": claims})


def _whens(
    claim: Claim, published: dict[str, int | None], against: Anchor, latest: Latest
) -> list[int | None] | None:
    if claim.known is not None:
        return [_latest(claim.known, against, latest)]
    return [published[source] for source in claim.source if source in published] or None


def _latest(stated: Stated[TimeExpression], against: Anchor, latest: Latest) -> int | None:
    """Return the moment by which a stated time has surely come."""
    if stated.value is None:
        return None
    ends = []
    for bound in anchor(stated.value, against).bounds:
        origin = 0 if bound.base is None else latest(bound.base)
        if origin is not None and bound.high is not None:
            ends.append(origin + bound.high)
    return min(ends, default=None)
