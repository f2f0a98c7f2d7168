"""PM223: an event's end is said once."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot


def said_once(facts: Facts) -> Iterator[Finding]:
    """Find claims with both `until` and `for`."""
    for _, _, route, claim in facts.claims:
        if claim.until is not None and claim.for_ is not None:
            yield Finding(
                "PM223",
                f"{facts.name(route)} says its end twice, by `until` and by `for`",
                Spot((*route, "for"), key=True),
                label="the second",
                help="keep the one that the source says; another source's say goes under `claims`",
                related=(Related("the first", Spot((*route, "until"), key=True)),),
            )
