"""PM208: what is referred to is declared."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.check.references import Reference, references_of
from postmortem.check.words import did_you_mean, quoted, shortlist
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot

_LOOK = 5
"""Microseconds that it takes to see how near two names are."""


def declared(facts: Facts) -> Iterator[Finding]:
    """Find references to events, sources, measures, components, metrics and factors that are not there."""
    nearby: dict[tuple[str, str], str | None] = {}
    for one in references_of(facts):
        if (one.name or not one.under) and one.name not in one.names:
            yield _dangling(facts, one, nearby)


def _near(one: Reference, known: dict[tuple[str, str], str | None]) -> str | None:
    """Return the declared name that is nearest to one that is not, looked for once."""
    from postmortem.ground.budget import may_guess
    from postmortem.ground.suggest import nearest

    key = (one.noun, one.name)
    if key not in known:
        known[key] = nearest(one.name, one.names) if may_guess("name", _LOOK * len(one.names), key) else None
    return known[key]


def _dangling(facts: Facts, one: Reference, nearby: dict[tuple[str, str], str | None]) -> Finding:
    who = facts.name(_holder(one.route))
    spot = Spot(one.route, key=one.route[-2:-1] == ("counts",), start=one.start, end=one.end)
    label = did_you_mean(_near(one, nearby))
    if one.under:
        message = f"{who} names {_with_article(one.noun)} that is not declared: {quoted(one.name)}"
        under = " and ".join(f"`{key}`" for key in one.under)
        hint = (
            f"declared under {under}: {shortlist(one.names)}"
            if one.names
            else f"nothing is declared under {under}"
        )
    else:
        what = f"names {quoted(one.name)}" if one.name else "does not say which"
        message = f"{who} {what}, but there is no such {one.noun}"
        hint = f"it counts {shortlist(one.names)}" if one.names else "it counts nothing"
    return Finding("PM208", message, spot, label=label, help=hint)


def _holder(route: Route) -> Route:
    """Return what makes the reference: the event, claim, metric or the like that it stands in."""
    if len(route) > 3 and route[2] == "claims":
        return route[:4]
    return route[:2] if len(route) > 1 and isinstance(route[1], int) else route[:1]


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
