"""Records behave as frozen dataclasses with slots do."""

from __future__ import annotations

import copy
import pickle
from typing import Generic, TypeVar

import pytest

from postmortem.ground.record import record, replace

T = TypeVar("T")


@record
class Pair:
    """Two things."""

    first: int
    second: str = "b"

    @property
    def both(self) -> str:
        return f"{self.first}{self.second}"


@record
class Box(Generic[T]):
    """One thing."""

    held: T


def test_born_by_place_by_name_and_by_default() -> None:
    assert Pair(1, "x") == Pair(second="x", first=1)
    assert Pair(1).both == "1b"
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Pair(1, "b", 3)  # type: ignore[call-arg]


def test_frozen_and_slotted() -> None:
    pair = Pair(1)
    for name in ("first", "third"):
        with pytest.raises(AttributeError):
            setattr(pair, name, 2)
    with pytest.raises(AttributeError):
        del pair.first
    assert not hasattr(pair, "__dict__")


def test_compared_hashed_and_shown_by_value() -> None:
    assert Pair(1) != Pair(2)
    assert Pair(1).__eq__((1, "b")) is NotImplemented
    assert len({Pair(1), Pair(1), Pair(2)}) == 2
    assert Box((1,)) == Box((1,))
    assert repr(Pair(1)) == "Pair(first=1, second='b')"
    assert Pair.__doc__ == "Two things."


def test_copies_changes_and_patterns() -> None:
    pair = Pair(1)
    assert replace(pair, second="z") == Pair(1, "z")
    assert copy.deepcopy(pair) == pickle.loads(pickle.dumps(pair)) == pair
    match pair:
        case Pair(first, second):
            assert (first, second) == (1, "b")
