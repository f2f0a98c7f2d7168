"""Metrics that a log asks for: durations, ratios, differences, and when a target is reached."""

from __future__ import annotations

import math
from typing import Any

import pytest

from postmortem.measure.measure import measure
from postmortem.measure.metrics import Metric

MINUTE = 60_000_000
ROOM = {"measure": "listeners", "low": 570_000, "high": 600_000, "nominal": 600_000, "components": ["a"]}
GROWTH = {"measure": "listeners", "low": 50_000, "high": 50_000, "nominal": 50_000, "growth": MINUTE}
SECOND_ROOM = {"measure": "listeners", "low": 161_000, "high": 161_000, "nominal": 161_000}
EVENTS: dict[str, dict[str, Any]] = {
    "peak": {"kind": "count", "at": ("18:20", "18:21", "18:20"), "counts": [ROOM]},
    "owner": {"kind": "statement", "at": ("18:19", "18:22", "18:20"), "counts": [GROWTH]},
    "moved": {
        "kind": "restart",
        "at": ("18:20", "18:24", "18:22"),
        "end": ("19:00", None, None),
        "counts": [SECOND_ROOM],
    },
    "rumour": {"counts": [{"measure": "listeners", "low": 700_000, "high": None}]},
}


def only(make: Any, stated: dict[str, Any], events: Any = EVENTS, **more: Any) -> Metric:
    metrics, findings = measure(make(events, metrics=[{"id": "m", **stated}], **more), None)
    assert findings == ()
    one = metrics.metrics[-1]
    assert (one.id, one.standard) == ("m", False)
    return one


def test_a_duration_between_any_two_events(make: Any) -> None:
    one = only(make, {"title": "Move", "note": "n", "duration": {"from": "peak", "to": "moved"}})
    assert (one.title, one.note, one.unit) == ("Move", "n", "s")
    assert (one.low, one.high, one.nominal) == (-60, 240, 120)
    assert one.definition == "From the count (`peak`) to the restart (`moved`)."


def test_a_duration_to_the_end_of_a_span(make: Any) -> None:
    one = only(make, {"duration": {"from": "peak", "to": "moved.end"}})
    assert (one.title, one.low, one.high, one.nominal) == ("m", 2340, None, None)
    assert one.missing == ("nothing says how late the end of `moved` can be",)
    assert one.definition == "From the count (`peak`) to the end of the restart (`moved`)."


@pytest.mark.parametrize(
    ("to", "missing"), [("nobody", "there is no event `nobody`"), ("peak.end", "`peak` has no end")]
)
def test_a_duration_to_nothing(make: Any, to: str, missing: str) -> None:
    one = only(make, {"duration": {"from": "moved", "to": to}})
    assert (one.low, one.high, one.nominal, one.missing) == (None, None, None, (missing,))


def test_a_ratio_keeps_its_bounds_and_which_claims_give_them(make: Any) -> None:
    one = only(make, {"ratio": {"of": "moved.listeners", "to": "peak.listeners"}})
    assert one.unit == "1"
    assert one.low == pytest.approx(161 / 600, abs=1e-15)
    assert one.high == pytest.approx(161 / 570, abs=1e-15)
    assert one.nominal == one.low
    assert one.named
    assert one.ends == ("moved", "peak")
    assert one.definition == (
        "`listeners` of the restart (`moved`), divided by `listeners` of the count (`peak`)."
    )


def test_each_bound_of_a_figure_is_proven_by_the_claims_that_give_it(make: Any) -> None:
    claims = {"guardian": (570_000, 650_000, 600_000), "nbc": (500_000, 600_000, None)}
    events = EVENTS | {"peak": EVENTS["peak"] | {"counts": [ROOM | {"claims": claims}]}}
    one = only(make, {"ratio": {"of": "moved.listeners", "to": "peak.listeners"}}, events)
    assert [step.text for step in one.proof_low] == ["s", "nbc"]
    assert [step.text for step in one.proof_high] == ["s", "guardian"]
    assert {step.event for step in one.proof_low} == {"moved", "peak"}


def test_a_ratio_to_a_count_without_an_upper_bound(make: Any) -> None:
    one = only(make, {"ratio": {"of": "moved.listeners", "to": "rumour.listeners"}})
    assert (one.low, one.high, one.nominal) == (0.0, 0.23, None)
    assert one.missing == ()
    other = only(make, {"ratio": {"of": "rumour.listeners", "to": "moved.listeners"}})
    assert (other.high, other.nominal) == (None, None)
    assert other.missing == ("nothing says how high `rumour.listeners` can be",)


def test_a_ratio_to_what_may_be_nothing(make: Any) -> None:
    few = {"measure": "listeners", "low": 0, "high": 10, "nominal": 0}
    one = only(
        make, {"ratio": {"of": "moved.listeners", "to": "few.listeners"}}, EVENTS | {"few": {"counts": [few]}}
    )
    assert (one.low, one.high, one.nominal) == (16_100, None, None)
    assert one.missing == ("`few.listeners` may be zero",)
    none = {"measure": "listeners", "low": 0, "high": 0, "nominal": 0}
    one = only(
        make,
        {"ratio": {"of": "moved.listeners", "to": "few.listeners"}},
        EVENTS | {"few": {"counts": [none]}},
    )
    assert (one.low, one.high, one.nominal) == (None, None, None)
    assert one.missing == ("`few.listeners` is zero: nothing can be divided by it",)


