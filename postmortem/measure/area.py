"""The area under the line through the points of a series, between two times that are uncertain."""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Number: TypeAlias = int | float


def area(
    times: Sequence[int], lows: Sequence[Number], highs: Sequence[Number], start: range, stop: range
) -> tuple[Number, Number] | None:
    """Return the bounds of the area under the line, in value times microseconds.

    The window starts at a time within ``start`` and stops at one within ``stop`` (microseconds), not before
    it starts; ``times`` rise strictly. Outside the points there is no line, so there is no area: None where
    no window meets the line.
    """
    if len(times) < 2 or start[0] > stop[-1] or stop[-1] < times[0] or start[0] > times[-1]:
        return None
    low, high = _extremes(times, lows, start, stop)
    if highs is not lows:
        high = _extremes(times, highs, start, stop)[1]
    return low / 2, high / 2


def _extremes(
    times: Sequence[int], values: Sequence[Number], start: range, stop: range
) -> tuple[Number, Number]:
    """Return twice the smallest and the largest area: there, both ends of the window are at a turn."""
    up_to = _doubled(times, values)
    least = most = None
    before: tuple[Number, Number] | None = None
    for at in sorted({*_turns(times, values, start), *_turns(times, values, stop)}):
        here = up_to(at)
        if at in start:
            before = (here, here) if before is None else (min(before[0], here), max(before[1], here))
        if at in stop and before is not None:
            least = here - before[1] if least is None else min(least, here - before[1])
            most = here - before[0] if most is None else max(most, here - before[0])
    return least or 0, most or 0


def _turns(times: Sequence[int], values: Sequence[Number], within: range) -> set[int]:
    """Return the times where the area can be extreme: ends, points, and where the line meets zero."""
    first, last = within[0], within[-1]
    begin, end = bisect_left(times, first), bisect_left(times, last + 1)
    found = {first, last, *times[begin:end]}
    for row in range(max(begin - 1, 0), min(end, len(times) - 1)):
        one, other = values[row], values[row + 1]
        if (one < 0) != (other < 0):
            crossing = times[row] + (times[row + 1] - times[row]) * one / (one - other)
            found.update(at for at in (math.floor(crossing), math.ceil(crossing)) if first <= at <= last)
    return found


def _doubled(times: Sequence[int], values: Sequence[Number]) -> Callable[[int], Number]:
    """Return the function from a time to twice the area under the line up to it: whole where values are."""
    steps = ((values[i] + values[i + 1]) * (times[i + 1] - times[i]) for i in range(len(times) - 1))
    sums = list(accumulate(steps, initial=0))

    def up_to(at: int) -> Number:
        if at <= times[0]:
            return 0
        row = bisect_left(times, at + 1) - 1
        part = at - times[row]
        if part == 0 or row == len(times) - 1:
            return sums[row]
        rise = (values[row + 1] - values[row]) * part / (times[row + 1] - times[row])
        return sums[row] + (2 * values[row] + rise) * part

    return up_to
