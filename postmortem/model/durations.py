"""Durations as people write them: `90s`, `1h30m`, `20 minutes`; whole microseconds, never a float."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from postmortem.ground.budget import may_guess
from postmortem.model.scanner import LONGEST, Misfit, Scanner, shorten, whole
from postmortem.model.stated import Fault, Stated

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

UNITS: dict[str, int] = {
    word: size
    for size, words in (
        (1, "us µs μs microsecond microseconds"),
        (1_000, "ms millisecond milliseconds"),
        (SECOND, "s sec secs second seconds"),
        (MINUTE, "m min mins minute minutes"),
        (HOUR, "h hr hrs hour hours"),
        (DAY, "d day days"),
        (7 * DAY, "w week weeks"),
    )
    for word in words.split()
}
LONGEST_DURATION = 36_525 * DAY

_COST = 500
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?![0-9:])")
_UNIT = re.compile("[a-zµμ]+")
_MOST_DIGITS = 15
_HELP = "a duration is written like `90s`, `20m`, `1h30m`, `1.5h`, `2d` or `20 minutes`"


def parse_duration(text: str) -> Stated[int]:
    """Return the duration that ``text`` states, in microseconds; PM206 where it is none."""
    if len(text) > LONGEST:
        return Stated(text, None, _fault("this is too long to be a duration", 0, len(text)))
    stated = _parse(text)
    if stated.fault is None or not may_guess("duration", _COST, text):
        return stated
    return Stated(text, None, _explained(text, stated.fault))


@lru_cache(maxsize=1024)
def _parse(text: str) -> Stated[int]:
    try:
        return Stated(text, read_duration(text))
    except Misfit as unread:
        return Stated(text, None, unread.fault)


@lru_cache(maxsize=1024)
def _explained(text: str, fault: Fault) -> Fault:
    from postmortem.model.duration_habits import HABITS
    from postmortem.model.near import nearest_fit

    return nearest_fit(text, fault, HABITS, read_duration)


def read_duration(text: str) -> int:
    """Return the duration that the whole of ``text`` states, or raise the misfit that it is."""
    scan = Scanner(text)
    if scan.done():
        raise Misfit(_fault("a duration is due", 0, len(text)))
    size = take_duration(scan)
    if size is None or not scan.done():
        start, stop = scan.at, whole(text)[1]
        raise Misfit(_fault(f"`{shorten(text[start:])}` does not fit into a duration", start, stop))
    return size


def _fault(message: str, start: int, stop: int) -> Fault:
    return Fault("PM206", message, start, stop, "", _HELP)


class Number(NamedTuple):
    """Digits as written: ``digits`` over ten to the power of ``places``."""

    digits: int
    places: int
    start: int
    stop: int

    def times(self, unit: int, code: str) -> int:
        """Return the number of units as whole microseconds."""
        size, rest = divmod(self.digits * unit, int(10**self.places))
        if rest:
            raise Misfit(Fault(code, "nothing finer than a microsecond is kept", self.start, self.stop))
        if size > LONGEST_DURATION:
            raise Misfit(Fault(code, "this is longer than a hundred years", self.start, self.stop))
        return size


def take_number(scan: Scanner, code: str) -> Number | None:
    """Go past a number without sign or unit; refuse one of too many digits."""
    found = scan.take(_NUMBER)
    if not found:
        return None
    units, parts = found[1], found[2] or ""
    if len(units) + len(parts) > _MOST_DIGITS:
        raise Misfit(Fault(code, f"a number has at most {_MOST_DIGITS} digits", found.start(), found.end()))
    return Number(int(units + parts), len(parts), found.start(), found.end())


def unit_at(scan: Scanner, at: int) -> tuple[int, int] | None:
    """Return the size of the unit that stands at ``at`` (blanks before it allowed) and where it ends."""
    before, scan.at = scan.at, at
    scan.blank()
    found = scan.peek(_UNIT)
    scan.at = before
    size = UNITS.get(found[0]) if found else None
    return (size, found.end()) if found and size else None


def take_duration(scan: Scanner, code: str = "PM206", bare: int | None = None) -> int | None:
    """Go past a duration and return it in microseconds; None where none stands here.

    ``bare`` is the unit of a number without one; faults have the given ``code``.
    """
    total, smallest, begin = 0, None, scan.at
    while number := take_number(scan, code):
        unit = unit_at(scan, scan.at)
        if unit is None:
            if bare is not None and smallest is None:
                return number.times(bare, code)
            scan.at = number.start
            break
        size, scan.at = unit
        if smallest is not None and size >= smallest:
            raise Misfit(Fault(code, "the units of a duration go from large to small", begin, scan.at))
        total, smallest = total + number.times(size, code), size
        resume = scan.at
        scan.blank()
        if number.places or not scan.peek(_NUMBER):
            scan.at = resume
            break
    if total > LONGEST_DURATION:
        raise Misfit(Fault(code, "this is longer than a hundred years", begin, scan.at))
    return None if smallest is None else total


def write_duration(size: int) -> str:
    """Return the shortest exact spelling of a duration in microseconds: ``1h30m``."""
    written = []
    for unit, word in ((DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s"), (1_000, "ms"), (1, "us")):
        count, size = divmod(size, unit)
        if count:
            written.append(f"{count}{word}")
    return "".join(written) or "0s"
