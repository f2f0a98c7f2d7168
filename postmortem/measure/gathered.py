"""What comes together while one series is read: points as columns, and the rows that are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from operator import lt
from typing import TYPE_CHECKING

from postmortem.measure.metrics import Point
from postmortem.measure.rows import BadFile, BadRow, shown

if TYPE_CHECKING:
    from postmortem.measure.rows import Bounds, Number

MOST_BAD = 1_000
"""So many bad rows of a file are read past; then what is wrong is clear, and the rest is left unread."""


class BelowZero(BadRow):
    """A row whose value is below zero, which no gauge or counter is."""


@dataclass(slots=True)
class Gathered:
    """The rows of one series so far; lives no longer than its reading.

    ``wide`` holds the bounds of those values that are not exact, by their place in the columns;
    ``twice`` the numbers of rows that have one time and different values.
    """

    times: list[int] = field(default_factory=list)
    values: list[Number] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    wide: dict[int, Bounds] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    twice: list[tuple[int, int]] = field(default_factory=list)
    unusable: BadFile | None = None
    no_library: bool = False

    def add(self, number: int, at: int, value: Number, bounds: Bounds | None = None) -> None:
        """Take a row's time and value, with the value's bounds where it is not exact."""
        if value < 0:
            raise BelowZero(number, "value", f"is {shown(str(value))}")
        if bounds is not None and bounds != (value, value):
            self.wide[len(self.times)] = bounds
        self.times.append(at)
        self.values.append(value)
        self.numbers.append(number)

    def trouble(self, bad: BadRow) -> bool:
        """Keep a bad row, and tell whether there are now so many that reading on is of no use."""
        self.bad.append(bad.with_traceback(None))
        return len(self.bad) >= MOST_BAD

    def points(self) -> tuple[Point, ...]:
        """Return the points in order of time, as stable as written; of several at one time the first."""
        points = list(map(partial(tuple.__new__, Point), zip(*self._columns(), strict=True)))
        if all(map(lt, self.times, self.times[1:])):
            return tuple(points)
        order = sorted(range(len(points)), key=self.times.__getitem__)
        kept: list[int] = []
        for place in order:
            if not kept or self.times[kept[-1]] != self.times[place]:
                kept.append(place)
            elif points[kept[-1]] != points[place]:
                self.twice.append((self.numbers[kept[-1]], self.numbers[place]))
        return tuple(points[place] for place in kept)

    def _columns(self) -> tuple[list[int], list[Number], list[Number], list[Number]]:
        lows = highs = self.values
        if self.wide:
            lows, highs = list(lows), list(highs)
            for place, (low, high) in self.wide.items():
                lows[place], highs[place] = low, high
        return self.times, self.values, lows, highs
