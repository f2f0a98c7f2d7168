"""Metrics in every format: with bounds and definition, alone and side by side."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from postmortem.ground.record import replace
from postmortem.measure.metrics import Metric
from postmortem.report.facts.facts import Facts
from postmortem.report.metrics.as_csv import metrics_csv
from postmortem.report.metrics.as_json import metrics_json
from postmortem.report.metrics.as_markdown import metrics_markdown
from postmortem.report.metrics.as_text import metrics_text
from postmortem.report.terminal.columns import width
from postmortem.report.wording.words import metric_words
from postmortem.resolve.timeline import Bounds

Lines = Callable[[tuple[str | int, ...]], int]


def test_json_has_exactly_the_keys_of_the_contract(rooms: Facts, line_of: Lines) -> None:
    told = json.loads(metrics_json([(rooms, line_of)]))
    assert list(told) == ["format", "incident", "metrics", "counts"]
    assert (told["format"], told["incident"]) == ("postmortem.metrics/1", "rooms")
    assert list(told["metrics"][0]) == [
        "id", "title", "unit", "low", "high", "nominal", "when", "definition", "missing", "proof",
    ]  # fmt: skip
    assert told["metrics"][1]["proof"]["low"] == [{"line": 33, "text": "start + ~20m", "source": "press"}]
    assert list(told["counts"][0])[:10] == [
        "event", "measure", "component", "low", "high", "nominal", "per", "source", "stated", "claims",
    ]  # fmt: skip
    assert (told["counts"][0]["component"], told["counts"][0]["per"]) == ("first", None)


def test_json_says_unknown_and_what_is_missing(rooms: Facts, line_of: Lines) -> None:
    unknown = json.loads(metrics_json([(rooms, line_of)]))["metrics"][0]
    assert (unknown["low"], unknown["high"], unknown["nominal"]) == (None, None, None)
    assert unknown["missing"] == ["no event of kind `detected`"]


def test_json_of_several_logs_is_a_list_under_one_object(rooms: Facts, line_of: Lines) -> None:
    told = json.loads(metrics_json([(rooms, line_of), (rooms, line_of)]))
    assert list(told) == ["format", "incidents"]
    assert [one["incident"] for one in told["incidents"]] == ["rooms", "rooms"]


def test_text_says_value_bounds_and_definition(rooms: Facts) -> None:
    text = metrics_text([rooms], 100)
    assert "Start delay 20 min (18 to 22 min)" in " ".join(text.split())
    assert "unknown: no event of kind `detected`" in text
    assert "from scheduled to resumed" in text
    assert "People, First room · ≈600,000 (570,000 to 630,000) · 18:20 · press: ~600k" in text


@pytest.mark.parametrize("columns", [60, 100, 200])
@pytest.mark.parametrize("logs", [1, 2, 3, 8])
def test_text_stays_within_its_columns(rooms: Facts, columns: int, logs: int) -> None:
    text = metrics_text([rooms] * logs, columns)
    assert max(width(line) for line in text.splitlines()) <= columns


def test_plain_ascii_is_plain(rooms: Facts) -> None:
    assert not metrics_text([rooms], 100).isascii()
    assert metrics_text([rooms], 100, ascii_only=True).isascii()


def test_colour_stays_on_whole_lines(rooms: Facts) -> None:
    assert "\x1b[1mCounts\x1b[0m" in metrics_text([rooms], 100, color=True)
    assert "\x1b" not in metrics_text([rooms, rooms], 100)


def test_csv_has_the_columns_of_each_log(rooms: Facts) -> None:
    rows = list(csv.reader(io.StringIO(metrics_csv([rooms])), strict=True))
    assert rows[0] == ["metric", "title", "unit", "low", "high", "nominal", "text", "missing"]
    assert rows[2][3:7] == ["1080.0", "1320.0", "1200.0", "20 min (18 to 22 min)"]
    other = replace(rooms, name="other")
    several = list(csv.reader(io.StringIO(metrics_csv([rooms, other])), strict=True))
    assert several[0][3::5] == ["rooms_low", "other_low"]
    twice = list(csv.reader(io.StringIO(metrics_csv([rooms, rooms])), strict=True))
    assert len(set(twice[0])) == len(twice[0])


def test_markdown_has_a_row_a_metric(rooms: Facts) -> None:
    text = metrics_markdown([rooms])
    assert "| Start delay | ≈20&nbsp;min | 18&nbsp;to&nbsp;22&nbsp;min | from scheduled to resumed |" in text
    assert "| Time to detect | unknown | no event of kind `detected` |" in text
    beside = metrics_markdown([rooms, rooms])
    assert "| Start delay | 20&nbsp;min&nbsp;(18&nbsp;to&nbsp;22&nbsp;min) | 20&nbsp;min" in beside


def _metric(rooms: Facts, **changes: object) -> Metric:
    return replace(rooms.metrics.metrics[1], **changes)


def test_a_share_is_worded_in_percent_and_a_ratio_as_a_number(rooms: Facts) -> None:
    share = _metric(rooms, unit="1", low=0.25, high=0.3, nominal=0.27)
    assert metric_words(share, rooms.clock).full == "≈27% (25 to 30%)"
    ratio = _metric(rooms, unit="1", low=2.5, high=3.5, nominal=3.0)
    assert metric_words(ratio, rooms.clock).full == "≈3 (2.5 to 3.5)"
    people = _metric(rooms, unit="people", low=10.0, high=10.0, nominal=10.0)
    assert metric_words(people, rooms.clock).full == "10 people"


def test_a_moment_is_worded_by_the_clock(rooms: Facts) -> None:
    assert rooms.clock.zero is not None
    assert rooms.clock.zero.earliest is not None
    zero = rooms.clock.zero.earliest
    moment = _metric(rooms, unit="time", low=zero / 1e6, high=zero / 1e6 + 300, nominal=zero / 1e6 + 60)
    assert metric_words(moment, rooms.clock).full == "≈18:01 (18:00–18:04)"
    minute = 60_000_000
    when = Bounds(zero + 20 * minute, zero + 23 * minute, zero + 21 * minute, named=True)
    assert metric_words(_metric(rooms, when=when), rooms.clock).full == "20 min (18 to 22 min): ≈18:21"


def test_a_duration_of_which_only_the_order_is_known_is_not_timed(rooms: Facts) -> None:
    words = metric_words(_metric(rooms, low=0.0, high=None, nominal=None, named=False), rooms.clock)
    assert words.full == "not timed (0 min or more)"
    assert not words.tells
