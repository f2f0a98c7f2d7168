"""Durations, days and clock errors: every spelling, and what does not fit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.clock_error import ClockError, parse_clock_error
from postmortem.model.durations import LONGEST_DURATION
from postmortem.model.stated import Fault
from postmortem.model.times import parse_date, parse_duration, write_duration

S = 1_000_000
M, H, D = 60 * S, 3600 * S, 86400 * S
SPELLINGS = {
    90 * S: (
        "90s",
        "90 s",
        "90sec",
        "90 secs",
        "90 second",
        "90 seconds",
        "1m30s",
        "1m 30s",
        "1.5m",
        " 90s ",
        "90S",
    ),
    20 * M: ("20m", "20 min", "20 mins", "20 minute", "20 minutes", "20M", "20 Minutes", "0h20m", "00020m"),
    90 * M: ("1h30m", "1h 30m", "1.5h", "1 hour 30 minutes", "1 hr 30 min", "1.50 hrs", "90m"),
    2 * D: ("2d", "2 days", "48h", "1 day 24 hours"),
    7 * D: ("1w", "1 week", "7d"),
    250_000: ("250ms", "0.25s", "250 milliseconds", "1 ms".replace("1", "250")),
    1: ("1us", "1 µs", "1μs", "0.000001s", "0.001ms"),
    D + 2 * H + 3 * M + 4 * S + 5_000 + 6: ("1d2h3m4s5ms6us", "1d 2h 3m 4s 5ms 6us"),
    0: ("0s", "0m", "0.0h"),
    LONGEST_DURATION: ("36525d",),
}


@pytest.mark.parametrize(
    ("text", "size"), [(text, size) for size, texts in SPELLINGS.items() for text in texts]
)
def test_spellings(text: str, size: int) -> None:
    assert parse_duration(text).value == size
    assert parse_duration(text).fault is None


def duration_fault(text: str) -> Fault:
    stated = parse_duration(text)
    assert stated.value is None, text
    assert stated.fault is not None
    assert stated.fault.code == "PM206"
    return stated.fault


FAULTS = {
    "1:30": ("1:30", "an", "did you mean `1h30m`?"),
    "01:30:05": ("01:30:05", "", "did you mean `1h30m5s`?"),
    "00:00": ("00:00", "", "did you mean `0m`?"),
    "PT20M": ("PT20M", "", "did you mean `20m`?"),
    "P1DT2H": ("P1DT2H", "", "did you mean `1d2h`?"),
    "~20m": ("~", "", "leave it out"),
    "about 20m": ("about", "", "leave it out"),
    "20m ±2m": ("±2m", "", "leave it out"),
    "-5m": ("-", "", "leave it out"),
    "+5m": ("+", "", "leave it out"),
    "1,5h": ("1,5", "", "did you mean `1.5`?"),
    "1 hour, 30 minutes": (",", "", "leave it out"),
    "1 hour and 30 minutes": ("and", "", "leave it out"),
    "20 min.": (".", "", "leave it out"),
    "20'": ("20'", "", "did you mean `20m`?"),
    "1h30": ("1h30", "", "did you mean `1h30m`?"),
    "5": ("5", "", "did you mean `5m`?"),
    "5.5": ("5.5", "", "did you mean `5.5m`?"),
    "an hour": ("an", "", "did you mean `1`?"),
    "": ("", "a duration is due", ""),
    " ": (" ", "a duration is due", ""),
    "abc": ("abc", "`abc` does not fit into a duration", ""),
    "20m 30x": ("30x", "`30x` does not fit into a duration", ""),
    "20m x": ("x", "`x` does not fit into a duration", ""),
    "5 fortnights": ("5 fortnights", "`5 fortnights` does not fit into a duration", ""),
    "1.5h30m": ("30m", "`30m` does not fit into a duration", ""),
    "30m1h": ("30m1h", "the units of a duration go from large to small", ""),
    "1h1h": ("1h1h", "the units of a duration go from large to small", ""),
    "0.0000001s": ("0.0000001", "nothing finer than a microsecond is kept", ""),
    "0.5us": ("0.5", "nothing finer than a microsecond is kept", ""),
    "36526d": ("36526", "this is longer than a hundred years", ""),
    "36525d1us": ("36525d1us", "this is longer than a hundred years", ""),
    "1234567890123456s": ("1234567890123456", "a number has at most 15 digits", ""),
    "1234567890.123456s": ("1234567890.123456", "a number has at most 15 digits", ""),
    "٢٠m": ("٢٠m", "`٢٠m` does not fit into a duration", ""),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.items())
def test_what_does_not_fit(text: str, expected: tuple[str, str, str]) -> None:
    fault = duration_fault(text)
    said, message, label = expected
    assert (text[fault.start : fault.end], fault.label) == (said, label)
    assert fault.message == message or len(message) < 3


def test_fifteen_digits_are_read() -> None:
    assert parse_duration("000000000000090s").value == 90 * S
    assert parse_duration("123456789.123456s").value == 123_456_789_123_456


def test_the_longest_text_that_is_read() -> None:
    assert parse_duration("90s".rjust(400)).value == 90 * S
    fault = duration_fault("90s".rjust(401))
    assert (fault.start, fault.end) == (0, 401)


@given(st.integers(0, LONGEST_DURATION))
def test_what_is_written_reads_the_same(size: int) -> None:
    assert parse_duration(write_duration(size)).value == size


@given(st.integers(0, 10**6), st.integers(0, 5), st.sampled_from(["s", "m", "h", "d"]))
def test_decimals_are_exact(digits: int, places: int, unit: str) -> None:
    size = {"s": S, "m": M, "h": H, "d": D}[unit]
    whole, rest = divmod(digits * size, 10**places)
    text = f"{digits // 10**places}.{digits % 10**places:0{places}}{unit}" if places else f"{digits}{unit}"
    value = parse_duration(text).value
    assert value == (whole if not rest and whole <= LONGEST_DURATION else None)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0s"),
        (90 * S, "1m30s"),
        (20 * M, "20m"),
        (2 * D + 1, "2d1us"),
        (250_000, "250ms"),
        (H, "1h"),
        (S, "1s"),
    ],
)
def test_the_shortest_spelling(size: int, text: str) -> None:
    assert write_duration(size) == text


CLOCK_ERRORS = {
    ClockError(-2 * M, 2 * M, 0): ("±2m", "± 2m", "+-2m", "+/-2m", " ±2m ", "±2 minutes", "+−2m", "+0s ±2m"),
    ClockError(90 * S, 90 * S, 90 * S): ("+90s", "+ 90s", "+1m30s", "+1.5m", "+90s ±0s"),
    ClockError(-30 * S, -30 * S, -30 * S): ("-30s", "−30s", "- 30 s"),
    ClockError(-90 * S, 30 * S, -30 * S): ("-30s ±60s", "-30s±60s", "-30s +-1m", "-30s  ± 1m"),
    ClockError(-30 * S, 90 * S, 30 * S): ("+30s ±60s",),
}


@pytest.mark.parametrize(
    ("text", "expected"), [(text, value) for value, texts in CLOCK_ERRORS.items() for text in texts]
)
def test_clock_errors(text: str, expected: ClockError) -> None:
    stated = parse_clock_error(text)
    assert (stated.value, stated.fault) == (expected, None)


CLOCK_FAULTS = {
    "2m": ("2m", "how far a clock is off has a sign", "did you mean `±2m` or `+2m`?"),
    " 90s": ("90s", "how far a clock is off has a sign", "did you mean `±1m30s` or `+1m30s`?"),
    "2m x": ("2m x", "how far a clock is off has a sign", ""),
    "": ("", "how far the clock is off is due", ""),
    "±": ("±", "a duration is due at the end", ""),
    "-": ("-", "a duration is due at the end", ""),
    "+90": ("90", "`90` does not say how far a clock is off", ""),
    "±2m ±3m": ("±3m", "`±3m` does not say how far a clock is off", ""),
    "±2m ahead": ("ahead", "`ahead` does not say how far a clock is off", ""),
    "fast": ("fast", "`fast` does not say how far a clock is off", ""),
    "+1.5.5m": ("1.5.5m", "`1.5.5m` does not say how far a clock is off", ""),
}


@pytest.mark.parametrize(("text", "expected"), CLOCK_FAULTS.items())
def test_clock_errors_that_do_not_fit(text: str, expected: tuple[str, str, str]) -> None:
    fault = parse_clock_error(text).fault
    assert fault is not None
    assert fault.code == "PM206"
    assert fault.help
    assert (text[fault.start : fault.end], fault.message, fault.label) == expected


def test_the_longest_clock_error_that_is_read() -> None:
    assert parse_clock_error("±2m".rjust(400)).fault is None
    fault = parse_clock_error("±2m".rjust(401)).fault
    assert fault is not None
    assert (fault.start, fault.end) == (0, 401)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read(day: date) -> None:
    assert parse_date(str(day)).value == day
    assert parse_date(f" {day} ").value == day


@given(st.dates(date(1900, 1, 1), date(2199, 12, 30)))
def test_a_day_past_the_end_of_its_month_is_none(day: date) -> None:
    if (day + timedelta(days=1)).month != day.month:
        text = f"{day.year}-{day.month:02}-{day.day + 1:02}"
        fault = parse_date(text).fault
        assert fault is not None
        assert fault.message.endswith(f"{day.year} has {day.day} days")
        assert (fault.start, fault.end) == (0, 10)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31), date(2024, 2, 29), date(2023, 12, 31)])
def test_the_first_and_the_last_day(day: date) -> None:
    assert parse_date(str(day)).value == day


DATE_FAULTS = {
    "2023-02-30": ("2023-02-30", "February 2023 has 28 days", ""),
    "2023-2-3": ("2023-2-3", "`2023-2-3` is not a date", "did you mean `2023-02-03`?"),
    "05/24/2023": ("05/24/2023", "`05/24/2023` is not a date", "did you mean `2023-05-24`?"),
    "05/06/2023": ("05/06/2023", "`05/06/2023` is not a date", "did you mean `2023-05-06` or `2023-06-05`?"),
    "05/05/2023": ("05/05/2023", "`05/05/2023` is not a date", "did you mean `2023-05-05`?"),
    "31.12.2023": ("31.12.2023", "`31.12.2023` is not a date", "did you mean `2023-12-31`?"),
    "24 May 2023": ("24 May 2023", "`24 May 2023` is not a date", "did you mean `2023-05-24`?"),
    "24-May-2023": ("24-May-2023", "`24-May-2023` is not a date", "did you mean `2023-05-24`?"),
    "2023 December 1st": (
        "2023 December 1st",
        "`2023 December 1st` is not a date",
        "did you mean `2023-12-01`?",
    ),
    "Sept. 9 2023": ("Sept. 9 2023", "`Sept. 9 2023` is not a date", "did you mean `2023-09-09`?"),
    "January 31, 2023": (
        "January 31, 2023",
        "`January 31, 2023` is not a date",
        "did you mean `2023-01-31`?",
    ),
    "February 30, 2023": ("February 30, 2023", "`February 30, 2023` is not a date", ""),
    "05/13/2023": ("05/13/2023", "`05/13/2023` is not a date", "did you mean `2023-05-13`?"),
    "12/31/2199": ("12/31/2199", "`12/31/2199` is not a date", "did you mean `2199-12-31`?"),
    "01/31/1900": ("01/31/1900", "`01/31/1900` is not a date", "did you mean `1900-01-31`?"),
    "01/31/2200": ("01/31/2200", "`01/31/2200` is not a date", ""),
    "12/31/1899": ("12/31/1899", "`12/31/1899` is not a date", ""),
    "2023-12-32": ("2023-12-32", "December 2023 has 31 days", ""),
    "20230524": ("20230524", "`20230524` is not a date", "did you mean `2023-05-24`?"),
    "2023-05-24 18:20": (
        "2023-05-24 18:20",
        "`2023-05-24 18:20` is not a date",
        "did you mean `2023-05-24`?",
    ),
    "2023-05-24T18:20": (
        "2023-05-24T18:20",
        "`2023-05-24T18:20` is not a date",
        "did you mean `2023-05-24`?",
    ),
    "2023-02-30 18:20": ("2023-02-30 18:20", "`2023-02-30 18:20` is not a date", ""),
    "2023-05": ("2023-05", "`2023-05` is not a date", ""),
    "tomorrow": ("tomorrow", "`tomorrow` is not a date", ""),
    "": ("", "a date is due", ""),
    "  ": ("  ", "a date is due", ""),
}


@pytest.mark.parametrize(("text", "expected"), DATE_FAULTS.items())
def test_days_that_do_not_fit(text: str, expected: tuple[str, str, str]) -> None:
    for padded in (text, f" {text}" if text.strip() else text):
        fault = parse_date(padded).fault
        assert fault is not None
        assert fault.code == "PM211"
        assert (padded[fault.start : fault.end], fault.message, fault.label) == expected


def test_the_longest_date_that_is_read() -> None:
    assert parse_date("2023-05-24".rjust(100)).fault is None
    fault = parse_date("2023-05-24".rjust(101)).fault
    assert fault is not None
    assert (fault.start, fault.end) == (0, 101)
