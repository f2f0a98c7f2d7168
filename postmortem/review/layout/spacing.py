"""Spacing inside lines: one blank after a colon, none at a line's end, short maps in the format's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from postmortem.ground.place import Route
from postmortem.read.nodes import Document, Mapping, Node, Scalar
from postmortem.read.nodes import Sequence as List
from postmortem.review.layout.key_order import key_order, ordered

_COLON = re.compile(r" *: +")
_END = re.compile(r"[ \t]+(?=\r?\n?\Z|\r\Z)")


class _Edit(NamedTuple):
    """What stands in a line (from 0) from a column to a column (from 0) is to be another text."""

    line: int
    start: int
    end: int
    text: str


def spaced(document: Document, lines: Sequence[str]) -> list[str]:
    """Return the lines (with their ends) of a document, each spaced as it should be."""
    new = list(lines)
    for edit in sorted(_edits(document.root, (), lines), reverse=True):
        line = new[edit.line]
        new[edit.line] = line[: edit.start] + edit.text + line[edit.end :]
    held = held_lines(document, lines)
    return [line if at in held else _END.sub("", line) for at, line in enumerate(new)]


def is_flow(node: Node, lines: Sequence[str]) -> bool:
    """Tell whether a map or list is written in braces or brackets."""
    return lines[node.span.line - 1][node.span.column - 1 : node.span.column] in ("{", "[")


def _edits(node: Node, route: Route, lines: Sequence[str]) -> Iterator[_Edit]:
    if isinstance(node, Scalar):
        return
    if is_flow(node, lines):
        if node.span.line == node.span.end_line:
            line, start, end = node.span.line - 1, node.span.column - 1, node.span.end_column - 1
            text = _flow(node, route, lines[line])
            if text != lines[line][start:end]:
                yield _Edit(line, start, end, text)
        return
    if isinstance(node, List):
        for at, item in enumerate(node.items):
            yield from _edits(item, (*route, at), lines)
        return
    for key, value in node.entries:
        if key.span.end_line == value.span.line:
            line, start, end = value.span.line - 1, key.span.end_column - 1, value.span.column - 1
            between = lines[line][start:end]
            if between != ": " and _COLON.fullmatch(between) and value.span[:2] != value.span[2:]:
                yield _Edit(line, start, end, ": ")
        yield from _edits(value, (*route, key.text), lines)


def _flow(node: Node, route: Route, line: str) -> str:
    """Return the text of a node in braces or brackets on one line, its maps in the format's order."""
    written = line[node.span.column - 1 : node.span.end_column - 1]
    if isinstance(node, Scalar):
        return written
    if isinstance(node, List):
        return _with(
            line, node, [(item, _flow(item, (*route, at), line)) for at, item in enumerate(node.items)]
        )
    order = key_order(route)
    pieces = [
        _with_value(line, key, value, _flow(value, (*route, key.text), line)) for key, value in node.entries
    ]
    stretches = [(key.span.column - 1, value.span.end_column - 1) for key, value in node.entries]
    if any(value.span[:2] == value.span[2:] for _, value in node.entries):
        return written  # what stands for nothing has no stretch of its own to move
    places = range(len(pieces)) if order is None else ordered([key.text for key, _ in node.entries], order)
    parts: list[str] = []
    at = node.span.column - 1
    for (start, end), place in zip(stretches, places, strict=True):
        parts += [line[at:start], pieces[place]]
        at = end
    return "".join([*parts, line[at : node.span.end_column - 1]])


def _with_value(line: str, key: Scalar, value: Node, text: str) -> str:
    return line[key.span.column - 1 : value.span.column - 1] + text


def _with(line: str, node: Node, inside: list[tuple[Node, str]]) -> str:
    parts: list[str] = []
    at = node.span.column - 1
    for part, text in inside:
        parts += [line[at : part.span.column - 1], text]
        at = part.span.end_column - 1
    return "".join([*parts, line[at : node.span.end_column - 1]])


def held_lines(document: Document, lines: Sequence[str]) -> set[int]:
    """Return the lines (from 0) whose ends belong to a text that goes on, and so are left as they are."""
    held: set[int] = set()
    stack: list[Node] = [document.root]
    while stack:
        one = stack.pop()
        if isinstance(one, Mapping):
            for entry in one.entries:
                stack += entry
        elif isinstance(one, List):
            stack += one.items
        else:
            held |= set(range(one.span.line - 1, one.span.end_line - 1))
            if one.style in ("literal", "folded"):
                held |= _last_of(one, lines)
    return held


def keeps_blanks(block: Scalar, lines: Sequence[str]) -> bool:
    """Tell whether a text is a block that keeps the blank lines after it (`|+`)."""
    header = lines[block.span.line - 1][block.span.column - 1 :].split("#", 1)[0]
    return block.style in ("literal", "folded") and "+" in header


def _last_of(block: Scalar, lines: Sequence[str]) -> set[int]:
    """Return the last line of a block of text, and lines of blanks after it, which may be part of it."""
    at = block.span.end_line - 1
    held = {at} if at > block.span.line - 1 else set()
    run: list[int] = []
    while at + 1 < len(lines) and not lines[at + 1].strip():
        at += 1
        run.append(at)
        if keeps_blanks(block, lines) or lines[at].strip("\r\n"):
            held.update(run)
    return held
