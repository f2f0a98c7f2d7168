"""Tags and anchors as they stand before a value, found in the text: events do not say where."""

from __future__ import annotations

import re
from typing import NamedTuple

from postmortem.ground.place import Span

_PROPERTY = re.compile(r"!<[^>\s]*>|[&!][^\s,\[\]{}]*")
_GAP = re.compile(r"(?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*")


class Property(NamedTuple):
    """A tag or an anchor: what is written, and where."""

    text: str
    span: Span


def properties(
    body: str, index: int, end: int, line: int, column: int
) -> tuple[list[Property], tuple[int, int, int]]:
    """Return the tags and anchors between ``index`` and ``end``, and index, line and column of what follows.

    ``line`` and ``column``, from 1, are the place of ``index``.
    """
    found: list[Property] = []
    while index < end and len(found) < 2:
        match = _PROPERTY.match(body, index, end)
        if match is None:
            break
        width = len(match.group())
        found.append(Property(match.group(), Span(line, column, line, column + width)))
        gap = _GAP.match(body, match.end(), end)
        after = gap.end() if gap else match.end()
        between = body[match.end() : after]
        breaks = between.count("\n")
        line += breaks
        column = len(between) - between.rfind("\n") if breaks else column + width + len(between)
        index = after
    return found, (index, line, column)
