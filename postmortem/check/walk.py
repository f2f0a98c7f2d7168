"""Every stated value and every text of an incident, with the route it stands at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from postmortem.ground.place import Route
from postmortem.model.incident import Incident
from postmortem.model.stated import Stated


def stated_of(incident: Incident) -> Iterator[tuple[Route, Stated[Any]]]:
    """Yield all values that were parsed out of a text, in the order of the format."""
    for route, value in _leaves(incident, ()):
        if isinstance(value, Stated):
            yield route, value


def texts_of(incident: Incident) -> Iterator[tuple[Route, str]]:
    """Yield all texts, parsed or not, in the order of the format."""
    for route, value in _leaves(incident, ()):
        yield route, value.text if isinstance(value, Stated) else value


def key_of(name: str) -> str:
    """Return the key of a log that a model's field stands for: ``from_`` is ``from``."""
    return name.rstrip("_")


@cache
def _keys(cls: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((name, key_of(name)) for name in cls.__pydantic_fields__)


def _leaves(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:
    if isinstance(value, Stated | str):
        yield route, value
    elif isinstance(value, BaseModel):
        held = value.__dict__
        for name, key in _keys(type(value)):
            part = held[name]
            if part is not None and part != () and not isinstance(part, bool):
                yield from _leaves(part, (*route, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _leaves(part, (*route, index))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, (*route, key))
