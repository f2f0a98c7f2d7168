"""The texts of an incident: all at once for a first look, one by one with their routes for a second."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from postmortem.model.incident import claims_of
from postmortem.model.stating import Stating

if TYPE_CHECKING:
    from postmortem.check.plain import Plain
    from postmortem.ground.place import Route
    from postmortem.model.incident import Incident

_BETWEEN = "\n\x1f\n"


def joined(plain: Plain, without: str = "") -> str:
    """Return all texts of a plain log as one, ``without`` one key of the top level."""
    found: list[str] = []
    if isinstance(plain, dict) and without in plain:
        plain = {key: value for key, value in plain.items() if key != without}
    _collect(plain, found)
    return _BETWEEN.join(found)


def _collect(plain: Plain, found: list[str]) -> None:
    if isinstance(plain, str):
        found.append(plain)
    elif isinstance(plain, dict):
        for value in plain.values():
            _collect(value, found)
    else:
        for value in plain:
            _collect(value, found)


def as_stated(plain: Plain, route: Route) -> Route:
    """Return a route as far as the log's own text goes: `summary: text` has no `text` below it."""
    found: Any = plain
    for length, part in enumerate(route):
        if isinstance(found, str):
            return route[:length]
        inner = isinstance(found, dict) or (isinstance(found, list) and isinstance(part, int))
        try:
            found = found[part] if inner else None
        except (KeyError, IndexError):
            return route
    return route


def texts_of(value: Any, route: Route = ()) -> Iterator[tuple[Route, str]]:
    """Return every text of an incident, or of a part of it, that is shown as it stands, with its route."""
    found: list[tuple[Route, str]] = []
    _gather(value, route, found)
    return iter(found)


def _gather(value: Any, route: Route, found: list[tuple[Route, str]]) -> None:
    # A list and no generator: each text would pass through as many of them as its route is long.
    kind = type(value)
    if kind is str:
        found.append((route, value))
    elif kind is tuple:
        for index, part in enumerate(value):
            _gather(part, (*route, index), found)
    elif kind is dict:
        for key, part in value.items():
            _gather(part, (*route, key), found)
    elif isinstance(value, Stating):
        # A field's name is its key, but for those that Python keeps for itself: `from_`, `for_`.
        for name, part in vars(value).items():
            if part:
                _gather(part, (*route, name.rstrip("_")), found)


def keys_of(incident: Incident) -> Iterator[tuple[Route, str]]:
    """Yield the keys that a log's author gives: those of sources, measures and the like, and of counts."""
    for name in ("sources", "people", "components", "measures"):
        for key in getattr(incident, name):
            yield (name, key), key
    for index, event in enumerate(incident.timeline):
        for route, claim in claims_of(event, index):
            for key in claim.counts:
                yield (*route, "counts", key), key
