"""PM216: a gauge or counter is not below zero."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.check.words import quoted
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot
from postmortem.model.stated import Quantity, Stated


def not_below_zero(facts: Facts) -> Iterator[Finding]:
    """Find counts, and points of series, that are below zero; a growth may be."""
    for route, name, stated in _levels(facts):
        if stated.value is not None and _below_zero(stated.value):
            yield Finding(
                "PM216",
                f"{name} cannot be below zero, and {quoted(stated.text.strip())} is",
                Spot(route),
                help="a count that falls is written as the smaller count, or as a growth: `+50k/min`",
            )


def _below_zero(value: Quantity) -> bool:
    if value.growth is not None:
        return False
    return any(side is not None and side < 0 for side in (value.high, value.nominal))


def _levels(facts: Facts) -> Iterator[tuple[Route, str, Stated[Quantity]]]:
    for _, _, route, claim in facts.claims:
        for measure, count in claim.counts.items():
            yield (*route, "counts", measure, "value"), quoted(measure), count.value
    for number, series in enumerate(facts.incident.series):
        for index, (_, value) in enumerate(series.points or ()):
            yield ("series", number, "points", index, 1), quoted(series.measure), value
