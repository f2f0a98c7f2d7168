"""From plain values to an Incident; where they do not fit, what they say is healed first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from postmortem.check.plain import Flat, Plain
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route
from postmortem.model.build import Misfits, validate

if TYPE_CHECKING:
    from postmortem.model.incident import Incident


class Shaped(NamedTuple):
    """An incident, what was said on the way, and which routes of it are stand-ins and not the author's.

    ``renamed`` maps the route of a key as the format knows it to the key that the author wrote.
    """

    incident: Incident | None
    plain: Plain
    findings: tuple[Finding, ...] = ()
    broken: frozenset[Route] = frozenset()
    renamed: Mapping[Route, str] = {}


def shape(flat: Flat) -> Shaped:
    """Return the incident that a plain document states, with a finding for each part that does not fit."""
    if isinstance(flat.value, dict) and not flat.empty:
        try:
            return Shaped(validate(flat.value), flat.value)
        except Misfits:
            pass
    # Most logs fit: the words for those that do not are loaded when they are needed.
    from postmortem.check.healing import heal

    return heal(flat)
