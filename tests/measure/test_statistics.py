"""Statistics over uncertain windows, against every window tried one by one."""

from __future__ import annotations

from fractions import Fraction
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.measure import statistics
from postmortem.measure.area import area

values = st.lists(st.one_of(st.integers(-9, 9), st.floats(-9, 9)), min_size=1, max_size=9)


def nearest_rank(ordered: list[float], percent: int) -> float:
    """The least value that at least so many in a hundred do not exceed, by counting."""
    return next(one for one in ordered if 100 * sum(v <= one for v in ordered) >= percent * len(ordered))


@st.composite
def windows(draw: st.DrawFn) -> tuple[list[float], list[float], list[tuple[int, int]], statistics.Window]:
    """Lows, highs, every window there is, and the window as it is handed over."""
    lows = draw(values)
    highs = [low + draw(st.integers(0, 3)) for low in lows] if draw(st.booleans()) else lows
    size = len(lows)
    first = sorted([draw(st.integers(0, size)), draw(st.integers(0, size))])
    last = sorted([draw(st.integers(0, size)), draw(st.integers(0, size))])
    starts, stops = range(first[0], first[1] + 1), range(last[0], last[1] + 1)
    every = [(i, j) for i in starts for j in stops if i < j]
    found = statistics.window(starts, stops)
    if found is None:
        assert not every
        starts, stops = range(1), range(size, size + 1)
        every, found = [(0, size)], statistics.window(starts, stops)
    assert found is not None
    return lows, highs, every, found


@given(windows())
def test_extremes_and_sums_are_those_of_the_windows(drawn: tuple[Any, ...]) -> None:
    lows, highs, every, window = drawn
    assert statistics.largest(lows, highs, window) == (
        min(max(lows[i:j]) for i, j in every),
        max(max(highs[i:j]) for i, j in every),
    )
    assert statistics.least(lows, highs, window) == (
        min(min(lows[i:j]) for i, j in every),
        max(min(highs[i:j]) for i, j in every),
    )
    low, high = statistics.total(lows, highs, window)
    assert low == pytest.approx(float(min(sum(map(Fraction, lows[i:j])) for i, j in every)), abs=1e-9)
    assert high == pytest.approx(float(max(sum(map(Fraction, highs[i:j])) for i, j in every)), abs=1e-9)


@given(windows())
def test_means_are_those_of_the_windows(drawn: tuple[Any, ...]) -> None:
    lows, highs, every, window = drawn
    low, high = statistics.mean(lows, highs, window)
    assert low == pytest.approx(min(fmean(lows[i:j]) for i, j in every), abs=1e-9)
    assert high == pytest.approx(max(fmean(highs[i:j]) for i, j in every), abs=1e-9)


@given(windows(), st.sampled_from([50, 95]))
def test_percentiles_hold_every_window(drawn: tuple[Any, ...], percent: int) -> None:
    lows, highs, every, window = drawn
    low, high = statistics.percentile(lows, highs, window, percent)
    found = [nearest_rank(sorted(lows[i:j]), percent) for i, j in every]
    upper = [nearest_rank(sorted(highs[i:j]), percent) for i, j in every]
    assert low <= min(found)
    assert max(upper) <= high
    if len(every) == 1:
        assert (low, high) == (found[0], upper[0])


@given(windows(), st.sampled_from([50, 95]))
def test_percentile_bounds_are_those_of_the_worst_choices(drawn: tuple[Any, ...], percent: int) -> None:
    lows, _, _, window = drawn
    if window.core:
        core = lows[window.core.start : window.core.stop]
        rest = sorted(
            lows[window.reach.start : window.core.start] + lows[window.core.stop : window.reach.stop]
        )
        least = min(nearest_rank(sorted(core + rest[:taken]), percent) for taken in range(len(rest) + 1))
        most = max(nearest_rank(sorted(core + rest[taken:]), percent) for taken in range(len(rest) + 1))
        assert statistics.percentile(lows, lows, window, percent) == (least, most)


@pytest.mark.parametrize(
    ("row", "percent", "expected"),
    [
        ([5], 50, 5),
        ([1, 2], 50, 1),
        ([1, 2, 3], 50, 2),
        ([1, 2, 3, 4], 50, 2),
        (list(range(1, 101)), 95, 95),
        (list(range(1, 21)), 95, 19),
        (list(range(1, 20)), 95, 19),
        ([7, 7, 9], 95, 9),
    ],
)
def test_percentile_by_nearest_rank(row: list[int], percent: int, expected: int) -> None:
    window = statistics.window(range(1), range(len(row), len(row) + 1))
    assert window is not None
    assert statistics.percentile(row[::-1], row[::-1], window, percent) == (expected, expected)


def test_whole_numbers_stay_whole() -> None:
    window = statistics.window(range(1), range(3, 4))
    assert window is not None
    big = [10**17 + 1, 1, 1]
    assert statistics.total(big, big, window) == (10**17 + 3, 10**17 + 3)
    assert statistics.mean([2, 2, 2], [2, 2, 2], window) == (2, 2)
    assert isinstance(statistics.mean([2, 2, 2], [2, 2, 2], window)[0], int)
    whole = statistics.window(range(1), range(10, 11))
    assert whole is not None
    assert statistics.total([0.1] * 10, [0.1] * 10, whole) == (1, 1)


def under(times: list[int], row: list[int], start: int, stop: int) -> Fraction:
    """The area by the definition: segment by segment, exactly."""
    total = Fraction(0)
    for (t, v), (u, w) in zip(
        zip(times, row, strict=True), zip(times[1:], row[1:], strict=True), strict=False
    ):
        a, b = max(t, start), min(u, stop)
        if a < b:
            line = [v + Fraction((w - v) * (x - t), u - t) for x in (a, b)]
            total += (line[0] + line[1]) / 2 * (b - a)
    return total


@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=5, unique=True).map(sorted),
    st.data(),
)
def test_areas_are_those_of_every_window(times: list[int], data: st.DataObject) -> None:
    row = [data.draw(st.integers(-4, 6)) for _ in times]
    a, b = (sorted(data.draw(st.tuples(st.integers(-2, 14), st.integers(-2, 14)))) for _ in range(2))
    start, stop = range(a[0], a[1] + 1), range(b[0], b[1] + 1)
    every = [under(times, row, i, j) for i in start for j in stop if i <= j]
    found = area(times, row, row, start, stop)
    if found is None:
        assert not any(every)
        return
    assert found[0] == pytest.approx(float(min(every)), abs=1e-9)
    assert found[1] == pytest.approx(float(max(every)), abs=1e-9)


def test_no_line_has_no_area() -> None:
    assert area([5], [1], [1], range(1), range(9, 10)) is None
    assert area([5, 6], [1, 1], [1, 1], range(1), range(4, 5)) is None
    assert area([5, 6], [1, 1], [1, 1], range(7, 8), range(9, 10)) is None
    assert area([5, 6], [1, 1], [1, 1], range(9, 10), range(7, 8)) is None
    assert area([5, 7], [1, 3], [1, 5], range(5, 6), range(7, 8)) == (4, 6)
