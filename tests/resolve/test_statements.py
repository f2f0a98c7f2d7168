"""What claims and clocks say, as statements between points."""

from __future__ import annotations

from typing import Any

from postmortem.model.build import understood
from postmortem.model.incident import Incident, claims_of
from postmortem.model.stated import Base, Bound
from postmortem.resolve.approximations import anchor_of
from postmortem.resolve.network import Link
from postmortem.resolve.points import Points
from postmortem.resolve.statements import Statement, claim_statements, clock_statements, end_names
from postmortem.resolve.timeline import Bounds, Count, Distance, OnAsking, Step, Timeline

SECOND = 1_000_000


def incident(*events: dict[str, Any], **more: Any) -> Incident:
    whole: dict[str, Any] = {"format": "postmortem/1", "title": "T", "date": "2023-05-24", "timezone": "UTC"}
    return understood(Incident, {**whole, "status": "resolved", "timeline": list(events), **more})


def said(*sources: str, base: Base | None = None, event: int | None = 0, spans: bool = False) -> Statement:
    bounds = (Bound(base, 5, 9, 7, 0, 1),)
    return Statement(0, ("x",), "x", sources, event, "end" if spans else "at", bounds, spans)


def test_a_clock_that_is_ahead_truly_shows_zero_that_much_earlier() -> None:
    clocks = {"a": {"title": "A"}, "b": {"title": "B", "clock": "+90s"}, "c": {"title": "C", "clock": "?!"}}
    (one,) = clock_statements(incident(sources=clocks))
    text = "+90s"
    assert one == Statement(
        1,
        ("sources", "b", "clock"),
        text,
        ("b",),
        None,
        "at",
        (Bound(None, -90 * SECOND, -90 * SECOND, -90 * SECOND, 0, len(text)),),
    )


def test_what_was_not_understood_says_nothing() -> None:
    log = incident({"what": "W.", "at": "?!", "until": "?!", "for": "?!"}, {"what": "W.", "for": "20m"})
    claims = [
        (index, event, route, claim)
        for index, event in enumerate(log.timeline)
        for route, claim in claims_of(event, index)
    ]
    (one,) = claim_statements(claims, anchor_of(log), 4)
    assert (one.element, one.route, one.aspect, one.spans) == (5, ("timeline", 1, "for"), "end", True)


def test_ends_are_spoken_of_by_phases_durations_and_statistics() -> None:
    log = incident(
        {"id": "x", "what": "W."},
        phases=[{"title": "P", "from": "a.end", "to": "b.end"}, {"title": "Q", "from": "n"}],
        metrics=[
            {"id": "m", "duration": {"from": "c.end", "to": "d.end"}},
            {"id": "s", "stat": {"of": "max", "measure": "n", "between": ["e.end", "f.end"]}},
            {"id": "t", "stat": {"of": "max", "measure": "n"}},
        ],
    )
    assert list(end_names(log)) == ["a", "b", "c", "d", "e", "f"]


def test_a_statement_counts_from_zero_where_any_of_its_bounds_does() -> None:
    bounds = (Bound(Base("x"), 1, 2, 1, 0, 1), Bound(Base(None), 1, 2, 1, 2, 3))
    assert Statement(0, ("x",), "x", (), 0, "at", bounds).from_zero
    assert not Statement(0, ("x",), "x", (), 0, "at", bounds[:1]).from_zero
    assert not said("a").from_zero


def test_points_are_zero_the_clocks_the_starts_and_each_end_once() -> None:
    points = Points(["a", "b"], 3, {"x": 1}, [2, 0, 2])
    assert points.clocks == {"a": 1, "b": 2}
    assert (list(points.starts), points.ends, points.count) == ([3, 4, 5], {0: 6, 2: 7}, 8)
    assert points.number(Base("x")) == 4
    assert points.number(Base("x", True)) is None
    assert points.number(Base("nobody")) is None
    assert points.number(Base(None)) is None
    points.zero = 2
    assert (points.number(Base(None)), points.number(Base(None, True))) == (5, 7)


def test_ends_are_numbered_in_the_order_of_their_events() -> None:
    ended = [40, 3, 70, 8, 1_000, 129]
    points = Points([], 1_001, {}, ended)
    assert list(points.ends) == sorted(ended)
    assert list(points.ends.values()) == list(range(1_002, 1_008))


def test_a_time_counts_from_the_clock_of_each_of_its_sources() -> None:
    points = Points(["a", "b"], 2, {"x": 1}, [0])

    def origins(one: Statement) -> list[int]:
        found = [link.u for link, _ in points.meaning(one)]
        assert all(link == Link(link.u, points.of(one), 5, 9) for link, _ in points.meaning(one))
        assert points.origins(one, one.bounds[0]) == tuple(found)
        return found

    assert origins(said()) == [0]
    assert origins(said("a")) == [1]
    assert origins(said("c")) == [0]
    assert origins(said("b", "c", "a", "d")) == [2, 0, 1]
    assert origins(said("a", base=Base("x"))) == [4]
    assert origins(said("a", base=Base("nobody"))) == []
    assert origins(said("a", spans=True)) == [3]
    assert origins(said("b", event=None)) == [0]
    assert points.of(said("b", event=None)) == 2


def test_a_proof_is_made_once_when_it_is_asked_for() -> None:
    made = []
    step = Step(("timeline", 0, "at"), "18:00", ())

    def prove() -> list[Step]:
        made.append(step)
        return [step]

    bounds = Bounds(1, 2, None, proof_latest=prove)  # type: ignore[arg-type]
    assert made == []
    assert (bounds.proof_latest, bounds.proof_latest, bounds.proof_earliest) == ((step,), (step,), ())
    assert len(made) == 1


def test_a_proof_is_kept_beside_what_is_asked_for_it() -> None:
    step = Step(("timeline", 0, "at"), "18:00", ())

    class Held:
        one = OnAsking()
        other = OnAsking()

    held = Held()
    held.one = lambda: (step,)
    held.other = ()
    assert (held.one, held.other) == ((step,), ())
    assert (Held.one, Held.other) == ((), ())
    assert vars(held) == {"kept_one": (step,), "kept_other": ()}


def test_nothing_is_named_or_left_out_unless_that_is_said() -> None:
    assert Bounds(1, 2, None).named is False
    assert Distance(1, 2, None).named is False
    assert Count("x", "n", (), 1, 1, 1, None, False, ()).named is False
    assert Timeline(incident(), (), (), None, {}, None).left_out == 0  # type: ignore[arg-type]
