"""PM205 to PM207, PM211, PM212: what was written for a time, duration, quantity or date is one."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot
from postmortem.model.stated import Fault


def understood(facts: Facts) -> Iterator[Finding]:
    """Pass on the fault of every stated value, at the very characters it concerns."""
    for route, stated in facts.stated:
        if stated.fault is not None:
            yield fault_at(route, stated.fault)


def fault_at(route: Route, fault: Fault) -> Finding:
    """Return a fault inside a scalar as a finding at the scalar's route."""
    spot = Spot(route, start=fault.start, end=fault.end)
    return Finding(fault.code, fault.message, spot, label=fault.label, help=fault.help)
