"""PM209 and PM210: an id names one thing, and is a slug."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from postmortem.check.facts import Facts
from postmortem.check.words import quoted
from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Route, Spot
from postmortem.model.metric_names import STANDARD_METRICS
from postmortem.model.times import reserved

_SLUG = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_FILE_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LONGEST = 100
_HELP = "an id is a letter, then letters, digits, `-` and `_`: `second-room`"


def unique(facts: Facts) -> Iterator[Finding]:
    """Find ids that two things of one kind share, and metrics that take a standard metric's name."""
    incident = facts.incident
    yield from _doubles("timeline", (event.id for event in incident.timeline), facts)
    yield from _doubles("metrics", (metric.id for metric in incident.metrics), facts)
    yield from _doubles("factors", (factor.id for factor in incident.factors), facts)
    yield from _doubles("actions", (action.id for action in incident.actions), facts)
    yield from _doubles("questions", (question.id for question in incident.questions), facts)
    for number, metric in enumerate(incident.metrics):
        if metric.id in STANDARD_METRICS:
            yield Finding(
                "PM209",
                f"`{metric.id}` is the name of a metric that every log has",
                Spot(("metrics", number, "id")),
                help="give yours another id",
            )


def slugs(facts: Facts) -> Iterator[Finding]:
    """Find ids that are no slugs, and event ids that are words of the time notation."""
    for spot, name in _ids(facts):
        if name and (not _SLUG.fullmatch(name) or len(name) > _LONGEST):
            yield _no_slug(name, spot)
    for index, event in enumerate(facts.incident.timeline):
        if event.id and reserved(event.id):
            yield Finding(
                "PM210",
                f"`{event.id}` is a word of the time notation, and cannot be an event's id",
                Spot(("timeline", index, "id")),
                help="give the event another id",
            )
    own = facts.incident.id
    if own is not None and not _FILE_SLUG.fullmatch(own):
        yield _no_slug(own, Spot(("id",)))


def _doubles(group: str, ids: Iterable[str | None], facts: Facts) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for index, name in enumerate(ids):
        if not name:
            continue
        if name in first:
            noun = facts.name((group, index)).split(" ", 1)[0]
            yield Finding(
                "PM209",
                f"two {noun}{'' if noun == 'series' else 's'} have the id {quoted(name)}",
                Spot((group, index, "id")),
                label="the second",
                help="give one of them another id",
                related=(Related("the first", Spot((group, first[name], "id"))),),
            )
        first.setdefault(name, index)


def _ids(facts: Facts) -> Iterator[tuple[Spot, str]]:
    incident = facts.incident
    for index, event in enumerate(incident.timeline):
        if event.id is not None:
            yield Spot(("timeline", index, "id")), event.id
        for key in event.counts:
            yield Spot(("timeline", index, "counts", key), key=True), key
        for number, claim in enumerate(event.claims):
            for key in claim.counts:
                yield Spot(("timeline", index, "claims", number, "counts", key), key=True), key
    for group in ("metrics", "factors", "actions", "questions"):
        for index, one in enumerate(getattr(incident, group)):
            if one.id is not None:
                yield Spot((group, index, "id")), one.id
    for group in ("people", "components", "measures", "sources"):
        for key in getattr(incident, group):
            route: Route = (group, key)
            yield Spot(route, key=True), key


def _no_slug(name: str, spot: Spot) -> Finding:
    slug = re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-").lstrip("0123456789_-")[:_LONGEST]
    label = f"write `{slug}`" if _SLUG.fullmatch(slug) else ""
    return Finding("PM210", f"{quoted(name)} is not an id", spot, label=label, help=_HELP)
