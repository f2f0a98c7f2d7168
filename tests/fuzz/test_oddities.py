"""Oddities of CSV and JSON in series: numbers and strings that readers are known to differ on."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.measure.rows import LARGEST, BadFile, BadRow, csv_rows, json_rows, number_of

# Written anew from the grammars of RFC 8259 and of ours, so that it shares nothing with the readers.
_JSON = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z", re.ASCII)
_OURS = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?\Z", re.ASCII)

NUMBERS = (
    *("0", "-0", "1", "-1", "0.5", "1e5", "1E+5", "1e-5", "123456789012345678901234567890", "1.0", "0e1"),
    "0e+1",
    *("01", "-01", "+1", "1.", ".5", "-.5", "1e", "1e+", "1.e1", "0x1", "1_000", "NaN", "Infinity"),
    "-Infinity",
    *("nan", "inf", "1e400", "-1e400", "1e99", "1e101", "1e-400", "0e-400", "0.0000000001e-4000"),
    "1e99999",
    *("--1", "1 000", "1,5", "１", "٣", "1٣", "½", "²", "1\u00a0", "−1", "1e５", "true", "null", '"1"'),
    *("[1]", "{}"),
    *("9" * 400, "9" * 401, "0." + "0" * 400 + "1", "1" + "0" * 100, "1" + "0" * 101, "-9007199254740993"),
    "2." * 2,
)
STRINGS = (
    *('"a"', '"\\u0000"', '"\\ud800"', '"\\udc00\\ud800"', '"\\uD834\\uDd1e"', '"\\/"', '"\\a"', '"\\x41"'),
    *("'a'", '"a'),
    *('"\t"', '"\x00"', '"\x7f"', '"\u2028"', '"\\u00"', '"\\U0041"', '""', '"\\', '"a" "b"', "a"),
    *('\ufeff"a"', '"\\"'),
    *('"09:00"', '" 09:00 "', '"\\u0030\\u0039:00"', '"09:00\\u0000"', '"09:00\\n"', '"０９:００"'),
    '"\\u202e09:00"',
)
SHAPES = (
    *("", " ", "{}", "[]", "[[[", "{" * 100_000, "[" * 9_000, "null", "1", '"x"', '{"time"}', '{"time":}'),
    '{"time": 1,}',
    *('{"a": 1 "b": 2}', "{'a': 1}", '{"a": 1}{"b": 2}', '{"a": 1} x', "\u00a0{}", "{}\x00", '{"": 0}'),
    '{"a": /* */ 1}',
    *('{"time": "09:00", "value": 1, "value": 1}', '{"time": "09:00", "Value": 1}'),
    '{"time": "09:00", "value": {"value": 1}}',
)


def values_of(text: str, column: str = "value") -> list[object]:
    line = f'{{"time": "09:00", "value": {text}}}' if column == "value" else f'{{"time": {text}, "value": 1}}'
    rows = list(json_rows(line))
    return [row if isinstance(row, BadRow) else row[2 if column == "value" else 1] for row in rows]


def fits(text: str, grammar: re.Pattern[str]) -> bool:
    """Tell whether a number is one of the grammar, and one that a series may hold."""
    if not grammar.match(text) or len(text) > 400:
        return False
    number = float(text)
    is_lost = number == 0 and re.search("[1-9]", re.split("[eE]", text)[0]) is not None
    return math.isfinite(number) and abs(number) <= LARGEST and not is_lost and bool(_OURS.match(text))


@pytest.mark.parametrize("text", NUMBERS, ids=lambda text: text[:20])
def test_a_number_of_json_is_one_or_a_bad_row(text: str) -> None:
    (found,) = values_of(text)
    if fits(text, _JSON):
        assert isinstance(found, int | float)
        assert float(found) == float(text)
    else:
        assert isinstance(found, BadRow)
        assert found.number == 1


@pytest.mark.parametrize("text", NUMBERS, ids=lambda text: text[:20])
def test_a_number_of_csv_is_one_or_none(text: str) -> None:
    found = number_of(text)
    assert (found is not None) == fits(text, _OURS)
    assert found is None or found == pytest.approx(float(text), rel=1e-15)


@given(st.text("0123456789.eE+-_ \u0663", max_size=12) | st.floats().map(repr) | st.integers().map(str))
def test_any_text_of_signs_of_numbers_is_one_or_none(text: str) -> None:
    assert (number_of(text) is not None) == fits(text, _OURS)
    if fits(text, _JSON):
        (found,) = values_of(text)
        assert isinstance(found, int | float)
        assert float(found) == float(text)


@pytest.mark.parametrize("text", STRINGS, ids=ascii)
def test_a_string_of_json_is_a_time_or_a_bad_row(text: str) -> None:
    (found,) = values_of(text, "time")
    assert isinstance(found, str | BadRow)
    assert not isinstance(found, str) or text.startswith('"')


@pytest.mark.parametrize("text", SHAPES, ids=lambda text: ascii(text[:30]))
def test_a_line_of_json_that_is_no_row_is_passed_over_or_a_bad_row(text: str) -> None:
    try:
        assert all(isinstance(row, BadRow) for row in json_rows(f"{text}\n"))
    except BadFile as bad:
        assert not text
        assert "empty" in str(bad)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("time,value\n09:00,5\n", [(2, "09:00", "5")]),
        ("value,time\n5,09:00\n", [(2, "09:00", "5")]),
        ('"time","value"\n"09:00","5"\n', [(2, "09:00", "5")]),
        ('time,value\n"09:00""",5\n', [(2, '09:00"', "5")]),
        ("time,value\r\n09:00,5\r\n\r\n", [(2, "09:00", "5")]),
        ("time,value\n09:00,5\x0b09:01,6\n", [(2, "bad")]),
        ("time,value\n09:00,5\u202809:01,6\n", [(2, "bad")]),
        ("time,value\n09:00\t,\t5\n", [(2, "09:00", "5")]),
        ("time,value\n,\n", [(2, "", "")]),
        ("time,value\n09:00,5,\n", [(2, "bad")]),
        ('time,value\n"09:00,5\n09:01,6\n', [(2, "bad"), (3, "09:01", "6")]),
        ('time,value\n09:0"0,5\n', [(2, '09:0"0', "5")]),
        ('time,value\n"09:00"x,5\n', [(2, "bad")]),
    ],
)
def test_csv_is_read_line_by_line(text: str, rows: list[tuple[object, ...]]) -> None:
    found = [(row.number, "bad") if isinstance(row, BadRow) else tuple(row) for row in csv_rows(text)]
    assert found == rows
