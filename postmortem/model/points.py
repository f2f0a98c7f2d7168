"""Points in time: a clock time or an event, moved by an amount, give or take a tolerance."""

from __future__ import annotations

import re

from postmortem.model.amounts import (
    amount_ahead,
    signed,
    take_about,
    take_amount,
    take_leading_amount,
    unfit,
)
from postmortem.model.clocks import take_clock
from postmortem.model.durations import MINUTE, take_duration
from postmortem.model.expression import Amount, Clock, Point, Reference
from postmortem.model.scanner import GIVE_OR_TAKE, Misfit, Scanner, misfit, phrases
from postmortem.model.zone_words import KEYWORDS

NOT_EVENTS: dict[str, str] = {
    "yesterday": "name the day: `2023-05-23 18:20`",
    "today": "name the day: `2023-05-24 18:20`",
    "tomorrow": "name the day: `2023-05-25 18:20`",
    "tonight": "name the time: `about 20:00`, `after 18:00`",
    "now": "name the time: `18:20`",
    "noon": "write `12:00`",
    "midday": "write `12:00`",
    "midnight": "write `00:00` where the day begins, `+1d 00:00` where it ends",
    "later": "name what it is later than: `after X`",
    "eventually": "name what it came after: `after X`; the word itself goes into `stated`",
    "soon": "name what it came after: `after X`; the word itself goes into `stated`",
    "prior": "write `before X`",
    "unknown": "leave the time out: an event without a time is listed as undated",
    "undated": "leave the time out: an event without a time is listed as undated",
    "tbd": "leave the time out: an event without a time is listed as undated",
    "tba": "leave the time out: an event without a time is listed as undated",
}
"""Words that people write for times and that no log can mean, with what to do instead."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_ZERO = re.compile(r"T(?:(?=-(?![A-Za-z_]))|(?![A-Za-z0-9_-]))")
_END = re.compile(r"\.end(?![a-z0-9_-])")
_SIDES = phrases("after", "before")
_SIDES_AND_OF = phrases("after", "before", "of")
_SIGN = re.compile(r" *([+-]) *")


def reserved(word: str) -> bool:
    """Say whether a word cannot be an event's id, since times mean another thing by it: `after`, `T-5`."""
    return word.lower() in KEYWORDS or word.lower() in NOT_EVENTS or _ZERO.match(word) is not None


def take_point(scan: Scanner) -> Point:
    """Go past a point in time and return it."""
    scan.blank()
    start = scan.at
    about = take_about(scan)
    leading = take_leading_amount(scan, about)
    if leading:
        return _counted(scan, start, *leading)
    origin = _origin(scan, "a time")
    amount = _trailing_amount(scan, origin, about)
    around = _tolerance(scan, _unit_of(origin))
    if about and around is not None:
        raise _twice(scan, start)
    if about and amount is None:
        if isinstance(origin, Clock) and origin.time is None:
            advice = "a range of days is written `2023-05-23 to 2023-05-25`"
            raise misfit("PM205", "a whole day is not `about`", (start, scan.at), "", advice)
        return Point(origin, None, "about", start, scan.at)
    return Point(origin, amount, around, start, scan.at)


def _counted(scan: Scanner, start: int, amount: Amount, within: bool) -> Point:
    """Go past `after X` or `before X` behind an amount, and return the point."""
    around = _tolerance(scan, None)
    side = scan.words(_SIDES_AND_OF if within else _SIDES)
    if not side:
        raise unfit(scan, "`after` or `before` and an event")
    scan.blank()
    origin = _origin(scan, "an event")
    around = _tolerance(scan, None) if around is None else around
    if around is not None and (amount.about or amount.nominal is None):
        raise _twice(scan, start)
    if side == "of":
        return Point(origin, None, amount.high, start, scan.at)
    return Point(origin, signed(amount, backwards=side == "before"), around, start, scan.at)


def _twice(scan: Scanner, start: int) -> Misfit:
    return misfit("PM205", "how sure it is, is said twice: leave one of the two out", (start, scan.at))


def _origin(scan: Scanner, due: str) -> Clock | Reference:
    origin: Clock | Reference | None = take_clock(scan) or _reference(scan)
    if origin is None:
        raise unfit(scan, due)
    return origin


def _reference(scan: Scanner) -> Reference | None:
    start = scan.at
    if zero := scan.peek_exact(_ZERO):
        scan.at = zero.end()
        return Reference(None, False, start, scan.at)
    found = scan.peek_exact(_ID)
    if not found or found[0].lower() in KEYWORDS:
        return None
    if advice := NOT_EVENTS.get(found[0].lower()):
        raise misfit("PM205", f"`{found[0]}` is not a time that a log can mean", found.span(), advice)
    scan.at = found.end()
    end = scan.take(_END) is not None
    return Reference(found[0], end, start, scan.at)


def _unit_of(origin: Clock | Reference) -> int | None:
    """Return the unit of numbers without one: minutes behind ``T``, none elsewhere."""
    return MINUTE if isinstance(origin, Reference) and origin.event is None else None


def _trailing_amount(scan: Scanner, origin: Clock | Reference, about: bool) -> Amount | None:
    """Go past `+ 20m` or `- 5m` behind a point, and return it signed."""
    before = scan.at
    sign = scan.take(_SIGN)
    if not sign or not _amount_follows(scan):
        scan.at = before
        return None
    return signed(take_amount(scan, about, _unit_of(origin)), backwards=sign[1] == "-")


def _amount_follows(scan: Scanner) -> bool:
    here = scan.at
    take_about(scan)
    scan.blank()
    scan.sign("..")
    scan.blank()
    follows = amount_ahead(scan)
    scan.at = here
    return follows


def _tolerance(scan: Scanner, bare: int | None) -> int | None:
    """Go past a `±` and its duration, and return it."""
    if not scan.take(GIVE_OR_TAKE):
        return None
    size = take_duration(scan, "PM205", bare)
    if size is None:
        raise unfit(scan, "a duration such as `2m`")
    return size


def spread(first: Point, second: Point) -> tuple[Point, Point]:
    """Return the two ends of a range, each as unsure as the other: a range too wide is never wrong."""
    if first.around is None:
        first = first._replace(around=second.around)
    if second.around is None:
        second = second._replace(around=first.around)
    near, far = first.amount, second.amount
    if near and far and near.named and far.named and near.about != far.about:
        first, second = (
            first._replace(amount=near._replace(about=True)),
            second._replace(amount=far._replace(about=True)),
        )
    return first, second
