"""Interval arithmetic: closed intervals of exact numbers, where None is unbounded."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, TypeAlias

from postmortem.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

Exact: TypeAlias = "int | Fraction"
"""A number without rounding; whole numbers are always int."""
Extended: TypeAlias = "int | Fraction | float"
"""An exact number, or one of the two infinities, which only live inside this module."""


@record
class Interval:
    """All numbers from ``low`` to ``high``, both included; None is unbounded on that side.

    Made by `interval`, which takes any finite numbers. ValueError where ``low`` is above ``high``.
    """

    low: Exact | None
    high: Exact | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval cannot run from {self.low} down to {self.high}")


EVERYTHING = Interval(None, None)


def exact(number: int | float | Fraction) -> Exact:
    """Return the number without rounding; a float is the decimal it is written as (0.1 is one tenth).

    ValueError where it is not finite.
    """
    if type(number) is int:
        return number
    if isinstance(number, int):
        return int(number)
    from fractions import Fraction

    if isinstance(number, float):
        if not math.isfinite(number):
            raise ValueError(f"{number} is no number to reckon with")
        number = Fraction(repr(number))
    return number.numerator if number.denominator == 1 else number


def plain(number: Exact) -> int | float:
    """Return a whole number as int, any other as the nearest float (the largest one where none holds it)."""
    if isinstance(number, int):
        return number
    try:
        return float(number)
    except OverflowError:
        return sys.float_info.max if number > 0 else -sys.float_info.max


def interval(low: int | float | Fraction | None, high: int | float | Fraction | None) -> Interval:
    """Return the interval between two numbers; ValueError where they are out of order or not finite."""
    return Interval(None if low is None else exact(low), None if high is None else exact(high))


def point(number: int | float | Fraction) -> Interval:
    """Return the interval that holds one number only."""
    only = exact(number)
    return Interval(only, only)


def add(one: Interval, other: Interval) -> Interval:
    """Return all sums of a number of the one and a number of the other."""
    return Interval(_sum(one.low, other.low), _sum(one.high, other.high))


def subtract(one: Interval, other: Interval) -> Interval:
    """Return all differences of a number of the one less a number of the other."""
    return add(one, scale(other, -1))


def scale(one: Interval, factor: int | float | Fraction) -> Interval:
    """Return all numbers of the interval times ``factor``."""
    return multiply(one, point(factor))


def multiply(one: Interval, other: Interval) -> Interval:
    """Return all products of a number of the one and a number of the other."""
    return _between(_product(a, b) for a in _ends(one) for b in _ends(other))


def divide(one: Interval, other: Interval) -> Interval | None:
    """Return all quotients by the numbers of ``other`` that are not zero; None where it holds only zero.

    Where zero lies inside ``other`` the quotients have no bounds (two separate rays are not told apart);
    where zero is an end of it they are unbounded on one side only, if the dividend keeps its sign.
    """
    low, high = _ends(other)
    if low == high == 0:
        return None
    if low < 0 < high:
        return point(0) if one.low == one.high == 0 else EVERYTHING
    # Towards a zero end the reciprocal grows without bound, on the side the divisor lies on.
    first = -math.inf if high == 0 else _reciprocal(high)
    last = math.inf if low == 0 else _reciprocal(low)
    return _between(_product(a, b) for a in _ends(one) for b in (first, last))


def intersect(one: Interval, other: Interval) -> Interval | None:
    """Return what both hold, None where they do not overlap."""
    low = max(_ends(one)[0], _ends(other)[0])
    high = min(_ends(one)[1], _ends(other)[1])
    return _closed(low, high) if low <= high else None


def hull(one: Interval, other: Interval) -> Interval:
    """Return the smallest interval that covers both."""
    return _between((*_ends(one), *_ends(other)))


def clamp(number: Exact, into: Interval) -> Exact:
    """Return the number of the interval that is nearest to ``number``."""
    if into.low is not None and number < into.low:
        return into.low
    if into.high is not None and number > into.high:
        return into.high
    return number


def _ends(one: Interval) -> tuple[Extended, Extended]:
    return -math.inf if one.low is None else one.low, math.inf if one.high is None else one.high


def _closed(low: Extended, high: Extended) -> Interval:
    return Interval(
        None if isinstance(low, float) else exact(low),
        None if isinstance(high, float) else exact(high),
    )


def _between(ends: Iterable[Extended]) -> Interval:
    found = tuple(ends)
    return _closed(min(found), max(found))


def _sum(one: Exact | None, other: Exact | None) -> Exact | None:
    return None if one is None or other is None else exact(one + other)


def _product(one: Extended, other: Extended) -> Extended:
    if one == 0 or other == 0:
        return 0  # also against infinity: nothing times any number, however large, is nothing
    if isinstance(one, float) or isinstance(other, float):
        return math.inf if (one > 0) == (other > 0) else -math.inf
    return exact(one * other)


def _reciprocal(number: Extended) -> Extended:
    from fractions import Fraction

    if isinstance(number, int):
        return Fraction(1, number) if number not in (1, -1) else number
    return 0 if isinstance(number, float) else exact(1 / number)
