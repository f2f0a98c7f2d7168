"""PM226: a public claim has no internal source."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Route, Spot


def public_sources(facts: Facts) -> Iterator[Finding]:
    """Find what the public may read but rests on a source that it may not."""
    default = facts.incident.audience
    if not facts.whole("audience"):
        return
    for route, audience, names in _sourced(facts):
        for number, name in enumerate(names):
            source = facts.incident.sources.get(name)
            if source is None or (audience or default) == "internal":
                continue
            if (source.audience or default) == "internal":
                yield _finding(facts, route, number, name)


def _sourced(facts: Facts) -> Iterator[tuple[Route, str | None, tuple[str, ...]]]:
    for _, event, route, claim in facts.claims:
        yield route, claim.audience or event.audience, claim.source
    for number, series in enumerate(facts.incident.series):
        yield ("series", number), series.audience, series.source
    for number, one in enumerate(facts.incident.perspectives):
        yield ("perspectives", number), one.audience, (one.source,) if one.source else ()


def _finding(facts: Facts, route: Route, number: int, name: str) -> Finding:
    return Finding(
        "PM226",
        f"{facts.name(route)} is public, but its source `{name}` is internal",
        Spot((*route, "source", number)),
        help="mark the claim `audience: internal`, or the source `audience: public`",
        related=(Related("the source", Spot(("sources", name), key=True)),),
    )
