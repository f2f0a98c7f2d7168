"""Which rulings can act, and which act on what one event's claims say before anything else is weighed."""

from __future__ import annotations

from typing import Any

import pytest

from postmortem.ground.place import Spot
from postmortem.model.build import understood
from postmortem.model.incident import Incident, claims_of
from postmortem.resolve.network import Link
from postmortem.resolve.rulings import Ruled, Rulings, can_settle, local_conflicts, rulings_of, said_of
from postmortem.resolve.statements import Aspect, Statement

Range = tuple[int | None, int | None]
OPEN = Ruled((), "unknown")
PREFERRED = Ruled(("a",), "It was there.")


def statement(event: int | None, aspect: Aspect = "at", *sources: str) -> Statement:
    return Statement(0, ("x",), "x", sources, event, aspect, ())


def conflicts(*claims: list[tuple[int, Range]], ruled: Ruled = OPEN, source: str = "b") -> bool:
    """Tell whether the claims of one event, each a list of (origin, range), conflict; the first is by a."""
    said = [statement(0, "at", source if number else "a") for number in range(len(claims))]
    links = [[Link(u, 9, low, high) for u, (low, high) in claim] for claim in claims]
    found = local_conflicts(Rulings({0: ruled}, frozenset(), ()), said, links)
    assert found <= {(0, "at")}
    return bool(found)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((1, 4), (5, 9), True),
        ((5, 9), (1, 4), True),
        ((1, 5), (5, 9), False),
        ((1, 9), (2, 3), False),
        ((None, 4), (5, None), True),
        ((5, None), (None, 4), True),
        ((None, 5), (5, None), False),
        ((None, None), (5, 9), False),
        ((None, 4), (None, 9), False),
        ((4, None), (9, None), False),
        ((1, 4), (5, None), True),
        ((6, 9), (None, 5), True),
    ],
)
def test_claims_conflict_that_share_no_moment(first: Range, second: Range, expected: bool) -> None:
    assert conflicts([(0, first)], [(0, second)]) is expected


def test_only_what_counts_from_the_same_point_conflicts_before_anything_is_weighed() -> None:
    assert not conflicts([(0, (1, 4))], [(1, (5, 9))])
    assert conflicts([(1, (1, 4)), (0, (1, 9))], [(2, (7, 8)), (1, (5, 9))])
    assert conflicts([(0, (1, 9))], [(0, (2, 8))], [(0, (8, 9))], [(0, (3, 7))])


def test_a_claim_that_contradicts_itself_does_not_contradict_others() -> None:
    itself: list[tuple[int, Range]] = [(0, (5, None)), (0, (None, 3)), (1, (2, 3))]
    assert not conflicts(itself, [(0, (1, 9))])
    assert not conflicts(itself, [(1, (7, 9))])
    assert conflicts(itself, [(0, (1, 4))], [(0, (6, 9))])


def test_a_ruling_acts_where_the_preferred_source_speaks_and_another_does() -> None:
    apart: list[list[tuple[int, Range]]] = [[(0, (1, 4))], [(0, (5, 9))]]
    assert conflicts(*apart, ruled=PREFERRED)
    assert not conflicts(*apart, ruled=PREFERRED, source="a")
    assert not conflicts(*apart, ruled=Ruled(("c",), ""))
    assert not can_settle(PREFERRED, [statement(0, "at", "a")])
    assert can_settle(PREFERRED, [statement(0, "at", "a", "b"), statement(0)])
    assert can_settle(OPEN, [statement(0)])
    assert not can_settle(OPEN, [])


def test_starts_and_ends_of_ruled_events_are_settled_each_for_itself() -> None:
    said = [statement(None, "at", "a"), statement(0), statement(1), statement(0, "end"), statement(0)]
    assert said_of(Rulings({0: OPEN}, frozenset(), ()), said) == {(0, "at"): [1, 4], (0, "end"): [3]}


def test_how_a_ruling_stands() -> None:
    assert (OPEN.status, PREFERRED.status) == ("open", "ruled")
    assert OPEN.keeps(())
    assert PREFERRED.keeps(("b", "a"))
    assert not PREFERRED.keeps(("b",))


def rulings(*events: dict[str, Any]) -> Rulings:
    log = understood(
        Incident,
        {
            "format": "postmortem/1",
            "title": "T",
            "status": "resolved",
            "sources": {"a": {"title": "A"}, "b": {"title": "B"}},
            "timeline": [{"what": "W.", **event} for event in events],
        },
    )
    return rulings_of(
        log,
        [
            (index, event, route, claim)
            for index, event in enumerate(log.timeline)
            for route, claim in claims_of(event, index)
        ],
    )


def test_each_ruling_is_taken_in_whatever_the_others_lack() -> None:
    found = rulings(
        {"source": "a"},
        {"ruling": {"because": "It says nothing."}},
        {"source": "b", "ruling": {"prefer": ["a", "b"], "because": "One is silent."}},
        {"ruling": {"prefer": "a", "because": "Nobody speaks."}},
        {"source": "b", "ruling": {"prefer": "nobody", "because": "Not declared."}},
        {"source": ["a", "b"], "ruling": {"prefer": "a", "because": "It was there."}},
        {"ruling": {"open": "true"}},
    )
    assert found.ruled == {5: Ruled(("a",), "It was there."), 6: Ruled((), "")}
    assert found.void == frozenset({2, 3, 4})
    assert isinstance(found.void, frozenset)
    assert isinstance(found.findings, tuple)
    assert [(one.at, one.message, one.help) for one in found.findings] == [
        (
            Spot(("timeline", 2, "ruling", "prefer", 0)),
            "the ruling prefers `a`, but no claim of this event cites it",
            "its claims cite `b`",
        ),
        (
            Spot(("timeline", 3, "ruling", "prefer", 0)),
            "the ruling prefers `a`, but no claim of this event cites it",
            "its claims cite no source",
        ),
    ]
