"""The notation of times, read from left to right: parts joined by commas, each a statement about a point."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from postmortem.model.clocks import KEYWORDS, clock_ahead, take_clock
from postmortem.model.durations import MINUTE, UNITS, take_duration, take_number, unit_at
from postmortem.model.expression import Amount, Clock, Part, Point, Reference, TimeExpression
from postmortem.model.scanner import BLANKS, LONGEST, Misfit, Scanner
from postmortem.model.stated import Fault, Stated

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_ZERO = re.compile(r"T(?:(?=[-−][0-9~≈.])|(?![A-Za-z0-9_-]))")
_END = re.compile(r"\.(end)(?![A-Za-z0-9_-])")
_DASH = re.compile(rf"[{BLANKS}]+[-−][{BLANKS}]+|[{BLANKS}]*–[{BLANKS}]*")
_GIVE_OR_TAKE = re.compile(rf"[{BLANKS}]*(?:±|\+/?[-−])[{BLANKS}]*")
_PLUS = re.compile(rf"[{BLANKS}]*\+(?!/?[-−])[{BLANKS}]*")
_MINUS = re.compile(rf"[{BLANKS}]*[-−][{BLANKS}]*")
_AMOUNT = re.compile(
    rf"(?:(?:~|≈|\.\.|about[{BLANKS}]|around[{BLANKS}])[{BLANKS}]*)*[0-9]", re.ASCII | re.IGNORECASE
)
_NUMBER_AHEAD = re.compile(rf"[{BLANKS}]*[0-9]+(?:\.[0-9]+)?(?![0-9:]|-[0-9]{{2}}-)")
_TO_END = re.compile(rf"[{BLANKS}]*\.\.")
_NEXT = re.compile(rf"[{BLANKS}]*(?:,|$)")
_BARE_RANGE = re.compile(r"-(?=[0-9])")

_AT_MOST = ("within", "at most", "up to", "less than", "no more than", "not more than")
_AT_LEAST = ("at least", "more than", "no less than", "not less than")
_UPPER = ("by", "before", "until", "not after")
_LOWER = ("after", "since", "from", "not before")


def parse_time(text: str) -> Stated[TimeExpression]:
    """Return the time that ``text`` states; its fault (PM205, PM206, PM211, PM212) where it is none."""
    if len(text) > LONGEST:
        fault = Fault("PM205", "this is too long to be a time", 0, len(text), "", _TEXT_HELP)
        return Stated(text, None, fault)
    return _parse(text)


_TEXT_HELP = "what cannot be said in the notation stands in `stated`, in the source's own words"


@lru_cache(maxsize=4096)
def _parse(text: str) -> Stated[TimeExpression]:
    try:
        return Stated(text, read_time(text))
    except Misfit as misfit:
        from postmortem.model.near import nearest_fit

        return Stated(text, None, nearest_fit(text, misfit.fault))


def read_time(text: str) -> TimeExpression:
    """Return the time that ``text`` states, or raise the misfit that it is."""
    scan = Scanner(text)
    if scan.done():
        raise Misfit(Fault("PM205", "a time is due", 0, len(text)))
    parts = [_part(scan)]
    while not scan.done():
        if not scan.sign(","):
            raise _unfit(scan)
        scan.blank()
        parts.append(_part(scan))
    return TimeExpression(tuple(parts))


def _unfit(scan: Scanner, due: str = "") -> Misfit:
    """Return the misfit of what stands here; ``due`` is what should."""
    scan.blank()
    start, stop = scan.chunk()
    said = scan.text[start:stop]
    message = f"`{said[:40]}` does not fit here" if said else "something is missing here"
    if not said:
        start, stop = max(0, len(scan.text.rstrip(BLANKS)) - 1), len(scan.text.rstrip(BLANKS))
    return Misfit(Fault("PM205", f"{message}: {due} is due" if due else message, start, stop))


def _part(scan: Scanner) -> Part:
    scan.blank()
    start = scan.at
    if scan.words("between") and not _amounts_between(scan):
        first = _point(scan)
        if not scan.words("and"):
            raise _unfit(scan, "`and`")
        return _range(scan, start, first, _point(scan), spread=False)
    scan.at = start
    if scan.words(*_UPPER) or _open_front(scan):
        return _one_sided(scan, "before", start)
    if word := scan.words(*_LOWER):
        return _one_sided(scan, "after", start, ranged=word == "from")
    first = _point(scan)
    if scan.take(_TO_END):
        if scan.peek(_NEXT):
            _bounded(scan, first)
            return Part("after", first, None, start, scan.at)
        return _range(scan, start, first, _point(scan))
    if scan.words("to", "until") or scan.take(_DASH):
        return _range(scan, start, first, _point(scan))
    return Part("at", first, None, start, first.stop)


def _amounts_between(scan: Scanner) -> bool:
    scan.blank()
    return scan.peek(_NUMBER_AHEAD) is not None and not clock_ahead(scan)


def _open_front(scan: Scanner) -> bool:
    """Go past a leading ``..``, where a point follows and no amount."""
    before = scan.at
    if scan.sign(".."):
        if not scan.peek(_NUMBER_AHEAD) or clock_ahead(scan):
            return True
        scan.at = before
    return False


def _one_sided(scan: Scanner, kind: str, start: int, ranged: bool = False) -> Part:
    point = _point(scan)
    if ranged and scan.words("to", "until"):
        return _range(scan, start, point, _point(scan))
    _bounded(scan, point)
    return Part("after" if kind == "after" else "before", point, None, start, scan.at)


def _bounded(scan: Scanner, point: Point) -> None:
    if point.amount and (point.amount.low is None or point.amount.high is None):
        message = "a bound is stated here already: say one of the two"
        raise Misfit(Fault("PM205", message, point.start, point.stop))


def _range(scan: Scanner, start: int, first: Point, second: Point, spread: bool = True) -> Part:
    """Return the part from one point to another: what is said of one end only goes for both.

    A tolerance goes over where ``spread``: a wider range is never wrong.
    """
    _bounded(scan, first)
    _bounded(scan, second)
    if isinstance(first.origin, Clock) and isinstance(second.origin, Clock):
        near, far = _joined(first.origin, second.origin, start, scan)
        first, second = replace(first, origin=near), replace(second, origin=far)
    if spread and (first.around is None) != (second.around is None):
        around = second.around if first.around is None else first.around
        first, second = replace(first, around=around), replace(second, around=around)
    part = Part("between", first, second, start, scan.at)
    if _reversed(first, second):
        raise Misfit(reversed_fault(part))
    return part


def _joined(near: Clock, far: Clock, start: int, scan: Scanner) -> tuple[Clock, Clock]:
    if near.half != far.half and near.time is not None and far.time is not None:
        lone = far if near.half else near
        if lone.time is not None and lone.time < 13 * 60 * MINUTE:
            mark = near if near.half else far
            raise _which_half(scan, lone, mark)
    if far.time is not None and far.needs_day and far.shift is None:
        far = replace(far, day=near.day, shift=near.shift)
    if far.needs_zone:
        far = replace(far, offset=near.offset, zone=near.zone)
    elif near.needs_zone:
        near = replace(near, offset=far.offset, zone=far.zone)
    return near, far


def _which_half(scan: Scanner, lone: Clock, mark: Clock) -> Misfit:
    said = scan.text[lone.start : lone.stop]
    half = "pm" if (mark.time or 0) >= 12 * 60 * MINUTE else "am"
    message = f"`{said}` is a time of the 24-hour day, and stands beside one with {half}"
    return Misfit(Fault("PM205", message, lone.start, lone.stop, f"did you mean `{said}{half}`?"))


def _reversed(first: Point, second: Point) -> bool:
    """Say whether a range goes backwards, as far as its own words tell."""
    near, far = first.origin, second.origin
    if isinstance(near, Clock) and isinstance(far, Clock):
        frame = (near.day, near.shift, near.offset, near.zone and near.zone.name)
        same = frame == (far.day, far.shift, far.offset, far.zone and far.zone.name)
        plain = first.amount is None and second.amount is None
        return same and plain and near.time is not None and far.time is not None and near.time > far.time
    if isinstance(near, Reference) and isinstance(far, Reference):
        if (near.event, near.end) != (far.event, far.end):
            return False
        low = first.amount.low if first.amount else 0
        high = second.amount.high if second.amount else 0
        return low is not None and high is not None and low > high
    return False


def reversed_fault(part: Part) -> Fault:
    """Return the fault of a range that goes backwards."""
    help = "a range goes from earlier to later; a later day is written `+1d 00:10` or `2023-05-25 00:10`"
    return Fault("PM205", "this range ends before it begins", part.start, part.stop, "", help)


def _point(scan: Scanner) -> Point:
    scan.blank()
    start = scan.at
    about = _about(scan)
    scan.blank()
    if (amount := _amount_first(scan, about)) is not None:
        return _from(scan, start, *amount)
    origin: Clock | Reference | None = take_clock(scan) or _reference(scan)
    if origin is None:
        raise _unfit(scan, "a time")
    amount = _amount_after(scan, origin, about)
    around = _tolerance(scan, isinstance(origin, Reference) and origin.event is None)
    if about and around is not None:
        message = "`about` and `±` both say how sure it is: leave one out"
        raise Misfit(Fault("PM205", message, start, scan.at))
    if about and amount is None:
        if isinstance(origin, Clock) and origin.time is None:
            message = "a day is not `about`: write a range of days"
            raise Misfit(Fault("PM205", message, start, scan.at, "", "such as `2023-05-23 to 2023-05-25`"))
        around = "about"
    return Point(origin, amount, around, start, scan.at)


def _about(scan: Scanner) -> bool:
    return bool(scan.sign("~", "≈") or scan.words("about", "around"))


def _tolerance(scan: Scanner, bare: bool) -> int | None:
    """Go past a ``±`` and its duration, and return it."""
    if not scan.take(_GIVE_OR_TAKE):
        return None
    size = take_duration(scan, "PM205", MINUTE if bare else None)
    if size is None:
        raise _unfit(scan, "a duration such as `2m`")
    return size


def _reference(scan: Scanner) -> Reference | None:
    start = scan.at
    if scan.take(_ZERO):
        return Reference(None, False, start, scan.at)
    found = scan.peek(_ID)
    if not found or found[0].lower() in KEYWORDS:
        return None
    scan.at = found.end()
    end = scan.take(_END) is not None
    return Reference(found[0], end, start, scan.at)


def _amount_after(scan: Scanner, origin: Clock | Reference, about: bool) -> Amount | None:
    """Go past ``+ 20m`` or ``- 5m`` behind a point, and return it signed."""
    before = scan.at
    sign = 1 if scan.take(_PLUS) else -1 if scan.take(_MINUS) else 0
    if not sign or not scan.peek(_AMOUNT) or clock_ahead(scan):
        scan.at = before
        return None
    bare = isinstance(origin, Reference) and origin.event is None
    return _signed(_amount(scan, about, MINUTE if bare else None), sign)


def _signed(amount: Amount, sign: int) -> Amount:
    if sign > 0:
        return amount
    low = None if amount.high is None else -amount.high
    high = None if amount.low is None else -amount.low
    nominal = None if amount.nominal is None else -amount.nominal
    return replace(amount, low=low, high=high, nominal=nominal)


def _amount(scan: Scanner, about: bool, bare: int | None) -> Amount:
    """Go past an amount: a duration, about one, a range of them, or one open end."""
    start = scan.at
    about = _about(scan) or about
    scan.blank()
    if scan.sign(".."):
        scan.blank()
        return Amount(0, _duration(scan, bare), None, False)
    low, high = _durations(scan, bare)
    if high is None and scan.text.startswith("..", scan.at):
        here, scan.at = scan.at, scan.at + 2
        if scan.peek(_NEXT):
            return Amount(low, None, None, False)
        scan.at = here
    return _amount_of(scan, start, low, high, about)


def _amount_of(scan: Scanner, start: int, low: int, high: int | None, about: bool) -> Amount:
    if high is None:
        return Amount(low, low, low, True, about)
    if about:
        message = "a range says how sure it is: leave `about` out"
        raise Misfit(Fault("PM205", message, start, scan.at))
    if low > high:
        message = "this range ends before it begins"
        raise Misfit(Fault("PM205", message, start, scan.at))
    return Amount(low, high, (low + high) // 2, False)


def _duration(scan: Scanner, bare: int | None) -> int:
    size = take_duration(scan, "PM205", bare)
    if size is None:
        raise _unfit(scan, "a duration such as `20m`")
    return size


def _durations(scan: Scanner, bare: int | None, joints: tuple[str, ...] = ("to",)) -> tuple[int, int | None]:
    """Go past one duration or a range of two; a number without a unit takes that of the other end."""
    begin = scan.at
    number = take_number(scan, "PM205")
    lone = number is not None and unit_at(scan, scan.at) is None
    after_number = scan.at
    if number is not None and lone and _joint(scan, joints):
        high_begin = scan.at
        take_number(scan, "PM205")
        unit = unit_at(scan, scan.at)
        scan.at = high_begin
        size = unit[0] if unit else bare
        if size is not None:
            return number.times(size, "PM205"), _duration(scan, bare)
        scan.at = after_number
    scan.at = begin
    low = _duration(scan, bare)
    return low, (_duration(scan, bare) if _joint(scan, joints) else None)


def _joint(scan: Scanner, joints: tuple[str, ...]) -> bool:
    """Go past what joins two durations, where a second one follows."""
    before = scan.at
    joined = scan.take(_DASH) or scan.take(_BARE_RANGE) or scan.sign("..") or scan.words(*joints)
    if joined and scan.peek(_NUMBER_AHEAD):
        scan.blank()
        return True
    scan.at = before
    return False


def _amount_first(scan: Scanner, about: bool) -> tuple[Amount, bool] | None:
    """Go past an amount that stands before its event: return it, and whether a side must follow."""
    start = scan.at
    if scan.words("between"):
        scan.blank()
        low, high = _durations(scan, None, ("and",))
        return _amount_of(scan, start, low, high, about), False
    for phrases in (_AT_MOST, _AT_LEAST):
        if scan.words(*phrases):
            scan.blank()
            size = _duration(scan, None)
            return (
                (Amount(0, size, None, False), True)
                if phrases is _AT_MOST
                else (Amount(size, None, None, False), False)
            )
    if scan.text.startswith("..", scan.at):
        scan.at += 2
        scan.blank()
        return Amount(0, _duration(scan, None), None, False), True
    if not scan.peek(_NUMBER_AHEAD) or clock_ahead(scan):
        return None
    low, high = _durations(scan, None)
    if high is None and scan.sign(".."):
        return Amount(low, None, None, False), False
    return _amount_of(scan, start, low, high, about), False


def _from(scan: Scanner, start: int, amount: Amount, near: bool) -> Point:
    """Go past ``after X`` or ``before X`` behind an amount, and return the point."""
    around = _tolerance(scan, False)
    side = scan.words("after", "before", *(("of",) if near else ()))
    if not side:
        raise _unfit(scan, "`after` or `before` and an event")
    scan.blank()
    origin: Clock | Reference | None = take_clock(scan) or _reference(scan)
    if origin is None:
        raise _unfit(scan, "an event")
    if around is None:
        around = _tolerance(scan, False)
    if around is not None and amount.about:
        message = "`about` and `±` both say how sure it is: leave one out"
        raise Misfit(Fault("PM205", message, start, scan.at))
    if side == "of":
        return Point(origin, None, amount.high, start, scan.at)
    return Point(origin, _signed(amount, 1 if side == "after" else -1), around, start, scan.at)


def reserved(word: str) -> bool:
    """Say whether an event's id cannot be told from a word of the notation: `after`, `T`, `T-5`."""
    return word.lower() in KEYWORDS or _ZERO.match(word) is not None


__all__ = ["UNITS", "parse_time", "read_time", "reserved", "reversed_fault"]
