"""One line of a log as a terminal shows it: made safe, cut to what can be read, its columns known."""

from __future__ import annotations

from typing import NamedTuple

from postmortem.ground.terminal import clean
from postmortem.report.terminal.columns import sizes, to_ascii

WIDEST = 120
"""Columns of a line that are shown where nothing says how many there are; a longer one is cut at its mark."""

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


def shown(line: str, start: int, widest: int = WIDEST, *, ascii_only: bool = False) -> Shown:
    """Return a line ready to show in at most ``widest`` columns, and three more where it is cut.

    What is cut leaves code point ``start``, from 0, and what follows it in sight.
    """
    if (
        len(line) <= widest
        and line.isascii()
        and line.isprintable()
        and "::" not in line
        and "##" not in line
    ):
        return Shown(line, tuple(range(len(line) + 1)))
    before = widest // 3
    # No more of a line is looked at than can be in sight: it may hold megabytes.
    begin = max(0, min(start, len(line)) - before) if len(line) > widest else 0
    cells = _cells(line[begin : begin + widest + before], ascii_only=ascii_only)
    wide = _widths(cells)
    first = 0
    if begin or sum(wide) > widest or begin + len(cells) < len(line):
        at = min(start - begin, len(cells))
        while sum(wide[first:at]) > before:
            first += 1
    last, used = first, 0
    while last < len(cells) and used + wide[last] <= widest:
        used += wide[last]
        last += 1
    lead = _CUT if begin + first else ""
    edges, column = [len(lead)], len(lead)
    for size in wide[first:last]:
        column += size
        edges.append(column)
    more = _CUT if begin + last < len(line) else ""
    return Shown(f"{lead}{''.join(cells[first:last])}{more}", tuple(edges), begin + first)


def _cells(line: str, *, ascii_only: bool) -> list[str]:
    """Return what is shown for each code point; a blank that breaks up a command goes with the next one."""
    whole, cells, at = clean(line, lines=True).replace("\n", "\\n"), [], 0
    for letter in line:
        cell = clean(letter, lines=True)
        begin = at
        if not whole.startswith(cell, at):
            at += 1
        at += len(cell)
        told = _TAB if letter == "\t" else whole[begin:at]
        cells.append(to_ascii(told) if ascii_only else told)
    return cells


def _widths(cells: list[str]) -> list[int]:
    """Return the columns that each cell adds to those before it."""
    each = iter(sizes("".join(cells)))
    return [sum(next(each) for _ in cell) for cell in cells]
