"""How far a source's clock is off, as people write it: `±2m`, `+90s`, `-30s ±60s`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from postmortem.model.durations import take_duration, write_duration
from postmortem.model.scanner import LONGEST, Misfit, Scanner, whole
from postmortem.model.stated import Fault, Stated

_GIVE_OR_TAKE = re.compile(r"±|\+/?[-−]")
_SIGN = re.compile(r"[+−-]")
_HELP = "`+90s`: it runs 90 seconds ahead; `±2m`: it may be off by two minutes; `-30s ±60s`: both"


@dataclass(frozen=True, slots=True)
class ClockError:
    """How far a source's clock runs ahead of the true one, in microseconds: between low and high."""

    low: int
    high: int
    nominal: int


def parse_clock_error(text: str) -> Stated[ClockError]:
    """Return how far a clock is off, as ``text`` states it; PM206 where it does not."""
    if len(text) > LONGEST:
        fault = Fault("PM206", "this is too long to say how far a clock is off", 0, len(text), "", _HELP)
        return Stated(text, None, fault)
    try:
        return Stated(text, _read(text))
    except Misfit as misfit:
        return Stated(text, None, misfit.fault)


def _read(text: str) -> ClockError:
    scan = Scanner(text)
    start, stop = whole(text)
    if scan.done():
        raise Misfit(Fault("PM206", "how far the clock is off is due", 0, len(text), "", _HELP))
    ahead, give = 0, 0
    tolerant = scan.take(_GIVE_OR_TAKE)
    if not tolerant:
        sign = scan.take(_SIGN)
        size = _size(scan, start, stop)
        if not sign:
            written = write_duration(size)
            label = f"did you mean `±{written}` or `+{written}`?" if scan.done() else ""
            raise Misfit(Fault("PM206", "a clock's error has a sign", start, stop, label, _HELP))
        ahead = size if sign[0] == "+" else -size
        scan.blank()
        tolerant = scan.take(_GIVE_OR_TAKE)
    if tolerant:
        give = _size(scan, start, stop)
    if not scan.done():
        at = scan.at
        raise Misfit(Fault("PM206", f"`{text[at:stop]}` does not fit here", at, stop, "", _HELP))
    return ClockError(ahead - give, ahead + give, ahead)


def _size(scan: Scanner, start: int, stop: int) -> int:
    scan.blank()
    at = min(scan.at, stop - 1)
    size = take_duration(scan)
    if size is None:
        message = f"`{scan.text[at:stop]}` is not a duration" if at > start else "how far it is off is due"
        raise Misfit(Fault("PM206", message, at, stop, "", _HELP))
    return size
