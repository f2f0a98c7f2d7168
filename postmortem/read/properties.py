"""Tags and anchors as they stand before a value, found in the text: events do not say where."""

from __future__ import annotations

import re
from typing import NamedTuple

from postmortem.ground.place import Span

_PROPERTY = re.compile(r"!<[^>\s]*>|[&!][^\s,\[\]{}]*")
_GAP = re.compile(r"(?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*+")


class Property(NamedTuple):
    """A tag or an anchor: what is written, and where."""

    text: str
    span: Span


def properties(
    body: str, place: tuple[int, int, int], signs: str
) -> tuple[list[Property], tuple[int, int, int]]:
    """Return the tags and anchors that begin at a place, and the place of what follows them.

    A place is an index into ``body``, a line and a column, the last two from 1. ``signs`` are those of the
    properties that the value has, each once: `!`, `&` or both; further ones belong to what stands inside it.
    """
    index, line, column = place
    found: list[Property] = []
    while (match := _PROPERTY.match(body, index)) and match.group()[0] in signs:
        signs = signs.replace(match.group()[0], "")
        width = len(match.group())
        found.append(Property(match.group(), Span(line, column, line, column + width)))
        gap = _GAP.match(body, match.end())
        between = gap.group() if gap else ""
        breaks = between.count("\n")
        line += breaks
        column = len(between) - between.rfind("\n") if breaks else column + width + len(between)
        index = match.end() + len(between)
    return found, (index, line, column)
