"""Durations and quantities are rounded outwards, to what their bounds justify."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.report.wording.amounts import duration, number, quantity
from postmortem.report.wording.units import HOUR, MINUTE, SECOND


def minutes(value: float | None) -> int | None:
    return None if value is None else round(value * MINUTE)


@pytest.mark.parametrize(
    ("low", "high", "nominal", "full"),
    [
        (18, 22, 20, "20 min (18 to 22 min)"),
        (18, 22, None, "18 to 22 min"),
        (18, None, None, "18 min or more"),
        (None, 22, None, "at most 22 min"),
        (None, None, None, "unknown"),
        (0, 22, None, "0 to 22 min"),
        (0, None, None, "not timed (0 min or more)"),
        (20, 20, 20, "20 min"),
        (12.5, 12.5, 12.5, "12 min 30 s"),
        (100, 130, None, "1 h 40 min to 2 h 10 min"),
        (3000, 5000, 4000, "2 d 19 h (2 d 2 h to 3 d 12 h)"),
        (0.5, 22, None, "30 s to 22 min"),
        (-5, 3, None, "-5 to 3 min"),
        (18.01, 21.99, 20.4, "20 min (18 to 22 min)"),
    ],
)
def test_a_duration_is_worded_with_its_bounds(
    low: float | None, high: float | None, nominal: float | None, full: str
) -> None:
    assert duration(minutes(low), minutes(high), minutes(nominal)).full == full


def test_short_durations_have_their_own_unit() -> None:
    assert duration(250_000, 250_000, 250_000).full == "250 ms"
    assert duration(1_250_000, 1_250_000, None).full == "1.25 s"
    assert duration(0, 0, 0).full == "0 s"


def test_a_middle_that_no_claim_names_is_not_shown() -> None:
    assert duration(0, 22 * MINUTE, 11 * MINUTE, named=False).full == "0 to 22 min"
    assert duration(0, 22 * MINUTE, 11 * MINUTE, named=False).value == "0 to 22 min"
    assert quantity(570_000, 600_000, 585_000, named=False).full == "570,000 to 600,000"


def test_a_value_alone_says_that_it_is_about() -> None:
    words = duration(18 * MINUTE, 22 * MINUTE, 20 * MINUTE)
    assert (words.value, words.bounds, words.shape) == ("≈20 min", "18 to 22 min", "about")


@pytest.mark.parametrize(
    ("low", "high", "nominal", "full"),
    [
        (600_000, 600_000, 600_000, "600,000"),
        (570_000, 600_000, 600_000, "≈600,000 (570,000 to 600,000)"),
        (700_000, None, None, "700,000 or more"),
        (None, 600_000, None, "at most 600,000"),
        (152_950, 169_050, 161_000, "≈161,000 (152,900 to 169,100)"),
        (0.2549, 0.2965, 0.26833, "≈0.268 (0.254 to 0.297)"),
        (12, 14, 13, "≈13 (12 to 14)"),
        (10**30, 10**30, None, "1" + ",000" * 10),
    ],
)
def test_a_quantity_is_worded_with_its_bounds(
    low: float | None, high: float | None, nominal: float | None, full: str
) -> None:
    assert quantity(low, high, nominal).full == full


def test_growth_percent_and_unit_are_said() -> None:
    assert quantity(50_000, 50_000, 50_000, growth=MINUTE).full == "+50,000 a minute"
    assert quantity(-5, -5, -5, growth=HOUR).full == "-5 an hour"
    assert quantity(0.27, 0.27, 0.27, percent=True).full == "27%"
    assert quantity(0.2549, 0.2965, 0.268, percent=True).full == "≈26.8% (25.4 to 29.7%)"
    assert quantity(3, 3, 3, unit="rooms").full == "3 rooms"


def test_numbers_have_no_exponent_unless_nobody_could_read_them() -> None:
    assert number(1_234_567.5) == "1,234,567.5"
    assert number(0.1) == "0.1"
    assert number(1e-20) == "1.000E-20"


def _minutes_in(text: str) -> list[float]:
    return [float(word) for word in text.replace(",", "").split() if word.lstrip("-").isdigit()]


@given(st.integers(1, 110), st.integers(3, 110), st.integers(0, 59))
def test_shown_bounds_are_never_sharper_than_the_true_ones(low: int, width: int, seconds: int) -> None:
    true_low, true_high = low * MINUTE + seconds * SECOND, (low + width) * MINUTE + seconds * SECOND
    if true_high >= 2 * HOUR:
        return
    shown = _minutes_in(
        duration(true_low, true_high, None).bounds or duration(true_low, true_high, None).full
    )
    assert shown[0] * MINUTE <= true_low
    assert shown[-1] * MINUTE >= true_high or "s" in duration(true_low, true_high, None).full.split()


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_shown_numbers_enclose_the_true_ones(low: int, width: int) -> None:
    full = quantity(low, low + width, None).full
    first, _, last = full.replace(",", "").partition(" to ")
    assert int(first) <= low
    assert int(last) >= low + width
    assert int(last) - int(first) <= width * 1.03 + 2
