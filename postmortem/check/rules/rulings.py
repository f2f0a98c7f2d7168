"""PM217: a ruling says what it rules, and why."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot
from postmortem.model.incident import Ruling


def complete(facts: Facts) -> Iterator[Finding]:
    """Find rulings without a reason, and rulings that rule nothing or two things."""
    for index, event in enumerate(facts.incident.timeline):
        if event.ruling is not None:
            lacks = _lacks(event.ruling, facts, ("timeline", index, "ruling"))
            if lacks:
                yield Finding(
                    "PM217",
                    f"the ruling on {facts.name(('timeline', index))} {lacks}",
                    Spot(("timeline", index, "ruling"), key=True),
                    help="write `{prefer: SOURCE, because: ...}` or `{open: true, because: ...}`",
                )


def _lacks(ruling: Ruling, facts: Facts, route: Route) -> str:
    if not all(facts.whole(*route, key) for key in ("prefer", "open", "because")):
        return ""
    says = bool(ruling.prefer) + bool(ruling.open)
    what = (
        "neither prefers a source nor leaves the conflict open",
        "",
        "both prefers a source and leaves it open",
    )[says]
    why = "" if (ruling.because or "").strip() else "gives no reason"
    return f"{what}, and {why}" if what and why else what or why
