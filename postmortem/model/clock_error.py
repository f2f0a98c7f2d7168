"""How far a source's clock is off, as people write it: `±2m`, `+90s`, `-30s ±60s`."""

from __future__ import annotations

from postmortem.ground.record import record
from postmortem.model.durations import take_duration, write_duration
from postmortem.model.scanner import GIVE_OR_TAKE, LONGEST, Misfit, Scanner, misfit, proposal, shorten, whole
from postmortem.model.stated import Fault, Stated

_HELP = "`+90s`: it runs 90 seconds ahead; `±2m`: it may be off by two minutes; `-30s ±60s`: both"


@record
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
    except Misfit as unread:
        return Stated(text, None, unread.fault)


def _read(text: str) -> ClockError:
    scan = Scanner(text)
    if scan.done():
        raise misfit("PM206", "how far the clock is off is due", (0, len(text)), "", _HELP)
    ahead = 0
    if not scan.peek(GIVE_OR_TAKE):
        ahead = _ahead(scan)
    give = _size(scan) if scan.take(GIVE_OR_TAKE) else 0
    if not scan.done():
        raise _unfit(scan)
    return ClockError(ahead - give, ahead + give, ahead)


def _ahead(scan: Scanner) -> int:
    """Go past `+90s` or `-30s`, and return how far the clock runs ahead."""
    sign = scan.sign("+", "-")
    size = _size(scan)
    if sign:
        return size if sign == "+" else -size
    written = write_duration(size)
    label = proposal(f"±{written}", f"+{written}") if scan.done() else ""
    raise misfit("PM206", "how far a clock is off has a sign", whole(scan.text), label, _HELP)


def _size(scan: Scanner) -> int:
    scan.blank()
    size = take_duration(scan)
    if size is None:
        raise _unfit(scan)
    return size


def _unfit(scan: Scanner) -> Misfit:
    start, stop = scan.chunk()
    said = "" if scan.done() else scan.text[start:stop]
    message = (
        f"`{shorten(said)}` does not say how far a clock is off" if said else "a duration is due at the end"
    )
    return misfit("PM206", message, (start, stop), "", _HELP)
