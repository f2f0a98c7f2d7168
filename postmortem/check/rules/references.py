"""PM208: what is referred to is declared."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.check.references import Reference, references_of
from postmortem.check.words import did_you_mean, quoted, shortlist
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot

_MOST_LOOKS = 60_000
"""Comparisons of names in one log: ten thousand wrong ones among as many right ones must not take minutes."""


def declared(facts: Facts) -> Iterator[Finding]:
    """Find references to events, sources, measures, components, metrics and factors that are not there."""
    nearby = _Nearby()
    for one in references_of(facts):
        if (one.name or not one.under) and one.name not in one.names:
            yield _dangling(facts, one, nearby)


class _Nearby:
    """The nearest declared name of each name that is not: looked for once, and not without end."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], str | None] = {}
        self.looks = 0

    def of(self, one: Reference) -> str | None:
        """Return the nearest name, None where none is near or too many have been looked at already."""
        from postmortem.ground.suggest import nearest

        key = (one.noun, one.name)
        if key not in self.known:
            self.looks += len(one.names)
            self.known[key] = nearest(one.name, one.names) if self.looks <= _MOST_LOOKS else None
        return self.known[key]


def _dangling(facts: Facts, one: Reference, nearby: _Nearby) -> Finding:
    who = facts.name(_holder(one.route))
    spot = Spot(one.route, key=one.route[-2:-1] == ("counts",), start=one.start, end=one.end)
    label = did_you_mean(nearby.of(one))
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
