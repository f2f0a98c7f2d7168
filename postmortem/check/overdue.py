"""PM505: an open action is not past its due date; the day it is held against comes from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from postmortem.model.incident import Action, Incident


def is_overdue(action: Action, today: date) -> bool:
    """Tell whether an action is neither done nor dropped though the day it was due on has passed."""
    due = action.due.value if action.due is not None else None
    return due is not None and due < today and action.status in ("open", "in-progress")


def overdue(incident: Incident, today: date) -> Iterator[Finding]:
    """Find actions that are not done though the day they were due on has passed."""
    for number, action in enumerate(incident.actions):
        if action.due is None or action.due.value is None or not is_overdue(action, today):
            continue
        name = f"action `{action.id}`" if action.id else "this action"
        yield Finding(
            "PM505",
            f"{name} was due on {action.due.value.isoformat()} and is {action.status.replace('-', ' ')}",
            Spot(("actions", number, "due")),
            help="write `status: done`, a new date, or `status: dropped` and why",
        )
