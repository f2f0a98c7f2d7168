"""Every stated value and every long text of an incident, with the route it stands at."""

from __future__ import annotations

from typing import Any

from postmortem.ground.place import Route
from postmortem.model.incident import Incident
from postmortem.model.stated import Stated
from postmortem.model.stating import Stating

LONG = 16_384
"""Code points from which on a text is listed: shorter ones need no look, and they are most of a log."""


def leaves_of(incident: Incident) -> tuple[tuple[Route, Stated[Any] | str], ...]:
    """Return all values that were parsed out of a text and all long texts, in the order of the format."""
    found: list[tuple[Route, Stated[Any] | str]] = []
    _collect(incident, (), found)
    return tuple(found)


def _collect(value: Any, route: Route, found: list[tuple[Route, Stated[Any] | str]]) -> None:
    kind = type(value)
    if kind is str:
        if len(value) > LONG:
            found.append((route, value))
    elif kind is Stated:
        found.append((route, value))
    elif isinstance(value, Stating):
        # A field's name is its key, but for those that Python keeps for itself: `from_`, `for_`.
        for name, part in vars(value).items():
            if part and part is not True:
                _collect(part, (*route, name.rstrip("_")), found)
    elif kind is tuple:
        for index, part in enumerate(value):
            _collect(part, (*route, index), found)
    elif kind is dict:
        for key, part in value.items():
            _collect(part, (*route, key), found)
