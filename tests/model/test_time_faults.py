"""Times that do not fit: where the caret stands, and the spelling that is proposed."""

from __future__ import annotations

import json
import re
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.model.clock_error import parse_clock_error
from postmortem.model.grammar import read_time
from postmortem.model.quantities import parse_quantity
from postmortem.model.scanner import Misfit
from postmortem.model.stated import Fault, Stated
from postmortem.model.times import (
    Anchor,
    anchor,
    first_clock,
    parse_date,
    parse_duration,
    parse_time,
    reserved,
)
from postmortem.model.zones import micros

MINUTE = 60_000_000
LOG = Anchor(date(2023, 5, 24), "America/New_York", 5 * MINUTE, 0.1)
PARSERS = (parse_time, parse_duration, parse_date, parse_clock_error, parse_quantity)


def fault_of(text: str) -> Fault:
    stated = parse_time(text)
    assert stated.value is None, text
    assert stated.fault is not None
    return stated.fault


PROPOSALS = {
    "18:2O": ("18:2O", "18:20"),
    "l8:20": ("l8:20", "18:20"),
    "after I8:2o": ("I8:2o", "18:20"),
    "18.20": ("18.20", "18:20"),
    "6.20pm": ("6.20", "6:20"),
    "18.20.05": ("18.20.05", "18:20:05"),
    "18h20": ("18h20", "18:20"),
    "by 18H20": ("18H20", "18:20"),
    "1820": ("1820", "18:20"),
    "1820 UTC": ("1820", "18:20"),
    "182005": ("182005", "18:20:05"),
    "1820h": ("1820h", "18:20"),
    "18:20 hrs": ("18:20 hrs", "18:20"),
    "18:20 o'clock": ("18:20 o'clock", "18:20"),
    "18:20 local time": ("18:20 local time", "18:20"),
    "6pm": ("6pm", "6:00pm"),
    "about 6 PM": ("6 PM", "6:00Pm"),
    "18h": ("18h", "18:00"),
    "6:20p": ("6:20p", "6:20pm"),
    "6:20 a": ("6:20 a", "6:20am"),
    "13:20pm": ("13:20pm", "13:20"),
    "23:20pm": ("23:20pm", "23:20"),
    "0:20am": ("0:20am", "0:20"),
    "24:00": ("24:00", "+1d 00:00"),
    "18:20:05.1234567": ("18:20:05.1234567", "18:20:05.123456"),
    "18:20-18:25": ("18:20-18:25", "18:20 to 18:25"),
    "10:00-10:30": ("10:00-10:30", "10:00 to 10:30"),
    "23:50-00:10": ("23:50-00:10", "23:50 to +1d 00:10"),
    "6:20-6:25pm": ("6:20-6:25pm", "6:20pm to 6:25pm"),
    "18:20—18:25": ("18:20—18:25", "18:20 to 18:25"),
    "18:20 -> 18:25": ("18:20 -> 18:25", "18:20 to 18:25"),
    "18:20/18:25": ("18:20/18:25", "18:20 to 18:25"),
    "18:20 -18:25": ("18:20 -18:25", "18:20 to 18:25"),
    "18:25 to 18:20": ("18:25 to 18:20", "18:20 to 18:25"),
    "between 18:25 and 18:20": ("between 18:25 and 18:20", "between 18:20 and 18:25"),
    "23:50 to 00:10": ("23:50 to 00:10", "23:50 to +1d 00:10"),
    "+1d 23:50 to 00:10": ("+1d 23:50 to 00:10", "+1d 23:50 to +2d 00:10"),
    "2023-05-24 23:50 to 0:10": ("2023-05-24 23:50 to 0:10", "2023-05-24 23:50 to 2023-05-25 0:10"),
    "T+25 to T+20": ("T+25 to T+20", "T+20 to T+25"),
    "6:20 to 6:25pm": ("6:20", "6:20pm"),
    "11:50 to 12:10pm": ("11:50", "11:50am"),
    "12:30 to 1:05pm": ("12:30", "12:30pm"),
    "12:59 to 1:05pm": ("12:59", "12:59pm"),
    "6:20 to 6:20pm": ("6:20", "6:20pm"),
    "6:20am to 6:20": ("6:20", "6:20am"),
    "6:20am to 6:50": ("6:50", "6:50am"),
    "12:10 to 00:10": ("12:10 to 00:10", "00:10 to 12:10"),
    "23:30 to 11:00": ("23:30 to 11:00", "23:30 to +1d 11:00"),
    "about 23:50 to ~0:10 UTC": ("about 23:50 to ~0:10 UTC", "about 23:50 to ~+1d 0:10 UTC"),
    "X + 25m to X": ("X + 25m to X", "X to X + 25m"),
    "between X.end + 25m and X.end + 20m": (
        "between X.end + 25m and X.end + 20m",
        "between X.end + 20m and X.end + 25m",
    ),
    "6:20pm to 6:25": ("6:25", "6:25pm"),
    "11:20am to 1:25": ("1:25", "1:25pm"),
    "6:20am to 7:25": ("7:25", "7:25am"),
    "18:20...18:25": ("...", ".."),
    "18:20…18:25": ("…", ".."),
    "between 18:20 to 18:25": ("to", "and"),
    "between X or Y": ("or", "and"),
    "05/24/2023": ("05/24/2023", "2023-05-24"),
    "24.05.2023 18:20": ("24.05.2023", "2023-05-24"),
    "24 May 2023": ("24 May 2023", "2023-05-24"),
    "May 24, 2023": ("May 24, 2023", "2023-05-24"),
    "Wed, 24th May 2023 18:20": ("Wed, 24th May 2023", "2023-05-24"),
    "2023/05/24 18:20": ("2023/05/24", "2023-05-24"),
    "2023-5-4": ("2023-5-4", "2023-05-04"),
    "20230524": ("20230524", "2023-05-24"),
    "20230524T182000Z": ("20230524T182000", "2023-05-24T18:20:00"),
    "2023-05-24 at 18:20": ("2023-05-24 at 18:20", "2023-05-24 18:20"),
    "2023-05-24_18:20": ("2023-05-24_18:20", "2023-05-24 18:20"),
    "18:20 on 2023-05-24": ("18:20 on 2023-05-24", "2023-05-24 18:20"),
    "2023-05-24, 18:20": ("2023-05-24, 18:20", "2023-05-24 18:20"),
    "X, 2023-05-24, 18:20, Y": ("2023-05-24, 18:20", "2023-05-24 18:20"),
    "2023-05-24, between 18:20 and 18:25": (
        "2023-05-24, between 18:20 and 18:25",
        "2023-05-24, between 2023-05-24 18:20 and 18:25",
    ),
    "2023-05-24, after 18:20": ("2023-05-24, after 18:20", "2023-05-24, after 2023-05-24 18:20"),
    "2023-13-05": ("2023-13-05", "2023-05-13"),
    "18:20-0400": ("-0400", "-04:00"),
    "18:20-4": ("-4", "-04:00"),
    "18:20 UTC+2": ("UTC+2", "+02:00"),
    "18:20 GMT-05:00": ("GMT-05:00", "-05:00"),
    "18:20 (UTC)": ("(UTC)", "UTC"),
    "18:20 [Europe/Paris]": ("[Europe/Paris]", "Europe/Paris"),
    "18:20 Paris": ("Paris", "Europe/Paris"),
    "18:20 New York": ("New York", "America/New_York"),
    "approx 18:20": ("approx", "about"),
    "approximately 18:20": ("approximately", "about"),
    "approx. 18:20": ("approx.", "about"),
    "ca. 18:20": ("ca.", "about"),
    "circa 18:20": ("circa", "about"),
    "roughly 20m after X": ("roughly", "about"),
    "18:20ish": ("18:20ish", "about 18:20"),
    "18:20 or so": ("18:20 or so", "about 18:20"),
    "18:20?": ("18:20?", "about 18:20"),
    ">18:30": (">18:30", "after 18:30"),
    ">= 18:30": (">= 18:30", "after 18:30"),
    "≥18:30": ("≥18:30", "after 18:30"),
    "<18:30": ("<18:30", "before 18:30"),
    "<= X": ("<= X", "before X"),
    "≤ 18:30": ("≤ 18:30", "before 18:30"),
    "till 18:30": ("till", "before"),
    "no later than 18:30": ("no later than", "before"),
    "shortly before X": ("shortly before", "before"),
    "shortly after X": ("shortly after", "after"),
    "no earlier than 18:30": ("no earlier than", "after"),
    "starting at 18:30": ("starting at", "after"),
    "20m past X": ("past", "after"),
    "20m from X": ("from", "after"),
    "20m later than X": ("later than", "after"),
    "during X": ("during X", "after X, before X.end"),
    "X.start": ("X.start", "X"),
    "X.stop": ("X.stop", "X.end"),
    "X's end": ("X's end", "X.end"),
    "t+20": ("t+", "T+"),
    "T+01:30": ("+01:30", "+1h30m"),
    "T+00:00:20": ("+00:00:20", "+20s"),
    "T+PT20M": ("PT20M", "20m"),
    "P1DT2H after X": ("P1DT2H", "1d2h"),
    "20 after X": ("20", "20m"),
    "X + 20": ("20", "20m"),
    "X + 1h30": ("1h30", "1h30m"),
    "18:20 ± 2": ("2", "2m"),
    "18:20 -+2m": ("-+", "±"),
    "X plus 20m": ("plus", "+"),
    "X minus 20m": ("minus", "-"),
    "after X and before Y": ("and", ","),
    "after X; before Y": (";", ","),
    '"18:20"': ('"18:20"', "18:20"),
    "١٨:٢٠": ("١٨:٢٠", "18:20"),
    "18：20": ("18：20", "18:20"),
    "aftr 18:30": ("aftr", "after"),
    "befor X": ("befor", "before"),
    "abuot 18:20": ("abuot", "about"),
}


