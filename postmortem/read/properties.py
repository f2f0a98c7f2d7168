"""Tags and anchors as they stand before a value, found in the text: events do not say where."""

from __future__ import annotations

import re
from typing import NamedTuple

from postmortem.ground.place import Span

_PROPERTY = re.compile(r"(!<[^>\s]*>|![^\s,\[\]{}]*|&[0-9A-Za-z_-]*)((?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*+)")
_TAG = re.compile(r"!\S*")
_OCTETS = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


class Property(NamedTuple):
    """A tag or an anchor: what is written, and where."""

    text: str
    span: Span


def is_utf8(tag: str) -> bool:
    """Tell whether the octets that a tag spells with `%` are UTF-8."""
    try:
        for found in _OCTETS.findall(tag):
            bytes.fromhex(found.replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def not_utf8(body: str, index: int) -> int:
    """Return where the first tag from ``index`` on begins whose octets are not UTF-8, else the text's end."""
    tags = (found for found in _TAG.finditer(body, index) if not is_utf8(found.group()))
    return next((found.start() for found in tags), len(body))


def properties(
    body: str, place: tuple[int, int, int], signs: str
) -> tuple[list[Property], tuple[int, int, int]]:
    """Return the tags and anchors that begin at a place, and the place of what follows them.

    A place is an index into ``body``, a line and a column, the last two from 1. ``signs`` are those of the
    properties that the value has, each once: `!`, `&` or both; further ones belong to what stands inside it.
    """
    index, line, column = place
    found: list[Property] = []
    while (match := _PROPERTY.match(body, index)) and body[index] in signs:
        text, between = match.groups()
        signs = signs.replace(text[0], "")
        width = len(text)
        found.append(Property(text, Span(line, column, line, column + width)))
        breaks = between.count("\n")
        line += breaks
        column = len(between) - between.rfind("\n") if breaks else column + width + len(between)
        index = match.end()
    return found, (index, line, column)
