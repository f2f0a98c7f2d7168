"""Durations as people write them: `90s`, `1h30m`, `20 minutes`; whole microseconds, never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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

_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?![0-9:])")
_UNIT = re.compile(r"[A-Za-zµμ]+")
_MOST_DIGITS = 15
_ISO = re.compile(
    r"[Pp](?:([0-9]{1,6})[Dd])?(?:[Tt](?:([0-9]{1,6})[Hh])?(?:([0-9]{1,6})[Mm])?(?:([0-9]{1,6})[Ss])?)?$"
)
_COLONS = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?$")
_EXAMPLES = "a duration is written like `90s`, `20m`, `1h30m`, `1.5h`, `2d` or `20 minutes`"


def parse_duration(text: str) -> Stated[int]:
    """Return the duration that ``text`` states, in microseconds; PM206 where it is none."""
    if len(text) > LONGEST:
        return Stated(text, None, _fault("this is too long to be a duration", 0, len(text)))
    return _parse(text)


@lru_cache(maxsize=1024)
def _parse(text: str) -> Stated[int]:
    try:
        return Stated(text, _only(text))
    except Misfit as misfit:
        return Stated(text, None, misfit.fault)


def _only(text: str) -> int:
    scan = Scanner(text)
    if scan.done():
        raise Misfit(_fault("a duration is due", 0, len(text)))
    start, stop = whole(text)
    if text[start] in "-−–":
        label = _if_fits(text[start + 1 : stop])
        raise Misfit(_fault("a duration is not below zero", start, stop, label))
    if text[start] in "~≈±" or scan.word() in ("about", "around", "nearly"):
        message = "an exact duration is due here"
        help = "for an end that is only roughly known, write `until: about 20m after EVENT`"
        raise Misfit(_fault(message, start, stop, _if_fits(text[start:stop].lstrip("~≈±abouternly ")), help))
    size = take_duration(scan)
    if size is None or not scan.done():
        raise Misfit(_nearest(text, start, stop, scan.at))
    return size


def _nearest(text: str, start: int, stop: int, at: int) -> Fault:
    said = text[start:stop]
    if iso := _ISO.match(said):
        written = "".join(f"{int(n)}{unit}" for n, unit in zip(iso.groups(), "dhms", strict=True) if n)
        return _fault("an ISO 8601 duration is not in the notation", start, stop, _if_fits(written))
    if colons := _COLONS.match(said):
        return _fault("a duration names its units", start, stop, _if_fits(_of_colons(*colons.groups())))
    if said.isascii() and said.replace(".", "", 1).isdigit():
        return _fault("a duration needs a unit", start, stop, _if_fits(said + "m"))
    if said.isascii() and said[-1].isdigit() and (label := _if_fits(said + "m")):
        return _fault("the last number needs a unit", start, stop, label)
    if label := _if_fits(said.replace(",", ".")):
        return _fault("a decimal point is due", start, stop, label)
    if label := _if_fits(said.replace(",", " ").replace(" and ", " ").rstrip(".")):
        return _fault(f"`{shorten(said)}` is not a duration", start, stop, label)
    at = at if start <= at < stop else start
    unfit = text[at:stop]
    return _fault(f"`{shorten(unfit)}` does not fit into a duration", at, stop)


def _of_colons(hours: str, minutes: str, seconds: str | None) -> str:
    return f"{int(hours)}h{int(minutes)}m" + (f"{int(seconds)}s" if seconds else "")


def _if_fits(text: str) -> str:
    """Return a label that proposes ``text``, where it is a duration."""
    try:
        scan = Scanner(text)
        fits = take_duration(scan) is not None and scan.done()
    except Misfit:
        return ""
    return f"did you mean `{text.strip()}`?" if fits else ""


def _fault(message: str, start: int, stop: int, label: str = "", help: str = _EXAMPLES) -> Fault:
    return Fault("PM206", message, start, stop, label, help)


@dataclass(frozen=True, slots=True)
class Number:
    """Digits as written: ``digits`` over ten to the power of ``places``."""

    digits: int
    places: int
    start: int
    stop: int

    def times(self, unit: int, code: str) -> int:
        """Return the number of units as whole microseconds."""
        size, rest = divmod(self.digits * unit, 10**self.places)
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
    size = UNITS.get(found[0].lower()) if found else None
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
            scan.at = begin if smallest is None else number.start
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
