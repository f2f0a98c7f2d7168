"""Series inline and from files, and the statistics that a log asks of them."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pytest

from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot
from postmortem.measure.measure import measure
from postmortem.measure.metrics import Metrics, Point

SECOND = 1_000_000
DAY = int(dt.datetime(2023, 5, 24, tzinfo=dt.UTC).timestamp()) * SECOND


def clock(hour: int, minute: int, second: float = 0) -> int:
    return DAY + (hour * 3600 + minute * 60) * SECOND + round(second * SECOND)


def exact(when: int, value: float) -> Point:
    return Point(when, value, value, value)


def measured(
    make: Any, series: Any, folder: Path | None = None, **more: Any
) -> tuple[Metrics, list[Finding]]:
    events = more.pop("events", {"a": {"at": ("18:00", "18:00", "18:00")}})
    metrics, findings = measure(make(events, series=series, **more), folder)
    return metrics, list(findings)


def points(make: Any, folder: Path, name: str, data: str | bytes, **more: Any) -> tuple[Point, ...]:
    folder.joinpath(name).write_bytes(data.encode() if isinstance(data, str) else data)
    metrics, findings = measured(make, [{"measure": "m", "file": name}], folder, **more)
    assert findings == []
    return metrics.series[0].points


def test_inline_points_follow_day_and_zone_and_stand_in_order(make: Any) -> None:
    stated = [["18:21:30", "7"], ["18:20", "~600k"], ["2023-05-24T22:25Z", "570k to 600k"], ["18:19", "1.5"]]
    metrics, findings = measured(
        make,
        [{"measure": "m", "component": "c", "source": "s", "points": stated}],
        timezone="America/New_York",
        approx={"count": "10%"},
    )
    (one,) = metrics.series
    assert findings == []
    assert (one.index, one.measure, one.component, one.source) == (0, "m", "c", ("s",))
    assert one.points == (
        exact(clock(22, 19), 1.5),
        Point(clock(22, 20), 600_000, 540_000, 660_000),
        exact(clock(22, 21, 30), 7),
        Point(clock(22, 25), 585_000, 570_000, 600_000),
    )


def test_inline_points_may_count_from_events(make: Any) -> None:
    stated = [["T+2m", "1"], ["a + 90s", "2"], ["5m before a.end", "3"]]
    events = {"a": {"at": ("18:00", "18:00", "18:00"), "end": ("18:30", "18:30", "18:30")}, "b": {}}
    metrics, findings = measured(make, [{"measure": "m", "points": stated}], events=events, t0="a")
    assert findings == []
    assert [one.at for one in metrics.series[0].points] == [clock(18, 1, 30), clock(18, 2), clock(18, 25)]
    _, findings = measured(make, [{"measure": "m", "points": [["b + 1m", "1"]]}], events=events)
    assert [(one.code, one.at) for one in findings] == [("PM220", Spot(("series", 0, "points", 0, 0)))]
    assert "`b`, whose time is not known" in findings[0].message


@pytest.mark.parametrize(
    ("point", "column", "words"),
    [
        (["after 18:20", "1"], 0, "no single moment"),
        (["18:20", "over 700k"], 1, "a bound alone"),
        (["18:20", "+5/min"], 1, "a growth"),
    ],
)
def test_an_inline_point_that_is_none_is_found_where_it_stands(
    make: Any, point: list[str], column: int, words: str
) -> None:
    metrics, findings = measured(make, [{"measure": "m", "points": [["18:19", "1"], point]}])
    assert [(one.code, one.at) for one in findings] == [("PM220", Spot(("series", 0, "points", 1, column)))]
    assert words in findings[0].message
    assert len(metrics.series[0].points) == 1


def test_two_values_at_one_time_are_found_and_equal_ones_are_one(make: Any) -> None:
    stated = [["18:20", "1"], ["18:21", "5"], ["18:20", "2"], ["18:21:00", "5"]]
    metrics, findings = measured(make, [{"measure": "m", "points": stated}])
    assert [(one.code, one.at) for one in findings] == [("PM220", Spot(("series", 0, "points", 2)))]
    assert findings[0].related[0].at == Spot(("series", 0, "points", 0))
    assert metrics.series[0].points == (exact(clock(18, 20), 1), exact(clock(18, 21), 5))


def test_what_was_found_before_is_not_found_again(make: Any) -> None:
    stated = [["18:2O", "1"], ["18:21", "many"], ["18:22", "-5"], ["nobody + 1m", "1"]]
    metrics, findings = measured(make, [{"measure": "m", "points": stated}])
    assert findings == []
    assert metrics.series[0].points == ()


def test_csv_of_every_kind_of_time(make: Any, tmp_path: Path) -> None:
    text = (
        "time,value\r\n2023-05-24T22:20:00Z,600000\r\n18:21:05,1.5\r\n2023-05-24 18:22:05.25,2e3\r\n\r\n"
        '2023-05-25T00:23:05.000001+02:00,"600,000"\r\n18:24,600k\r\n6:25pm,7\r\n18:26 UTC,0\r\n'
        "2023-05-24 18:27:00 Europe/Paris,+3\r\n"
    )
    found = points(make, tmp_path, "a.csv", text, timezone="America/New_York")
    assert found == (
        exact(clock(16, 27), 3),
        exact(clock(18, 26), 0),
        exact(clock(22, 20), 600_000),
        exact(clock(22, 21, 5), 1.5),
        exact(clock(22, 22, 5.25), 2000),
        exact(clock(22, 23, 5) + 1, 600_000),
        exact(clock(22, 24), 600_000),
        exact(clock(22, 25), 7),
    )
    assert all(isinstance(one.value, int) for one in found if one.value != 1.5)


def test_csv_columns_in_any_order_with_others_beside_them_and_a_mark_before(
    make: Any, tmp_path: Path
) -> None:
    text = '\ufeffvalue,note,"time"\n5,"a, ""b""",18:20\n'
    assert points(make, tmp_path, "a.CSV", text) == (exact(clock(18, 20), 5),)


