"""Statistics over rows of numbers in a window with uncertain ends: every window they allow counts."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Number: TypeAlias = int | float
Bounds: TypeAlias = tuple[Number, Number]
Curve: TypeAlias = "Callable[[int], Number]"
"""A value over row numbers."""


@dataclass(frozen=True, slots=True)
class Window:
    """Rows from ``i`` up to ``j`` (exclusive), for every i in ``starts`` and j in ``stops`` with i < j.

    Made by `window`; there is at least one such pair.
    """

    starts: range
    stops: range

    @property
    def core(self) -> range:
        """The rows that every window holds; empty where two windows may share none."""
        return range(self.starts[-1], self.stops[0])

    @property
    def reach(self) -> range:
        """The rows that some window holds."""
        return range(self.starts[0], self.stops[-1])


def window(starts: range, stops: range) -> Window | None:
    """Return the windows between two ranges of row numbers (ends included), None where none holds a row.

    Starts and stops that no window can have are left away.
    """
    if not starts or not stops or starts[0] >= stops[-1]:
        return None
    first, last = starts[0], stops[-1]
    return Window(range(first, min(starts[-1], last - 1) + 1), range(max(stops[0], first + 1), last + 1))


def largest(lows: Sequence[Number], highs: Sequence[Number], of: Window) -> Bounds:
    """Return the bounds of the largest value: that of the smallest window, that of the widest."""
    low = max(_part(lows, of.core)) if of.core else min(_part(lows, _singles(of)))
    return low, max(_part(highs, of.reach))


def least(lows: Sequence[Number], highs: Sequence[Number], of: Window) -> Bounds:
    """Return the bounds of the least value: that of the widest window, that of the smallest."""
    high = min(_part(highs, of.core)) if of.core else max(_part(highs, _singles(of)))
    return min(_part(lows, of.reach)), high


def total(lows: Sequence[Number], highs: Sequence[Number], of: Window) -> Bounds:
    """Return the bounds of the sum of the values."""
    low = _steepest([-value for value in lows], of)
    high = _steepest(highs, of)
    return exact_sum(lows, *low), exact_sum(highs, *high)


def mean(lows: Sequence[Number], highs: Sequence[Number], of: Window) -> Bounds:
    """Return the bounds of the mean of the values, each row counting alike."""
    low = _best_mean([-value for value in lows], of)
    high = _best_mean(highs, of)
    return exact_mean(lows, *low), exact_mean(highs, *high)


def percentile(lows: Sequence[Number], highs: Sequence[Number], of: Window, percent: int) -> Bounds:
    """Return bounds of a percentile by nearest rank.

    The rows that only some windows hold are taken in any choice, so the bounds may be wider than the
    windows alone would make them; they are never narrower.
    """
    low = _lowest_rank(lows, of, percent)
    if lows is highs and of.core == of.reach:
        return low, low
    return low, -_lowest_rank([-value for value in highs], of, percent, above=True)


def nearest_rank(ordered: Sequence[Number], percent: int, above: bool = False) -> Number:
    """Return the least value that at least ``percent`` in a hundred do not exceed.

    ``above`` for values in falling order with their signs turned.
    """
    rank = -(-len(ordered) * percent // 100)
    return ordered[len(ordered) - rank] if above else ordered[rank - 1]


def exact_sum(values: Sequence[Number], start: int, stop: int) -> Number:
    """Return the sum of the rows from ``start`` up to ``stop``: whole, or correctly rounded."""
    part = values[start:stop]
    whole = sum(part)
    return whole if isinstance(whole, int) else tidy(math.fsum(part))


def exact_mean(values: Sequence[Number], start: int, stop: int) -> Number:
    """Return the mean of the rows from ``start`` up to ``stop``."""
    return tidy(exact_sum(values, start, stop) / (stop - start))


def tidy(number: Number) -> Number:
    """Return a whole number as int where a float holds it exactly."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 2**53:
        return int(number)
    return number


def _singles(of: Window) -> range:
    """Return the rows that are a window of their own; without a core every window holds one of them."""
    return range(max(of.starts[0], of.stops[0] - 1), min(of.starts[-1], of.stops[-1] - 1) + 1)


def _part(values: Sequence[Number], rows: range) -> Sequence[Number]:
    return values if len(rows) == len(values) else values[rows.start : rows.stop]


def _steepest(values: Sequence[Number], of: Window) -> tuple[int, int]:
    """Return the window with the largest sum."""
    return _widest(list(accumulate(values, initial=0)).__getitem__, of)


def _best_mean(values: Sequence[Number], of: Window) -> tuple[int, int]:
    """Return the window with the largest mean (Dinkelbach: guess one, then look for a better window)."""
    sums = list(accumulate(values, initial=0))
    best = (of.starts[0], of.stops[-1])
    for _ in range(64):
        guess = (sums[best[1]] - sums[best[0]]) / (best[1] - best[0])
        found = _widest(_above(sums, guess), of)
        better = (sums[found[1]] - sums[found[0]]) / (found[1] - found[0])
        if found == best or better <= guess:
            break
        best = found
    return best


def _above(sums: Sequence[Number], guess: float) -> Curve:
    """Return the sums as they stand above what rows of the guessed mean would come to."""
    return lambda row: sums[row] - guess * row


def _widest(path: Curve, of: Window) -> tuple[int, int]:
    """Return the pair (i, j) of a window for which path(j) - path(i) is largest, in one walk."""
    start = of.starts[0]
    lowest = path(start)
    following = start + 1
    best, pair = -math.inf, (of.starts[0], of.stops[-1])
    for stop in of.stops:
        while following < stop and following <= of.starts[-1]:
            here = path(following)
            if here < lowest:
                start, lowest = following, here
            following += 1
        gain = path(stop) - lowest
        if gain > best:
            best, pair = gain, (start, stop)
    return pair


def _lowest_rank(values: Sequence[Number], of: Window, percent: int, above: bool = False) -> Number:
    """Return the lowest percentile over the core and any choice of the other rows.

    Adding a row below the percentile never raises it, adding one that is not below never lowers it: so
    the choice is the least rows, up to the first that is not below the percentile they lead to.
    """
    if not of.core:
        return min(_part(values, of.reach))
    core = sorted(_part(values, of.core))
    others = sorted([*values[of.reach.start : of.core.start], *values[of.core.stop : of.reach.stop]])

    def found(taken: int) -> Number:
        return nearest_rank(sorted(core + others[:taken]), percent, above)

    taken = bisect_left(range(len(others)), True, key=lambda row: others[row] >= found(row))
    return found(taken)
