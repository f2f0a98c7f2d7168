"""What is said of times that cannot all hold: the whole finding, to the letter, at its very place."""

from __future__ import annotations

from typing import Any

import pytest

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Route, Spot
from postmortem.model.build import understood
from postmortem.model.incident import Incident
from postmortem.resolve.messages import spoken
from postmortem.resolve.resolve import resolve

CORRECT = "correct a time, widen its range"
RULE = ", or rule: `ruling: {prefer: SOURCE, because: ...}` or `{open: true, because: ...}`"
LEAVE_OPEN = ", or leave an event open: `ruling: {open: true, because: ...}`"
SOURCES = {
    "a": {"title": "A"},
    "b": {"title": "B"},
    "ahead": {"title": "C", "clock": "+90s"},
    "loose": {"title": "D", "clock": "±2m"},
}


def findings(*events: dict[str, Any], **more: Any) -> tuple[Finding, ...]:
    """Return what the times of these events contradict."""
    whole: dict[str, Any] = {"format": "postmortem/1", "title": "T", "date": "2023-05-24", "timezone": "UTC"}
    whole |= {"status": "resolved", "sources": SOURCES, "timeline": [{"what": "W."} | one for one in events]}
    return resolve(understood(Incident, whole | more))[1]


def at(*route: str | int, start: int, end: int) -> Spot:
    """Return a part of a field of the timeline."""
    place: Route = ("timeline", *route)
    return Spot(place, start=start, end=end)


def clock(source: str, end: int) -> Spot:
    """Return the whole clock of a source."""
    return Spot(("sources", source, "clock"), start=0, end=end)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 s"),
        (1, "1 µs"),
        (999, "999 µs"),
        (1_000, "1 ms"),
        (1_000_000, "1 s"),
        (60_000_000, "1 min"),
        (3_600_000_000, "1 h"),
        (86_400_000_000, "1 d"),
        (400 * 86_400_000_000, "400 d"),
        (2 * 86_400_000_000 + 3 * 3_600_000_000 + 4 * 60_000_000 + 5_006_007, "2 d 3 h 4 min 5 s 6 ms 7 µs"),
    ],
)
def test_a_length_of_time_is_told_whole(size: int, words: str) -> None:
    assert spoken(size) == words


def test_two_claims_on_one_event() -> None:
    twice = [{"at": "18:20", "source": ["a", "b"]}, {"at": "18:40, after y"}]
    assert findings({"id": "x", "claims": twice}, {"id": "y", "at": "18:00"}) == (
        Finding(
            "PM301",
            "on `x`, `a` and `b` say `18:20` and one claim says `18:40`: they miss each other by 19 min",
            at(0, "claims", 0, "at", start=0, end=5),
            label="`x` is `18:20`",
            help=CORRECT + RULE,
            related=(Related("`x` is `18:40`", at(0, "claims", 1, "at", start=0, end=5)),),
        ),
    )


def test_two_claims_of_which_one_is_by_a_clock_that_may_be_off() -> None:
    twice = [{"at": "18:20", "source": "a"}, {"at": "18:24", "source": "loose"}]
    assert findings({"id": "x", "claims": twice}) == (
        Finding(
            "PM301",
            "on `x`, `a` says `18:20` and `loose` says `18:24`: "
            "they miss each other by 1 min even as far as the clocks may be off",
            at(0, "claims", 0, "at", start=0, end=5),
            label="`x` is `18:20`",
            help=f"{CORRECT} or the `clock` of its source{RULE}",
            related=(
                Related("`x` is `18:24`, says `loose`", at(0, "claims", 1, "at", start=0, end=5)),
                Related("the clock of `loose` is off by `±2m`", clock("loose", 3)),
            ),
        ),
    )


