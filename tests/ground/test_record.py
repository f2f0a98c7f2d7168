"""Records behave as frozen dataclasses with slots do."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any, Generic, TypeVar

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


class Late:
    """A field that is made when it is first asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.kept = f"kept_{name}"

    def __get__(self, instance: Any, owner: type) -> str:
        if instance is None:
            return "unsaid"
        kept = getattr(instance, self.kept)
        return str(kept() if callable(kept) else kept)

    def __set__(self, instance: Any, value: Callable[[], str] | str) -> None:
        object.__setattr__(instance, self.kept, value)


@record
class Known:
    """A thing with a late field, a hash of its own and a judgement."""

    code: str
    told: Late = Late()
    number: int = 0

    def __hash__(self) -> int:
        return hash(self.code)

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(self.number)


def test_a_descriptor_keeps_its_place_and_tells_the_default() -> None:
    assert Known("a").told == "unsaid"
    late = Known("a", told=lambda: "said", number=1)
    assert late.told == "said"
    assert late == Known("a", "said", 1)
    assert late != Known("a", "other", 1)
    assert replace(late, code="b").told == "said"
    assert repr(late) == "Known(code='a', told='said', number=1)"
    with pytest.raises(AttributeError):
        late.code = "b"  # type: ignore[misc]


def test_a_class_may_judge_what_it_is_born_with_and_say_its_own_hash() -> None:
    assert hash(Known("a", number=1)) == hash("a")
    with pytest.raises(ValueError, match="-1"):
        Known("a", number=-1)
    with pytest.raises(ValueError, match="-1"):
        replace(Known("a"), number=-1)


def test_a_name_that_is_needed_stands_before_those_that_are_not() -> None:
    with pytest.raises(TypeError, match="follows one that has one"):

        @record
        class _Wrong:
            first: int = 0
            second: str  # type: ignore[misc]


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
