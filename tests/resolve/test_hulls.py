"""Open starts and ends: the range that covers all claims, what it rests on, and in which order it is made."""

from __future__ import annotations

from postmortem.resolve.hulls import Hull, Opened, Reach
from postmortem.resolve.rulings import Ruled, Rulings
from postmortem.resolve.weighing import Weighed
from tests.resolve.test_random_networks import Net, Told, weighed
from tests.resolve.test_resolve import Resolved

OPEN = "{open: true, because: Nobody knows.}"


def resolved(*told: Told, ruled: tuple[int, ...] = (0,)) -> Weighed:
    """Weigh these statements, the rulings on those events being open; event n starts at point n + 1."""
    events = 1 + max(one.event for one in told)
    ended = frozenset(one.event for one in told if one.point.endswith(".end"))
    rulings = Rulings({event: Ruled((), "") for event in ruled}, frozenset(), ())
    return weighed(Net(events, (), told, ended), rulings)


def opened(*told: Told) -> Opened:
    """Return what is made of the claims on event 0."""
    found = resolved(*told).settlement.opened
    assert found is not None
    return found


def test_the_hull_of_claims_that_agree_with_the_rest() -> None:
    found = opened(
        Told(0, 0, "0", (("zero", 0, 1),), ()),
        Told(1, 0, "0", (("zero", 10, 11),), ()),
    )
    hull = Hull(Reach(0, (0,)), Reach(11, (1,)), True, (2, 3), (), 0)
    assert found == Opened({1: hull}, {2: (0,), 3: (1,)})


def test_claims_that_all_count_from_one_point_keep_their_distance_from_it() -> None:
    net = resolved(
        Told(0, 1, "1", (("zero", 100, 200),), ()),
        Told(1, 0, "0", (("zero", 0, 900), ("1", 10, 11)), ()),
        Told(2, 0, "0", (("zero", 0, 900), ("1", 30, 31)), ()),
    )
    assert net.settlement.opened == Opened(
        {1: Hull(Reach(110, (0, 1)), Reach(231, (0, 2)), True, (3, 4), (), 0)},
        # The distance from zero is in the hull; that from point 2 is what owners 5 and 6 stand for.
        {3: (0, 1), 4: (0, 2), 5: (1,), 6: (2,)},
    )
    apart = net.distance(2, 1)
    assert (apart.low, apart.high) == (10, 31)


def test_a_claim_that_the_rest_contradicts_is_shown_by_itself() -> None:
    net = resolved(
        Told(0, 1, "1", (("zero", 50, 50),), ()),
        Told(1, 0, "0", (("1", 0, None),), ()),
        Told(2, 0, "0", (("zero", 10, 11),), ()),
    )
    assert net.settlement.opened is not None
    assert net.settlement.opened.hulls == {1: Hull(Reach(10, (2,)), Reach(None), True, (3, 4), (), 0)}
    net = resolved(
        Told(0, 1, "1", (("zero", 50, 50), ("0", 20, None)), ()),
        Told(1, 0, "0", (("zero", 40, 41),), ()),
        Told(2, 0, "0", (("zero", 10, 11),), ()),
    )
    assert net.settlement.opened is not None
    assert net.settlement.opened.hulls == {1: Hull(Reach(10, (2,)), Reach(41, (1,)), False, (3, 4), (), 0)}
    # Point 2 leaves it no later than 30, but that is not what its claims say.
    assert net.ranges[1] == (10, 41)


def test_a_claim_whose_parts_contradict_each_other_covers_what_lies_between_them() -> None:
    around = (Told(0, 1, "1", (("zero", 50, 50),), ()), Told(1, 2, "2", (("zero", 10, 10),), ()))
    found = opened(
        *around,
        Told(2, 0, "0", (("1", 0, None), ("2", None, 0)), ()),
        Told(3, 0, "0", (("zero", 30, 30),), ()),
    )
    assert found.hulls == {1: Hull(Reach(10, (1, 2)), Reach(50, (0, 2)), False, (4, 5), (), 0)}


def test_a_claim_of_one_moment_is_proved_from_below_by_what_bounds_it_from_below() -> None:
    found = opened(
        Told(0, 1, "1", (("zero", 40, 40),), ()),
        Told(1, 2, "2", (("zero", 40, 40),), ()),
        Told(2, 3, "3", (("zero", 20, 20), ("0", 0, None)), ()),
        Told(3, 0, "0", (("1", 0, None), ("2", None, 0)), ()),
        Told(4, 0, "0", (("zero", 15, 16),), ()),
    )
    assert found.hulls == {1: Hull(Reach(15, (4,)), Reach(40, (1, 3)), False, (5, 6), (), 0)}


