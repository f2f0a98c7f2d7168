"""Blocks: the entries of a map or list as whole lines with their comments, and their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postmortem.ground.place import Route
from postmortem.read.nodes import Document, Mapping, Node, Scalar
from postmortem.read.nodes import Sequence as List
from postmortem.review.layout.key_order import key_order, ordered
from postmortem.review.layout.spacing import is_flow, keeps_blanks

_DASHES = re.compile(r"[- ]*\Z")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: the blank lines and comments that lead it, and its own lines."""

    lead: list[str]
    body: list[str]

    @property
    def commented(self) -> bool:
        return any(line.strip() for line in self.lead)


class _Stuck(Exception):
    """A block that is written in a way that keeps it from being moved."""


@dataclass(frozen=True, slots=True)
class Arranger:
    """Puts the lines of one document in order.

    ``held`` are lines (from 0) that belong to the text above them, though they may look blank;
    ``timeline`` is the order of events, None as written.
    """

    lines: Sequence[str]
    held: set[int]
    line_end: str
    timeline: Sequence[int] | None

    def whole(self, document: Document) -> list[str]:
        """Return all lines in order; what leads the first key of the log stays where it is."""
        root = document.root
        if not isinstance(root, Mapping) or is_flow(root, self.lines):
            return list(self.lines)
        if _keeps_blanks(root, self.lines):
            return list(self.lines)  # blank lines are part of a text there, and would join or leave it
        first = root.span.line - 1
        return [*self.lines[:first], *self._map(root, (), first, first, len(self.lines))]

    def _node(self, node: Node, route: Route, low: int, high: int) -> list[str]:
        """Return lines ``low`` to ``high`` (from 0, exclusive), in which a node is all that stands.

        Comments above the node may be among them, and those after it.
        """
        if isinstance(node, Scalar) or is_flow(node, self.lines):
            return list(self.lines[low:high])
        first = node.span.line - 1
        if isinstance(node, List):
            return self._list(node, route, low, first, high)
        floor = self._comments_above(first, low, node.span.column - 1)
        return [*self.lines[low:floor], *self._map(node, route, floor, first, high)]

    def _map(self, node: Mapping, route: Route, low: int, first: int, high: int) -> list[str]:
        try:
            return self._sorted_map(node, route, low, first, high)
        except _Stuck:
            return list(self.lines[low:high])

    def _sorted_map(self, node: Mapping, route: Route, low: int, first: int, high: int) -> list[str]:
        column = node.span.column - 1
        prefix = self.lines[first][:column]
        if not _DASHES.match(prefix) or any(key.span.column - 1 != column for key, _ in node.entries):
            raise _Stuck
        starts = [key.span.line - 1 for key, _ in node.entries]
        if any(self.lines[start][:column].strip(" ") for start in starts[1:]):
            raise _Stuck
        ends, tail = self._ends(starts, [value.span.end_line for _, value in node.entries], column, high)
        entries = []
        for at, (key, value) in enumerate(node.entries):
            lead_from = low if at == 0 else ends[at - 1]
            body = self._entry(value, (*route, key.text), starts[at], ends[at])
            body[0] = body[0][column:]
            entries.append(_Entry(list(self.lines[lead_from : starts[at]]), body))
        order = key_order(route)
        places = (
            list(range(len(entries))) if order is None else ordered([k.text for k, _ in node.entries], order)
        )
        if places[:1] != [0] and prefix.strip() and entries[places[0]].commented:
            places = list(range(len(entries)))  # a comment cannot stand before the dash that it belongs after
        return [*self._joined(entries, places, prefix, column), *self.lines[tail:high]]

    def _joined(self, entries: list[_Entry], places: list[int], prefix: str, column: int) -> list[str]:
        """Return the lines of entries in an order; the first one follows what leads the whole block."""
        moved = places[:1] != [0]
        spare: list[str] = []
        joined: list[str] = []
        for rank, place in enumerate(places):
            lead, body = entries[place].lead, entries[place].body
            if moved and rank == 0:
                blanks = _blanks(lead)
                spare, lead = lead[:blanks], lead[blanks:]
            elif moved and place == 0:
                lead = [*spare, *lead]
            joined += self._ended(lead)
            joined += self._ended([(prefix if rank == 0 else " " * column) + body[0], *body[1:]])
        return joined

    def _entry(self, value: Node, route: Route, start: int, end: int) -> list[str]:
        """Return the lines of an entry whose key is on line ``start``."""
        if value.span.line - 1 == start or isinstance(value, Scalar):
            return list(self.lines[start:end])
        return [self.lines[start], *self._node(value, route, start + 1, end)]

    def _list(self, node: List, route: Route, low: int, first: int, high: int) -> list[str]:
        try:
            return self._sorted_list(node, route, low, first, high)
        except _Stuck:
            return list(self.lines[low:high])

    def _sorted_list(self, node: List, route: Route, low: int, first: int, high: int) -> list[str]:
        column = node.span.column - 1
        if self.lines[first][:column].strip(" "):
            raise _Stuck  # a list in a list, on the dash of the other one
        starts: list[int] = []
        for item in node.items:
            starts.append(self._dash(starts[-1] + 1 if starts else first, item.span.line - 1, column))
        ends, tail = self._ends(starts, [item.span.end_line for item in node.items], column, high)
        floor = self._comments_above(first, low, column)
        entries = []
        for at, item in enumerate(node.items):
            lead = self.lines[floor if at == 0 else ends[at - 1] : starts[at]]
            entries.append(_Entry(list(lead), self._item(item, (*route, at), starts[at], ends[at])))
        places = list(range(len(entries)))
        if route == ("timeline",) and self.timeline is not None:
            places = list(self.timeline)
        joined: list[str] = []
        for rank, place in enumerate(places):
            # Blank lines between events belong to their places in the list, comments to the events.
            joined += self._ended(entries[rank].lead[: _blanks(entries[rank].lead)])
            joined += self._ended(entries[place].lead[_blanks(entries[place].lead) :])
            joined += self._ended(entries[place].body)
        return [*self.lines[low:floor], *joined, *self.lines[tail:high]]

    def _item(self, item: Node, route: Route, start: int, end: int) -> list[str]:
        if isinstance(item, Scalar) or is_flow(item, self.lines):
            return list(self.lines[start:end])
        first = item.span.line - 1
        if isinstance(item, List):
            return list(self.lines[start:end])
        return [*self.lines[start:first], *self._map(item, route, first, first, end)]

    def _dash(self, low: int, line: int, column: int) -> int:
        """Return the line of the dash of an item whose value begins on ``line``."""
        for at in range(line, low - 1, -1):
            if self.lines[at][column : column + 1] == "-" and not self.lines[at][:column].strip(" "):
                return at
        raise _Stuck

    def _ends(self, starts: list[int], values: list[int], column: int, high: int) -> tuple[list[int], int]:
        """Return where each entry ends, and where what follows the last one begins.

        Blank lines and comments no deeper than the entries lead the next one.
        """
        ends = []
        for at, after in enumerate([*starts[1:], high]):
            end = after
            low = max(values[at], starts[at] + 1)
            while end > low and self._leads(end - 1, column):
                end -= 1
            ends.append(end)
        return ends, ends[-1] if ends else high

    def _leads(self, line: int, column: int) -> bool:
        text = self.lines[line].strip()
        if line in self.held:
            return False
        if not text:
            return True
        indent = len(self.lines[line]) - len(self.lines[line].lstrip(" "))
        return text.startswith("#") and indent <= column

    def _comments_above(self, first: int, low: int, column: int) -> int:
        """Return the first of the comment lines right above line ``first``, not above ``low``."""
        while first > low and self.lines[first - 1].strip() and self._leads(first - 1, column):
            first -= 1
        return first

    def _ended(self, lines: list[str]) -> list[str]:
        """Give a line an end where it was the file's last and had none."""
        return [line if line.endswith(("\n", "\r")) else line + self.line_end for line in lines]


def _keeps_blanks(node: Node, lines: Sequence[str]) -> bool:
    """Tell whether a block of text in a node keeps the blank lines after it (`|+`)."""
    if isinstance(node, Scalar):
        return keeps_blanks(node, lines)
    inside = [value for _, value in node.entries] if isinstance(node, Mapping) else node.items
    return any(_keeps_blanks(one, lines) for one in inside)


def _blanks(lines: Sequence[str]) -> int:
    """Return how many blank lines stand at the beginning."""
    return next((at for at, line in enumerate(lines) if line.strip()), len(lines))
