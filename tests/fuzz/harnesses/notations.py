"""Harnesses of single texts: times, durations, quantities. What is proposed instead must itself be right."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from postmortem.model.durations import LONGEST_DURATION
from postmortem.model.quantities import parse_quantity, settle
from postmortem.model.scanner import BLANKS, LONGEST
from postmortem.model.stated import Bound, Stated
from postmortem.model.times import (
    Anchor,
    anchor,
    parse_clock_error,
    parse_date,
    parse_duration,
    parse_time,
    write_duration,
)

_MEANT = re.compile(r"did you mean (.*)\?\Z", re.DOTALL)
_M = 60_000_000
ANCHORS = (
    Anchor(date(2023, 5, 24), "UTC", 5 * _M, 0.1),
    Anchor(date(2026, 10, 25), "Europe/Berlin", 5 * _M, 0.1),
    Anchor(date(2199, 12, 31), "Pacific/Kiritimati", 0, 0.0),
    Anchor(date(1900, 1, 1), "America/St_Johns", 60 * _M, 2.5),
    Anchor(None, None, 5 * _M, 0.1),
    Anchor(date(2026, 3, 29), "Europe/Nowhere", 5 * _M, 0.1),
)


def text_of(data: bytes) -> str:
    """Return any bytes as a text, lone surrogates and all."""
    return data.decode("utf-8", "surrogateescape")


def understood(text: str, parse: Callable[[str], Stated[Any]]) -> Any:
    """Parse a text and prove what holds for any: a value or a fault inside it, and alike when asked again."""
    stated = parse(text)
    assert stated.text == text
    assert (stated.value is None) == (stated.fault is not None), "neither a value nor a fault, or both"
    assert parse(text) == stated
    fault = stated.fault
    if fault is None:
        return stated.value
    assert 0 <= fault.start <= fault.end <= len(text), fault
    assert fault.message, fault
    assert not re.search(r"[\r\n]", fault.message), "a message of two lines"
    return None


def proposed(text: str, parse: Callable[[str], Stated[Any]]) -> None:
    """Prove that what a fault proposes is something else, and fits where it stands for the whole text."""
    fault = parse(text).fault
    meant = _MEANT.match(fault.label) if fault is not None else None
    if fault is None or meant is None or "`" in text:
        return
    is_all = fault.start <= len(text) - len(text.lstrip(BLANKS)) and fault.end >= len(text.rstrip(BLANKS))
    for spelling in re.findall(r"`([^`]*)`", meant[1]):
        assert spelling != text[fault.start : fault.end], f"proposed what stands there: {spelling!r}"
        assert not is_all or parse(spelling).value is not None, f"proposed: {spelling!r}"


def times(data: bytes) -> None:
    """A text is a time or has a fault; its bounds are in order; days and the like are read as strictly."""
    text = text_of(data)
    value = understood(text, parse_time)
    understood(text, parse_date)
    proposed(text, parse_date)
    clock = understood(text, parse_clock_error)
    assert clock is None or clock.low <= clock.nominal <= clock.high
    if value is None:
        proposed(text, parse_time)
        return
    for against in ANCHORS:
        anchored = anchor(value, against)
        assert anchored == anchor(value, against)
        for bound in anchored.bounds:
            ordered(bound, len(text))
        for fault in anchored.faults:
            assert 0 <= fault.start <= fault.end <= len(text), fault
    if not _has_room(text):
        return
    blank = understood(f" {text}\t", parse_time)
    assert blank is not None, "blanks around it make it no time"
    same = [_shape(one) for one in anchor(value, ANCHORS[0]).bounds]
    assert [_shape(one) for one in anchor(blank, ANCHORS[0]).bounds] == same, "blanks around it count"


def _has_room(text: str) -> bool:
    """Tell whether blanks may be put around a text without making it longer than any may be."""
    return len(text) <= LONGEST - 2


def _shape(bound: Bound) -> tuple[object, ...]:
    return bound.base, bound.low, bound.high, bound.nominal, bound.named


def ordered(bound: Bound, length: int) -> None:
    """Prove that a bound's ends are in order, its nominal between them, its place inside the text."""
    low, high, nominal = bound.low, bound.high, bound.nominal
    assert low is None or high is None or low <= high, bound
    assert nominal is None or low is None or low <= nominal, bound
    assert nominal is None or high is None or nominal <= high, bound
    assert all(one is None or abs(one) < 1 << 62 for one in (low, high, nominal)), bound
    assert 0 <= bound.start <= bound.end <= length, bound


def durations(data: bytes) -> None:
    """A text is a duration or has a fault; what is written of a duration reads back."""
    text = text_of(data)
    size = understood(text, parse_duration)
    if size is None:
        proposed(text, parse_duration)
        return
    assert 0 <= size <= LONGEST_DURATION
    assert parse_duration(write_duration(size)).value == size, "what is written does not read back"
    assert not _has_room(text) or parse_duration(f" {text} ").value == size, "blanks around it count"


def quantities(data: bytes) -> None:
    """A text is a quantity or has a fault; its ends are finite and in order, settled or not."""
    text = text_of(data)
    found = understood(text, parse_quantity)
    if found is None:
        proposed(text, parse_quantity)
        return
    for one in (found, settle(found, 0.05), settle(found, "0.3"), settle(found, 0)):
        low, high, nominal = one.low, one.high, one.nominal
        assert all(each is None or math.isfinite(each) for each in (low, high, nominal)), one
        assert low is not None or high is not None, one
        assert low is None or high is None or low <= high, one
        assert nominal is None or low is None or low <= nominal, one
        assert nominal is None or high is None or nominal <= high, one
    assert not _has_room(text) or parse_quantity(f"\t{text} ").value == found, "blanks around it count"