@pytest.mark.parametrize(("text", "expected"), PROPOSALS.items())
def test_the_nearest_spelling_is_proposed_at_the_caret(text: str, expected: tuple[str, str]) -> None:
    said, proposed = expected
    fault = fault_of(text)
    assert text[fault.start : fault.end] == said
    assert f"`{proposed}`" in fault.label
    assert fault.code in ("PM205", "PM211", "PM212")


def proposals(fault: Fault) -> list[str]:
    return re.findall(r"`([^`]*)`", fault.label) if fault.label.startswith("did you mean") else []


@pytest.mark.parametrize("text", PROPOSALS)
def test_what_is_proposed_fits_where_it_is_proposed(text: str) -> None:
    fault = fault_of(text)
    for spelling in proposals(fault):
        mended = text[: fault.start] + spelling + text[fault.end :]
        again = parse_time(mended).fault
        assert again is None or again.message != fault.message, mended


LEAVE_OUT = {
    "at 18:20": "at",
    "on 2023-05-24": "on",
    "after X,": ",",
    ", X": ",",
    "18:20.": ".",
    "= 18:20": "=",
}


@pytest.mark.parametrize(("text", "said"), LEAVE_OUT.items())
def test_what_is_too_much_is_to_be_left_out(text: str, said: str) -> None:
    fault = fault_of(text)
    assert text[fault.start : fault.end] == said
    assert fault.label == "leave it out"


