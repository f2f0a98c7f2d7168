"""What is read at one look is what the reader of the whole notation says, and faults are left to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postmortem.model.expression import TimeExpression
from postmortem.model.grammar import read_time
from postmortem.model.plain_forms import plain_quantity, plain_time
from postmortem.model.quantities import read_quantity
from postmortem.model.scanner import Misfit
from postmortem.model.stated import Quantity

TIMES = [
    *("18:20", "00:00", "23:59:59", "about 18:20", "~18:20:05", "18:20Z", "2023-05-24 18:20"),
    *("2023-05-24T18:20:05Z", "about 2024-02-29 00:00", "5m after begin", "1s to 15s after e_1"),
    *("2h before b", "1m to 1h before x.end", "after begin", "before end_2.end", "0s after x"),
    *("60s to 1m after x", "9999d before x"),
]
COUNTS = ["0", "600", "600k", "2M", "~17", "about 600k", "999999999", "007", "~5M"]

_pieces = st.sampled_from(
    [
        *("about ", "~", "18:20", "24:00", "23:60", ":05", ":60", "Z", "z", " ", "  ", "T", "t"),
        *(
            "2023-05-24",
            "2023-02-29",
            "1899-01-01",
            "2199-12-31",
            "5m",
            "1h",
            "90s",
            "2d",
            "3w",
            "9999d",
            "99999d",
        ),
        *(
            " to ",
            "after ",
            "before ",
            "of ",
            "x",
            "T-5",
            "T",
            "until",
            "now",
            "noon",
            "e1",
            "a-b",
            ".end",
            ".END",
            "+",
            "-",
        ),
        *("600", "600k", "2M", "5G", "1,000", "1.5", "%", "/min", "k", "0", "\u00a0", "\n", "±", "٣"),
    ]
)
_texts = st.lists(_pieces, max_size=7).map("".join) | st.sampled_from(TIMES + COUNTS)


def _read_time(text: str) -> TimeExpression | None:
    try:
        return read_time(text)
    except Misfit:
        return None


def _read_quantity(text: str) -> Quantity | None:
    try:
        return read_quantity(text)
    except Misfit:
        return None


@pytest.mark.parametrize("text", TIMES)
def test_plain_times_are_read_at_one_look(text: str) -> None:
    found = plain_time(text)
    assert found is not None
    assert found == read_time(text)
    assert repr(found) == repr(read_time(text))


@pytest.mark.parametrize("text", COUNTS)
def test_plain_quantities_are_read_at_one_look(text: str) -> None:
    found = plain_quantity(text)
    assert found is not None
    assert found == read_quantity(text)
    assert repr(found) == repr(read_quantity(text))


@pytest.mark.parametrize(
    "text", ["24:00", "23:60", "2023-02-29 10:00", "1899-12-31 10:00", "2200-01-01 10:00", "5m to 1m after x"]
)
def test_what_is_wrong_is_left_to_the_reader_that_says_why(text: str) -> None:
    assert plain_time(text) is None
    with pytest.raises(Misfit):
        read_time(text)


@pytest.mark.parametrize("word", ["T", "noon", "after", "UNTIL", "yesterday"])
def test_words_that_are_no_events_are_left_to_the_reader(word: str) -> None:
    assert plain_time(f"5m after {word}") is None


@settings(max_examples=600, deadline=None)
@given(_texts)
@example("5m after T")
@example("18:20\n")
@example("~ 18:20")
@example("about 2023-05-24")
def test_all_that_is_read_at_one_look_is_what_the_reader_says(text: str) -> None:
    time, quantity = plain_time(text), plain_quantity(text)
    assert time is None or repr(time) == repr(_read_time(text))
    assert quantity is None or repr(quantity) == repr(_read_quantity(text))
