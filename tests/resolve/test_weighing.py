"""The weighed log in small numbers: distances, orders, proofs, and what is shown apart from the rest."""

from __future__ import annotations

import pytest

from postmortem.resolve.rulings import Ruled, Rulings
from postmortem.resolve.timeline import Distance, Step
from postmortem.resolve.weighing import Between, Weighed
from tests.resolve.test_random_networks import Net, Told, weighed
from tests.resolve.test_resolve import MINUTE, Resolved

OPEN = Rulings({0: Ruled((), "")}, frozenset(), ())


def net(*told: Told, ended: frozenset[int] = frozenset(), rulings: Rulings | None = None) -> Weighed:
    return weighed(Net(1 + max(one.event for one in told), (), told, ended), rulings)


def step(number: int, event: int) -> Step:
    """Return the step of a proof that is statement ``number``, made of ``event``."""
    return Step(("told", number), "", (), f"e{event}")


def test_an_event_is_at_no_distance_from_itself_and_that_is_no_middle_of_anything() -> None:
    log = Resolved("- {id: x, at: 18:00 to 18:30, what: W.}")
    assert log["x"].at.named is False
    assert log.apart("x", "x") == Distance(0, 0, 0, (), (), named=True)


def test_a_distance_is_proved_from_the_first_to_the_second() -> None:
    result = net(
        Told(0, 0, "0", (("zero", 0, 100),), ()),
        Told(1, 1, "1", (("0", 3, 4),), ()),
        Told(2, 2, "2", (("1", 5, 6),), ()),
    )
    proof = (step(1, 1), step(2, 2))
    assert result.distance(1, 3) == Distance(8, 10, 8, proof, proof, named=True)
    proof = (step(2, 2), step(1, 1))
    assert result.distance(3, 1) == Distance(-10, -8, -8, proof, proof, named=True)


def test_between_two_that_nobody_dates_lies_the_middle_of_their_bounds() -> None:
    apart = net(Told(0, 1, "1", (("0", 3, 8),), ())).distance(1, 2)
    assert (apart.low, apart.high, apart.nominal, apart.named) == (3, 8, 5, False)


def test_a_nominal_distance_is_moved_into_its_bounds_and_is_named_no_more() -> None:
    log = Resolved("""
        - {id: x, at: 18:20 ±5m, what: W.}
        - {id: y, at: "18:18 ±5m, at least 5m after x", what: W.}
    """)
    there, back = log.apart("x", "y"), log.apart("y", "x")
    assert (there.low, there.nominal, there.named) == (5 * MINUTE, 5 * MINUTE, False)
    assert (back.high, back.nominal, back.named) == (-5 * MINUTE, -5 * MINUTE, False)


def test_a_distance_is_named_where_both_its_ends_are() -> None:
    log = Resolved("""
        - {id: x, at: 18:00, what: W.}
        - {id: y, at: 18:10 to 18:20, what: W.}
        - {id: z, at: 18:30, what: W.}
    """)
    named = {(u, v) for u in "xyz" for v in "xyz" if u != v and log.apart(u, v).named}
    assert named == {("x", "z"), ("z", "x")}


def test_a_proof_goes_on_past_a_span_that_nobody_states() -> None:
    result = net(
        Told(0, 0, "0", (("zero", 10, 11),), ()),
        Told(1, 1, "1", (("0.end", 5, None),), ()),
        ended=frozenset({0}),
    )
    assert result.bounds(2).proof_earliest == (step(0, 0), step(1, 1))


def test_a_proof_over_what_covers_several_claims_goes_on_past_such_a_span_too() -> None:
    result = net(
        Told(0, 1, "1", (("zero", 30, 31),), ()),
        Told(1, 0, "0", (("1.end", 5, None), ("zero", None, 50)), ()),
        Told(2, 0, "0", (("zero", 90, 95),), ()),
        Told(3, 2, "2", (("0", 7, None),), ()),
        ended=frozenset({1}),
        rulings=OPEN,
    )
    assert result.ranges[3] == (42, None)
    assert result.bounds(3).proof_earliest == (step(0, 1), step(1, 0), step(3, 2))


