"""The order in which the keys of each kind of map are written: that of the format's own tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from postmortem.check.format import keys_of, model_at
from postmortem.ground.place import Route
from postmortem.model.incident import Claim, Event
from postmortem.model.stating import Stating

_ORDERS: Mapping[type[Stating], tuple[str, ...]] = {
    Event: (
        "id", "at", "until", "for", "kind", "what", "component", "by", "source", "counts", "quote", "stated",
        "known", "locator", "url", "note", "claims", "ruling", "highlight", "audience", "tags",
    ),
    Claim: (
        "source", "at", "until", "for", "counts", "quote", "stated", "known", "locator", "url", "note",
        "audience",
    ),
}  # fmt: skip
"""The kinds whose order is not that in which the model lists their fields."""


def key_order(route: Route) -> tuple[str, ...] | None:
    """Return the keys of the map at a route in order; None where its keys are names of the author's own."""
    # A list's entries are all of one kind, so that one answer does for all of them.
    return _of_kind(tuple(0 if isinstance(part, int) else part for part in route))


@cache
def _of_kind(route: Route) -> tuple[str, ...] | None:
    kind = model_at(route)
    return None if kind is None else _ORDERS.get(kind) or keys_of(kind)


def ordered(keys: Iterable[str], order: tuple[str, ...]) -> list[int]:
    """Return the indices of keys in order; those that the format does not know stay behind, as written."""
    places = {key: at for at, key in enumerate(order)}
    return [at for at, _ in sorted(enumerate(keys), key=lambda pair: places.get(pair[1], len(places)))]
