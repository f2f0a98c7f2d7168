"""Bounds: size, depth and count, each at the very edge, and hostile files answered in bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from postmortem.ground.finding import Finding
from postmortem.ground.place import Span
from postmortem.read import MAX_BYTES, decode, read
from postmortem.read.nodes import Document
from postmortem.read.refusals import MAX_DEPTH, MAX_EVENTS, MAX_NODES, MAX_NODES_MORE

Read: TypeAlias = Callable[[str], tuple[Document | None, tuple[Finding, ...]]]


def fast(text: str) -> tuple[Document | None, tuple[Finding, ...]]:
    source, findings = decode("log.yaml", text.encode())
    assert source is not None
    document, more = read(source)
    return document, findings + more


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth(opening: str, take: Read) -> None:
    closing = {"[": "]", "{": "}"}.get(opening[0], "")
    levels = MAX_DEPTH
    document, findings = take(opening * levels + "x" + closing * levels)
    assert document is not None
    assert {one.code for one in findings} <= {"PM112"}
    document, findings = take(opening * (levels + 1) + "x" + closing * (levels + 1))
    assert document is None
    assert (findings[-1].code, findings[-1].at) == (
        "PM109",
        Span(1, len(opening) * levels + 1, 1, len(opening) * levels + 2),
    )


def test_the_bounds_are_those_that_users_are_told() -> None:
    told = Path(__file__).parents[2].joinpath("docs/security.md").read_text(encoding="utf-8")
    assert (MAX_DEPTH, MAX_NODES, MAX_NODES_MORE, MAX_EVENTS) == (32, 200_000, 8, 100_000)
    assert "16 MiB, depth 32, 200,000 values" in told


def test_values() -> None:
    lines = "- a\n" * (MAX_NODES - 1)  # the list itself is one
    document, findings = fast(lines)
    assert document is not None
    assert findings == ()
    document, (one,) = fast(lines + "- b\n")
    assert document is None
    assert (one.code, one.at) == ("PM109", Span(MAX_NODES, 3, MAX_NODES, 4))
    assert "200,000" in one.message


def test_each_event_brings_values_with_it() -> None:
    items = 2_000
    event = "- [a, b, c, d, e, f, g]\n"  # eight values with the list
    other = MAX_NODES - 3 - 2  # the map, `timeline`, its list; `other` and its list
    text = "timeline:\n" + event * items + "other:\n"
    document, findings = fast(text + "- x\n" * other)
    assert (findings, document is not None) == ((), True)
    document, (one,) = fast(text + "- x\n" * (other + 1))
    assert one.code == "PM109"
    document, (one,) = fast(text.replace("timeline", "events") + "- x\n" * other)
    assert one.code == "PM109"


def test_events() -> None:
    text = "timeline:\n" + "- a\n" * MAX_EVENTS
    document, findings = fast(text)
    assert (findings, document is not None) == ((), True)
    for more in ("- b\n", "- b\n" * MAX_NODES, "- b\nx: y\n"):
        document, (one,) = fast(text + more)
        assert document is None
        assert (one.code, one.at) == ("PM109", Span(MAX_EVENTS + 2, 3, MAX_EVENTS + 2, 4))
        assert "100,000 events" in one.message


def test_two_timelines_share_the_bound() -> None:
    half = "- a\n" * (MAX_EVENTS // 2)
    _, findings = fast(f"timeline:\n{half}timeline:\n{half}- b\n")
    assert [one.code for one in findings] == ["PM109"] or "PM102" in [one.code for one in findings]
    assert findings[-1].at == Span(MAX_EVENTS + 3, 3, MAX_EVENTS + 3, 4) or findings[0].code == "PM109"


def test_only_the_list_at_the_top_is_the_timeline() -> None:
    for text in ("x:\n  timeline:\n", "timeline:\n  x:\n", "- timeline:\n"):
        _, findings = fast(text + "    - [a, b]\n" * (MAX_NODES // 3 + 9))
        assert [one.code for one in findings] == ["PM109"]


def test_tags_and_anchors_are_bounded() -> None:
    _, findings = fast("- !x &y a\n" * 10_001)
    assert {one.code for one in findings} == {"PM103", "PM104", "PM109"}
    assert findings[-1].code in ("PM104", "PM109")
    assert any(one.at == Span(10_001, 3, 10_001, 4) for one in findings if one.code == "PM109")


FULL = MAX_BYTES - 100
HUGE = {
    "brackets": "[" * FULL,
    "a million brackets": "[" * 1_000_000,
    "braces in brackets": "[{" * (FULL // 2),
    "dashes": "- " * (FULL // 2),
    "question marks": "? " * (FULL // 2),
    "items": "- a\n" * (FULL // 4),
    "empty items": "-\n" * (FULL // 2),
    "keys": "".join(f"k{number}: v\n" for number in range(FULL // 13)),
    "one key again and again": "a: b\n" * (FULL // 5),
    "digits": "a: " + "1" * FULL,
    "a long key": "k" * FULL + ": v",
    "quoted": 'a: "' + "x" * FULL + '"',
    "escapes": 'a: "' + "\\x41" * (FULL // 4) + '"',
    "forbidden escapes": 'a: "' + "\\x00" * (FULL // 4) + '"',
    "an open quote": 'a: "' + "x\n" * (FULL // 2),
    "words over lines": "a:\n" + " x\n" * (FULL // 3),
    "blanks": "a: x" + " " * FULL + "y",
    "blanks and a colon": "a b" + " " * FULL + ": c: d",
    "line ends": "\n" * FULL,
    "carriage returns": "\r" * FULL,
    "tabs": "\t" * FULL,
    "comments": "#\n" * (FULL // 2),
    "directives": "%\n" * (FULL // 2),
    "versions": "%YAML 1.2\n" * (FULL // 10),
    "direction controls": "a: |\n" + " \u202e\n" * (FULL // 5),
    "colons": "a: " * (FULL // 3),
    "tags": "- !x a\n" * (FULL // 7),
    "a long tag": "!" + "x" * FULL,
    "anchors": "- &x a\n" * (FULL // 7),
    "aliases": "- &x a\n" + "- *x\n" * (FULL // 5),
    "merge keys": "<<: a\n" * (FULL // 6),
    "documents": "---\n" * (FULL // 4),
    "commas": "[" + "," * FULL,
    "flow keys without values": "{" + "a," * (FULL // 2),
    "no keys": "{" + "? ," * (FULL // 3),
    "long flow keys without values": "{" + ("k" * 80 + ",") * (FULL // 81),
    "long words and no keys": "{" + ('? "' + "x" * 70 + '" , ? , ') * (FULL // 82),
    "a value far behind its key": "{? a" + "\n" * FULL + ", b}",
    "stairs": "".join(" " * number + "a:\n" for number in range(5_000)),
    "wide characters": "a: " + "😀" * (FULL // 4),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_hostile_file_is_answered_in_time(name: str) -> None:
    start = time.process_time()
    document, findings = fast(HUGE[name])
    spent = time.process_time() - start
    assert document is not None or findings
    assert spent < 6  # two seconds on a quiet machine; three times that for a busy one


def test_a_megabyte_of_log_is_read_in_time() -> None:
    event = (
        "  - id: e{0}\n    at: about 18:20\n    kind: count\n    source: guardian\n"
        "    what: Nearly 600,000 people are in the first room.\n    counts: {{listeners: ~600k}}\n"
    )
    text = "title: x\ntimeline:\n" + "".join(event.format(number) for number in range(6_400))
    assert len(text) >= 1_000_000
    source, _ = decode("log.yaml", text.encode())
    assert source is not None
    times = []
    for _ in range(3):
        start = time.process_time()
        document, findings = read(source)
        times.append(time.process_time() - start)
        assert document is not None
        assert findings == ()
    assert min(times) < 1.5  # half a second on a quiet machine


def test_the_bound_on_values_fits_the_longest_timeline() -> None:
    assert MAX_NODES + MAX_EVENTS * MAX_NODES_MORE >= 1_000_000