def test_json_lines(make: Any, tmp_path: Path) -> None:
    text = '{"time": "18:20", "value": 12345678901234567}\n\n{"value": 2.50, "time": "18:21:00Z", "x": null}'
    for name in ("a.jsonl", "a.ndjson"):
        found = points(make, tmp_path, name, text)
        assert found == (exact(clock(18, 20), 12345678901234567), exact(clock(18, 21), 2.5))


def parquet(times: Any, values: Any) -> bytes:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as pq

    out = pa.BufferOutputStream()
    pq.write_table(pa.table({"time": times, "value": values, "more": ["x"] * len(values)}), out)
    return bytes(out.getvalue())


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", None])
def test_parquet_with_and_without_a_zone(make: Any, tmp_path: Path, unit: str, zone: str | None) -> None:
    pa = pytest.importorskip("pyarrow")
    times = pa.array([clock(18, 20) // SECOND, clock(18, 21) // SECOND], pa.timestamp("s"))
    times = times.cast(pa.timestamp(unit))
    if zone:
        times = times.cast(pa.timestamp(unit, tz=zone))
    data = parquet(times, pa.array([5, 2.5]))
    hours = 0 if zone else 4  # without a zone a time is a local one, like any bare time of the log
    found = points(make, tmp_path, "a.parquet", data, timezone="America/New_York")
    assert found == (exact(clock(18 + hours, 20), 5), exact(clock(18 + hours, 21), 2.5))


def test_parquet_numbers_of_every_kind(make: Any, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from decimal import Decimal

    for array, expected in (
        (pa.array([2**62], pa.int64()), 2**62),
        (pa.array([2**63 + 1], pa.uint64()), 2**63 + 1),
        (pa.array([0.5], pa.float32()), 0.5),
        (pa.array([Decimal("2.50")]), 2.5),
        (pa.array([Decimal("12345678901234567890.00")]), 12345678901234567890),
    ):
        times = pa.array([clock(18, 20)], pa.timestamp("us", tz="UTC"))
        found = points(make, tmp_path, "a.parquet", parquet(times, array))
        assert found == (exact(clock(18, 20), expected),)


def test_a_file_in_a_folder_below_and_a_link_that_stays_inside(make: Any, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("time,value\n18:20,1\n", encoding="utf-8")
    (tmp_path / "b.csv").symlink_to(Path("data/a.csv"))
    for name in ("data/a.csv", "./data/a.csv", "data/../data/a.csv", "b.csv"):
        metrics, findings = measured(make, [{"measure": "m", "file": name}], tmp_path)
        assert findings == []
        assert len(metrics.series[0].points) == 1


def test_a_source_clock_sets_times_right_and_widens_windows(make: Any) -> None:
    series = [
        {"measure": "m", "source": "s", "points": [["18:10:00", "1"], ["18:20:00", "9"], ["18:30:00", "2"]]}
    ]
    sources = {"s": {"title": "S", "clock": "+90s ±30s"}}
    events = {"a": {"at": ("18:00", "18:00", "18:00")}, "b": {"at": ("18:18:15", "18:18:15", "18:18:15")}}
    metric = {"id": "x", "stat": {"measure": "m", "of": "max", "between": ["a", "b"]}}
    metrics, findings = measured(make, series, sources=sources, events=events, metrics=[metric])
    (one,) = metrics.series
    assert findings == []
    assert [point.at for point in one.points] == [clock(18, 8, 30), clock(18, 18, 30), clock(18, 28, 30)]
    assert (one.early, one.late) == (-30 * SECOND, 30 * SECOND)
    found = metrics.metric("x")
    assert found is not None
    # The clock may be 120 s ahead: then 18:20:00 was truly 18:18:00, before b.
    assert (found.low, found.high, found.nominal) == (1, 9, 1)


def stat(make: Any, of: str, between: list[str] | None, events: Any, **more: Any) -> Any:
    stated = {"measure": "m", "of": of} | ({"between": between} if between else {})
    series = more.pop(
        "series",
        [{"measure": "m", "points": [[f"18:0{n}:00", str(v)] for n, v in enumerate([4, 1, 7, 3, 9, 2])]}],
    )
    metrics, findings = measured(
        make, series, events=events, metrics=[{"id": "x", "stat": stated | more.pop("stat", {})}], **more
    )
    assert findings == []
    return metrics.metric("x")


SURE = {"a": {"at": ("18:01", "18:01", "18:01")}, "b": {"at": ("18:04", "18:04", "18:04")}}
UNSURE = {"a": {"at": ("18:01", "18:02", "18:01")}, "b": {"at": ("18:03", "18:04", "18:04")}, "c": {}}


@pytest.mark.parametrize(
    ("of", "whole", "sure", "unsure"),
    [
        ("max", 9, 9, (7, 9, 9)),
        ("min", 1, 1, (1, 3, 1)),
        ("sum", 26, 20, (10, 20, 20)),
        ("mean", 26 / 6, 5, (11 / 3, 19 / 3, 5)),
        ("p50", 3, 3, (3, 7, 3)),
        ("p95", 9, 9, (7, 9, 9)),
        ("integral", 23 * 60, 15 * 60, (5 * 60, 15 * 60, 15 * 60)),
    ],
)
def test_each_statistic(make: Any, of: str, whole: float, sure: float, unsure: tuple[float, ...]) -> None:
    one = stat(make, of, None, SURE)
    assert (one.low, one.high, one.nominal) == (whole, whole, whole)
    one = stat(make, of, ["a", "b"], SURE)
    assert (one.low, one.high, one.nominal, one.ends) == (sure, sure, sure, ("a", "b"))
    one = stat(make, of, ["a", "b"], UNSURE)
    low, high, nominal = unsure
    assert one.nominal == nominal
    assert one.low == pytest.approx(low, abs=1e-12)
    assert one.high == pytest.approx(high, abs=1e-12)
    assert one.missing == ()
    assert one.proof_low
    assert one.unit == ("m·s" if of == "integral" else "m")


def test_a_statistic_says_what_it_is(make: Any) -> None:
    measures = {"m": {"title": "M", "unit": "people"}}
    one = stat(make, "max", ["a", "b"], SURE, measures=measures)
    assert one.unit == "people"
    assert one.definition == (
        "The highest of the values recorded in the series of `m` from the event (`a`) to the event (`b`)."
    )
    one = stat(make, "integral", None, SURE, measures=measures)
    assert one.unit == "people·s"
    assert one.definition.endswith("in the series of `m`, from its first point to its last.")


@pytest.mark.parametrize(
    ("between", "missing"),
    [
        (["a", "c"], "the time of `c` is not known"),
        (["nobody", "b"], "there is no event `nobody`"),
        (["a.end", "b"], "`a` has no end"),
        (["b", "a"], "the series of `m` records nothing there"),
    ],
)
def test_a_statistic_without_its_ends_is_unknown(make: Any, between: list[str], missing: str) -> None:
    events = UNSURE if "c" in between else SURE
    one = stat(make, "max", between, events)
    assert (one.low, one.high, one.nominal, one.missing) == (None, None, None, (missing,))


def test_windows_beside_the_series_hold_nothing(make: Any) -> None:
    for low, high in (("19:00", "20:00"), ("19:00", None), ("16:00", "17:00"), (None, "17:00")):
        events = {"a": {"at": (low, high, None)}, "b": {"at": (low, high, None)}}
        for of in ("max", "sum", "integral"):
            assert stat(make, of, ["a", "b"], events).missing == ("the series of `m` records nothing there",)


def test_which_series_is_meant(make: Any) -> None:
    def one_of(*components: str | None) -> list[dict[str, Any]]:
        return [
            {"measure": "m", "points": [["18:02", str(n)]]} | ({"component": name} if name else {})
            for n, name in enumerate(components, 1)
        ]

    assert stat(make, "max", None, SURE, series=one_of("r")).high == 1
    assert stat(make, "max", None, SURE, series=one_of("r", "s"), stat={"component": "s"}).high == 2
    assert stat(make, "max", None, SURE, series=one_of("r", None)).high == 2
    assert stat(make, "max", None, SURE, series=one_of("r", "s")).missing == (
        "which component is meant: there are series of `m` in `r` and `s`",
    )
    assert stat(make, "max", None, SURE, series=one_of("r"), stat={"component": "z"}).missing == (
        "there is no data in the series of `m` in `z`",
    )
    both = stat(make, "max", None, SURE, series=one_of("r", "r"))
    assert (both.low, both.high, both.nominal) == (1, 2, None)
    assert [step.route for step in both.proof_low] == [("series", 0, "points"), ("series", 1, "points")]


def counted(
    make: Any, count: tuple[float | None, float | None], at: Any, points: Any, **more: Any
) -> list[Finding]:
    said = {"measure": "m", "low": count[0], "high": count[1], **more.pop("also", {})}
    events = {"peak": {"at": at, "counts": [said]}}
    _, findings = measured(make, [{"measure": "m", "points": points} | more], events=events)
    return findings


POINTS = [["18:00:00", "10"], ["18:10:00", "20"], ["18:20:00", "40"], ["18:30:00", "80"]]
AT = ("18:20", "18:20", "18:20")


def test_a_series_that_cannot_agree_with_a_count_is_found(make: Any) -> None:
    (found,) = counted(make, (100, 120), AT, POINTS)
    assert (found.code, found.at) == ("PM403", Spot(("timeline", 0, "counts", "s")))
    assert found.message == (
        "the series of `m` stands at 20 to 80 around `peak`, where 100 to 120 is counted"
    )
    assert found.related[0].at == Spot(("series", 0))
    assert counted(make, (None, 15), AT, POINTS)[0].message.endswith("at most 15 is counted")


@pytest.mark.parametrize(
    ("count", "at", "more"),
    [
        ((30, 35), AT, {}),  # the series passes through it
        ((80, 90), AT, {}),  # one step away
        ((None, 20), AT, {}),
        ((90, None), (None, "18:20", None), {}),  # not bounded
        ((90, None), ("20:00", "20:00", "20:00"), {}),  # no point near
        ((90, 95), AT, {"component": "room"}),  # another component
        ((90, 95), AT, {"also": {"growth": 60}}),
    ],
)
def test_what_can_agree_is_not_found(make: Any, count: Any, at: Any, more: Any) -> None:
    assert counted(make, count, at, POINTS, **more) == []


def test_a_stated_step_narrows_what_is_near(make: Any) -> None:
    assert len(counted(make, (80, 90), AT, POINTS, step="1m")) == 1
    assert counted(make, (40, 40), AT, POINTS, step="1m") == []
    same = {"component": "room", "also": {"components": ("room",)}}
    assert len(counted(make, (100, 120), AT, POINTS, **same)) == 1


def test_json_that_python_writes_is_read(make: Any, tmp_path: Path) -> None:
    text = "\n".join(json.dumps({"time": f"18:{n:02}:00", "value": n / 3}) for n in range(60))
    assert [one.value for one in points(make, tmp_path, "a.jsonl", text)] == [n / 3 for n in range(60)]


def test_any_stretch_of_a_long_series_has_its_own_extremes() -> None:
    from postmortem.measure.agreement import Course
    from postmortem.measure.metrics import ResolvedSeries

    dice = random.Random(7)
    row = tuple(Point(n, v, v - 1, v + 1) for n, v in enumerate(dice.choices(range(10**6), k=5_000)))
    course = Course(ResolvedSeries(0, "m", None, (), row))
    for first, last in [(0, 4_999), (0, 1_023), (1_024, 2_047), (1_023, 1_024), (5, 4_000), (9, 9), (-9, 99)]:
        part = [one.value for one in row if first <= one.at <= last]
        assert course.extremes(first, last) == (min(part) - 1, max(part) + 1)
    assert course.extremes(5_000, 6_000) is None
    assert course.extremes(9, 8) is None
