"""Shortest paths over a network that stays: who proves how far two points are apart, and what is sure."""

from __future__ import annotations

from postmortem.resolve.network import FAR, Link, Network
from postmortem.resolve.paths import Paths


def paths(points: int, *links: Link) -> Paths:
    """Return the paths of a network of links, each owned by its number."""
    network = Network(points)
    for owner, link in enumerate(links):
        assert network.add(owner, [link]) is None
    return Paths(network)


def test_a_point_is_unbounded_from_half_of_the_farthest_time_on() -> None:
    assert Paths(Network(3, [0, FAR // 2 - FAR, 0])).latest == [0, None, None]
    assert paths(2, Link(0, 1, None, FAR // 2 - 1)).latest == [0, FAR // 2 - 1]


def test_a_worse_way_that_is_found_later_changes_no_proof() -> None:
    u, near, far, v = 1, 2, 3, 4
    found = paths(
        5, Link(u, near, None, 1), Link(u, far, None, 2), Link(far, near, None, 9), Link(near, v, None, 20)
    )
    assert found.furthest(u, v) == (21, [0, 3])


def test_the_last_way_that_is_found_proves_if_it_is_the_shortest() -> None:
    u, one, other, v, beyond = 1, 2, 3, 4, 5
    found = paths(
        6,
        Link(u, one, None, 1),
        Link(u, other, None, 3),
        Link(one, v, None, 9),
        Link(other, v, None, 4),
        Link(v, beyond, None, 5),
        Link(u, v, None, 20),
    )
    assert found.furthest(u, v) == (7, [1, 3])
    # What was found to be longer before stands in the way of nothing that is looked at after it.
    assert found.furthest(u, beyond) == (12, [1, 3, 4])


def test_of_two_ways_equally_short_the_first_proves() -> None:
    u, one, other, v = 1, 2, 3, 4
    found = paths(
        5, Link(u, one, None, 1), Link(u, other, None, 1), Link(one, v, None, 5), Link(other, v, None, 5)
    )
    assert found.furthest(u, v) == (6, [0, 2])


def test_of_two_ways_equally_short_the_one_through_the_clock_proves() -> None:
    found = paths(3, Link(1, 2, None, 6), Link(0, 1, 4, None), Link(0, 2, None, 10))
    assert found.furthest(1, 2) == (6, [1, 2])
    closer = paths(3, Link(1, 2, None, 5), Link(0, 1, 4, None), Link(0, 2, None, 10))
    assert closer.furthest(1, 2) == (5, [0])


def test_how_far_the_clock_is_from_a_point_is_proved_by_the_bounds_of_that_point() -> None:
    found = paths(3, Link(0, 1, 4, None), Link(1, 2, 5, 6))
    assert found.furthest(2, 0) == (-9, [1, 0])
    assert found.furthest(0, 2) is None


def test_what_may_lie_before_by_one_is_not_sure() -> None:
    for hub in (0, 70):
        first, between, second = 1, 2, 3
        links = [Link(second, between, None, 5), Link(between, first, None, -5)]
        links += [Link(between, 4 + number, None, 90) for number in range(hub)]
        assert paths(4 + hub, *links).surely_before(first, second)
        links[0] = Link(second, between, None, 6)
        assert not paths(4 + hub, *links).surely_before(first, second)
