"""The standard metrics: each row of the table with exact numbers, and what is said where one is not known."""

from __future__ import annotations

import random
from typing import Any

import pytest

from postmortem.measure.measure import measure
from postmortem.measure.metrics import Metric
from postmortem.measure.standard import STANDARD

EVENTS: dict[str, dict[str, Any]] = {
    "start": {"kind": "scheduled", "at": ("18:00", "18:00", "18:00")},
    "garbled": {"kind": "impact", "at": ("18:01", "18:02", "18:01")},
    "noticed": {"kind": "detected", "at": ("18:05", "18:06", "18:05")},
    "heard": {"kind": "acknowledged", "at": ("18:07", "18:09", "18:08")},
    "calmer": {"kind": "mitigated", "at": ("18:15", "18:16", "18:15")},
    "again": {"kind": "resumed", "at": ("18:20", "18:21", "18:20")},
    "over": {"kind": "resolved", "at": ("18:40", "18:41", "18:40")},
}


def standard(make: Any, events: Any, links: Any = None, **more: Any) -> dict[str, Metric]:
    metrics, findings = measure(make(events, links, **more), None)
    assert findings == ()
    assert [one.id for one in metrics.metrics] == [row.id for row in STANDARD]
    assert all(one.standard for one in metrics.metrics)
    return {one.id: one for one in metrics.metrics}


@pytest.mark.parametrize(
    ("id", "low", "high", "nominal", "ends"),
    [
        ("time_to_detect", 180, 300, 240, ("garbled", "noticed")),
        ("time_to_acknowledge", 60, 240, 180, ("noticed", "heard")),
        ("time_to_mitigate", 780, 900, 840, ("garbled", "calmer")),
        ("time_to_restore", 1080, 1200, 1140, ("garbled", "again")),
        ("time_to_resolve", 2280, 2400, 2340, ("garbled", "over")),
        ("start_delay", 1200, 1260, 1200, ("start", "again")),
        ("incident_duration", 2280, 2400, 2340, ("garbled", "over")),
    ],
)
def test_each_metric(make: Any, id: str, low: int, high: int, nominal: int, ends: tuple[str, str]) -> None:
    one = standard(make, EVENTS)[id]
    assert (one.low, one.high, one.nominal) == (low, high, nominal)
    assert (one.unit, one.missing, one.ends, one.named) == ("s", (), ends, True)
    assert all(f"`{key}`" in one.definition for key in ends)
    assert one.proof_low
    assert one.proof_high


def test_definitions_name_their_events_in_words(make: Any) -> None:
    found = standard(make, EVENTS)
    assert found["start_delay"].definition == (
        "From the scheduled start (`start`) to the resumption (`again`)."
    )


@pytest.mark.parametrize(
    ("left_out", "id", "missing"),
    [
        ("noticed", "time_to_detect", "no event of kind `detected`"),
        ("noticed", "time_to_acknowledge", "no event of kind `detected`"),
        ("heard", "time_to_acknowledge", "no event of kind `acknowledged`"),
        ("calmer", "time_to_mitigate", "no event of kind `mitigated`"),
        ("over", "time_to_resolve", "no event of kind `resolved`"),
        ("start", "start_delay", "no event of kind `scheduled`"),
        ("again", "start_delay", "no event of kind `resumed`"),
        ("garbled", "incident_duration", "no event of kind `impact`"),
    ],
)
def test_an_end_that_is_missing_is_named_and_nothing_is_zero(
    make: Any, left_out: str, id: str, missing: str
) -> None:
    one = standard(make, {key: said for key, said in EVENTS.items() if key != left_out})[id]
    assert (one.low, one.high, one.nominal, one.missing) == (None, None, None, (missing,))


def test_an_empty_log_misses_everything(make: Any) -> None:
    found = standard(make, {"only": {}})
    assert found["time_to_restore"].missing == (
        "no event of kind `impact`",
        "no event of kind `resumed` or `resolved`",
    )
    assert all(one.missing and one.low is one.high is one.nominal is None for one in found.values())


def test_restoring_falls_back_on_the_resolution(make: Any) -> None:
    one = standard(make, {key: said for key, said in EVENTS.items() if key != "again"})["time_to_restore"]
    assert (one.low, one.high, one.ends) == (2280, 2400, ("garbled", "over"))


def test_an_event_without_time_leaves_a_metric_unknown(make: Any) -> None:
    one = standard(make, EVENTS | {"noticed": {"kind": "detected"}})["time_to_detect"]
    assert (one.low, one.high, one.nominal) == (None, None, None)
    assert one.missing == ("the time of `noticed` is not known",)


def test_a_bound_alone_is_a_figure_and_says_what_is_missing(make: Any) -> None:
    one = standard(make, EVENTS | {"noticed": {"kind": "detected", "at": ("18:05", None, None)}})
    assert (one["time_to_detect"].low, one["time_to_detect"].high) == (180, None)
    assert one["time_to_detect"].missing == ("nothing says how late `noticed` can be",)
    assert one["time_to_acknowledge"].high is not None


def test_only_an_order_bounds_a_metric_from_one_side(make: Any) -> None:
    events = {"broken": {"kind": "impact"}, "seen": {"kind": "detected"}}
    one = standard(make, events, {("broken", "seen"): (0, None)})["time_to_detect"]
    assert (one.low, one.high, one.nominal) == (0, None, None)
    assert one.missing == ("nothing says how late `seen` can be",)


