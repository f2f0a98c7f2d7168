"""The bare network: shortest paths, circles, and taking back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.resolve.contradiction import irreducible
from postmortem.resolve.network import FAR, Link, Network
from postmortem.resolve.paths import Paths

POINTS = 5
bounds = st.integers(-9, 9)
links = st.builds(
    lambda u, v, low, width, cut: Link(u, v, None if cut == 1 else low, None if cut == 2 else low + width),
    st.integers(0, POINTS - 1),
    st.integers(0, POINTS - 1),
    bounds,
    st.integers(0, 4),
    st.integers(0, 2),
)


def furthest(taken: list[Link]) -> list[list[float]] | None:
    """Return how far each point can lie after each other, None if they contradict."""
    most = [[0.0 if u == v else float("inf") for v in range(POINTS)] for u in range(POINTS)]
    for u, v, low, high in taken:
        if high is not None:
            most[u][v] = min(most[u][v], high)
        if low is not None:
            most[v][u] = min(most[v][u], -low)
    for k in range(POINTS):
        for u in range(POINTS):
            for v in range(POINTS):
                most[u][v] = min(most[u][v], most[u][k] + most[k][v])
    return None if any(most[u][u] < 0 for u in range(POINTS)) else most


@given(st.lists(links, max_size=14), st.lists(st.integers(-20, 20), min_size=POINTS, max_size=POINTS))
@settings(max_examples=150, deadline=None)
def test_every_link_is_taken_in_exactly_if_it_agrees(given_links: list[Link], offsets: list[int]) -> None:
    network = Network(POINTS, offsets)
    taken: list[Link] = []
    for owner, link in enumerate(given_links):
        before = (list(network.latest), [list(edges) for edges in network.out], list(network.back))
        quarrel = network.add(owner, [link])
        agrees = furthest([*taken, link]) is not None
        assert (quarrel is None) == agrees
        if quarrel is None:
            taken.append(link)
            continue
        assert before == (network.latest, network.out, network.back)
        assert owner in quarrel.owners
        assert quarrel.miss > 0
        assert furthest([given_links[one] for one in quarrel.owners]) is None
    most = furthest(taken)
    assert most is not None
    paths = Paths(network)
    for point in range(1, POINTS):
        latest, earliest = most[0][point], -most[point][0]
        assert paths.latest[point] == (None if latest == float("inf") else latest)
        assert paths.earliest[point] == (None if earliest == float("-inf") else earliest)


@given(st.lists(links, min_size=1, max_size=10), st.lists(links, min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_what_is_taken_back_leaves_no_trace(first: list[Link], then: list[Link]) -> None:
    network = Network(POINTS)
    for owner, link in enumerate(first):
        network.add(owner, [link])
    before = (list(network.latest), [list(edges) for edges in network.out], list(network.back))
    mark = network.mark()
    for owner, link in enumerate(then, len(first)):
        network.add(owner, [link])
    network.rewind(mark)
    assert before == (network.latest, network.out, network.back)


@given(st.lists(st.lists(links, min_size=1, max_size=2), min_size=1, max_size=9))
@settings(max_examples=150, deadline=None)
def test_a_contradiction_is_reduced_until_nothing_can_be_spared(elements: list[list[Link]]) -> None:
    if furthest([link for one in elements for link in one]) is not None:
        return
    tagged = {n: [(n * 10 + place, link) for place, link in enumerate(one)] for n, one in enumerate(elements)}
    kept, circle = irreducible(tagged)
    assert furthest([link for one in kept for link in elements[one]]) is None
    for spared in kept:
        assert furthest([link for one in kept if one != spared for link in elements[one]]) is not None
    assert {tag // 10 for tag in circle.owners} <= set(kept)
    assert furthest([elements[tag // 10][tag % 10] for tag in circle.owners]) is None


def test_a_long_ring_is_told_without_trying_each_of_its_links() -> None:
    count = 3_000
    elements = {n: [(n, Link(n, n + 1, 10, 10))] for n in range(count)}
    elements[count] = [(count, Link(0, count, 10 * count + 7, None))]
    kept, circle = irreducible(elements)
    assert len(kept) == count + 1
    assert circle.miss == 7


def test_a_link_that_contradicts_itself_is_alone_in_its_contradiction() -> None:
    elements = {0: [(0, Link(0, 1, 0, 5))], 1: [(1, Link(1, 2, 9, 3))], 2: [(2, Link(0, 2, 0, 1))]}
    kept, circle = irreducible(elements)
    assert (kept, circle.owners, circle.miss) == ((1,), (1,), 6)


def test_a_point_that_nothing_bounds_stays_far() -> None:
    network = Network(3)
    assert network.add(0, [Link(1, 2, 5, 9)]) is None
    assert min(network.latest[1:]) > FAR // 2
    paths = Paths(network)
    assert (paths.earliest[2], paths.latest[2]) == (None, None)
    assert paths.furthest(1, 2) == (9, [0])
    assert paths.furthest(0, 2) is None


def test_an_order_is_sure_by_a_path_over_points_that_have_no_earliest_time() -> None:
    network = Network(5)
    for owner, link in enumerate(
        [
            Link(0, 1, None, 9),
            Link(2, 1, -1, 4),
            Link(3, 1, 12, 13),
            Link(2, 4, 0, None),
            Link(0, 4, -8, None),
        ]
    ):
        assert network.add(owner, [link]) is None
    paths = Paths(network)
    assert (paths.earliest[3], paths.latest[3]) == (None, -3)
    assert (paths.earliest[4], paths.latest[4]) == (-8, None)
    assert paths.furthest(4, 3) == (-8, [3, 1, 2])
    assert paths.surely_before(3, 4)
    assert not paths.surely_before(4, 3)


def test_where_two_say_the_same_the_first_proves_it() -> None:
    network = Network(3)
    for owner, link in enumerate([Link(0, 1, 4, 9), Link(0, 1, 4, 9), Link(1, 2, 0, 0), Link(0, 2, 4, 9)]):
        assert network.add(owner, [link]) is None
    assert [owner for _, _, owner in network.path(1)] == [0]
    assert [owner for _, _, owner in network.path(2)] == [0, 2]
    assert Paths(network).path_earliest(1) == [0]


def test_the_circle_through_zero_is_the_one_that_misses_by_most() -> None:
    network = Network(3)
    for owner, link in enumerate([Link(0, 1, None, 9), Link(0, 2, None, 2), Link(2, 1, None, 3)]):
        assert network.add(owner, [link]) is None
    quarrel = network.add(3, [Link(0, 1, 20, None)])
    assert quarrel is not None
    assert (quarrel.owners, quarrel.miss) == ((1, 2, 3), 15)


def test_offsets_that_are_right_spare_every_move() -> None:
    network = Network(4, [0, 10, 15, 30])
    assert network.latest == [0, FAR + 10, FAR + 15, FAR + 30]
    assert network.add(0, [Link(2, 3, 15, 15)]) is None
    assert network.add(1, [Link(1, 2, 5, 5)]) is None
    assert network.mark() == 4
    network.settle()
    assert network.mark() == 0


def test_a_contradiction_names_its_elements_in_their_order_whatever_order_they_come_in() -> None:
    elements = {2: [(2, Link(0, 2, 9, 9))], 0: [(0, Link(0, 1, 3, 3))], 1: [(1, Link(1, 2, 3, 3))]}
    assert irreducible(elements)[0] == (0, 1, 2)


def test_a_span_that_nobody_states_may_be_given_only_once() -> None:
    elements = {0: [(0, Link(0, 1, 9, 9))], 1: [(1, Link(0, 2, 3, 3))], 2: [(2, Link(0, 3, 3, 3))]}
    kept, circle = irreducible(elements, iter([Link(1, 2, 0, None), Link(4, 3, 0, None)]))
    assert kept == (0, 1)
    assert (sorted(circle.owners), circle.miss) == ([-1, 0, 1], 6)


def test_a_ring_is_seen_beside_spans_that_do_not_belong_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("each of its links is tried")

    monkeypatch.setattr("postmortem.resolve.contradiction._spared", never)
    elements = {n: [(n, Link(n, n + 1, 8, 8))] for n in range(5)}
    elements[5] = [(5, Link(0, 5, 47, None))]
    spans = [Link(2, 8, 0, None), Link(8, 2, 0, None), Link(8, 47, 0, None), Link(47, 8, 0, None)]
    kept, circle = irreducible(elements, spans)
    assert (kept, circle.miss) == ((0, 1, 2, 3, 4, 5), 7)


def test_a_point_that_two_ways_move_is_proved_by_the_way_that_moves_it_most() -> None:
    for direct_is_shorter_by in (2, 0):
        network = Network(4)
        taken = [
            Link(0, 1, None, 20),
            Link(0, 2, None, 24),
            Link(0, 3, None, 23),
            Link(1, 2, None, 5),
            Link(1, 3, None, 5),
            Link(2, 3, None, direct_is_shorter_by),
            Link(0, 1, None, 10),
        ]
        for owner, link in enumerate(taken):
            assert network.add(owner, [link]) is None
        assert network.latest == [0, 10, 15, 15]
        assert [owner for _, _, owner in network.path(3)] == [6, 4]


def test_the_circle_of_a_contradiction_is_where_its_elements_miss_by_most() -> None:
    elements = {
        0: [(0, Link(0, 1, 3, 3)), (1, Link(0, 2, 3, 3))],
        1: [(2, Link(0, 1, 9, 9)), (3, Link(0, 2, 5, 5))],
    }
    kept, circle = irreducible(elements)
    assert (kept, sorted(circle.owners), circle.miss) == ((0, 1), [0, 2], 6)


def test_what_is_left_of_a_contradiction_keeps_its_order() -> None:
    elements = {n: [(n, Link(0, n, 1, None))] for n in (5, 40, 7, 100, 23)}
    elements |= {129: [(129, Link(5, 100, 2, None))], 65: [(65, Link(100, 40, 2, None))]}
    elements |= {300: [(300, Link(40, 23, 2, None))], 17: [(17, Link(0, 23, None, 4))]}
    kept, _ = irreducible(elements)
    assert kept == (17, 65, 100, 300)


def test_a_ring_may_close_through_a_span_that_nobody_states(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("each of its links is tried")

    monkeypatch.setattr("postmortem.resolve.contradiction._spared", never)
    elements = {0: [(0, Link(0, 1, 9, 9))], 1: [(1, Link(0, 2, 3, 3))]}
    kept, circle = irreducible(elements, [Link(1, 2, 0, None)])
    assert (kept, circle.miss) == ((0, 1), 6)


def test_proofs_are_told_from_where_they_begin() -> None:
    network = Network(5)
    taken = [Link(0, 1, 4, None), Link(1, 2, 5, None), Link(0, 3, None, 20), Link(3, 4, None, 7)]
    for owner, link in enumerate(taken):
        assert network.add(owner, [link]) is None
    paths = Paths(network)
    assert (paths.earliest[2], paths.path_earliest(2)) == (9, [0, 1])
    assert (paths.latest[4], paths.path_latest(4)) == (27, [2, 3])
    assert paths.furthest(2, 4) == (18, [1, 0, 2, 3])


@pytest.mark.parametrize("crossroads", [0, 70])
def test_an_order_is_sure_by_the_last_of_several_ways(crossroads: int) -> None:
    second, first, dead_end, begin, near, far, last = range(1, 8)
    network = Network(8 + 2 * crossroads)
    taken = [
        Link(second, dead_end, None, 0),
        Link(second, begin, None, 0),
        Link(begin, far, None, 3),
        Link(begin, near, None, 0),
        Link(near, far, None, 1),
        Link(far, last, None, 5),
        Link(last, first, None, -6),
    ]
    for number in range(crossroads):
        taken.append(Link(dead_end, 8 + number, None, 5))
        taken.append(Link(begin, 8 + crossroads + number, None, 5))
    for owner, link in enumerate(taken):
        assert network.add(owner, [link]) is None
    paths = Paths(network)
    assert paths.surely_before(first, second)
    assert not paths.surely_before(second, first)
    assert not paths.surely_before(dead_end, first)


def test_of_a_link_that_contradicts_at_both_its_ends_the_upper_end_is_told() -> None:
    network = Network(2)
    assert network.add(0, [Link(0, 1, 5, 5)]) is None
    quarrel = network.add(1, [Link(0, 1, 9, 3)])
    assert quarrel is not None
    assert (quarrel.owners, quarrel.miss) == ((1, 0), 2)