def test_a_difference_is_exact_and_in_the_unit_of_its_measure(make: Any) -> None:
    stated = {"difference": {"of": "peak.listeners", "minus": "moved.listeners"}}
    one = only(make, stated)
    assert (one.low, one.high, one.nominal, one.unit) == (409_000, 439_000, 439_000, "listeners")
    assert isinstance(one.low, int)
    assert one.definition == "`listeners` of the count (`peak`), less `listeners` of the restart (`moved`)."
    measures = {"listeners": {"title": "Listeners", "unit": "people"}}
    assert only(make, stated, measures=measures).unit == "people"


def test_shares_and_counts_do_not_mix(make: Any) -> None:
    share = {"measure": "lost", "low": 0.27, "high": 0.27, "nominal": 0.27, "percent": True}
    half = {"measure": "lost", "low": 0.5, "high": 0.6, "nominal": 0.5, "percent": True}
    events = EVENTS | {"x": {"counts": [share]}, "y": {"counts": [half]}}
    one = only(make, {"difference": {"of": "y.lost", "minus": "x.lost"}}, events)
    assert (one.low, one.high, one.nominal, one.unit) == (0.23, 0.33, 0.23, "1")
    one = only(make, {"difference": {"of": "peak.listeners", "minus": "x.lost"}}, events)
    assert one.missing == ("one of the two is a share and the other is not",)


@pytest.mark.parametrize(
    ("of", "missing"),
    [
        ("nobody.listeners", "there is no event `nobody`"),
        ("peak.crashes", "`peak` states no count of `crashes`"),
        ("owner.listeners", "`owner` states no count of `listeners`; `owner.listeners` is a growth"),
    ],
)
def test_a_count_that_is_not_there(make: Any, of: str, missing: str) -> None:
    one = only(make, {"ratio": {"of": of, "to": "peak.listeners"}})
    assert (one.low, one.high, one.nominal, one.missing) == (None, None, None, (missing,))


def reach(target: str, growth: str = "owner.listeners") -> dict[str, Any]:
    return {"reach": {"from": "peak.listeners", "growth": growth, "target": target}}


def test_a_growing_count_reaches_its_target_two_minutes_later(make: Any) -> None:
    one = only(make, reach("700k"))
    assert (one.low, one.high, one.nominal, one.unit) == (120, 156, 120, "s")
    assert one.when is not None
    assert one.when.nominal == one.when.earliest
    peak = make(EVENTS).event("peak")
    assert one.when.earliest == peak.at.earliest + 120 * 1_000_000
    assert one.when.latest == peak.at.latest + 156 * 1_000_000
    assert one.definition == (
        "From the count (`peak`) until its `listeners`, growing as in the statement (`owner`),"
        " would reach 700k."
    )
    assert one.proof_low[-1].route == ("metrics", 0, "reach", "target")
    assert one.proof_low[-1].text == "700k"


def test_a_target_that_is_behind_already_is_negative(make: Any) -> None:
    one = only(make, reach("590k"))
    assert (one.low, one.high, one.nominal) == (-12, 24, -12)


def test_an_uncertain_growth_and_an_uncertain_target(make: Any) -> None:
    slow = GROWTH | {"low": 0, "high": 50_000, "nominal": 25_000}
    events = EVENTS | {"owner": EVENTS["owner"] | {"counts": [slow]}}
    one = only(make, reach("~700k"), events)
    assert (one.low, one.high, one.nominal) == (78, None, 240)
    assert one.missing == ("`owner.listeners` may be zero",)
    assert one.when is not None
    assert one.when.latest is None


def test_what_does_not_grow_reaches_nothing(make: Any) -> None:
    still = GROWTH | {"low": 0, "high": 0, "nominal": 0}
    events = EVENTS | {"owner": EVENTS["owner"] | {"counts": [still]}}
    assert only(make, reach("700k"), events).missing == ("what does not grow never reaches a target",)
    assert only(make, reach("27%")).missing == ("the target `27%` is no such count",)
    assert only(make, reach("700k", "peak.listeners")).missing == (
        "`peak` states no growth of `listeners`; `peak.listeners` is a count",
    )
    assert only(make, reach("many")).missing == ("the target `many` is not understood",)


def test_moments_stay_whole_microseconds_and_never_narrow(make: Any) -> None:
    odd = GROWTH | {"low": 49_999, "high": 50_001, "nominal": 50_000}
    events = EVENTS | {"owner": EVENTS["owner"] | {"counts": [odd]}}
    one = only(make, reach("700k"), events)
    peak = make(EVENTS).event("peak").at
    assert one.when is not None
    assert one.when.earliest == peak.earliest + math.floor(100_000 * MINUTE / 50_001)
    assert one.when.latest == peak.latest + math.ceil(130_000 * MINUTE / 49_999)


def test_counts_come_in_listed_order_and_a_metric_without_a_kind_is_left_out(make: Any) -> None:
    metrics, _ = measure(make(EVENTS, metrics=[{"id": "m"}]), None)
    assert [one.event for one in metrics.counts] == ["peak", "owner", "moved", "rumour"]
    assert metrics.metric("m") is None


def test_a_moment_that_no_calendar_has_is_left_away(make: Any) -> None:
    slow = GROWTH | {"low": 1, "high": 50_000, "nominal": 1, "growth": 86_400 * 1_000_000}
    events = EVENTS | {"owner": EVENTS["owner"] | {"counts": [slow]}}
    one = only(make, reach("900_000_000_000"), events)
    assert one.high == (900_000_000_000 - 570_000) * 86_400.0
    assert one.when is None
    one = only(make, reach("700k"), EVENTS | {"peak": {"counts": [ROOM]}})
    assert (one.low, one.high, one.when) == (120, 156, None)