def test_a_day_whose_order_is_open_gets_both_readings() -> None:
    assert fault_of("05/06/2023 18:20").label == "did you mean `2023-05-06` or `2023-06-05`?"


NO_PROPOSAL = {
    "25:00": ("PM205", "25", "hours go from 00 to 23"),
    "+1d 24:00": ("PM205", "24", "hours go from 00 to 23"),
    "24:01": ("PM205", "24", "hours go from 00 to 23"),
    "18:60": ("PM205", "60", "minutes go from 00 to 59"),
    "18:20:61": ("PM205", "61", "seconds go from 00 to 59"),
    "18:20:60": ("PM205", "60", "seconds go from 00 to 59"),
    "24:20pm": ("PM205", "24:20pm", "hours with am or pm go from 1 to 12"),
    "99:20pm": ("PM205", "99:20pm", "hours with am or pm go from 1 to 12"),
    "2023-02-30": ("PM211", "2023-02-30", "February 2023 has 28 days"),
    "2023-02-29 18:20": ("PM211", "2023-02-29", "February 2023 has 28 days"),
    "2024-02-30": ("PM211", "2024-02-30", "February 2024 has 29 days"),
    "2023-04-00": ("PM211", "2023-04-00", "April 2023 has 30 days"),
    "2023-00-10": ("PM211", "00", "months go from 01 to 12"),
    "2023-32-13": ("PM211", "32", "months go from 01 to 12"),
    "1899-12-31": ("PM211", "1899", "years go from 1900 to 2199"),
    "2200-01-01": ("PM211", "2200", "years go from 1900 to 2199"),
    "": ("PM205", "", "a time is due"),
    "  ": ("PM205", "  ", "a time is due"),
    "18:20 to": ("PM205", "o", "a time is due at the end"),
    "18:20 ±": ("PM205", "±", "a duration such as `2m` is due at the end"),
    "after": ("PM205", "r", "a time is due at the end"),
    "after after": ("PM205", "after", "`after` does not fit here"),
    ", , X": ("PM205", ",", "a time is due before the comma"),
    "between 18:20": ("PM205", "0", "`and` is due at the end"),
    "between 5m after X": ("PM205", "after", "`after` does not fit here"),
    "20m": ("PM205", "m", "`after` or `before` and an event is due at the end"),
    "20m after": ("PM205", "r", "an event is due at the end"),
    "18:20 foo": ("PM212", "foo", "`foo` is not a zone that is known"),
    "22:20Z, 18:20+18:25Z": ("PM205", "+18:25", "`+18:25` is not an offset from UTC that any place has"),
    "22:20Z, 18:20+05:10Z": ("PM205", "+05:10", "`+05:10` is not an offset from UTC that any place has"),
    "18:20-11:60": ("PM205", "-11:60", "`-11:60` is not an offset from UTC that any place has"),
    "2023-05-24T99": ("PM205", "99", "a clock time is due behind the day"),
    "+1d": ("PM205", "+1d", "`+1d` does not fit here"),
    "about 2023-05-24": ("PM205", "about 2023-05-24", "a whole day is not `about`"),
    "~~18:20": ("PM205", "~18:20", "`~18:20` does not fit here"),
    "~18:20 ±2m": ("PM205", "~18:20 ±2m", "how sure it is, is said twice: leave one of the two out"),
    "about 20m after X ±2m": (
        "PM205", "about 20m after X ±2m", "how sure it is, is said twice: leave one of the two out"),
    "within 5m of X ±2m": (
        "PM205", "within 5m of X ±2m", "how sure it is, is said twice: leave one of the two out"),
    "about 1m to 2m after X": ("PM205", "1m to 2m", "a range says how sure it is: leave `about` out"),
    "2023-05-24 18:25 to 18:20": ("PM205", "2023-05-24 18:25 to 18:20", "this range ends before it begins"),
    "+1d 18:25 to 18:20": ("PM205", "+1d 18:25 to 18:20", "this range ends before it begins"),
    "2023-05-24 23:50 to 2023-05-24 0:10": (
        "PM205", "2023-05-24 23:50 to 2023-05-24 0:10", "this range ends before it begins"),
    "25m to 15m after X": ("PM205", "25m to 15m", "this range ends before it begins"),
    "about at least 5m after X": (
        "PM205", "about at least 5m", "a bound is not `about`: leave one of the two out"),
    "before X + 5m..": ("PM205", "X + 5m..", "this says twice where it begins or ends: say one of the two"),
    "after within 5m after X": (
        "PM205", "within 5m after X", "this says twice where it begins or ends: say one of the two"),
    "X to Y + ..5m": ("PM205", "Y + ..5m", "this says twice where it begins or ends: say one of the two"),
    "X + ..5m..": ("PM205", "X + ..5m", "this says twice where it begins or ends: say one of the two"),
    "X + Y": ("PM205", "+", "`+` does not fit here"),
    "T-": ("PM205", "-", "`-` does not fit here"),
    "X + 1234567890123456m": ("PM205", "1234567890123456", "a number has at most 15 digits"),
    "X + 30m1h": ("PM205", "30m1h", "the units of a duration go from large to small"),
    "within X after Y": ("PM205", "X", "`X` does not fit here"),
    "at least X after Y": ("PM205", "X", "`X` does not fit here"),
    "within": ("PM205", "n", "a duration such as `20m` is due at the end"),
    "20m of X": ("PM205", "of", "`of` does not fit here"),
    "at least 5m of X": ("PM205", "of", "`of` does not fit here"),
    "between 5m and 10m of X": ("PM205", "of", "`of` does not fit here"),
    "before 18:20 to 18:25": ("PM205", "to", "`to` does not fit here"),
    "after 18:20 to 18:25": ("PM205", "to", "`to` does not fit here"),
    "yesterday": ("PM205", "yesterday", "`yesterday` is not a time that a log can mean"),
    "after Noon": ("PM205", "Noon", "`Noon` is not a time that a log can mean"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NO_PROPOSAL.items())
def test_what_does_not_fit_is_shown_and_said(text: str, expected: tuple[str, str, str]) -> None:
    fault = fault_of(text)
    assert (fault.code, text[fault.start : fault.end], fault.message) == expected
    assert not fault.label.startswith("did you mean")


def test_a_leap_second_elsewhere_is_explained() -> None:
    assert "23:59:60" in fault_of("18:20:60").help
    assert fault_of("18:20:61").help == ""


@pytest.mark.parametrize("zone", ["EST", "BST", "CST", "PDT", "CET", "bst", "Eastern"])
def test_an_abbreviated_zone_says_what_to_write(zone: str) -> None:
    text = f"18:20 {zone}"
    fault = fault_of(text)
    assert fault.code == "PM212"
    assert text[fault.start : fault.end] == zone
    assert fault.label.startswith("write `")


@pytest.mark.parametrize("word", ["after", "Before", "T", "T-5", "T-", "T−5", "yesterday", "noon"])
def test_words_that_are_no_ids(word: str) -> None:
    assert reserved(word)


@pytest.mark.parametrize("word", ["aftermath", "T-shirt", "t", "Test", "x", "T2"])
def test_words_that_may_be_ids(word: str) -> None:
    assert not reserved(word)
    assert parse_time(word).fault is None


def test_the_longest_text_that_is_read() -> None:
    fits, too_long = "X" * 400, "X" * 401
    assert parse_time(fits).fault is None
    fault = fault_of(too_long)
    assert (fault.code, fault.start, fault.end) == ("PM205", 0, 401)


# anchoring


def faults(text: str, against: Anchor = LOG) -> list[Fault]:
    stated = parse_time(text)
    assert stated.value is not None, stated.fault
    return list(anchor(stated.value, against).faults)


@pytest.mark.parametrize(
    ("text", "day", "zone", "message"),
    [
        ("18:20", False, False, "this time is bare, and the log has no `date` and no `timezone`"),
        ("18:20", True, False, "this time is bare, and the log has no `timezone`"),
        ("18:20", False, True, "this time is bare, and the log has no `date`"),
        ("18:20Z", False, False, "this time is bare, and the log has no `date`"),
        ("2023-05-24 18:20", False, False, "this time is bare, and the log has no `timezone`"),
        ("2023-05-24", True, False, "this day is bare, and the log has no `timezone`"),
        ("18:20 Europe/Paris", False, False, "this time is bare, and the log has no `date`"),
    ],
)
def test_a_bare_time_says_what_is_missing(text: str, day: bool, zone: bool, message: str) -> None:
    against = Anchor(LOG.day if day else None, LOG.timezone if zone else None, MINUTE, 0.1)
    (fault,) = faults(text, against)
    assert (fault.code, fault.message, fault.start, fault.end) == ("PM213", message, 0, len(text))
    assert "add `" in fault.help
    assert "no `" not in fault.help
    stated = parse_time(text)
    assert stated.value is not None
    assert anchor(stated.value, against).bounds == ()
    assert stated.value.bare


def test_a_part_that_fails_does_not_spoil_the_others() -> None:
    stated = parse_time("after X, 18:20, before 2023-05-24T22:30Z")
    assert stated.value is not None
    anchored = anchor(stated.value, Anchor(None, None, MINUTE, 0.1))
    assert [fault.code for fault in anchored.faults] == ["PM213"]
    assert len(anchored.bounds) == 2


def test_a_zone_of_the_log_that_is_none_is_not_reported_here() -> None:
    stated = parse_time("18:20")
    assert stated.value is not None
    anchored = anchor(stated.value, Anchor(LOG.day, "Nowhere", MINUTE, 0.1))
    assert anchored == type(anchored)((), ())


def test_an_unknown_zone_of_a_time_is_reported_where_it_stands() -> None:
    (fault,) = faults("before 18:20 Europe/Pariss")
    assert (fault.code, fault.start, fault.end) == ("PM212", 13, 26)
    assert "`Europe/Paris`" in fault.label


def test_the_offsets_that_are_known() -> None:
    west = {f"{hour:02}:00" for hour in range(13)} | {"02:30", "03:30", "04:30", "09:30"}
    east = {f"{hour:02}:{minute:02}" for hour in range(14) for minute in (0, 15, 30, 45)} | {"14:00"}
    for hour in range(24):
        for minute in range(100):
            written = f"{hour:02}:{minute:02}"
            for sign, known in (("+", east), ("-", west)):
                text = f"2023-05-24T18:20{sign}{written}"
                if written in known:
                    (clock,) = read_time(text).clocks
                    assert clock.offset == (1 if sign == "+" else -1) * (hour * 60 + minute) * MINUTE
                else:
                    with pytest.raises(Misfit):
                        read_time(text)


def test_the_last_day_of_the_calendar() -> None:
    against = Anchor(date(2199, 12, 30), "UTC", MINUTE, 0.1)
    assert faults("+1d 18:20", against) == []
    assert [fault.code for fault in faults("+2d 18:20", against)] == ["PM205"]


def test_a_day_past_the_calendar() -> None:
    (fault,) = faults("X, +200d 18:20", Anchor(date(2199, 12, 31), "UTC", MINUTE, 0.1))
    assert (fault.code, fault.message) == ("PM205", "this day lies past 2199")


@pytest.mark.parametrize(
    ("text", "zone", "message", "label"),
    [
        (
            "2024-03-10 02:30",
            "America/New_York",
            "02:30 does not exist on 2024-03-10 in America/New_York: "
            "the clocks go from 02:00 EST to 03:00 EDT",
            "did you mean `2024-03-10 01:30` or `2024-03-10 03:30`?",
        ),
        (
            "2018-11-04 00:30:05",
            "America/Sao_Paulo",
            "00:30:05 does not exist on 2018-11-04 in America/Sao_Paulo: "
            "the clocks go from 00:00 -03 to 01:00 -02",
            "did you mean `2018-11-03 23:30:05` or `2018-11-04 01:30:05`?",
        ),
        (
            "2024-10-06 02:10:05.25 Australia/Lord_Howe",
            None,
            "02:10:05.250000 does not exist on 2024-10-06 in Australia/Lord_Howe: "
            "the clocks go from 02:00 +1030 to 02:30 +11",
            "did you mean `2024-10-06 01:40:05.250000 Australia/Lord_Howe` or "
            "`2024-10-06 02:40:05.250000 Australia/Lord_Howe`?",
        ),
        (
            "2011-12-30",
            "Pacific/Apia",
            "2011-12-30 does not exist in Pacific/Apia: the calendar jumps over it",
            "did you mean `2011-12-29` or `2011-12-31`?",
        ),
    ],
)
def test_a_skipped_time_shows_both_neighbours(text: str, zone: str | None, message: str, label: str) -> None:
    against = Anchor(None, zone, MINUTE, 0.1)
    (fault,) = faults(text, against)
    assert (fault.code, fault.message, fault.label) == ("PM214", message, label)
    assert (fault.start, fault.end) == (0, len(text))
    for spelling in proposals(fault):
        assert faults(spelling, against) == []


def test_a_bare_skipped_time_is_proposed_bare_where_the_day_stays() -> None:
    (fault,) = faults("about 02:30", Anchor(date(2024, 3, 10), "America/New_York", MINUTE, 0.1))
    assert fault.label == "did you mean `01:30` or `03:30`?"
    assert (fault.start, fault.end) == (6, 11)
    (fault,) = faults("00:30", Anchor(date(2018, 11, 4), "America/Sao_Paulo", MINUTE, 0.1))
    assert fault.label == "did you mean `2018-11-03 23:30` or `01:30`?"
    (fault,) = faults("+1d 02:30", Anchor(date(2024, 3, 9), "America/New_York", MINUTE, 0.1))
    assert fault.label == "did you mean `2024-03-10 01:30` or `2024-03-10 03:30`?"


@pytest.mark.parametrize(
    ("text", "zone", "message", "label"),
    [
        (
            "2023-11-05 01:30",
            "America/New_York",
            "01:30 comes twice on 2023-11-05 in America/New_York, in EDT and again in EST: "
            "its bounds cover both",
            "did you mean `2023-11-05 01:30-04:00` or `2023-11-05 01:30-05:00`?",
        ),
        (
            "2024-04-07 01:45:30",
            "Australia/Lord_Howe",
            "01:45:30 comes twice on 2024-04-07 in Australia/Lord_Howe, in +11 and again in +1030: "
            "its bounds cover both",
            "did you mean `2024-04-07 01:45:30+11:00` or `2024-04-07 01:45:30+10:30`?",
        ),
    ],
)
def test_a_doubled_time_shows_both_offsets(text: str, zone: str, message: str, label: str) -> None:
    against = Anchor(None, zone, MINUTE, 0.1)
    stated = parse_time(text)
    assert stated.value is not None
    anchored = anchor(stated.value, against)
    (fault,), (bound,) = anchored.faults, anchored.bounds
    assert (fault.code, fault.message, fault.label) == ("PM215", message, label)
    assert bound.nominal is None
    both = [anchor(parse_time(one).value, against).bounds[0] for one in proposals(fault)]  # type: ignore[arg-type]
    assert (bound.low, bound.high) == (both[0].low, both[1].high)


def test_a_day_with_a_doubled_hour_is_no_doubled_time() -> None:
    assert faults("2023-11-05") == []


def test_a_range_that_turns_out_backwards_between_two_zones() -> None:
    (fault,) = faults("18:20 America/New_York to 18:25 Europe/Paris")
    assert (fault.code, fault.message) == ("PM205", "this range ends before it begins")
    assert (fault.start, fault.end, fault.label) == (0, 44, "")
    assert faults("18:20 Europe/Paris to 18:25 America/New_York") == []


def test_first_clock() -> None:
    def instant(text: str, against: Anchor = LOG) -> int | None:
        stated = parse_time(text)
        assert stated.value is not None
        return first_clock(stated.value, against)

    evening = micros(datetime(2023, 5, 24, 22, 20))
    assert instant("18:20") == evening
    assert instant("after X, before 18:20") == evening
    assert instant("X") is None
    assert instant("2023-05-24") is None
    assert instant("18:20", Anchor(None, None, MINUTE, 0.1)) is None


def test_what_an_expression_exposes() -> None:
    value = parse_time("after X.end, between T+20 and 18:25 Europe/Paris, 2023-05-24 18:20, +1d 00:10").value
    assert value is not None
    assert [(one.event, one.end, one.start, one.stop) for one in value.references] == [
        ("X", True, 6, 11),
        (None, False, 21, 22),
    ]
    assert [(zone.name, zone.start, zone.stop) for zone in value.zones] == [("Europe/Paris", 36, 48)]
    assert [(need.day, need.zone, need.start, need.stop) for need in value.needs] == [
        (True, False, 30, 48),
        (False, True, 50, 66),
        (True, True, 68, 77),
    ]
    assert value.absolute
    assert value.bare
    assert value.clock_of_day == (18 * 60 + 25) * MINUTE
    relative = parse_time("after X").value
    assert relative is not None
    assert not relative.absolute
    assert not relative.bare
    assert relative.clock_of_day is None
    shifted = parse_time("+1d 00:10").value
    assert shifted is not None
    assert shifted.clock_of_day is None


# hostile texts


def judge(text: str) -> None:
    for parse in PARSERS:
        stated: Stated[object] = parse(text)  # type: ignore[assignment]
        assert stated.text == text
        assert (stated.value is None) == (stated.fault is not None)
        if stated.fault:
            assert 0 <= stated.fault.start <= stated.fault.end <= len(text), (parse, text, stated.fault)
            assert stated.fault.end > stated.fault.start or not text
            assert stated.fault.message
            assert "\n" not in stated.fault.message


WORDS = st.sampled_from(
    [
        *(
            "18:20",
            "6:20pm",
            "18:2O",
            "20m",
            "20",
            "1h30m",
            "2023-05-24",
            "2023-02-30",
            "+1d",
            "T",
            "T+20",
            "X",
        ),
        *(
            "about",
            "~",
            "±",
            "+-",
            "+",
            "-",
            "–",
            "..",
            "to",
            "and",
            "between",
            "after",
            "before",
            "by",
            "at least",
        ),
        *(
            "X.end",
            "UTC",
            "EST",
            "-04:00",
            "Europe/Paris",
            ",",
            ".",
            "600k",
            "nearly",
            "%",
            "/min",
            "1e9",
            "±2m",
        ),
        *("(", ")", "'", '"', ">", "<=", "…", "٢٠", "within", "of", "per", "\n", "0"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_a_parser(text: str) -> None:
    judge(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=8), st.sampled_from(["", " ", "  "]))
def test_no_heap_of_words_breaks_a_parser(words: list[str], blank: str) -> None:
    text = blank.join(words)
    judge(text)
    stated = parse_time(text)
    if stated.value is not None:
        anchor(stated.value, LOG)
        anchor(stated.value, Anchor(None, None, MINUTE, 0.1))
    elif stated.fault is not None:
        for spelling in proposals(stated.fault):
            again = parse_time(text[: stated.fault.start] + spelling + text[stated.fault.end :]).fault
            assert again is None or (again.message, again.start) != (stated.fault.message, stated.fault.start)


def test_naughty_strings(shared: Path) -> None:
    for text in json.loads((shared / "corpus/hostile/naughty-strings.json").read_text(encoding="utf-8")):
        judge(text)
        judge(f"18:20 {text}")


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "18:20 ",
        "x",
        " ",
        "~",
        "-",
        "a.",
        "1,",
        "about ",
        "18:20-",
        "2023-05-24 ",
        "after X, ",
        "١",
        "P1D",
    ],
)
def test_long_texts_are_answered_at_once(unit: str) -> None:
    for length in (399, 200_000):
        text = (unit * (length // len(unit) + 1))[:length]
        begin = time.perf_counter()
        judge(text)
        assert time.perf_counter() - begin < 2
