"""PM302: a clock time far before the one above it may belong to the next day."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Route, Spot
from postmortem.model.durations import HOUR, MINUTE
from postmortem.model.times import TimeExpression

_FAR = 12 * HOUR


def day_rolled_over(facts: Facts) -> Iterator[Finding]:
    """Find bare clock times that lie more than 12 hours before the event written above."""
    above: tuple[int, Route] | None = None
    for index, event in enumerate(facts.incident.timeline):
        expression = event.at.value if event.at is not None else None
        clock = expression.clock_of_day if isinstance(expression, TimeExpression) else None
        if clock is None:
            continue
        route: Route = ("timeline", index, "at")
        if above is not None and above[0] - clock > _FAR:
            yield _rolled(facts, route, clock, above)
        above = (clock, route)


def _rolled(facts: Facts, route: Route, clock: int, above: tuple[int, Route]) -> Finding:
    return Finding(
        "PM302",
        f"{facts.name(route[:2])} lies more than 12 hours before the event written above it:"
        " did the day roll over?",
        Spot(route),
        label=f"the next day is `+1d {clock // HOUR:02}:{clock % HOUR // MINUTE:02}`",
        help="write the day with the time, or move the event up to where it belongs",
        related=(Related("the event above", Spot(above[1])),),
    )
