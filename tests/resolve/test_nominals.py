"""Nominal values: whose word counts, what is a middle, and what is nobody's."""

from __future__ import annotations

import pytest

from postmortem.model.stated import Base, Bound
from postmortem.resolve.network import Link
from postmortem.resolve.nominals import Nominal, Range, nominals

Claimed = tuple[int, int | None, int | None, int | None]
"""The point counted from, low, high, nominal."""


def nominal(
    own: Range,
    *claims: Claimed,
    others: tuple[Range, ...] = (),
    clear: bool = True,
    hulls: tuple[int, ...] = (),
) -> Nominal:
    """Return the nominal of point 1 with these bounds and claims; ``others`` are the points from 2 on."""
    said = {
        1: [
            (Link(u, 1, low, high), Bound(Base("x") if u else None, low, high, named, 0, 0, named=clear))
            for u, low, high, named in claims
        ]
    }
    return nominals([(0, 0), own, *others], said, hulls)[1]


def test_zero_is_zero_and_what_nobody_dates_is_in_its_middle() -> None:
    assert nominals([(0, 0), (4, 9), (None, 9), (4, None)], {}, ()) == [
        Nominal(0, True),
        Nominal(6, False),
        Nominal(None, False),
        Nominal(None, False),
    ]


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        (5, Nominal(5, True)),
        (2, Nominal(2, True)),
        (8, Nominal(8, True)),
        (1, Nominal(2, False)),
        (9, Nominal(8, False)),
    ],
)
def test_a_claimed_value_is_moved_into_the_bounds_and_is_named_no_more(
    claimed: int, expected: Nominal
) -> None:
    assert nominal((2, 8), (0, 0, 10, claimed)) == expected


def test_where_there_is_no_bound_nothing_is_moved() -> None:
    assert nominal((None, 8), (0, None, 10, -7)) == Nominal(-7, True)
    assert nominal((2, None), (0, 0, None, 70)) == Nominal(70, True)


def test_the_narrowest_word_counts_with_the_width_of_what_it_counts_from() -> None:
    assert nominal((0, 90), (0, 0, 30, 10), (0, 15, 35, 20)) == Nominal(20, True)
    # Exactly ten after something five wide is wider than three.
    told: list[Claimed] = [(2, 10, 10, 10), (0, 15, 18, 16)]
    assert nominal((0, 90), *told, others=((3, 8),)).value == 16
    assert nominal((0, 90), *told, others=((3, 5),)).value == 14


def test_a_word_without_an_end_counts_least_and_the_earlier_of_two_alike() -> None:
    assert nominal((0, 90), (0, 0, None, 10), (0, 15, 85, 20)).value == 20
    assert nominal((0, 90), (0, None, 90, 10), (0, 15, 85, 20)).value == 20
    assert nominal((0, 90), (0, 10, 20, 12), (0, 5, 15, 11)).value == 11
    # Without an end they are all equally wide.
    assert nominal((0, 90), (0, 5, None, 12), (0, None, 15, 11)).value == 11
    assert nominal((0, 90), (0, 10, 10, 12), (0, 9, 10, 11)).value == 12


def test_a_value_counted_from_what_nobody_names_is_not_named() -> None:
    assert nominal((0, 90), (2, 10, 10, 10), others=((4, 8),)) == Nominal(16, False)
    assert nominal((0, 90), (0, 10, 10, 10), clear=False) == Nominal(10, False)


def test_a_word_counted_from_something_unknown_says_nothing() -> None:
    assert nominal((0, 90), (2, 10, 10, 10), others=((None, None),)) == Nominal(45, False)


def test_a_clock_time_that_comes_twice_has_no_middle() -> None:
    assert nominal((0, 90), (0, 10, 70, None)) == Nominal(None, False)
    assert nominal((0, 90), (0, 10, 70, None), (0, 10, None, None)) == Nominal(None, False)
    assert nominal((0, 90), (0, 10, 70, None), (0, 20, 30, 25)) == Nominal(25, True)
    # Not so what is only after a time, or between two times counted from an event.
    assert nominal((0, 90), (0, 10, None, None)) == Nominal(45, False)
    assert nominal((0, 90), (0, None, 70, None)) == Nominal(45, False)
    assert nominal((0, 90), (2, 10, 70, None), others=((0, 0),)) == Nominal(45, False)


def test_an_open_conflict_is_in_its_middle_whatever_is_claimed() -> None:
    assert nominal((0, 90), (0, 10, 10, 10), hulls=(1,)) == Nominal(45, False)


def test_what_names_nothing_does_not_stand_in_the_way_of_what_does() -> None:
    said = {
        1: [(Link(2, 1, 0, None), Bound(Base("x"), 0, None, None, 0, 0))],
        2: [(Link(1, 2, 10, 10), Bound(Base("y"), 10, 10, 10, 0, 0))],
    }
    assert nominals([(0, 0), (0, 20), (10, 40)], said, ())[1:] == [Nominal(10, False), Nominal(20, False)]
