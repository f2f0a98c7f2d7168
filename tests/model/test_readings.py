"""Whole readings, to the letter: what each text of `readings.txt` means, and all that is said of it.

`POSTMORTEM_RECORD=1` writes the readings anew, for a change that is meant.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import tzset
from typing import Any

import pytest

from postmortem.ground import budget
from postmortem.ground.budget import within
from postmortem.model.calendar_days import parse_date
from postmortem.model.clock_error import parse_clock_error
from postmortem.model.durations import parse_duration
from postmortem.model.points import reserved
from postmortem.model.quantities import parse_quantity, settle
from postmortem.model.stated import Bound, Fault, Stated
from postmortem.model.times import Anchor, anchor, first_clock, parse_time
from postmortem.model.zones import instants, judge_zone

FILE = Path(__file__).with_name("readings.txt")
AGAINST = {
    "New York": Anchor(date(2023, 5, 24), "America/New_York", 300_000_000, 0.1),
    "no day": Anchor(None, "America/New_York", 300_000_000, 0.1),
    "no zone": Anchor(date(2023, 5, 24), None, 300_000_000, 0.1),
    "neither": Anchor(None, None, 300_000_000, 0.1),
}
"""What a time is read against; what all but the first say is told only where it is something else."""


def fault(one: Fault) -> str:
    """Return a fault in all its parts."""
    more = "".join(f" | {name}: {said}" for name, said in (("label", one.label), ("help", one.help)) if said)
    return f"{one.code} {one.start}-{one.end} {one.message}{more}"


def bound(one: Bound) -> str:
    """Return a bound in all its parts."""
    base = "clock" if one.base is None else f"{one.base.event or 'T'}{'.end' if one.base.end else ''}"
    named = "" if one.named else " unnamed"
    return f"{one.start}-{one.end} from {base}: {one.low} to {one.high}, {one.nominal}{named}"


def tree(value: Any) -> str:
    """Return a part of a time with all it holds but what is None or False, and with its place behind it."""
    if not isinstance(value, tuple) or not hasattr(value, "_asdict"):
        return str(value)
    held = value._asdict()
    place = "@{}-{}".format(held.pop("start"), held.pop("stop")) if "start" in held else ""
    inner = [f"{name}={tree(one)}" for name, one in held.items() if one is not None and one is not False]
    return f"{type(value).__name__}({', '.join(inner)}){place}"


def time(text: str) -> Iterator[str]:
    stated = parse_time(text)
    if stated.value is None:
        yield from plain(stated)
        return
    value = stated.value
    for part in value.parts:
        yield tree(part)
    if value.zones:
        yield f"zones {value.zones}"
    for need in value.needs:
        yield f"{tree(need)} {value.clock_of_day}"
    seen: list[str] = []
    for name, against in AGAINST.items():
        anchored = anchor(value, against)
        lines = [bound(one) for one in anchored.bounds] + [fault(one) for one in anchored.faults]
        lines.append(f"first {first_clock(value, against)}")
        if lines != seen:
            yield f"{name}:"
            yield from (f"    {line}" for line in lines)
        seen = seen or lines


def plain(stated: Stated[Any]) -> Iterator[str]:
    yield str(stated.value) if stated.fault is None else fault(stated.fault)


def quantity(text: str) -> Iterator[str]:
    stated = parse_quantity(text)
    yield from plain(stated)
    if stated.value is not None and settle(stated.value, 0.05) != stated.value:
        yield str(settle(stated.value, 0.05))


def zone(text: str) -> Iterator[str]:
    found = judge_zone(text)
    yield "a zone" if found is None else fault(found)


KINDS: dict[str, Callable[[str], Iterator[str]]] = {
    "time": time,
    "duration": lambda text: plain(parse_duration(text)),
    "clock": lambda text: plain(parse_clock_error(text)),
    "quantity": quantity,
    "date": lambda text: plain(parse_date(text)),
    "zone": zone,
    "id": lambda text: iter(["reserved" if reserved(text) else "free"]),
}


def reading(kind: str, text: str) -> list[str]:
    return list(KINDS[kind](text))


def readings() -> list[tuple[str, str, list[str]]]:
    """Return the recorded kinds and texts with their readings."""
    found: list[tuple[str, str, list[str]]] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][2].append(line[4:])
        elif line and not line.startswith("#"):
            kind, _, written = line.partition(" ")
            found.append((kind, ast.literal_eval(written), []))
    return found


def record() -> None:
    """Write each reading anew, under the headings that stand."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("    ")]
    out = []
    for line in lines:
        out.append(line)
        if line and not line.startswith("#"):
            kind, _, written = line.partition(" ")
            out += [f"    {told}" for told in reading(kind, ast.literal_eval(written))]
    FILE.write_text("\n".join(out) + "\n", encoding="utf-8", newline="\n")


if os.environ.get("POSTMORTEM_RECORD"):
    record()


@pytest.mark.parametrize(("kind", "text", "expected"), readings())
def test_a_reading_is_what_was_recorded(kind: str, text: str, expected: list[str]) -> None:
    assert reading(kind, text) == expected


def test_no_more_is_guessed_than_a_log_may_have_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        ("time", "time", "18:2O, x{}", 1_000),
        ("duration", "duration", "01:3{}", 500),
        ("quantity", "quantity", "6{} OOO", 500),
        ("date", "day", "24 May 202{}", 100),
        ("zone", "zone", "Europe/Pari{}", 2_000),
    )
    for kind, counted, text, cost in rows:
        for room, granted in ((3 * cost, 3), (4 * cost - 1, 3)):
            monkeypatch.setattr(budget, "MOST_GUESSES", room)
            guesses = within(60)
            with guesses:
                told = [reading(kind, text.format(number)) for number in range(5)]
                again = reading(kind, text.format(0))
            assert ["label: " in lines[0] for lines in told] == [True] * granted + [False] * (5 - granted), (
                told
            )
            assert all("?!" not in lines[0] for lines in told)
            assert again == told[0], "a guess that was granted once is free"
            assert set(guesses._spent) == {counted}


def test_what_is_counted_from_is_told_in_order() -> None:
    value = parse_time("after X, 5m before Y.end, T+3").value
    assert value is not None
    told = tuple((one.event, one.end) for one in value.references)
    assert told == (("X", False), ("Y", True), (None, False)) and len(value.references) == 3


def test_the_zone_of_the_system_plays_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("2023-03-12 02:30", "2023-11-05 01:30", "2023-05-24 18:20 Europe/Paris")
    expected = [reading("time", text) for text in texts]
    for zone_of_system in ("Asia/Tokyo", "America/Los_Angeles"):
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone_of_system)
            tzset()
            instants.cache_clear()
            assert [reading("time", text) for text in texts] == expected
    tzset()


def test_no_text_is_recorded_twice() -> None:
    texts = [(kind, text) for kind, text, _ in readings()]
    assert len(texts) == len(set(texts)) > 100
