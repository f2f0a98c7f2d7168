"""Properties of stated times: what is written reads back, ranges hold their ends, and all moves together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.durations import write_duration
from postmortem.model.scanner import BLANKS
from postmortem.model.stated import Bound
from postmortem.model.times import Anchor, anchor, parse_time
from postmortem.model.zones import micros

S = 1_000_000
M, D = 60 * S, 86_400 * S
LOG = Anchor(date(2023, 5, 24), "UTC", 5 * M, 0.1)
MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2198, 12, 31))
CLOCKS = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
LENGTHS = st.integers(0, 10 * D)
EXPRESSIONS = st.sampled_from(
    [
        *(
            "18:20",
            "~18:20",
            "18:20 ±2m",
            "18:20 to 18:25",
            "by 18:30",
            "after 18:30",
            "18:20 - 18:25",
            "18:20:05.250",
        ),
        *("X", "X + ~20m", "15m to 25m after X", "within 10m after X", "T+20 ±2m", "after X, before 18:10"),
        *("between X and 18:25", "between X and Y", "+1d 00:10", "about 20m before X.end"),
    ]
)


def bounds(text: str, against: Anchor = LOG) -> tuple[Bound, ...]:
    stated = parse_time(text)
    assert stated.value is not None, stated.fault
    return anchor(stated.value, against).bounds


@given(MOMENTS, st.integers(-48, 56).map(lambda quarter: quarter * 15))
def test_a_moment_written_by_a_machine_reads_back(moment: datetime, minutes: int) -> None:
    if minutes < 0:
        minutes = minutes // 60 * 60
    local = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=minutes)))
    (bound,) = bounds(local.isoformat(timespec="microseconds"))
    assert (bound.low, bound.high, bound.nominal) == (micros(moment), micros(moment) + 1, micros(moment))


@given(MOMENTS)
def test_coarser_times_hold_finer_ones(moment: datetime) -> None:
    texts = [
        moment.isoformat(timespec=unit) for unit in ("microseconds", "milliseconds", "seconds", "minutes")
    ]
    texts.append(str(moment.date()))
    found = [bounds(text)[0] for text in texts]
    widths = [(bound.high or 0) - (bound.low or 0) for bound in found]
    assert widths == [1, 1000, S, M, D]
    for finer, coarser in pairwise(found):
        assert (coarser.low or 0) <= (finer.low or 0)
        assert (finer.high or 0) <= (coarser.high or 0)


@given(CLOCKS, CLOCKS)
def test_a_range_goes_from_the_first_to_the_end_of_the_second(one: str, other: str) -> None:
    first, second = sorted((one, other))
    whole, start, end = bounds(f"{first} to {second}")[0], bounds(first)[0], bounds(second)[0]
    assert (whole.low, whole.high) == (start.low, end.high)
    if first != second:
        assert parse_time(f"{second} to {first}").value is None


@given(CLOCKS, LENGTHS)
def test_a_tolerance_widens_on_both_sides_alike(clock: str, size: int) -> None:
    plain, wide = bounds(clock)[0], bounds(f"{clock} ±{write_duration(size)}")[0]
    assert (wide.low, wide.high, wide.nominal) == (
        (plain.low or 0) - size,
        (plain.high or 0) + size,
        plain.nominal,
    )


@given(LENGTHS, LENGTHS)
def test_distances_are_what_is_written(one: int, other: int) -> None:
    low, high = sorted((one, other))
    (bound,) = bounds(f"{write_duration(low)} to {write_duration(high)} after X")
    assert (bound.low, bound.high) == (low, high)
    (mirror,) = bounds(f"{write_duration(low)} to {write_duration(high)} before X")
    assert (mirror.low, mirror.high) == (-high, -low)


@given(EXPRESSIONS, st.integers(-20_000, 20_000))
def test_another_day_moves_what_is_absolute_and_nothing_else(text: str, days: int) -> None:
    later = Anchor(date(2023, 5, 24) + timedelta(days=days), "UTC", LOG.about_clock, LOG.about_duration)
    for before, after in zip(bounds(text), bounds(text, later), strict=True):
        by = days * D if before.base is None else 0
        for one, other in (
            (before.low, after.low),
            (before.high, after.high),
            (before.nominal, after.nominal),
        ):
            assert other == (None if one is None else one + by)


@given(st.lists(EXPRESSIONS, min_size=1, max_size=4))
def test_joined_statements_are_those_of_their_parts(texts: list[str]) -> None:
    def shape(bound: Bound) -> tuple[object, ...]:
        return bound.base, bound.low, bound.high, bound.nominal, bound.named

    apart = [shape(bound) for text in texts for bound in bounds(text)]
    assert [shape(bound) for bound in bounds(", ".join(texts))] == apart


@given(
    EXPRESSIONS,
    st.text(BLANKS, max_size=3),
    st.text(BLANKS, max_size=3),
    st.sampled_from([str.upper, str.title]),
)
def test_blanks_and_case_of_words_do_not_matter(text: str, left: str, right: str, cased: object) -> None:
    spaced = f"{left}{text.replace(' ', ' ' + right)}{right}"
    assert [bound.low for bound in bounds(spaced)] == [bound.low for bound in bounds(text)]
    words = " ".join(cased(word) if word.islower() and word.isalpha() else word for word in text.split(" "))  # type: ignore[operator]
    assert [bound.high for bound in bounds(words)] == [bound.high for bound in bounds(text)]


@given(EXPRESSIONS)
def test_a_nominal_lies_within_its_bounds(text: str) -> None:
    for bound in bounds(text):
        if bound.nominal is not None:
            assert bound.low is None or bound.low <= bound.nominal
            assert bound.high is None or bound.nominal <= bound.high
