"""Stated distances: `20m`, `~20m`, `15m to 25m`, `..10m`, `within 10m`, `at least 5m`."""

from __future__ import annotations

import re

from postmortem.model.durations import take_duration, take_number, unit_at
from postmortem.model.expression import Amount
from postmortem.model.scanner import Misfit, Phrases, Scanner, misfit, phrases, shorten

DASH = re.compile(" +- | *– *")
OPEN_END = re.compile(r" *\.\.(?= *(?:,|$))")
TIME_HELP = (
    "a time is written like `18:20`, `about 18:20`, `18:20 to 18:25`, `before 18:30`, `20m after X` or "
    "`2023-05-24 18:20`"
)
_TIGHT_DASH = re.compile(r"-(?=[0-9])")
_NUMBER = re.compile(r"[0-9]+(?![0-9:]|-[0-9]{2}-)")
_ABOUT = phrases("about", "around")
_BETWEEN = phrases("between")
_TO = phrases("to")
AND = phrases("and")
_AT_MOST = phrases("within", "at most", "up to", "less than", "no more than", "not more than")
_AT_LEAST = phrases("at least", "more than", "no less than", "not less than")


def take_about(scan: Scanner) -> bool:
    """Go past the word or sign that says `about`."""
    return bool(scan.sign("~", "≈") or scan.words(_ABOUT))


def take_leading_amount(scan: Scanner, about: bool) -> tuple[Amount, bool] | None:
    """Go past an amount that stands before the event it counts from; None where none stands here.

    The second value says whether the amount is `within`, so that `of` an event may follow.
    """
    scan.blank()
    if scan.words(_BETWEEN):
        return _between(scan, about), False
    if scan.words(_AT_MOST):
        return _alone(scan, about, Amount(0, _duration(scan, None), None)), True
    if scan.words(_AT_LEAST):
        return _alone(scan, about, Amount(_duration(scan, None), None, None)), False
    if scan.text.startswith("..", scan.at) or amount_ahead(scan):
        return _amount(scan, about, None), False
    return None


def take_amount(scan: Scanner, about: bool, bare: int | None) -> Amount:
    """Go past the amount that stands behind the sign of `X + 20m`; ``bare`` is the unit of lone numbers."""
    return _amount(scan, take_about(scan) or about, bare)


def amount_ahead(scan: Scanner) -> bool:
    """Say whether a number stands here that does not begin a clock time or a day."""
    return scan.peek(_NUMBER) is not None


def signed(amount: Amount, backwards: bool) -> Amount:
    """Return an amount that is counted forwards or backwards."""
    if not backwards:
        return amount
    low, high, nominal = (None if end is None else -end for end in (amount.high, amount.low, amount.nominal))
    return amount._replace(low=low, high=high, nominal=nominal)


def unfit(scan: Scanner, due: str) -> Misfit:
    """Return the misfit of what stands here, where ``due`` should."""
    start, stop = scan.chunk()
    said = "" if scan.done() else scan.text[start:stop]
    if said in ("", ","):
        return misfit(
            "PM205",
            f"{due} is due {'before the comma' if said else 'at the end'}",
            (start, stop),
            "",
            TIME_HELP,
        )
    return misfit("PM205", f"`{shorten(said)}` does not fit here", (start, stop), "", TIME_HELP)


def _amount(scan: Scanner, about: bool, bare: int | None) -> Amount:
    start = scan.at
    if scan.sign(".."):
        return _alone(scan, about, Amount(0, _duration(scan, bare), None))
    low, high = _durations(scan, bare)
    if high is None and scan.take(OPEN_END):
        return _alone(scan, about, Amount(low, None, None))
    return _ranged(scan, start, low, high, about)


def _between(scan: Scanner, about: bool) -> Amount:
    scan.blank()
    start = scan.at
    low, high = _durations(scan, None, AND)
    if high is None:
        raise unfit(scan, "`and`")
    return _ranged(scan, start, low, high, about)


def _alone(scan: Scanner, about: bool, amount: Amount) -> Amount:
    if about:
        raise misfit("PM205", "a bound is not `about`: leave one of the two out", (0, scan.at))
    return amount


def _ranged(scan: Scanner, start: int, low: int, high: int | None, about: bool) -> Amount:
    if high is None:
        return Amount(low, low, low, True, about)
    if about:
        raise misfit("PM205", "a range says how sure it is: leave `about` out", (start, scan.at))
    if low > high:
        raise misfit("PM205", "this range ends before it begins", (start, scan.at))
    return Amount(low, high, (low + high) // 2, False)


def _duration(scan: Scanner, bare: int | None) -> int:
    scan.blank()
    size = take_duration(scan, "PM205", bare)
    if size is None:
        raise unfit(scan, "a duration such as `20m`")
    return size


def _durations(scan: Scanner, bare: int | None, joint: Phrases = _TO) -> tuple[int, int | None]:
    """Go past one duration, or a range of two; a lone first number takes the unit of the second."""
    begin = scan.at
    number = take_number(scan, "PM205")
    if number and _joint(scan, joint):
        high_begin = scan.at
        take_number(scan, "PM205")
        unit = unit_at(scan, scan.at)
        scan.at = high_begin
        high = _duration(scan, bare)
        return number.times(unit[0] if unit else bare or 1, "PM205"), high
    scan.at = begin
    low = _duration(scan, bare)
    return low, (_duration(scan, bare) if _joint(scan, joint) else None)


def _joint(scan: Scanner, word: Phrases) -> bool:
    """Go past what joins two durations, where a second one follows."""
    before = scan.at
    if scan.take(DASH) or scan.take(_TIGHT_DASH) or scan.sign("..") or scan.words(word):
        scan.blank()
        if amount_ahead(scan):
            return True
    scan.at = before
    return False
