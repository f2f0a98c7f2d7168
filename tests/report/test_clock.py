"""Times are worded no finer than known, in their zone, absolute and from the zero."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.report.wording.clock import Clock
from postmortem.report.wording.local import zone_of
from postmortem.report.wording.units import DAY, HOUR, MINUTE, SECOND
from postmortem.resolve.timeline import Bounds, Distance

NEW_YORK = "America/New_York"
ZERO = int(datetime(2023, 5, 24, 22, tzinfo=UTC).timestamp()) * SECOND
CLOCK = Clock(
    zone_of(NEW_YORK),
    NEW_YORK,
    Bounds(ZERO, ZERO + MINUTE, ZERO, named=True),
    date(2023, 5, 24),
    (ZERO, ZERO + HOUR),
)


def at(low: float | None, high: float | None, nominal: float | None = None, named: bool = False) -> Bounds:
    def us(minutes: float | None) -> int | None:
        return None if minutes is None else ZERO + round(minutes * MINUTE)

    return Bounds(us(low), us(high), us(nominal), named=named)


@pytest.mark.parametrize(
    ("bounds", "text", "relative", "shape"),
    [
        (at(20, 21, 20, True), "18:20", "T+20m", "exact"),
        (at(18, 23), "18:18–18:22", "T+18–22m", "range"),
        (at(18, 23, 20.5), "18:18–18:22", "T+18–22m", "range"),
        (at(18, 23, 20, True), "≈18:20", "≈T+20m", "about"),
        (at(5, None), "after 18:05", "after T+5m", "after"),
        (at(None, 31), "before 18:30", "before T+30m", "before"),
        (at(None, None), "undated", "", "undated"),
        (at(20 + 5 / 60, 20 + 6 / 60, 20 + 5 / 60, True), "18:20:05", "T+20m05s", "exact"),
        (at(18.5, 19.5, 18.5, True), "≈18:18", "≈T+18m", "about"),
        (at(20, 20), "18:20", "T+20m", "exact"),
        (at(-5, 3), "17:55–18:02", "T-5m – T+2m", "range"),
        (at(58, 66), "18:58–19:05", "T+58m–1h05m", "range"),
        (at(400, 420), "2023-05-25 00:40–00:59", "T+6h40m–6h59m", "range"),
        (at(300, 400), "23:00 – 2023-05-25 00:39", "T+5h–6h39m", "range"),
        (at(-1080, 360), "2023-05-24", "T-18h – T+5h59m", "exact"),
        (at(-1080, 1800), "2023-05-24 – 2023-05-25", "T-18h – T+1d05h59m", "range"),
    ],
)
def test_a_time_is_worded_no_finer_than_it_is_known(
    bounds: Bounds, text: str, relative: str, shape: str
) -> None:
    assert CLOCK.time(bounds) == text
    assert CLOCK.relative(bounds) == relative
    assert CLOCK.shape(bounds) == shape


def test_bounds_are_worded_though_a_value_is_named() -> None:
    assert CLOCK.bounds(at(18, 23, 20, True)) == "18:18–18:22"


def test_a_nominal_on_the_open_edge_of_its_bounds_stays_within_them() -> None:
    assert CLOCK.time(at(18, 22, 22, True)) == "≈18:21"


def test_milliseconds_show_only_where_bounds_are_that_narrow() -> None:
    fine = Bounds(ZERO + 250_000, ZERO + 251_000, ZERO + 250_000, named=True)
    assert CLOCK.time(fine) == "18:00:00.250"
    coarse = Bounds(ZERO, ZERO + SECOND, ZERO + 250_000, named=True)
    assert CLOCK.time(coarse) == "18:00:00"


def test_iso_has_the_zone_s_offset_and_microseconds_only_where_they_are_not_zero() -> None:
    assert CLOCK.iso(ZERO) == "2023-05-24T18:00:00-04:00"
    assert CLOCK.iso(ZERO + 5) == "2023-05-24T18:00:00.000005-04:00"
    assert CLOCK.in_zone("UTC").iso(ZERO) == "2023-05-24T22:00:00+00:00"


def test_another_zone_has_its_own_day() -> None:
    tokyo = CLOCK.in_zone("Asia/Tokyo")
    assert tokyo.time(at(20, 21)) == "07:20"
    assert tokyo.time(at(-600, -599)) == "2023-05-24 21:00"


@pytest.mark.parametrize(
    ("zone", "label", "short"),
    [
        (NEW_YORK, "EDT (UTC-4)", "EDT"),
        ("UTC", "UTC", "UTC"),
        ("Z", "UTC", "UTC"),
        ("America/Sao_Paulo", "UTC-3", "UTC-3"),
        ("Asia/Kolkata", "IST (UTC+5:30)", "IST"),
    ],
)
def test_a_zone_is_labelled_with_its_offset(zone: str, label: str, short: str) -> None:
    clock = CLOCK.in_zone(zone)
    assert (clock.zone_label, clock.zone_short) == (label, short)


def test_a_zone_whose_offset_changes_on_the_way_is_labelled_by_name() -> None:
    first = int(datetime(2023, 11, 5, 4, tzinfo=UTC).timestamp()) * SECOND
    clock = Clock(zone_of(NEW_YORK), NEW_YORK, None, date(2023, 11, 5), (first, first + 6 * HOUR))
    assert clock.zone_label == NEW_YORK


def test_a_doubled_hour_is_told_apart_by_offset() -> None:
    first = int(datetime(2023, 11, 5, 5, 30, tzinfo=UTC).timestamp()) * SECOND
    clock = Clock(zone_of(NEW_YORK), NEW_YORK, None, date(2023, 11, 5), (first, first + 2 * HOUR))
    assert clock.time(Bounds(first, first + MINUTE, first)) == "01:30 (UTC-4)"
    assert clock.time(Bounds(first + HOUR, first + HOUR + MINUTE, None)) == "01:30 (UTC-5)"
    assert clock.time(Bounds(first, first + HOUR + MINUTE, None)) == "01:30 (UTC-4) – 01:30 (UTC-5)"


def test_an_uncertain_zero_is_measured_by_the_network_s_distance() -> None:
    fuzzy = Clock(zone_of("UTC"), "UTC", at(-5, 6, 0, True), date(2023, 5, 24), (ZERO, ZERO + HOUR))
    exact = Distance(20 * MINUTE, 20 * MINUTE, 20 * MINUTE, named=True)
    assert fuzzy.relative(at(15, 26, 20, True), exact) == "T+20m"
    assert fuzzy.relative(at(15, 26, 20, True)) == "≈T+20m"
    assert fuzzy.relative(at(15, None), Distance(18 * MINUTE, None, None)) == "after T+18m"


def test_times_past_the_calendar_are_worded_and_do_not_fail() -> None:
    far = ZERO + 10_000 * 365 * DAY
    assert CLOCK.iso(far).startswith("+12")
    assert CLOCK.time(Bounds(far, far + MINUTE, far)).startswith("+12")
    assert CLOCK.iso(-(10**20)).startswith("-")


MOMENTS = st.integers(-60_000_000_000, 250_000_000_000).map(lambda second: second * SECOND)


@given(MOMENTS, st.sampled_from(["UTC", NEW_YORK, "Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu"]))
def test_iso_is_what_the_calendar_says(us: int, zone: str) -> None:
    clock = CLOCK.in_zone(zone)
    tz = UTC if zone == "UTC" else ZoneInfo(zone)
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
    assert clock.iso(us) == moment.astimezone(tz).isoformat()


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**12), st.booleans(), st.integers(0, 10**12))
def test_a_time_shown_as_a_value_holds_it_and_the_shape_agrees(
    low: int, width: int, named: bool, inside: int
) -> None:
    bounds = Bounds(ZERO + low, ZERO + low + width, ZERO + low + min(inside, width), named=named)
    text, shape = CLOCK.time(bounds), CLOCK.shape(bounds)
    assert text.startswith("≈") == (shape == "about")
    assert not (shape == "about" and not named)
    if width >= MINUTE:
        assert "." not in text
        assert text.count(":") <= 2 + 2 * text.count("UTC")
