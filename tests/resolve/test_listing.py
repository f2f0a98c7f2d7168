"""Where an event stands in the list: by its nominal, else by what bounds it, and after all it follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from postmortem.model.stated import Bound
from postmortem.resolve.listing import listed
from postmortem.resolve.network import Link
from postmortem.resolve.nominals import Nominal, Range

Placed = tuple[Range, int | None]
"""An event's bounds and its nominal."""


def listing(
    events: Mapping[str, Placed], links: Sequence[tuple[str, str, int | None, int | None]] = ()
) -> tuple[str, str]:
    """Return the names of events in listed order, and those that are undated.

    ``clock`` is no event, ``x.end`` is the end of x.
    """
    names = [*events]
    points = {name: number for number, name in enumerate(names, start=1)}
    said: dict[int, list[tuple[Link, Bound]]] = {}
    for u, v, low, high in links:
        bound = Bound(None, low, high, None, 0, 0)
        said.setdefault(points[v], []).append((Link(points[u], points[v], low, high), bound))
    written = [name for name in names if name != "clock" and not name.endswith(".end")]
    starts = [points[name] for name in written]
    ranges = [(0, 0), *(one for one, _ in events.values())]
    nominal = [Nominal(0, True), *(Nominal(value, True) for _, value in events.values())]
    owners = {points[name]: written.index(name.removesuffix(".end")) for name in names if name != "clock"}
    order, undated = listed(starts, owners, ranges, nominal, said)
    assert isinstance(order, list)
    return "".join(written[index] for index in order), "".join(written[index] for index in undated)


def sure(time: int) -> Placed:
    return (time, time), time


def test_events_stand_by_nominal_then_by_earliest_then_as_written() -> None:
    assert listing({"a": sure(9), "b": ((2, 8), 5), "c": ((None, 9), 5), "d": ((2, 7), 5)}) == ("cbda", "")


def test_what_is_only_after_another_stands_no_earlier_than_that_does() -> None:
    known = {"x": ((40, 60), 50), "y": ((40, None), None), "z": sure(55)}
    assert listing(known, [("x", "y", 10, None)]) == ("xzy", "")
    assert listing(known | {"y": ((58, None), None)}, [("x", "y", 0, None)]) == ("xzy", "")
    assert listing(known, [("x", "y", 0, None)]) == ("xyz", "")


def test_what_counts_from_an_undated_event_or_has_no_such_bound_stands_by_what_it_has() -> None:
    known = {"x": ((40, 60), 50), "u": ((None, None), None), "y": ((52, None), None), "z": sure(55)}
    assert listing(known, [("u", "y", 10, None), ("x", "y", None, 90)]) == ("xyz", "u")
    known["y"] = ((None, 52), None)
    assert listing(known, [("u", "y", None, 10), ("x", "y", -90, None)]) == ("xyz", "u")


def test_nothing_stands_later_than_it_can_be() -> None:
    events = {"clock": ((0, 90), 50), "y": ((0, 45), None), "z": sure(47)}
    assert listing(events, [("clock", "y", 0, None)]) == ("yz", "")


def test_what_is_only_before_another_stands_no_later_than_that_does() -> None:
    events = {"x": ((40, 60), 50), "y": ((None, 100), None), "z": sure(47)}
    assert listing(events, [("x", "y", None, -5)]) == ("yzx", "")
    assert listing(events | {"y": ((None, 44), None)}, [("x", "y", None, -5)]) == ("yzx", "")


def test_what_nothing_bounds_is_undated_though_it_is_before_something() -> None:
    events = {"x": ((40, None), None), "y": ((None, None), None)}
    assert listing(events, [("x", "y", None, 0)]) == ("x", "y")


def test_places_are_handed_on_along_a_chain_whatever_the_order_of_writing() -> None:
    events: dict[str, Placed] = {
        "y": ((0, None), None),
        "x": ((0, None), None),
        "w": ((30, 90), 50),
        "z": sure(65),
    }
    assert listing(events, [("x", "y", 10, None), ("w", "x", 10, None)]) == ("wxzy", "")


def test_none_is_listed_before_what_a_claim_says_it_follows() -> None:
    events = {"a": ((0, 20), 5), "b": ((0, 20), 9)}
    assert listing(events) == ("ab", "")
    assert listing(events, [("b", "a", 0, None)]) == ("ba", "")
    assert listing(events, [("b", "a", 0, 5)]) == ("ba", "")
    assert listing(events, [("a", "b", None, 0)]) == ("ba", "")
    assert listing(events, [("a", "b", -5, 0)]) == ("ba", "")
    # At the same moment, or about it, neither follows.
    assert listing(events, [("b", "a", 0, 0)]) == ("ab", "")
    assert listing(events, [("a", "b", 0, 0)]) == ("ab", "")
    assert listing(events, [("b", "a", -1, 5)]) == ("ab", "")
    assert listing(events, [("a", "b", -5, 1)]) == ("ab", "")


def test_what_follows_itself_or_an_undated_event_waits_for_nothing() -> None:
    events: dict[str, Placed] = {"a": sure(5), "b": sure(9), "u": ((None, None), None)}
    assert listing(events, [("a", "a", 0, None)]) == ("ab", "u")
    assert listing(events, [("a", "a", 0, None), ("b", "a", 0, None)]) == ("ba", "u")
    assert listing(events, [("u", "a", 0, None)]) == ("ab", "u")
    assert listing(events, [("a", "u", 0, None)]) == ("ab", "u")


def test_a_circle_is_broken_where_it_begins() -> None:
    events: dict[str, Placed] = {"a": sure(5), "b": sure(6), "c": sure(7), "d": sure(1)}
    assert listing(events, [("b", "a", 0, None), ("c", "b", 0, None), ("a", "c", 0, None)]) == ("dacb", "")


def test_what_is_said_of_an_end_says_nothing_of_where_its_start_is_listed() -> None:
    events: dict[str, Placed] = {"a": ((0, 20), 5), "b": ((0, 20), 9), "a.end": sure(20)}
    assert listing(events, [("b", "a.end", 0, None)]) == ("ab", "")
    assert listing(events, [("a.end", "b", None, 0)]) == ("ab", "")
    assert listing(events | {"b.end": sure(20)}, [("b.end", "a", 0, None)]) == ("ba", "")
    assert listing(events | {"b.end": sure(20)}, [("a", "b.end", None, 0)]) == ("ba", "")


def test_beside_a_circle_everything_keeps_its_order() -> None:
    events: dict[str, Placed] = {"a": sure(1), "b": sure(2), "e": sure(8), "z": sure(90)}
    circle = [("a", "b", 0, None), ("b", "a", 0, None)]
    assert listing(events, [*circle, ("a", "e", 0, None), ("z", "e", 0, None)]) == ("zabe", "")
    late: dict[str, Placed] = {"a": sure(1), "b": sure(2), "c": sure(5), "d": sure(6), "e": sure(9)}
    circle = [("c", "d", 0, None), ("d", "c", 0, None)]
    assert listing(late, [*circle, ("b", "e", 0, None), ("d", "e", 0, None)]) == ("abcde", "")
    circles = [*circle, ("a", "b", 0, None), ("b", "a", 0, None)]
    assert listing(late, [*circles, ("a", "e", 0, None)]) == ("abecd", "")