def test_claims_on_two_events() -> None:
    x = {"id": "x", "at": "18:00", "until": "18:30"}
    assert findings(x, {"id": "y", "at": "18:10, after x.end"}) == (
        Finding(
            "PM301",
            "`x` ends `18:30` and `y` is `18:10, after x.end`, which cannot both hold: "
            "they miss each other by 19 min",
            at(0, "until", start=0, end=5),
            label="`x` ends `18:30`",
            help=CORRECT + LEAVE_OPEN,
            related=(
                Related("`y` is `18:10`", at(1, "at", start=0, end=5)),
                Related("`y` is `after x.end`", at(1, "at", start=7, end=18)),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("One two three four five six seven.", "“One two three four five six…”"),
        ("One two three four\n  five six.", "“One two three four five six.”"),
        ("One.", "“One.”"),
    ],
)
def test_an_event_without_an_id_is_named_by_six_words_of_its_text(what: str, name: str) -> None:
    (one,) = findings({"what": what, "at": "18:20", "claims": [{"at": "18:40"}]})
    assert one.message.startswith(f"on {name}, one claim says")
    assert one.label == f"{name} is `18:20`"


def test_claims_on_how_long_it_lasted_and_on_when_it_ended() -> None:
    spans = [{"for": " 5m", "source": "a"}, {"for": "10m", "source": "b"}]
    assert findings({"id": "x", "claims": spans}) == (
        Finding(
            "PM301",
            "on `x`, `a` says for `5m` and `b` says for `10m`: they miss each other by 5 min",
            at(0, "claims", 0, "for", start=0, end=3),
            label="`x` lasts `5m`",
            help=CORRECT + RULE,
            related=(Related("`x` lasts `10m`, says `b`", at(0, "claims", 1, "for", start=0, end=3)),),
        ),
    )
    ends = [{"until": "18:30", "source": "a"}, {"until": "18:10, after y", "source": "b"}]
    (one,) = findings({"id": "x", "claims": ends}, {"id": "y", "at": "18:00"})
    assert one.message == (
        "on the end of `x`, `a` says `18:30` and `b` says `18:10`: they miss each other by 19 min"
    )
    both = [{"at": "18:00", "for": "5m", "source": "a"}, {"until": "18:30", "source": "b"}]
    (one,) = findings({"id": "x", "claims": both})
    assert one.message == (
        "on `x`, `a` says `18:00` for `5m` and `b` says until `18:30`: they miss each other by 24 min"
    )


def test_more_than_two_claims_are_counted() -> None:
    events = (
        {"id": "x", "at": "18:00"},
        {"id": "y", "at": "x + 10m"},
        {"id": "z", "at": "18:05, after y"},
    )
    (one,) = findings(*events)
    assert (one.message, one.help) == (
        "these 3 claims cannot all hold: they miss by 4 min",
        CORRECT + LEAVE_OPEN,
    )


def test_an_end_before_its_own_start() -> None:
    assert findings({"id": "x", "at": "18:20", "until": "18:10", "source": "loose"}) == (
        Finding(
            "PM301",
            "`x` ends before it begins: it is `18:20` until `18:10`, 9 min too early",
            at(0, "until", start=0, end=5),
            label="before its start",
            help="does it end on the next day (`+1d 00:10`)? Else correct one of the two",
        ),
    )


def test_one_time_by_clocks_that_disagree() -> None:
    x = {"id": "x", "at": "18:20:00, after y", "source": ["b", "ahead"]}
    assert findings(x, {"id": "y", "at": "18:00"}) == (
        Finding(
            "PM301",
            "`x` is `18:20:00` by several clocks, which cannot all have shown it: they miss by 1 min 29 s",
            at(0, "at", start=0, end=8),
            help="give each source a claim of its own, or widen its `clock`",
            related=(Related("the clock of `ahead` is off by `+90s`", clock("ahead", 4)),),
        ),
    )


@pytest.mark.parametrize("start", ["x + 5m", "T + 5m", "x.end + 5m"])
def test_an_event_that_counts_from_itself(start: str) -> None:
    assert findings({"at": "18:00"}, {"id": "x", "at": start}, t0="x") == (
        Finding(
            "PM301",
            "`x` is counted from itself",
            at(1, "at", start=0, end=len(start)),
            help="count it from another event or from the clock",
        ),
    )


@pytest.mark.parametrize(
    ("text", "start", "miss"),
    [
        ("after 18:30, before 18:10", 13, "19 min"),
        # It misses by its two ends, though it counts from itself, and by one range that turns on another.
        ("at least 10m before x.end, at most 5m before x.end", 27, "5 min"),
        ("y.end + 10m to y + 5m", 0, "5 min"),
    ],
)
def test_a_time_whose_parts_cannot_both_hold(text: str, start: int, miss: str) -> None:
    assert findings({"id": "x", "at": text}, {"id": "y"}) == (
        Finding(
            "PM301",
            f"`x` cannot be `{text}`: that misses by {miss}",
            at(0, "at", start=start, end=len(text)),
            help="correct one of its parts",
        ),
    )
