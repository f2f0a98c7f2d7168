"""The notation table: every row and every synonym, with its exact bounds."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from postmortem.model.stated import Base, Bound
from postmortem.model.times import Anchor, anchor, parse_time

US, MS, S = 1, 1_000, 1_000_000
M, H, D = 60 * S, 3600 * S, 86400 * S
LOG = Anchor(date(2023, 5, 24), "America/New_York", 5 * M, 0.1)
DAY = (datetime(2023, 5, 24) - datetime(1970, 1, 1)).days * D + 4 * H
"""2023-05-24T00:00 in New York, in microseconds since 1970."""


def at(hour: int, minute: int = 0, second: int = 0, micro: int = 0, day: int = 0) -> int:
    return DAY + day * D + hour * H + minute * M + second * S + micro


def bounds(text: str, against: Anchor = LOG) -> tuple[Bound, ...]:
    stated = parse_time(text)
    assert stated.fault is None, (text, stated.fault)
    assert stated.value is not None
    anchored = anchor(stated.value, against)
    assert anchored.faults == (), (text, anchored.faults)
    return anchored.bounds


def only(text: str) -> tuple[int | None, int | None, int | None, bool]:
    (bound,) = bounds(text)
    assert bound.base is None
    assert text[bound.start : bound.end] == text.strip(" ")
    return bound.low, bound.high, bound.nominal, bound.named


MINUTE = (at(18, 20), at(18, 21), at(18, 20), True)
HALF_HOUR = (at(18, 30), at(18, 31), at(18, 30), True)
ABSOLUTE = {
    MINUTE: (
        "18:20", " 18:20 ", "6:20pm", "6:20 PM", "6:20 pm", "6:20Pm", "06:20 p.m.", "6:20 P.M.", "6:20p.m.",
        "6:20\u202fPM", "6:20 p.m", "2023-05-24 18:20", "2023-05-24T18:20", "2023-05-24t18:20",
        "2023-05-24  6:20pm",
        "2023-05-24T22:20Z", "2023-05-24T22:20z", "2023-05-24 18:20-04:00", "2023-05-24 18:20\u221204:00",
        "18:20-04:00", "18:20 -04:00", "6:20pm-04:00", "22:20 UTC", "22:20 utc", "22:20 GMT", "22:20Z",
        "22:20 Z",
        "22:20UTC", "2023-05-25 00:20 Europe/Paris", "18:20 America/New_York", "2023-05-25T03:50+05:30",
        "+0d 18:20", "17:50 + 30m", "30m after 17:50", "18:40 - 20m", "20m before 18:40",
        "20m before 18:40 ±0m",
    ),
    (at(0, 5), at(0, 6), at(0, 5), True): ("00:05", "0:05", "12:05am", "12:05 a.m."),
    (at(12, 5), at(12, 6), at(12, 5), True): ("12:05", "12:05pm"),
    (at(8, 5), at(8, 6), at(8, 5), True): ("08:05", "8:05", "8:05am"),
    (at(0, 0), at(0, 1), at(0, 0), True): ("00:00",),
    (at(23, 59), at(24, 0), at(23, 59), True): ("23:59",),
    (at(23, 59, 59), at(24, 0), at(23, 59, 59), True): ("23:59:59", "11:59:59pm"),
    (at(18, 20, 5), at(18, 20, 6), at(18, 20, 5), True): ("18:20:05", "6:20:05pm", "2023-05-24T22:20:05Z"),
    (at(18, 20, 5, 250 * MS), at(18, 20, 5, 251 * MS), at(18, 20, 5, 250 * MS), True): ("18:20:05.250",),
    (at(18, 20, 5, 200 * MS), at(18, 20, 5, 300 * MS), at(18, 20, 5, 200 * MS), True): ("18:20:05.2",),
    (at(18, 20, 5, 7), at(18, 20, 5, 8), at(18, 20, 5, 7), True): ("18:20:05.000007",),
    (at(24, 0), at(24, 0, 1), at(24, 0), True): ("23:59:60", "11:59:60pm", "2023-05-24 23:59:60"),
    (at(24, 0, 0, 500 * MS), at(24, 0, 0, 600 * MS), at(24, 0, 0, 500 * MS), True): ("23:59:60.5",),
    (at(0), at(24), at(12), False): ("2023-05-24", "2023-05-24 America/New_York", "2023-05-24 -04:00"),
    (at(20, day=-1), at(20), at(8), False): ("2023-05-24 UTC", "2023-05-24 Z"),
    (at(0, 10, day=1), at(0, 11, day=1), at(0, 10, day=1), True): (
        "+1d 00:10", "+1D  00:10", "2023-05-25 00:10",
    ),
    (at(12, 20), at(12, 21), at(12, 20), True): ("18:20 Europe/Paris",),
    (at(18, 15), at(18, 26), at(18, 20), True): (
        "about 18:20", "~18:20", "~ 18:20", "≈18:20", "around 18:20", "About 6:20pm", "18:20 ±5m",
        "within 5m of 18:20",
    ),
    (at(18, 18), at(18, 23), at(18, 20), True): (
        "18:20 ±2m", "18:20±2m", "18:20 ± 2 min", "18:20 +-2m", "18:20 +- 2m", "18:20 +/-2m",
        "18:20 +\u22122m",
    ),
    (at(18, 20), at(18, 26), at(18, 23), False): (
        "18:20 to 18:25", "between 18:20 and 18:25", "Between 18:20 And 18:25", "18:20..18:25",
        "18:20 .. 18:25",
        "18:20 - 18:25", "18:20 \u2212 18:25", "18:20 – 18:25", "18:20–18:25", "from 18:20 to 18:25",
        "from 18:20 until 18:25", "18:20 until 18:25", "6:20pm to 6:25pm", "18:20 to 6:25pm",
        "22:20 to 22:25 UTC",
        "22:20Z to 22:25", "2023-05-24 18:20 to 18:25", "18:20 to 2023-05-24 18:25", "18:20-04:00..18:25",
    ),
    (at(13), at(13, 6), at(13, 3), False): ("13:00 to 1:05pm",),
    (at(13, 30), at(14, 6), at(13, 48), False): ("13:30 to 2:05pm",),
    (at(18, 20), at(18, 21), at(18, 20, 30), False): ("18:20 to 18:20",),
    (at(18, 15), at(18, 31), at(18, 23), False): (
        "about 18:20 to 18:25", "~18:20..~18:25", "18:20 to 18:25 ±5m",
    ),
    (at(18, 15), at(18, 28), at(18, 21, 30), False): ("~18:20 to 18:25 ±2m",),
    (at(18, 18), at(18, 31), at(18, 24, 30), False): ("18:20 ±2m to ~18:25",),
    (at(18, 15), at(18, 26), at(18, 20, 30), False): ("between about 18:20 and 18:25",),
    (at(23, 50), at(0, 11, day=1), at(0, 0, 30, day=1), False): ("23:50 to +1d 00:10",),
    (at(0, 10, day=1), at(0, 21, day=1), at(0, 15, 30, day=1), False): ("+1d 00:10 to 00:20",),
    (at(0), at(48), at(24), False): ("2023-05-24 to 2023-05-25", "2023-05-24..2023-05-25"),
    (at(12), at(24), at(18), False): ("2023-05-24 12:00 to 2023-05-24",),
    (None, at(18, 31), None, True): (
        "by 18:30", "before 18:30", "until 18:30", "..18:30", ".. 18:30", "not after 18:30", "Before 6:30pm",
        "by 2023-05-24T22:30Z",
    ),
    (None, at(18, 36), None, True): ("by about 18:30", "before ~18:30"),
    (at(18, 30), None, None, True): (
        "after 18:30", "since 18:30", "from 18:30", "18:30..", "18:30 ..", "not before 18:30", "AFTER 18:30",
    ),
    (at(18, 25), None, None, True): ("after about 18:30", "~18:30.."),
    (None, at(24), None, True): ("by 2023-05-24",),
    (at(0), None, None, True): ("since 2023-05-24",),
    (at(18), at(18, 11), None, True): ("within 10m after 18:00", "..10m after 18:00"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [(text, expected) for expected, texts in ABSOLUTE.items() for text in texts]
)
def test_clock_times(text: str, expected: tuple[int | None, int | None, int | None, bool]) -> None:
    assert only(text) == expected


X, Y, T = Base("X"), Base("Y"), Base(None)
RELATIVE = {
    (X, 20 * M, 20 * M, 20 * M, True): (
        "20m after X", "20 min after X", "20 minutes after X", "X + 20m", "X+20m", "X +20m",
        "20 MINUTES After X",
        "1200s after X", "X + 0h20m", "20m after X ±0m",
    ),
    (X, -5 * M, -5 * M, -5 * M, True): ("5m before X", "X - 5m", "X -5m", "X \u2212 5m"),
    (X, 18 * M, 22 * M, 20 * M, True): (
        "about 20m after X", "X + ~20m", "X + about 20m", "~20m after X", "around 20 minutes after X",
        "X + ≈20m",
        "about X + 20m", "X + 20m ±2m", "20m ±2m after X", "20m after X ±2m",
    ),
    (X, -22 * M, -18 * M, -20 * M, True): ("about 20m before X", "X - ~20m"),
    (X, 4 * M, 6 * M, 5 * M, True): ("about 5m after X", "X + ~5m"),
    (X, 0, 2 * M, M, True): ("about 1m after X",),
    (X, 15 * M, 25 * M, 20 * M, False): (
        "15m to 25m after X", "X + 15m..25m", "X + 15m to 25m", "15..25m after X", "15 to 25 minutes after X",
        "15-25m after X", "15m - 25m after X", "15–25 min after X", "between 15m and 25m after X",
        "between 15 and 25 minutes after X", "X + 15m to X + 25m", "X + 15..25m",
    ),
    (X, -25 * M, -15 * M, -20 * M, False): ("15m to 25m before X", "X - 15m..25m"),
    (X, 17 * M, 23 * M, 20 * M, True): ("X + 20m ±3m", "20m after X +-3m"),
    (X, 0, 10 * M, None, True): (
        "within 10m after X", "X + ..10m", "at most 10m after X", "up to 10m after X",
        "less than 10m after X",
        "no more than 10m after X", "not more than 10m after X", "..10m after X", "Within 10 min After X",
    ),
    (X, -10 * M, 0, None, True): ("within 10m before X", "X - ..10m", "at most 10m before X"),
    (X, 5 * M, None, None, True): (
        "at least 5m after X", "X + 5m..", "more than 5m after X", "no less than 5m after X",
        "not less than 5m after X", "X + 5m ..",
    ),
    (X, None, -5 * M, None, True): ("at least 5m before X", "X - 5m.."),
    (X, -10 * M, 10 * M, 0, True): ("within 10m of X", "X ±10m"),
    (X, -5 * M, 5 * M, 0, True): ("about X", "~X"),
    (X, 0, 0, 0, True): ("X",),
    (Base("X", True), 0, 0, 0, True): ("X.end",),
    (Base("X", True), 20 * M, 20 * M, 20 * M, True): ("20m after X.end", "X.end + 20m"),
    (X, 0, None, None, True): ("after X", "since X", "from X", "X.."),
    (Base("X", True), 0, None, None, True): ("after X.end",),
    (X, None, 0, None, True): ("before X", "by X", "until X", "..X"),
    (X, 20 * M, None, None, True): ("after X + 20m", "after 20m after X"),
    (X, None, 20 * M, None, True): ("before X + 20m",),
    (Base("second-room"), -5 * M, -5 * M, -5 * M, True): ("second-room - 5m", "5m before second-room"),
    (Base("crash-2"), 5 * M, 5 * M, 5 * M, True): ("crash-2 + 5m", "crash-2+5m"),
    (Base("Peak_2"), 0, 0, 0, True): ("Peak_2",),
    (Base("aftermath"), 0, 0, 0, True): ("aftermath",),
    (Base("to-do"), 0, None, None, True): ("after to-do",),
    (Base("T-shirt"), 0, 0, 0, True): ("T-shirt",),
    (T, 20 * M, 20 * M, 20 * M, True): ("T+20m", "T+20", "T + 20", "T + 20m", "20m after T", "T+1200s"),
    (T, 90 * M, 90 * M, 90 * M, True): ("T+1h30m", "T+90", "T+1.5h"),
    (T, -5 * M, -5 * M, -5 * M, True): ("T-5m", "T-5", "T - 5m", "T\u22125m"),
    (T, 18 * M, 22 * M, 20 * M, True): (
        "T+20 ±2m", "T+20 ±2", "T+20m ±2m", "T+~20m", "~T+20", "≈T+20", "about T+20m",
    ),
    (T, 20 * M, 25 * M, 22 * M + 30 * S, False): (
        "T+20 to T+25", "T+20..25", "T+20m..25m", "between T+20 and T+25",
    ),
    (T, 18 * M, 27 * M + 30 * S, 22 * M + 45 * S, False): ("about T+20 to T+25", "~T+20..~T+25"),
    (X, 0, 0, 0, False): ("X to X", "X to X + 0m", "X + 0m to X"),
    (X, 5 * M, 5 * M, 5 * M, False): ("X + 5m to X + 5m", "5m to 5m after X"),
    (T, 0, 0, 0, True): ("T", "T+0"),
    (T, 20 * M, None, None, True): ("after T+20", "T+20.."),
    (T, None, 20 * M, None, True): ("before T+20m", "by T+20"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [(text, expected) for expected, texts in RELATIVE.items() for text in texts]
)
def test_relative_times(text: str, expected: tuple[Base, int | None, int | None, int | None, bool]) -> None:
    (bound,) = bounds(text)
    assert (bound.base, bound.low, bound.high, bound.nominal, bound.named) == expected
    assert (bound.start, bound.end) == (0, len(text))


SEVERAL = {
    "between X and Y": ((X, 0, None), (Y, None, 0)),
    "X..Y": ((X, 0, None), (Y, None, 0)),
    "X to Y": ((X, 0, None), (Y, None, 0)),
    "from X to Y": ((X, 0, None), (Y, None, 0)),
    "X - Y": ((X, 0, None), (Y, None, 0)),
    "between X and 18:25": ((X, 0, None), (None, None, at(18, 26))),
    "between 18:25 and X": ((None, at(18, 25), None), (X, None, 0)),
    "between X and X.end": ((X, 0, None), (Base("X", True), None, 0)),
    "X + 20m to 18:25": ((X, 20 * M, None), (None, None, at(18, 26))),
    "T+20 - 18:25": ((T, 20 * M, None), (None, None, at(18, 26))),
    "after X, before 18:10": ((X, 0, None), (None, None, at(18, 11))),
    "after X,before 18:10": ((X, 0, None), (None, None, at(18, 11))),
    " after X , before 18:10 , 18:20": (
        (X, 0, None),
        (None, None, at(18, 11)),
        (None, at(18, 20), at(18, 21)),
    ),
    "2023-05-24, after 2023-05-24 18:10": ((None, at(0), at(24)), (None, at(18, 10), None)),
    "18:20, 2023-05-24": ((None, at(18, 20), at(18, 21)), (None, at(0), at(24))),
}


@pytest.mark.parametrize(("text", "expected"), SEVERAL.items())
def test_several_bounds(text: str, expected: tuple[tuple[Base | None, int | None, int | None], ...]) -> None:
    assert tuple((bound.base, bound.low, bound.high) for bound in bounds(text)) == expected


def test_each_bound_knows_the_words_that_say_it() -> None:
    text = "after X, between Y and 18:10 , 18:20 .."
    said = [text[bound.start : bound.end] for bound in bounds(text)]
    assert said == ["after X", "between Y and 18:10", "between Y and 18:10", "18:20 .."]


def test_about_takes_its_size_from_the_log() -> None:
    log = Anchor(LOG.day, LOG.timezone, 90 * S, 0.25)
    assert [(b.low, b.high) for b in bounds("~18:20", log)] == [(at(18, 18, 30), at(18, 22, 30))]
    assert [(b.low, b.high) for b in bounds("X + ~20m", log)] == [(15 * M, 25 * M)]


def test_about_never_loses_a_microsecond() -> None:
    log = Anchor(LOG.day, LOG.timezone, M, 1 / 3)
    (bound,) = bounds("X + ~200.000001s", log)
    assert bound.low is not None
    assert bound.high is not None
    assert bound.high - 200_000_001 == 200_000_001 - bound.low
    assert 0 <= 3 * (bound.high - 200_000_001) - 200_000_001 <= 3


def test_day_length_follows_the_zone() -> None:
    log = Anchor(None, "America/New_York", M, 0.1)
    lengths = [
        bound.high - bound.low
        for day in ("2023-03-12", "2023-11-05", "2023-05-24")
        for bound in bounds(day, log)
        if bound.high is not None and bound.low is not None
    ]
    assert lengths == [23 * H, 25 * H, 24 * H]
