"""Quantities as people write them: counts, rates and shares as intervals; exact, with no float in between."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from postmortem.model.durations import DAY, HOUR, MINUTE, SECOND
from postmortem.model.scanner import BLANKS, LONGEST, Misfit, Scanner, whole
from postmortem.model.stated import Fault, Quantity, Stated

__all__ = ["Quantity", "parse_quantity", "settle"]

_NUMBER = re.compile(
    r"([+−-]?)([0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])|[0-9]+(?:_[0-9]+)*)(?:\.([0-9]+))?(?![0-9_])"
)
_UNIT = re.compile(rf"[{BLANKS}]*(k|M|G|bn|thousand|million|billion|%)(?![A-Za-z0-9%])", re.ASCII)
_RATE = re.compile(
    rf"[{BLANKS}]*(?:/|per[{BLANKS}])[{BLANKS}]*([A-Za-z]+)(?![A-Za-z0-9])", re.ASCII | re.IGNORECASE
)
_JOINT = re.compile(
    rf"[{BLANKS}]*(?:\.\.|–|[-−]|to(?=[{BLANKS}]))[{BLANKS}]*(?=[+−-]?[0-9])", re.ASCII | re.IGNORECASE
)
_GIVE_OR_TAKE = re.compile(rf"[{BLANKS}]*(?:±|\+/?[-−])[{BLANKS}]*")
_OPEN = re.compile(rf"[{BLANKS}]*(?:\.\.|\+)[{BLANKS}]*(?=$|/|per[{BLANKS}])", re.ASCII | re.IGNORECASE)
_UNITS = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "million": 10**6,
    "g": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
_RATES = {
    word: size
    for size, words in (
        (SECOND, "s sec second"),
        (MINUTE, "min minute m"),
        (HOUR, "h hr hour"),
        (DAY, "d day"),
    )
    for word in words.split()
}
_MOST_DIGITS = 15
_UNDER = (
    "under", "below", "at most", "up to", "less than", "fewer than", "no more than", "not more than",
)  # fmt: skip
_OVER = ("over", "above", "at least", "more than", "no less than", "no fewer than", "not less than")
_NEARLY = ("nearly", "almost")
_ABOUT = ("about", "around")
_HELP = "a quantity is written like `600000`, `600k`, `about 600k`, `570k to 600k`, `over 700k`, `27%` or `+50k/min`"


@dataclass(frozen=True, slots=True)
class _Number:
    value: Fraction
    percent: bool
    unit: int
    signed: bool
    start: int
    stop: int


def parse_quantity(text: str) -> Stated[Quantity]:
    """Return the quantity that ``text`` states; PM207 where it is none.

    `about` and `nearly` are kept as such: `settle` gives them their bounds. A number below zero is a
    quantity; whether its measure allows that is for others to say.
    """
    if len(text) > LONGEST:
        return Stated(text, None, _fault("this is too long to be a quantity", 0, len(text)))
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Stated[Quantity]:
    try:
        return Stated(text, read_quantity(text))
    except Misfit as misfit:
        from postmortem.model.near_quantities import nearest_quantity

        return Stated(text, None, nearest_quantity(text, misfit.fault))


def settle(quantity: Quantity, approx_count: int | float | Fraction | Decimal | str) -> Quantity:
    """Return a quantity with its final bounds: `about` is give or take that share, `nearly` short by at most it."""
    if quantity.about is None or quantity.nominal is None:
        return quantity
    named = _exact(quantity.nominal)
    give = abs(named) * _exact(approx_count)
    high = named + give if quantity.about == "about" else named
    return replace(quantity, low=_plain(named - give), high=_plain(high))


def _exact(number: int | float | Fraction | Decimal | str) -> Fraction:
    """Return what a number shows when written: 0.1 is a tenth."""
    return Fraction(str(number))


def _plain(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else number.numerator / number.denominator


def read_quantity(text: str) -> Quantity:
    """Return the quantity that ``text`` states, or raise the misfit that it is."""
    scan = Scanner(text)
    if scan.done():
        raise Misfit(_fault("a quantity is due", 0, len(text)))
    about = "nearly" if scan.words(*_NEARLY) else "about" if _about(scan) else None
    side = (
        ""
        if about
        else "under"
        if scan.sign("..") or scan.words(*_UNDER)
        else "over"
        if scan.words(*_OVER)
        else ""
    )
    scan.blank()
    growing = scan.text.startswith("+", scan.at)
    if growing and scan.text[scan.at + 1 : scan.at + 2] in ("~", "≈") and not about:
        scan.at += 2
        about = "about"
    first = _number(scan)
    quantity = _interval(scan, first, about, side)
    rate = _rate(scan)
    if not scan.done():
        raise _unfit(scan)
    return _grown(quantity, growing or first.signed, growing, rate, text)


def _grown(quantity: Quantity, signed: bool, growing: bool, rate: int | None, text: str) -> Quantity:
    start, stop = whole(text)
    if rate is not None and not signed:
        label = f"did you mean `+{text[start:stop]}`?" if text[start].isdigit() else ""
        raise Misfit(_fault("a growth has a leading `+`", start, stop, label))
    if rate is None and growing:
        said = text[start:stop]
        label = f"write `{said}/min`, or `{said.replace('+', '', 1)}`" if said.startswith("+") else ""
        raise Misfit(_fault("a growth says how fast: `/s`, `/min`, `/h` or `/d`", start, stop, label))
    return replace(quantity, growth=rate)


def _about(scan: Scanner) -> bool:
    return bool(scan.sign("~", "≈") or scan.words(*_ABOUT))


def _interval(scan: Scanner, first: _Number, about: str | None, side: str) -> Quantity:
    """Return the interval that begins with ``first``: a number, a range, a tolerance or an open end."""
    begin = first.start
    low = high = first.value
    named, percent = True, first.percent
    if scan.take(_JOINT):
        second = _number(scan)
        first = _same_unit(first, second)
        percent = second.percent
        low, high, named = first.value, second.value, False
        if low > high:
            raise Misfit(_fault("this range ends below where it begins", begin, scan.at))
    elif scan.take(_GIVE_OR_TAKE):
        second = _number(scan)
        give = second.value * (abs(low) if second.percent and not percent else 1)
        if percent and not second.percent:
            give /= 100
        if second.value < 0 or second.signed:
            raise Misfit(_fault("a number without a sign is due after `±`", second.start, second.stop))
        low, high = low - give, high + give
    elif scan.take(_OPEN):
        if side:
            raise Misfit(_fault("a bound is stated twice: leave one out", begin, scan.at))
        side = "over"
    nominal = (low + high) / 2
    if (about or side) and low != high:
        raise Misfit(_fault("a range says how sure it is: leave the word before it out", begin, scan.at))
    if about and side:
        raise Misfit(_fault("a bound is not `about`: leave one of the two out", begin, scan.at))
    if side:
        bound = _plain(low)
        return Quantity(
            None if side == "under" else bound, bound if side == "under" else None, None, None, percent, False
        )
    kind = "about" if about == "about" else "nearly" if about == "nearly" else None
    return Quantity(_plain(low), _plain(high), _plain(nominal), None, percent, named, kind)  # type: ignore[arg-type]


def _same_unit(first: _Number, second: _Number) -> _Number:
    """Give the first number of a range the percent sign of the second; refuse what could be read two ways."""
    if second.percent and not first.percent and first.unit == 1:
        return replace(first, value=first.value / 100, percent=True)
    if first.percent != second.percent:
        raise Misfit(_fault("one end of this range is a share, the other is not", first.start, second.stop))
    if first.unit == 1 and second.unit > 1 and 0 < first.value < second.value / second.unit:
        message = "the first number has no unit, and the second has one"
        raise Misfit(_fault(message, first.start, first.stop))
    return first


def _number(scan: Scanner) -> _Number:
    scan.blank()
    found = scan.take(_NUMBER)
    if not found:
        raise _unfit(scan)
    units, places = found[2].replace(",", "").replace("_", ""), found[3] or ""
    if len(units) + len(places) > _MOST_DIGITS:
        raise Misfit(_fault(f"a number has at most {_MOST_DIGITS} digits", found.start(), found.end()))
    value = Fraction(int(units + places), 10 ** len(places))
    unit = scan.take(_UNIT)
    size = _UNITS.get(unit[1].lower(), 1) if unit else 1
    percent = unit is not None and unit[1] == "%"
    value = value * size / (100 if percent else 1)
    sign = found[1]
    return _Number(
        -value if sign and sign != "+" else value, percent, size, bool(sign), found.start(), scan.at
    )


def _rate(scan: Scanner) -> int | None:
    found = scan.take(_RATE)
    if not found:
        return None
    size = _RATES.get(found[1].lower())
    if size is None:
        message = f"`{found[1][:20]}` is not a rate: `/s`, `/min`, `/h` and `/d` are"
        raise Misfit(_fault(message, *found.span(1)))
    return size


def _unfit(scan: Scanner) -> Misfit:
    scan.blank()
    start, stop = scan.chunk()
    said = scan.text[start:stop]
    if not said:
        return Misfit(_fault("a number is due here", *whole(scan.text)))
    return Misfit(_fault(f"`{said[:40]}` does not fit into a quantity", start, stop))


def _fault(message: str, start: int, stop: int, label: str = "", help: str = _HELP) -> Fault:
    return Fault("PM207", message, start, stop, label, help)
