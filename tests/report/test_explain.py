"""An explanation is the chain of claims behind a bound, in sentences and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from postmortem.report.explain.explain import explain, things
from postmortem.report.facts.facts import Facts

Lines = Callable[[tuple[str | int, ...]], int]


def _told(facts: Facts, thing: str, line_of: Lines) -> str:
    told = explain(facts, thing, line_of)
    assert told is not None
    return told


def test_all_that_has_a_name_can_be_explained(rooms: Facts, line_of: Lines) -> None:
    assert things(rooms) == (
        "start", "sound", "peak", "move", "speech", "note-later-someone-laughs", "peak.people",
        "time_to_detect", "start_delay", "share", "press", "air", "idle", "load", "A1", "A9",
    )  # fmt: skip
    assert all(explain(rooms, thing, line_of) for thing in things(rooms))


def test_a_name_that_the_log_does_not_have_is_none(rooms: Facts, line_of: Lines) -> None:
    assert explain(rooms, "nothing", line_of) is None


def test_an_event_says_why_it_lies_where_it_does(rooms: Facts, line_of: Lines) -> None:
    told = _told(rooms, "peak", line_of)
    assert told.startswith("peak: Most people.\nan event, line 22\nWhen: 18:20 EDT (UTC-4)\n")
    assert "Not before 18:20, because:\n  line 23: Daily [press] says `18:20`\n" in told
    assert "Not after 18:21, because:\n  line 23: Daily [press] says `18:20`\n" in told
    assert "Whether it came before or after the event listed above it is not known." in told
    assert "People, First room: ≈600,000 (570,000 to 630,000)" in told


def test_a_bound_that_nobody_gives_is_said(rooms: Facts, line_of: Lines) -> None:
    assert "No claim says how late it may have been." in _told(rooms, "speech", line_of)
    assert "No claim names a value between the bounds" in _told(rooms, "sound", line_of)


def test_a_conflict_shows_its_sides_and_the_ruling(rooms: Facts, line_of: Lines) -> None:
    told = _told(rooms, "move", line_of)
    assert "  line 32: kept, On air says `18:40`" in told
    assert "says `about 20m after start` (in its own words: about twenty)" in told
    assert "It was left open: Nobody can tell." in told


def test_a_metric_says_what_proves_each_bound(rooms: Facts, line_of: Lines) -> None:
    told = _told(rooms, "start_delay", line_of)
    assert "Value: 20 min (18 to 22 min)" in told
    assert "Not less than 18 min, because:\n  line 33: Daily [press] says `start + ~20m`" in told
    assert "Not more than 22 min, because:" in told
    unknown = _told(rooms, "time_to_detect", line_of)
    assert "Not known: no event of kind `detected`" in unknown
    assert "Not less than" not in unknown


def test_a_count_a_source_a_factor_and_an_action_say_what_stands_behind_them(
    rooms: Facts, line_of: Lines
) -> None:
    assert "line 24: Daily [press] says `~600k`" in _told(rooms, "peak.people", line_of)
    assert "Reliability: B, usually reliable" in _told(rooms, "press", line_of)
    assert "line 22: peak, 18:20: `Most people.`" in _told(rooms, "press", line_of)
    load = _told(rooms, "load", line_of)
    assert "Confidence: likely" in load
    assert "Leads to:\n  line 12: sound:" in load
    assert "Actions on it:\n  line 2: A1: `Split the room.`" in load
    assert "dropped\nBecause: no need" in _told(rooms, "A9", line_of)


@pytest.mark.parametrize("thing", ["move", "start_delay", "peak.people", "press", "load"])
def test_json_holds_the_same_reasons(rooms: Facts, line_of: Lines, thing: str) -> None:
    told = json.loads(explain(rooms, thing, line_of, "json") or "")
    assert (told["format"], told["thing"]) == ("postmortem.explain/1", thing)
    (answer,) = told["answers"]
    assert list(answer) == ["kind", "id", "title", "line", "reasons"]
    text = _told(rooms, thing, line_of)
    for reason in answer["reasons"]:
        assert reason["sentence"] in text
        for claim in reason["claims"]:
            assert list(claim) == ["line", "text", "source", "stated"]
            assert f"line {claim['line']}: " in text
