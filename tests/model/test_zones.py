"""Local times against an oracle: the pieces of UTC between a zone's jumps, mapped one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest
from dateutil import tz

from postmortem.model.zone_table import ABBREVIATIONS
from postmortem.model.zones import (
    Stretch,
    gap_end,
    instants,
    judge_zone,
    micros,
    offset_at,
    wall,
    zone_names,
    zone_of,
)

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 1440 * MINUTE
FROM, UNTIL = micros(datetime(1970, 1, 1)), micros(datetime(2038, 1, 1))
FULL = os.environ.get("POSTMORTEM_ALL_ZONES") == "1"
ODD = (
    *("Africa/Monrovia", "Africa/Casablanca", "America/St_Johns", "Australia/Lord_Howe", "Europe/Dublin"),
    *("Pacific/Apia", "Pacific/Kwajalein", "Antarctica/Troll", "America/Sao_Paulo", "Asia/Amman"),
)
ZONES = zone_names() if FULL else tuple(sorted({*zone_names()[::100], *ODD}))


@cache
def pieces(name: str) -> tuple[tuple[int, int, int], ...]:
    """Return (first instant, end, offset) between the jumps of a zone, found by steps and bisection."""
    zone = zone_of(name)
    assert zone is not None
    jumps, at, here = [], FROM - 400 * DAY, offset_at(zone, FROM - 400 * DAY)
    step = DAY if FULL else 5 * DAY
    while at < UNTIL + 400 * DAY:
        there = offset_at(zone, at + step)
        if there != here:
            early, late = at, at + step
            while late - early > 1:
                middle = (early + late) // 2
                if offset_at(zone, middle) == here:
                    early = middle
                else:
                    late = middle
            jumps.append(late)
            here, at = offset_at(zone, late), late
        else:
            at += step
    bounds = [FROM - 400 * DAY, *jumps, UNTIL + 400 * DAY]
    return tuple((one, other, offset_at(zone, one)) for one, other in pairwise(bounds))


def covered(name: str, begin: int, width: int) -> list[tuple[int, int]]:
    """Return the stretches of instants whose wall time lies within, the end exclusive."""
    found = []
    for first, end, offset in pieces(name):
        low, high = max(first, begin - offset), min(end, begin + width - offset)
        if low < high:
            found.append((low, high))
    return found


def expected(name: str, begin: int, width: int) -> Stretch | None:
    spans = covered(name, begin, width)
    if not spans:
        return None
    doubled = sum(high - low for low, high in spans) > width or len(covered(name, begin, 1)) > 1
    doubled = doubled or len(covered(name, begin + width - 1, 1)) > 1
    first = covered(name, begin, 1)
    nominal = first[0][0] if first and not doubled else None
    return Stretch(spans[0][0], spans[-1][1], nominal, doubled)


def probes(name: str) -> Iterator[int]:
    """Yield the minutes around every jump, on the wall before it and after it, and in the middle between."""
    for (_, jump, before), (_, _, after) in pairwise(pieces(name)):
        if FROM <= jump < UNTIL:
            middle = jump + (before + after) // 2
            for moment in (jump + before, jump + after, middle):
                minute = moment // MINUTE * MINUTE
                yield from (minute - MINUTE, minute, minute + MINUTE)


@pytest.mark.parametrize("name", ZONES)
def test_minutes_around_every_jump(name: str) -> None:
    zone = zone_of(name)
    for begin in probes(name):
        got = instants(name, begin, MINUTE)
        assert got == expected(name, begin, MINUTE), (name, wall(begin))
        ends = [wall(moment).replace(tzinfo=zone) for moment in (begin, begin + MINUTE - 1)]
        assert (got is None) == (not any(tz.datetime_exists(end) for end in ends)), (name, wall(begin))
        if got is not None:
            assert got.doubled == any(tz.datetime_exists(e) and tz.datetime_ambiguous(e) for e in ends), (
                name,
                wall(begin),
            )


@pytest.mark.parametrize("name", ZONES)
def test_days_around_every_jump(name: str) -> None:
    for (_, jump, before), _ in pairwise(pieces(name)):
        if FROM <= jump < UNTIL:
            day = (jump + before) // DAY * DAY
            for begin in (day - DAY, day, day + DAY):
                got, spans = instants(name, begin, DAY), covered(name, begin, DAY)
                hull = (spans[0][0], spans[-1][1]) if spans else None
                assert (got and (got.low, got.high)) == hull, (name, wall(begin))


@pytest.mark.parametrize("name", ODD)
def test_the_end_of_a_gap_is_its_jump(name: str) -> None:
    zone = zone_of(name)
    assert zone is not None
    for (_, jump, before), (_, _, after) in pairwise(pieces(name)):
        if FROM <= jump < UNTIL and after > before:
            assert gap_end(zone, jump + before) == jump
            assert gap_end(zone, jump + after - 1) == jump


def test_a_day_that_the_calendar_skips() -> None:
    assert instants("Pacific/Apia", micros(datetime(2011, 12, 30)), DAY) is None
    assert instants("Pacific/Apia", micros(datetime(2011, 12, 29)), DAY) is not None


def test_a_day_whose_midnight_is_skipped_begins_when_it_can() -> None:
    got = instants("America/Sao_Paulo", micros(datetime(2018, 11, 4)), DAY)
    assert got == Stretch(micros(datetime(2018, 11, 4, 3)), micros(datetime(2018, 11, 5, 2)), None, False)


def test_a_minute_that_is_skipped_in_part() -> None:
    got = instants("Africa/Monrovia", micros(datetime(1972, 1, 7, 0, 44)), MINUTE)
    jump = micros(datetime(1972, 1, 7, 0, 44, 30))
    assert got == Stretch(jump, jump + 30 * SECOND, None, False)


def test_a_zone_that_is_unknown_has_no_instants() -> None:
    with pytest.raises(ValueError, match="Nowhere"):
        instants("Nowhere", 0, MINUTE)


def test_a_fixed_zone() -> None:
    assert instants("UTC", 0, MINUTE) == Stretch(0, MINUTE, 0, False)
    assert zone_of("z") is not None
    assert zone_of("Nowhere/City") is None


def test_wall_and_micros_are_inverse() -> None:
    moment = datetime(2023, 5, 24, 18, 20, 5, 250)
    assert wall(micros(moment)) == moment
    assert micros(datetime(1969, 12, 31, 23, 59, 59, 999_999)) == -1
    assert wall(-1) == datetime(1970, 1, 1) - timedelta(microseconds=1)


@pytest.mark.parametrize("name", ["UTC", "utc", "GMT", "Z", "Europe/Paris", "Japan", "Etc/GMT+5"])
def test_a_zone_that_a_log_may_name(name: str) -> None:
    assert judge_zone(name) is None
    assert zone_of(name) is not None


@pytest.mark.parametrize("name", sorted(ABBREVIATIONS))
def test_an_abbreviation_is_refused_and_what_it_says_instead_is_a_zone_or_offset(name: str) -> None:
    fault = judge_zone(name)
    assert fault is not None
    assert fault.code == "PM212"
    assert (fault.start, fault.end) == (0, len(name))
    assert name in fault.message
    for instead in ABBREVIATIONS[name]:
        assert f"`{instead}`" in fault.label
        assert instead[0] in "+-" or judge_zone(instead) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("europe/paris", "Europe/Paris"),
        ("Paris", "Europe/Paris"),
        ("New York", "America/New_York"),
        ("Europe/Pariss", "Europe/Paris"),
        ("America/NewYork", "America/New_York"),
        ("US/Easter", "US/Eastern"),
    ],
)
def test_the_nearest_zone_is_proposed(name: str, meant: str) -> None:
    fault = judge_zone(name)
    assert fault is not None
    assert f"`{meant}`" in fault.label


@pytest.mark.parametrize(
    "name", ["", "local", "localtime", "posix/Europe/Paris", "../etc/passwd", "Factory", "W-SU", "GMT0"]
)
def test_what_is_no_zone(name: str) -> None:
    fault = judge_zone(name)
    assert fault is not None
    assert fault.code == "PM212"
    assert zone_of(name) is None


def test_the_names_are_sorted_and_all_open() -> None:
    assert list(zone_names()) == sorted(zone_names())
    assert len(zone_names()) > 400
    for name in ("Europe/Paris", "America/Argentina/Buenos_Aires", "America/New_York"):
        zone = zone_of(name)
        assert zone is not None
        assert zone.key == name
        assert datetime(2023, 5, 24, tzinfo=UTC).astimezone(zone).tzinfo is zone