def test_a_statement_that_is_two_steps_of_a_proof_is_told_once() -> None:
    told = (Told(1, 0, "0", (("zero", 5, 6), ("1", 0, None)), ("s0",)),)
    result = weighed(Net(2, (("s0", 90, 91),), told, frozenset()))
    assert result.bounds(3).proof_latest == (
        Step(("sources", "s0", "clock"), "", ("s0",), None),
        Step(("told", 0), "", ("s0",), "e0"),
    )


def test_what_was_left_out_names_no_time() -> None:
    result = net(Told(0, 0, "0", (("zero", 0, 10),), ()), Told(1, 0, "0", (("zero", 40, 40),), ()))
    assert result.nominals[1] == (0, True)


def apart() -> Weighed:
    """Return a log that contradicts a claim on event 0: by the others it is at 30 at the latest."""
    return net(
        Told(0, 1, "1", (("zero", 50, 50), ("0", 20, None)), ()),
        Told(1, 0, "0", (("zero", 40, 41),), ()),
        Told(2, 0, "0", (("zero", 10, 11),), ()),
        Told(3, 2, "2", (("zero", 60, 70),), ()),
        Told(4, 3, "3", (("zero", None, 5),), ()),
        Told(5, 4, "4", (("zero", 90, None),), ()),
        Told(6, 5, "5", (("zero", 41, 42),), ()),
        Told(7, 6, "6", (("zero", 35, 36),), ()),
        Told(8, 7, "7", (("0", None, -1),), ()),
        Told(9, 8, "8", (("zero", 20, 30),), ()),
        rulings=OPEN,
    )


FIRST, LAST = step(2, 0), step(1, 0)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (0, 2, Distance(19, 60, 35, (LAST, step(3, 2)), (FIRST, step(3, 2)))),
        (2, 0, Distance(-60, -19, -35, (step(3, 2), FIRST), (step(3, 2), LAST))),
        (0, 3, Distance(None, -5, None, (), (FIRST, step(4, 3)))),
        (3, 0, Distance(5, None, None, (step(4, 3), FIRST), ())),
        (0, 4, Distance(49, None, 65, (LAST, step(5, 4)), ())),
        (4, 0, Distance(None, -49, -65, (), (step(5, 4), LAST))),
        (0, 6, Distance(-6, 26, 10, (LAST, step(7, 6)), (FIRST, step(7, 6)))),
    ],
)
def test_what_is_shown_apart_is_as_far_from_others_as_its_own_claims_say(
    first: int, second: int, expected: Distance
) -> None:
    result = apart()
    assert result.ranges[1] == (10, 41)
    assert result.distance(1 + first, 1 + second) == expected


@pytest.mark.parametrize(
    ("first", "second", "sure"),
    [
        (0, 2, True),
        (2, 0, False),
        (0, 5, True),
        (0, 3, False),
        (3, 0, True),
        (0, 4, True),
        (4, 0, False),
        # By the others it would be before 6 and after 7, whose times leave both open.
        (0, 6, False),
        (7, 0, False),
        (8, 0, False),
        (6, 2, True),
    ],
)
def test_what_is_shown_apart_is_before_others_where_its_own_claims_say_so(
    first: int, second: int, sure: bool
) -> None:
    assert apart().surely_before(1 + first, 1 + second) is sure


def test_beside_what_is_shown_apart_events_are_listed_as_claims_say() -> None:
    log = Resolved("""
        - {id: a, at: 18:00, what: W.}
        - {id: x, at: a + 30m, what: W., ruling: {open: true, because: Nobody knows.}}
        - {id: b, at: "18:10, after x", what: W.}
        - {id: c, at: about 18:22, what: W.}
        - {id: d, at: "18:16 to 18:24, after c", what: W.}
    """)
    assert [key for key, _ in log.order()] == ["a", "b", "c", "d", "x"]


def test_nothing_is_known_of_how_far_away_an_end_is_that_nobody_speaks_of() -> None:
    log = Resolved("- {id: x, at: 18:00, what: W.}\n- {id: y, at: 18:10, what: W.}")
    assert log.apart("x", "y.end") == log.apart("x.end", "y") == Distance(None, None, None)


def test_a_distance_is_reckoned_once() -> None:
    between = Between(net(Told(0, 1, "1", (("0", 3, 8),), ())))
    assert between.between((0, False), (1, False)) is between.between((0, False), (1, False))
