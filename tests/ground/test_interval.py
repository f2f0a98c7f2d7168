"""Interval arithmetic holds every true result, and is exact where numbers are whole."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from postmortem.ground.interval import (
    EVERYTHING,
    Interval,
    add,
    clamp,
    divide,
    exact,
    hull,
    intersect,
    interval,
    multiply,
    plain,
    point,
    scale,
    subtract,
)

numbers = st.one_of(
    st.integers(-50, 50), st.integers(), st.fractions(), st.floats(allow_nan=False, allow_infinity=False)
).map(exact)
ends = st.one_of(st.none(), numbers)


@st.composite
def holding(draw: st.DrawFn) -> tuple[Interval, int | Fraction]:
    """An interval and a number in it."""
    inside = draw(numbers)
    low, high = draw(ends), draw(ends)
    return (
        Interval(None if low is None else min(low, inside), None if high is None else max(high, inside)),
        inside,
    )


def holds(one: Interval | None, number: int | Fraction) -> bool:
    return (
        one is not None
        and (one.low is None or one.low <= number)
        and (one.high is None or number <= one.high)
    )


@given(holding(), holding())
def test_every_true_result_is_inside(
    first: tuple[Interval, int | Fraction], second: tuple[Interval, int | Fraction]
) -> None:
    (x, a), (y, b) = first, second
    assert holds(add(x, y), a + b)
    assert holds(subtract(x, y), a - b)
    assert holds(multiply(x, y), a * b)
    assert holds(hull(x, y), a)
    assert holds(hull(x, y), b)
    assert holds(scale(x, b), a * b)
    if b != 0:
        assert holds(divide(x, y), Fraction(a) / Fraction(b))


@given(holding(), holding())
def test_what_both_hold_is_in_the_intersection_and_nothing_else(
    first: tuple[Interval, int | Fraction], second: tuple[Interval, int | Fraction]
) -> None:
    (x, a), (y, _) = first, second
    assert holds(intersect(x, y), a) == holds(y, a)


@given(numbers, numbers, numbers, numbers)
def test_bounded_results_are_reached_at_the_ends(
    a: int | Fraction, b: int | Fraction, c: int | Fraction, d: int | Fraction
) -> None:
    x, y = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    products = [p * q for p in (a, b) for q in (c, d)]
    assert multiply(x, y) == interval(min(products), max(products))
    assume(min(c, d) > 0 or max(c, d) < 0)
    quotients = [Fraction(p) / Fraction(q) for p in (a, b) for q in (c, d)]
    assert divide(x, y) == interval(min(quotients), max(quotients))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((1, 2), (0, 0), None),
        ((1, 2), (0, 4), (Fraction(1, 4), None)),
        ((1, 2), (-4, 0), (None, Fraction(-1, 4))),
        ((-2, -1), (0, 4), (None, Fraction(-1, 4))),
        ((-1, 2), (0, 4), (None, None)),
        ((1, 2), (-1, 1), (None, None)),
        ((0, 0), (-1, 1), (0, 0)),
        ((0, 0), (0, None), (0, 0)),
        ((1, 2), (4, None), (0, Fraction(1, 2))),
        ((1, None), (2, 4), (Fraction(1, 4), None)),
        ((None, -1), (2, 4), (None, Fraction(-1, 4))),
        ((1, None), (None, -2), (None, 0)),
        ((100_000, 130_000), (50_000, 50_000), (2, Fraction(13, 5))),
    ],
)
def test_division(one: tuple[Any, ...], other: tuple[Any, ...], expected: tuple[Any, ...] | None) -> None:
    quotient = divide(Interval(*one), Interval(*other))
    assert quotient == (None if expected is None else Interval(*expected))


def test_unbounded_operands() -> None:
    assert add(Interval(1, None), Interval(None, 2)) == EVERYTHING
    assert subtract(Interval(1, None), Interval(None, 2)) == Interval(-1, None)
    assert multiply(Interval(1, None), Interval(-1, 2)) == EVERYTHING
    assert multiply(EVERYTHING, point(0)) == point(0)
    assert scale(Interval(1, None), -2) == Interval(None, -2)
    assert hull(Interval(1, None), Interval(-3, 0)) == Interval(-3, None)
    assert intersect(Interval(1, None), Interval(None, 0)) is None
    assert intersect(Interval(1, None), Interval(None, 1)) == point(1)


def test_whole_numbers_stay_whole_and_decimals_are_what_they_say() -> None:
    total = add(interval(0.1, 0.5), interval(0.2, 0.5))
    assert total == Interval(Fraction(3, 10), 1)
    assert type(total.high) is int
    huge = multiply(point(10**30 + 1), point(3))
    assert huge.low == 3 * 10**30 + 3
    assert plain(exact(0.3)) == 0.3
    assert plain(exact(2.0)) == 2
    assert type(plain(exact(2.0))) is int
    assert plain(Fraction(10**400, 3)) == pytest.approx(1.797e308, rel=1e-3)


@pytest.mark.parametrize("low", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_finite_is_refused(low: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        interval(low, None)


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot run"):
        Interval(2, 1)


def test_clamp_moves_to_the_nearest_end() -> None:
    assert [clamp(n, Interval(2, 5)) for n in (1, 3, 9)] == [2, 3, 5]
    assert clamp(9, Interval(2, None)) == 9


def test_a_whole_number_of_another_kind_becomes_an_int() -> None:
    assert type(exact(True)) is int
    assert exact(True) == 1
