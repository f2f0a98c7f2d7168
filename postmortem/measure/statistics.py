"""Statistics over rows of numbers in a window with uncertain ends: every window they allow counts."""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from postmortem.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Number: TypeAlias = int | float
Bounds: TypeAlias = tuple[Number, Number]
Curve: TypeAlias = "Callable[[int], Number]"
"""A value over row numbers."""


@record
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
    if of.core == of.reach:
        return _one_window(lows, highs, of, exact_sum)
    low = _steepest([-value for value in lows], of)
    high = _steepest(highs, of)
    return exact_sum(lows, *low), exact_sum(highs, *high)


def mean(lows: Sequence[Number], highs: Sequence[Number], of: Window) -> Bounds:
    """Return the bounds of the mean of the values, each row counting alike."""
    if of.core == of.reach:
        return _one_window(lows, highs, of, exact_mean)
    low = _best_mean([-value for value in lows], of)
    high = _best_mean(highs, of)
    return exact_mean(lows, *low), exact_mean(highs, *high)


def percentile(lows: Sequence[Number], highs: Sequence[Number], of: Window, percent: int) -> Bounds:
    """Return bounds of a percentile by nearest rank: the least value that so many in a hundred do not exceed.

    The rows that only some windows hold are taken in any choice, so the bounds may be wider than the
    windows alone would make them; they are never narrower.
    """
    if not of.core:
        return min(_part(lows, of.reach)), max(_part(highs, of.reach))
    least = sorted(_part(lows, of.core))
    most = least if lows is highs else sorted(_part(highs, of.core))
    return _lowest_rank(least, _beside(lows, of), percent), _highest_rank(most, _beside(highs, of), percent)


def _one_window(
    lows: Sequence[Number],
    highs: Sequence[Number],
    of: Window,
    figure: Callable[[Sequence[Number], int, int], Number],
) -> Bounds:
    low = figure(lows, of.core.start, of.core.stop)
    return low, low if lows is highs else figure(highs, of.core.start, of.core.stop)


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


def _beside(values: Sequence[Number], of: Window) -> list[Number]:
    """Return, in order of size, the values of the rows that some windows hold and others do not."""
    before, after = values[of.reach.start : of.core.start], values[of.core.stop : of.reach.stop]
    return sorted([*before, *after])


def _lowest_rank(core: Sequence[Number], others: Sequence[Number], percent: int) -> Number:
    """Return the lowest percentile over the core and any choice of the others (both in order of size).

    To add a value below the percentile never raises it, to add one that is not below never lowers it: so
    the choice is the least ones, up to the first that is not below the percentile they lead to.
    """

    def found(taken: int) -> Number:
        return _ranked(core, others[:taken], rank_of(len(core) + taken, percent))

    return found(bisect_left(range(len(others)), True, key=lambda row: others[row] >= found(row)))


def _highest_rank(core: Sequence[Number], others: Sequence[Number], percent: int) -> Number:
    """Return the highest percentile over the core and any choice of the others: the largest ones, alike."""
    size = len(others)

    def found(taken: int) -> Number:
        return _ranked(core, others[size - taken :], rank_of(len(core) + taken, percent))

    return found(bisect_left(range(size), True, key=lambda row: others[size - 1 - row] <= found(row)))


def rank_of(size: int, percent: int) -> int:
    """Return which of so many values, from 1, is their percentile by nearest rank."""
    return -(-size * percent // 100)


def _ranked(one: Sequence[Number], other: Sequence[Number], rank: int) -> Number:
    """Return the value of that rank (from 1) in two rows together, each in order of size."""
    low, high = max(0, rank - len(other)), min(rank, len(one))
    while low < high:  # how many of the one are among the first ``rank``
        taken = (low + high) // 2
        if one[taken] < other[rank - taken - 1]:
            low = taken + 1
        else:
            high = taken
    left = one[low - 1] if low else other[rank - 1]
    return left if low == rank or not low else max(left, other[rank - low - 1])
