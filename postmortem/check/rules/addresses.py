"""PM222: an address is one that a reader may follow safely."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.check.words import quoted
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot
from postmortem.ground.urls import refused


def followable(facts: Facts) -> Iterator[Finding]:
    """Find addresses outside the allow list: http, https, mailto, relative."""
    for route, url in _urls(facts):
        why = refused(url)
        if why:
            yield Finding(
                "PM222",
                f"{quoted(url)} cannot be linked to: it {why}",
                Spot(route),
                help="write an `https://`, `http://` or `mailto:` address, or a path relative to the log",
            )


def _urls(facts: Facts) -> Iterator[tuple[Route, str]]:
    incident = facts.incident
    for number, link in enumerate(incident.links):
        yield ("links", number, "url"), link.url
    for key, source in incident.sources.items():
        yield ("sources", key, "url"), source.url or ""
        yield ("sources", key, "archived"), source.archived or ""
    for _, _, route, claim in facts.claims:
        yield (*route, "url"), claim.url or ""
    for number, action in enumerate(incident.actions):
        yield ("actions", number, "url"), action.url or ""