def test_a_low_below_zero_stays(make: Any) -> None:
    one = standard(make, EVENTS | {"noticed": {"kind": "detected", "at": ("17:59", "18:06", "18:05")}})
    assert one["time_to_detect"].low == -180


def test_a_distance_is_tighter_than_the_difference_of_bounds(make: Any) -> None:
    events = {
        "broken": {"kind": "impact", "at": ("18:00", "19:00", "18:30")},
        "seen": {"kind": "detected"},
    }
    one = standard(make, events, {("broken", "seen"): (1200, 1260)})["time_to_detect"]
    assert (one.low, one.high) == (1200, 1260)


def test_the_first_of_several_is_taken_by_what_is_known(make: Any) -> None:
    events = EVENTS | {"later": {"kind": "detected", "at": ("18:30", "18:31", "18:30")}}
    assert standard(make, events)["time_to_detect"].ends == ("garbled", "noticed")


def test_the_first_of_several_in_no_sure_order_may_be_any(make: Any) -> None:
    events = EVENTS | {"alarm": {"kind": "detected", "at": ("18:03", "18:10", "18:07")}}
    one = standard(make, events)["time_to_detect"]
    # At 18:03 at the earliest, and not after 18:06, when the other has certainly come.
    assert (one.low, one.high, one.nominal) == (60, 300, 240)
    assert one.definition == (
        "From the impact (`garbled`) to the first detection (`noticed` or `alarm`, whichever was first)."
    )


def test_an_undated_rival_takes_away_the_bound_it_may_break(make: Any) -> None:
    events = EVENTS | {"whenever": {"kind": "detected"}}
    one = standard(make, events)["time_to_detect"]
    assert (one.low, one.high, one.nominal) == (None, 300, 240)
    assert one.missing == ("nothing says how early `whenever` can be",)


def test_without_resolution_an_incident_lasts_to_its_last_event(make: Any) -> None:
    events = {key: said for key, said in EVENTS.items() if key != "over"}
    one = standard(make, events)["incident_duration"]
    assert (one.low, one.high, one.nominal, one.ends) == (1080, 1200, 1140, ("garbled", "again"))
    assert one.definition == "From the impact (`garbled`) to the last event (`again`)."


@pytest.mark.parametrize("status", ["ongoing", "mitigated"])
def test_an_incident_that_goes_on_has_no_duration(make: Any, status: str) -> None:
    events = {key: said for key, said in EVENTS.items() if key != "over"}
    one = standard(make, events, status=status)["incident_duration"]
    assert one.low is None
    assert one.missing == (f"no event of kind `resolved`, and the status is `{status}`",)


def test_an_impact_alone_has_no_duration(make: Any) -> None:
    one = standard(make, {"bang": EVENTS["garbled"]})["incident_duration"]
    assert (one.low, one.high) == (None, None)
    assert one.missing == ("no event of kind `resolved`, and none after the impact",)


def test_the_last_event_may_be_one_that_is_not_dated(make: Any) -> None:
    events = {key: said for key, said in EVENTS.items() if key != "over"} | {"whenever": {}}
    one = standard(make, events)["incident_duration"]
    assert (one.low, one.high, one.ends) == (1080, None, ("garbled", "again"))
    assert one.missing == ("nothing says how late `whenever` can be",)


def test_many_rivals_are_answered_from_their_own_bounds(make: Any) -> None:
    many = {f"crash-{n}": {"kind": "impact", "at": ("18:00", "18:30", None)} for n in range(12)}
    timeline = make(many | {"end": {"kind": "resolved", "at": ("19:00", "19:00", "19:00")}})
    metrics, _ = measure(timeline, None)
    one = metrics.metric("time_to_resolve")
    assert one is not None
    assert (one.low, one.high) == (1800, 3600)
    assert len(timeline.distances.asked) < 20
    assert one.proof_low
    assert one.proof_high


@pytest.mark.parametrize("seed", range(40))
def test_the_true_duration_lies_within_the_bounds(make: Any, seed: int) -> None:
    """Choose true times, state bounds and distances that hold for them, and find every figure true."""
    dice = random.Random(seed)
    kinds = ["impact", "detected", "acknowledged", "mitigated", "resumed", "resolved", "scheduled", "note"]
    true = {f"e{n}": dice.randrange(0, 3600) for n in range(dice.randrange(2, 11))}

    def clock(second: int) -> str:
        return f"18:{second // 60:02}:{second % 60:02}" if second < 3600 else "19:00:00"

    events: dict[str, dict[str, Any]] = {}
    for key, when in true.items():
        low = clock(max(0, when - dice.randrange(600))) if dice.random() < 0.7 else None
        high = clock(min(3600, when + dice.randrange(600))) if dice.random() < 0.7 else None
        events[key] = {"kind": dice.choice(kinds), "at": (low, high, None)}
    links = {
        (a, b): (true[b] - true[a] - dice.randrange(300), true[b] - true[a] + dice.randrange(300))
        for a in true
        for b in true
        if a != b and dice.random() < 0.15
    }
    found = standard(make, events, links)

    def first(kind: str) -> int | None:
        return min((true[key] for key, said in events.items() if said["kind"] == kind), default=None)

    for row in STANDARD:
        start = first(row.start)
        stop = next((one for kind in row.stops if (one := first(kind)) is not None), None)
        if row.else_last and stop is None:
            stop = max(true.values())
        if start is None or stop is None:
            assert found[row.id].missing
            continue
        figure = found[row.id]
        assert figure.low is None or figure.low <= stop - start
        assert figure.high is None or stop - start <= figure.high
