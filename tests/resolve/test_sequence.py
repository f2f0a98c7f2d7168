"""The order that spares moving points: it changes no result, only what taking statements in costs."""

from __future__ import annotations

from postmortem.resolve.network import Link, Network
from postmortem.resolve.points import Points
from postmortem.resolve.sequence import offsets, quick_order

# Zero, the clocks 1 and 2, the starts 3 to 6, the ends 7 (of the first event) and 8 (of the last).
POINTS = Points(["a", "b"], 4, {}, [3, 0])


def test_what_counts_from_events_comes_first_then_clock_times_from_the_earliest_on() -> None:
    links = [
        [Link(0, 3, 50, 60)],
        [Link(3, 4, 5, 9)],
        [Link(2, 5, 20, 30), Link(0, 5, None, 70)],
        [Link(0, 6, 10, None)],
        [Link(3, 5, None, 1), Link(1, 5, 0, 30)],
    ]
    assert quick_order(links, POINTS) == [1, 3, 2, 4, 0]


def test_durations_place_points_roughly_and_the_first_word_counts() -> None:
    links = [
        [Link(0, 3, 900, 900)],
        [Link(2, 5, 800, 800)],
        [Link(4, 4, 7, 7)],
        [Link(4, 3, 5, 9), Link(4, 3, 100, 100)],
        [Link(3, 6, 20, None)],
        [Link(5, 6, 1_000, 1_000)],
        [Link(6, 5, None, None)],
    ]
    # An end of which nothing is said lies where its start does.
    assert offsets(POINTS, links) == [0, 0, 0, 9, 0, 0, 29, 9, 29]
    assert offsets(POINTS, [*links, [Link(3, 7, 40, 50)]])[7] == 59
    assert offsets(POINTS, [[Link(3, 7, 40, 50)]])[7] == 50


def test_durations_in_a_circle_come_to_an_end() -> None:
    links = [[Link(3, 4, 5, 5)], [Link(4, 5, 6, 6)], [Link(5, 3, 7, 7)]]
    found = offsets(POINTS, links)
    assert (found[4] - found[3], found[5] - found[4]) in {(5, 6), (6 - 18, 6), (5, 6 - 18)}


def test_a_chain_of_durations_lies_right_from_the_start_so_that_nothing_is_moved() -> None:
    count = 50
    points = Points([], count, {}, [])
    links = [Link(number + 1, number, 5, 5) for number in range(2, count)]
    rough = offsets(points, [[link] for link in links])
    network = Network(points.count, rough)
    for owner, link in enumerate(reversed(links)):
        assert network.add(owner, [link]) is None
    assert network.mark() == 2 * len(links)


def test_each_start_is_told_from_its_end() -> None:
    assert [POINTS.span_to(point) for point in (0, 2, 3, 6)] == [None] * 4
    assert POINTS.span_to(7) == Link(3, 7, 0, None)
    assert POINTS.span_to(8) == Link(6, 8, 0, None)
    assert POINTS.spans() == [Link(3, 7, 0, None), Link(6, 8, 0, None)]
    assert (POINTS.count, list(POINTS.starts), POINTS.ends) == (9, [3, 4, 5, 6], {0: 7, 3: 8})
