"""The tree as plain maps, lists and texts: what the models take. Places stay behind, in the tree."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from postmortem.ground.place import Route
from postmortem.read.nodes import Mapping, Node, Scalar, Sequence

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


class Flat(NamedTuple):
    """A document without its places; ``empty`` are the routes of values that were written but left empty.

    An empty value of a map is not in ``value``; an empty item of a list stays there, as an empty text.
    """

    value: Plain
    empty: tuple[Route, ...]


def flatten(root: Node) -> Flat:
    """Return the plain value of a tree: keys that begin with ``x-`` and empty values are left out."""
    empty: list[Route] = []
    return Flat(_plain(root, (), empty), tuple(empty))


def value_at(plain: Plain, route: Route) -> Plain | None:
    """Return the plain value at ``route``, None where there is none."""
    found: Plain = plain
    for part in route:
        inner = found.get(part) if isinstance(found, dict) and isinstance(part, str) else None
        if isinstance(found, list) and isinstance(part, int) and part < len(found):
            inner = found[part]
        if inner is None:
            return None
        found = inner
    return found


def _plain(node: Node, route: Route, empty: list[Route]) -> Plain:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_item(item, (*route, index), empty) for index, item in enumerate(node.items)]
    return _map(node, route, empty)


def _item(node: Node, route: Route, empty: list[Route]) -> Plain:
    if _is_empty(node):
        empty.append(route)
    return _plain(node, route, empty)


def _map(node: Mapping, route: Route, empty: list[Route]) -> Plain:
    values: dict[str, Plain] = {}
    for key, value in node.entries:
        name = key.text
        if name.startswith("x-") or name in values:
            continue
        if _is_empty(value):
            empty.append((*route, name))
        else:
            values[name] = _plain(value, (*route, name), empty)
    return values


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and node.style == "plain"
