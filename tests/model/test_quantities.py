"""Quantities: every spelling of the notation with its exact interval, and what does not fit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.quantities import Quantity, parse_quantity, settle
from postmortem.model.stated import Fault

MIN = 60_000_000
SPELLINGS = {
    Quantity(600000, 600000, 600000): (
        *("600000", "600_000", "600,000", "600k", "600K", "600 k", "0.6M", "600 thousand", "0600k", " 600k "),
        *("600.0k", "600,000.0", "6_00_000"),
    ),
    Quantity(1_200_000, 1_200_000, 1_200_000): ("1.2M", "1.2 million", "1.2 Million", "1,200k", "1_200_000"),
    Quantity(2 * 10**9, 2 * 10**9, 2 * 10**9): ("2bn", "2G", "2 billion", "2000M"),
    Quantity(0, 0, 0): ("0", "0k", "-0"),
    Quantity(0.5, 0.5, 0.5): ("0.5", "0.50"),
    Quantity(-5, -5, -5): ("-5", "−5"),
    Quantity(600000, 600000, 600000, about="about"): ("about 600k", "~600k", "≈ 600k", "Around 600,000"),
    Quantity(600000, 600000, 600000, about="nearly"): (
        "nearly 600k",
        "almost 600k",
        "NEARLY 600 000".replace(" 0", "_0"),
    ),
    Quantity(570000, 600000, 585000, named=False): (
        *(
            "570k..600k",
            "570k to 600k",
            "570k - 600k",
            "570k-600k",
            "570k–600k",
            "570k – 600k",
            "570k .. 600k",
        ),
        *("570k To 600k", "570000..600k"),
    ),
    Quantity(None, 600000, None, named=False): (
        *(
            "under 600k",
            "below 600k",
            "at most 600k",
            "up to 600k",
            "less than 600k",
            "fewer than 600k",
            "..600k",
        ),
        *("no more than 600k", "not more than 600k", ".. 600k", "At  Most 600k"),
    ),
    Quantity(700000, None, None, named=False): (
        *(
            "over 700k",
            "above 700k",
            "at least 700k",
            "more than 700k",
            "no less than 700k",
            "700k+",
            "700k..",
            "700k ..",
        ),
        *("no fewer than 700k", "not less than 700k", "700,000+"),
    ),
    Quantity(590000, 610000, 600000): ("600k ±10k", "600k±10k", "600k +-10k", "600k +/- 10k"),
    Quantity(570000, 630000, 600000): ("600k ±5%",),
    Quantity(-105, -95, -100): ("-100 ±5%", "-100 ±5"),
    Quantity(-3, 5, 1, named=False): ("-3..5", "-3 to 5"),
    Quantity(0.27, 0.27, 0.27, percent=True): ("27%", "27 %", "27.0%"),
    Quantity(1, 1, 1, percent=True): ("100%",),
    Quantity(0.25, 0.3, 0.275, percent=True, named=False): ("25%..30%", "25..30%", "25 to 30%"),
    Quantity(0.24, 0.3, 0.27, percent=True): ("27% ±3%", "27% ±3"),
    Quantity(0.5, None, None, percent=True, named=False): ("over 50%", "50%+"),
    Quantity(50000, 50000, 50000, growth=MIN): (
        *("+50k/min", "+50k / min", "+50k/m", "+50k/minute", "+50k per minute", "+50k Per Min", "+50k/MIN"),
    ),
    Quantity(50000, 50000, 50000, growth=MIN // 60): ("+50k/s", "+50k/sec", "+50k per second"),
    Quantity(50000, 50000, 50000, growth=MIN * 60): ("+50k/h", "+50k/hour", "+50k/hr"),
    Quantity(50000, 50000, 50000, growth=MIN * 1440): ("+50k/d", "+50k/day"),
    Quantity(50000, 50000, 50000, growth=MIN, about="about"): (
        *("about +50k/min", "+~50k/min", "~+50k/min", "+ ~ 50k/min"),
    ),
    Quantity(50000, 50000, 50000, growth=MIN, about="nearly"): ("nearly +50k/min",),
    Quantity(40000, 60000, 50000, growth=MIN, named=False): (
        *("+40k..60k/min", "+40k to 60k/min", "+40k..+60k/min", "+40k-60k/min"),
    ),
    Quantity(45000, 55000, 50000, growth=MIN): ("+50k ±5k/min", "+50k ±10%/min"),
    Quantity(50000, None, None, growth=MIN, named=False): ("over +50k/min", "+50k+/min", "+50k../min"),
    Quantity(-5000, -5000, -5000, growth=MIN): ("-5k/min",),
    Quantity(10**15 - 1, 10**15 - 1, 10**15 - 1): ("999999999999999",),
    Quantity(0.1, 0.1, 0.1): ("0.1", "0.10000"),
}


@pytest.mark.parametrize(
    ("text", "expected"), [(text, expected) for expected, texts in SPELLINGS.items() for text in texts]
)
def test_spellings(text: str, expected: Quantity) -> None:
    stated = parse_quantity(text)
    assert stated.fault is None, stated.fault
    assert stated.value == expected
    for got, due in ((stated.value.low, expected.low), (stated.value.high, expected.high)):
        assert type(got) is type(due)


def fault_of(text: str) -> Fault:
    stated = parse_quantity(text)
    assert stated.value is None, stated.value
    assert stated.fault is not None
    assert stated.fault.code == "PM207"
    return stated.fault


PROPOSALS = {
    "1.2m": ("m", "M"),
    "2mn": ("mn", "M"),
    "5B": ("B", "bn"),
    "5 mrd": ("mrd", "bn"),
    "5 tsd": ("tsd", "k"),
    "570..600k": ("570..600k", "570k..600k"),
    "570 to 600 k": ("570 to 600 k", "570k to 600 k"),
    "600 000": ("600 000", "600_000"),
    "1'200'000": ("1'200'000", "1_200_000"),
    "1.200.000": ("1.200.000", "1_200_000"),
    "600.000": ("600.000", "600_000"),
    "1e6": ("1e6", "1_000_000"),
    "1.2E+6": ("1.2E+6", "1_200_000"),
    "1,5": ("1,5", "1.5"),
    "1,2M": ("1,2", "1.2"),
    ">600k": (">600k", "over 600k"),
    "≥ 600k": ("≥ 600k", "over 600k"),
    "<= 600k": ("<= 600k", "under 600k"),
    "just over 600k": ("just over", "over"),
    "close to 600k": ("close to", "nearly"),
    "approx. 600k": ("approx.", "about"),
    "some 600k": ("some", "about"),
    "27 percent": ("percent", "%"),
    "600k -+10k": ("-+", "±"),
    "570k...600k": ("...", ".."),
    "'600k'": ("'600k'", "600k"),
    "٦٠٠": ("٦٠٠", "600"),
    "６００k": ("６００", "600"),
    "50k/min": ("50k/min", "+50k/min"),
    "+50k": ("+50k", "+50k/min"),
}


@pytest.mark.parametrize(("text", "expected"), PROPOSALS.items())
def test_the_nearest_spelling_is_proposed_and_fits(text: str, expected: tuple[str, str]) -> None:
    fault = fault_of(text)
    assert (text[fault.start : fault.end], f"`{expected[1]}`" in fault.label) == (expected[0], True), fault
    assert parse_quantity(text[: fault.start] + expected[1] + text[fault.end :]).fault is None


@pytest.mark.parametrize(("text", "said"), {"600k people": "people", "$600": "$", "€ 600k": "€"}.items())
def test_what_is_counted_is_left_out(text: str, said: str) -> None:
    fault = fault_of(text)
    assert (text[fault.start : fault.end], fault.label) == (said, "leave it out")


NO_PROPOSAL = {
    "": ("", "a quantity is due"),
    "  ": ("  ", "a quantity is due"),
    "nan": ("nan", "`nan` does not fit into a quantity"),
    "inf": ("inf", "`inf` does not fit into a quantity"),
    "-inf": ("-inf", "`-inf` does not fit into a quantity"),
    "0x10": ("x10", "`x10` does not fit into a quantity"),
    "1e30": ("e30", "`e30` does not fit into a quantity"),
    "1e400": ("e400", "`e400` does not fit into a quantity"),
    "1.25e1": ("e1", "`e1` does not fit into a quantity"),
    "1_000_": ("1_000_", "`1_000_` does not fit into a quantity"),
    "1__000": ("1__000", "`1__000` does not fit into a quantity"),
    "60,00,000": ("60", "`60` does not fit into a quantity"),
    "--5": ("--5", "`--5` does not fit into a quantity"),
    "+": ("+", "`+` does not fit into a quantity"),
    "over": ("r", "a number is due at the end"),
    "570k..": None,
    "1234567890123456": ("1234567890123456", "a number has at most 15 digits"),
    "0.1234567890123456": ("0.1234567890123456", "a number has at most 15 digits"),
    "600k..570k": ("600k..570k", "this range ends below where it begins"),
    "about 570k..600k": ("570k..600k", "its bounds are stated: leave `about` out"),
    "nearly 700k+": ("700k+", "its bounds are stated: leave `nearly` out"),
    "over 570k..600k": ("570k..600k", "a range has both its ends: leave the word before it out"),
    "under 5 ±1": ("5 ±1", "a range has both its ends: leave the word before it out"),
    "under 700k+": ("700k+", "a bound is stated twice: leave one of the two out"),
    "about +~50k/min": ("about +~50k/min", "`about` is said twice: leave one of the two out"),
    "5 ±-3": ("-3", "a number without a sign is due behind `±`"),
    "5 ±+3": ("+3", "a number without a sign is due behind `±`"),
    "50%..600k": ("50%..600k", "one end of this range is a share, the other is not"),
    "50..": None,
    "5..50%..": ("..", "`..` does not fit into a quantity"),
    "+50k/fortnight": ("fortnight", "a growth is per `/s`, `/min`, `/h` or `/d`"),
    "about 50k/min": ("about 50k/min", "a growth has a leading `+`"),
    "over +50k": ("over +50k", "a growth says how fast: `/s`, `/min`, `/h` or `/d`"),
}


@pytest.mark.parametrize(("text", "expected"), [(text, due) for text, due in NO_PROPOSAL.items() if due])
def test_what_does_not_fit_is_shown_and_said(text: str, expected: tuple[str, str]) -> None:
    fault = fault_of(text)
    assert (text[fault.start : fault.end], fault.message) == expected
    assert fault.label == ""


def test_a_growth_is_proposed_whole() -> None:
    assert fault_of("5/min").label == "did you mean `+5/min`?"
    assert fault_of("+50k").label == "did you mean `+50k/min` or `50k`?"


def test_thousands_and_decimals_are_told_apart() -> None:
    assert fault_of("-600.000").label == "did you mean `-600_000` or `-600`?"
    assert parse_quantity("6000.000").value == Quantity(6000, 6000, 6000)


def test_a_range_is_refused_only_where_its_unit_has_two_readings() -> None:
    assert fault_of("600..600k").message == "the first number has no unit, and the second has one"
    assert parse_quantity("601..600k").value == Quantity(601, 600_000, 300_300.5, named=False)
    assert parse_quantity("0..600k").value == Quantity(0, 600_000, 300_000, named=False)


def test_the_longest_text_that_is_read() -> None:
    assert parse_quantity("600k".rjust(400)).fault is None
    fault = fault_of("600k".rjust(401))
    assert (fault.start, fault.end) == (0, 401)


@pytest.mark.parametrize(
    ("text", "share", "low", "high"),
    [
        ("~600k", 0.05, 570_000, 630_000),
        ("nearly 600k", 0.05, 570_000, 600_000),
        ("~600k", Fraction(1, 20), 570_000, 630_000),
        ("~600k", Decimal("0.05"), 570_000, 630_000),
        ("~600k", "0.05", 570_000, 630_000),
        ("~600k", 0, 600_000, 600_000),
        ("~7", 0.05, 6.65, 7.35),
        ("~-100", 0.05, -105, -95),
        ("nearly -100", 0.05, -105, -100),
        ("~27%", 0.1, 0.243, 0.297),
        ("about +50k/min", 0.05, 47_500, 52_500),
        ("600k", 0.05, 600_000, 600_000),
        ("570k..600k", 0.05, 570_000, 600_000),
    ],
)
def test_settling(text: str, share: float, low: float, high: float) -> None:
    stated = parse_quantity(text).value
    assert stated is not None
    settled = settle(stated, share)
    assert (settled.low, settled.high, settled.nominal) == (low, high, stated.nominal)
    assert (settled.growth, settled.percent, settled.named) == (stated.growth, stated.percent, stated.named)
    assert settle(settled, share) == settled


def test_an_open_bound_is_settled_already() -> None:
    stated = parse_quantity("over 700k").value
    assert stated is not None
    assert settle(stated, 0.5) is stated


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_an_integer_stays_what_it_is(number: int) -> None:
    for text in (str(number), f"{number:_}", f"{number:,}"):
        assert parse_quantity(text).value == Quantity(number, number, number), text


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_range_holds_its_ends(one: int, other: int) -> None:
    low, high = sorted((one, other))
    stated = parse_quantity(f"{low} to {high}").value
    assert stated is not None
    assert (stated.low, stated.high) == (low, high)
    assert stated.nominal == Fraction(low + high, 2)


@given(st.integers(0, 10**8), st.integers(0, 4), st.sampled_from(["k", "M", "bn", "%", ""]))
def test_a_unit_multiplies_exactly(digits: int, places: int, unit: str) -> None:
    text = f"{Decimal(digits).scaleb(-places):f}{unit}"
    stated = parse_quantity(text).value
    if stated is None:
        assert places == 3
        return
    size = {
        "k": Fraction(10**3),
        "M": Fraction(10**6),
        "bn": Fraction(10**9),
        "%": Fraction(1, 100),
        "": Fraction(1),
    }
    exact = Fraction(digits, 10**places) * size[unit]
    assert stated.low == (int(exact) if exact.denominator == 1 else float(exact))
    assert isinstance(stated.low, int) == (exact.denominator == 1)
