"""PM501 to PM509: what a finished postmortem tells. All but PM509 speak once the log is in review.

PM503 needs resolved times and PM505 the day of today, so they are judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot

_AT_WORK = ("open", "in-progress")


def impact_told(facts: Facts) -> Iterator[Finding]:
    """Find that no event says when the impact began."""
    kinds = {event.kind for event in facts.incident.timeline}
    if facts.incident.review != "draft" and kinds and "impact" not in kinds:
        yield Finding(
            "PM501",
            "no event is of kind `impact`, so nothing says when people began to be affected",
            Spot(("timeline",), key=True),
            help="give the event at which they were `kind: impact`; most metrics count from it",
        )


def detection_told(facts: Facts) -> Iterator[Finding]:
    """Find that no event says when the incident was noticed."""
    kinds = {event.kind for event in facts.incident.timeline}
    if facts.incident.review != "draft" and kinds and "detected" not in kinds:
        yield Finding(
            "PM502",
            "no event is of kind `detected`, so nothing says when the incident was noticed",
            Spot(("timeline",), key=True),
            help="add when and by what it was noticed; without a time where it is not known",
        )


def actions_complete(facts: Facts) -> Iterator[Finding]:
    """Find open actions without an owner, a due date or a way to verify them."""
    if facts.incident.review == "draft":
        return
    for number, action in enumerate(facts.incident.actions):
        if action.status not in _AT_WORK or not facts.whole("actions", number):
            continue
        wanted = (("owner", action.owner), ("due", action.due), ("verify", action.verify))
        missing = [f"`{key}`" for key, value in wanted if not value]
        if missing:
            yield Finding(
                "PM504",
                f"{facts.name(('actions', number))} has no {' and no '.join(missing)}",
                Spot(("actions", number)),
                help="an action is done by somebody, by a day, and one can tell that it works",
            )


def factors_addressed(facts: Facts) -> Iterator[Finding]:
    """Find factors that no action addresses; what held needs none."""
    incident = facts.incident
    open_ones = [(n, one) for n, one in enumerate(incident.factors) if one.kind != "barrier-held"]
    if incident.review == "draft" or not open_ones:
        return
    addressed = {name for action in incident.actions for name in action.addresses}
    if not addressed:
        yield Finding(
            "PM506",
            "no action addresses any factor",
            Spot(("factors",), key=True),
            help="name the factors under `addresses` of the actions, or say under `checks` why none is",
        )
        return
    for number, factor in open_ones:
        if factor.id not in addressed:
            yield Finding(
                "PM506",
                f"no action addresses factor `{factor.id}`",
                Spot(("factors", number, "id")),
                help="add an action, or an action with `status: dropped` and `because`",
            )


def actions_aimed(facts: Facts) -> Iterator[Finding]:
    """Find actions that address no factor, in a log where others do."""
    incident = facts.incident
    if incident.review == "draft" or not any(one.addresses for one in incident.actions):
        return
    for number, action in enumerate(incident.actions):
        if not action.addresses:
            yield Finding(
                "PM507",
                f"{facts.name(('actions', number))} addresses no factor",
                Spot(("actions", number)),
                help="name the factor that it is for under `addresses`, or add that factor",
            )


def several_factors(facts: Facts) -> Iterator[Finding]:
    """Find that one single cause is to explain it all."""
    if facts.incident.review != "draft" and len(facts.incident.factors) == 1:
        yield Finding(
            "PM508",
            "one single factor explains this incident",
            Spot(("factors",), key=True),
            help="ask what let it happen, what made it worse, and what should have stopped it",
        )


def established_proven(facts: Facts) -> Iterator[Finding]:
    """Find factors that are stated as fact without any evidence."""
    for number, factor in enumerate(facts.incident.factors):
        if factor.confidence == "established" and not factor.evidence:
            yield Finding(
                "PM509",
                f"factor `{factor.id}` is called established and has no evidence",
                Spot(("factors", number, "confidence")),
                label="`likely` where it is an inference",
                help="name the sources or events that show it under `evidence`",
            )