def test_the_earliest_of_a_claim_may_come_from_what_is_at_most_so_much_later() -> None:
    found = opened(
        Told(0, 1, "1", (("zero", 50, 60), ("0", None, 5)), ()),
        Told(1, 0, "0", (("zero", None, 47),), ()),
        Told(2, 0, "0", (("zero", 80, 90),), ()),
    )
    assert found.hulls[1].low == Reach(45, (0, 0))


def test_distances_that_cannot_all_be_kept_are_all_given_up() -> None:
    # Both claims are impossible by themselves: events 1 and 2 are too far apart.
    net = resolved(
        Told(0, 1, "1", (("zero", 0, 100),), ()),
        Told(1, 2, "2", (("zero", 500, 500),), ()),
        Told(2, 0, "0", (("1", 10, 11), ("2", 10, 11)), ()),
        Told(3, 0, "0", (("1", 20, 21), ("2", 30, 31)), ()),
        Told(4, 3, "3", (("0", 0, 0),), ()),
        Told(5, 4, "4", (("1", 1, 1),), ()),
        Told(6, 4, "4", (("1", 5, 5),), ()),
        ruled=(0, 4),
    )
    found = net.settlement.opened
    assert found is not None
    assert found.hulls == {
        1: Hull(Reach(111, (0, 2)), Reach(530, (1, 3)), False, (7, 8), (), 0),
        5: Hull(Reach(1, (0, 5)), Reach(105, (0, 6)), True, (11, 12), (), 0),
    }
    assert net.ranges[4] == (111, 530)


def test_an_open_end_is_not_before_its_start() -> None:
    found = opened(
        Told(0, 0, "0", (("zero", 30, 31),), ()),
        Told(1, 0, "0.end", (("zero", None, 40),), ()),
        Told(2, 0, "0.end", (("zero", 50, 60),), ()),
    )
    assert found.hulls[2].low == Reach(30, (0, -1))


def said_twice(name: str, *claims: str) -> str:
    """Return an event with claims of which nobody knows which hold."""
    said = ", ".join(f"{{at: '{claim}', source: nbc}}" for claim in claims)
    return f"- {{id: {name}, what: W., claims: [{said}], ruling: {OPEN}}}\n"


def test_what_others_count_from_is_opened_before_them_however_far_away_it_is() -> None:
    log = Resolved(
        said_twice("one", "x + 5m", "18:40", "18:45")
        + said_twice("two", "18:40", "18:45", "r + 5m")
        + said_twice("three", "18:50", "18:55", "q + 5m")
        + "- {id: q, at: 'after 18:00, r + 10m', what: W.}\n"
        + "- {id: r, at: 'after 18:00, x + 10m', what: W.}\n"
        + said_twice("x", "18:20", "18:30")
    )
    assert log.at("one")[:2] == ("18:25:00", "18:46:00")
    assert log.at("two")[:2] == ("18:35:00", "18:46:00")
    assert log.at("three")[:2] == ("18:45:00", "18:56:00")


def test_in_a_circle_what_the_first_counts_from_is_opened_first() -> None:
    log = Resolved(
        said_twice("p", "18:00", "19:00", "18:00 to 19:00, before q")
        + "- {id: r, at: 'after p, before q', what: W.}\n"
        + said_twice("q", "18:30", "18:40", "18:30 to 18:40, after p")
    )
    # Opened first, `q` is anywhere within its claims, and one claim on `p` does not agree with that.
    assert log.at("p")[:2] == ("18:00:00", "19:01:00")
    assert log.at("q")[:2] == ("18:30:00", "18:41:00")


def test_a_circle_beside_an_open_start_stands_in_nobodys_way() -> None:
    log = Resolved(
        said_twice("y", "r + 5m", "18:40", "18:45")
        + "- {id: r, at: 'after 18:00, s + 5m', what: W.}\n"
        + "- {id: s, at: 'before 18:10, r - 5m', what: W.}\n"
    )
    assert log.at("y")[:2] == ("18:05:00", "18:46:00")


def test_what_contradicts_and_is_left_out_does_not_say_what_is_opened_first() -> None:
    log = Resolved(
        said_twice("p", "18:00", "19:00", "w + 1h")
        + "- {id: r, at: 'after p, before q', what: W.}\n"
        + "- {id: w, at: 17:00, what: W., claims: [{at: 'q + 5h, 16:00'}]}\n"
        + said_twice("q", "18:30", "18:40")
    )
    assert log.codes == ["PM301"]
    assert log.at("p")[:2] == ("18:00:00", "18:41:00")
