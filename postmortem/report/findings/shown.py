"""One line of a log as a terminal shows it: made safe, cut to what can be read, its columns known."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import combining, east_asian_width

from postmortem.ground.terminal import clean

WIDEST = 120
"""Columns of a line that are shown; a longer one is cut around its mark."""

_BEFORE = 40
_TAB = "    "
_CUT = "..."


class Shown(NamedTuple):
    """A line shown; ``edges`` are the columns, from 0, of code points from ``cut_from`` on, and the end."""

    text: str
    edges: tuple[int, ...]
    cut_from: int = 0

    def columns(self, start: int, end: int) -> tuple[int, int]:
        """Return the columns of code points ``start`` to ``end``, inside what is shown."""
        last = len(self.edges) - 1
        first = self.edges[min(max(start - self.cut_from, 0), last)]
        return first, max(first, self.edges[min(max(end - self.cut_from, 0), last)])


def shown(line: str, start: int) -> Shown:
    """Return a line ready to show, cut so that code point ``start`` and what follows it are in sight."""
    if (
        len(line) <= WIDEST
        and line.isascii()
        and line.isprintable()
        and "::" not in line
        and "##" not in line
    ):
        return Shown(line, tuple(range(len(line) + 1)))
    cut_from = max(0, start - _BEFORE) if len(line) > WIDEST else 0
    cut_to = min(len(line), cut_from + WIDEST)
    lead = _CUT if cut_from else ""
    edges, column, cells = [len(lead)], len(lead), _cells(line[cut_from:cut_to])
    for cell in cells:
        column += sum(_width(letter) for letter in cell)
        edges.append(column)
    return Shown(f"{lead}{''.join(cells)}{_CUT if cut_to < len(line) else ''}", tuple(edges), cut_from)


def _cells(line: str) -> list[str]:
    """Return what is shown for each code point; a blank that breaks up a command goes with the next one."""
    whole, cells, at = clean(line, lines=True).replace("\n", "\\n"), [], 0
    for letter in line:
        cell = clean(letter, lines=True)
        begin = at
        if not whole.startswith(cell, at):
            at += 1
        at += len(cell)
        cells.append(_TAB if letter == "\t" else whole[begin:at])
    return cells


def _width(letter: str) -> int:
    if combining(letter) or letter in "\u200b\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1
