"""Quantities as people write them: counts, rates and shares as intervals; exact, with no float in between."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

from postmortem.ground.budget import may_guess
from postmortem.ground.record import replace
from postmortem.model.durations import DAY, HOUR, MINUTE, SECOND
from postmortem.model.figures import HELP, Figure, alike, take_figure, unfit
from postmortem.model.plain_forms import plain_quantity
from postmortem.model.scanner import GIVE_OR_TAKE, LONGEST, Misfit, Scanner, misfit, phrases, proposal, whole
from postmortem.model.stated import Fault, Quantity, Stated

__all__ = ["Quantity", "parse_quantity", "settle"]

Exact: TypeAlias = int | float | Fraction | Decimal | str
Side: TypeAlias = Literal["under", "over"] | None

_ABOUT = phrases("about", "around")
_NEARLY = phrases("nearly", "almost")
_UNDER = phrases(
    "under", "below", "at most", "up to", "less than", "fewer than", "no more than", "not more than"
)
_OVER = phrases("over", "above", "at least", "more than", "no less than", "no fewer than", "not less than")
_RATES = {
    **dict.fromkeys(("s", "sec", "second"), SECOND),
    **dict.fromkeys(("m", "min", "minute"), MINUTE),
    **dict.fromkeys(("h", "hr", "hour"), HOUR),
    **dict.fromkeys(("d", "day"), DAY),
}
_COST = 500
_RATE = re.compile(" *(?:/|per ) *([a-z]+)(?![a-z0-9])")
_JOINT = re.compile(r" *(?:\.\.|–|-|to(?= )) *(?=[+-]?[0-9])")
_OPEN = re.compile(r" *(?:\.\.|\+) *(?=$|/|per )")
_PLUS_ABOUT = re.compile(r"\+ *[~≈]")


def parse_quantity(text: str) -> Stated[Quantity]:
    """Return the quantity that ``text`` states; PM207 where it is none.

    `about` and `nearly` are kept as such: `settle` gives them their bounds. A number below zero is a
    quantity; whether its measure allows that is for others to say.
    """
    if len(text) > LONGEST:
        return Stated(text, None, Fault("PM207", "this is too long to be a quantity", 0, len(text), "", HELP))
    stated = _parse(text)
    if stated.fault is None or stated.fault.label or not may_guess("quantity", _COST, text):
        return stated
    return Stated(text, None, _explained(text, stated.fault))


@lru_cache(maxsize=4096)
def _parse(text: str) -> Stated[Quantity]:
    plain = plain_quantity(text)
    if plain is not None:
        return Stated(text, plain)
    try:
        return Stated(text, read_quantity(text))
    except Misfit as unread:
        return Stated(text, None, unread.fault)


@lru_cache(maxsize=1024)
def _explained(text: str, fault: Fault) -> Fault:
    from postmortem.model.near import nearest_fit
    from postmortem.model.quantity_habits import HABITS

    return nearest_fit(text, fault, HABITS, read_quantity)


def settle(quantity: Quantity, approx_count: Exact) -> Quantity:
    """Return a quantity with its final bounds.

    `about` is give or take the share ``approx_count``, `nearly` is short of it by at most that.
    """
    if quantity.about is None or quantity.nominal is None:
        return quantity
    named = _fraction(quantity.nominal)
    give = abs(named) * _fraction(approx_count)
    high = named + give if quantity.about == "about" else named
    return replace(quantity, low=_plain(named - give), high=_plain(high))


def _fraction(number: Exact) -> Fraction:
    """Return the number that is written: 0.1 is a tenth, not the float next to it."""
    return Fraction(str(number))


def _plain(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else number.numerator / number.denominator


def read_quantity(text: str) -> Quantity:
    """Return the quantity that the whole of ``text`` states, or raise the misfit that it is."""
    scan = Scanner(text)
    if scan.done():
        raise misfit("PM207", "a quantity is due", (0, len(text)), "", HELP)
    about, side = _about(scan), _side(scan)
    scan.blank()
    growing = scan.text.startswith("+", scan.at)
    if scan.take(_PLUS_ABOUT):
        about = _once(scan, about)
    first = take_figure(scan)
    quantity = _interval(scan, first, side)
    if about:
        quantity = _roughly(scan, first, quantity, about)
    rate = _rate(scan)
    if not scan.done():
        raise unfit(scan)
    _judge_growth(text, growing, growing or first.signed, rate)
    return replace(quantity, growth=rate)


def _about(scan: Scanner) -> Literal["about", "nearly"] | None:
    if scan.words(_NEARLY):
        return "nearly"
    return "about" if scan.sign("~", "≈") or scan.words(_ABOUT) else None


def _once(scan: Scanner, about: str | None) -> Literal["about"]:
    if about:
        raise misfit("PM207", "`about` is said twice: leave one of the two out", whole(scan.text), "", HELP)
    return "about"


def _side(scan: Scanner) -> Side:
    if scan.words(_UNDER) or scan.sign(".."):
        return "under"
    return "over" if scan.words(_OVER) else None


def _interval(scan: Scanner, first: Figure, side: Side) -> Quantity:
    """Return the interval that begins with ``first``: a number, a range, a tolerance or an open end."""
    spread = _spread(scan, first)
    if spread is None:
        if scan.take(_OPEN):
            side = _one_side(scan, first, side)
        bound = _plain(first.value)
        if side:
            low, high = (None, bound) if side == "under" else (bound, None)
            return Quantity(low, high, None, percent=first.percent, named=False)
        return Quantity(bound, bound, bound, percent=first.percent)
    if side:
        raise misfit(
            "PM207",
            "a range has both its ends: leave the word before it out",
            (first.start, scan.at),
            "",
            HELP,
        )
    return spread


def _one_side(scan: Scanner, first: Figure, side: Side) -> Side:
    if side:
        raise misfit(
            "PM207", "a bound is stated twice: leave one of the two out", (first.start, scan.at), "", HELP
        )
    return "over"


def _spread(scan: Scanner, first: Figure) -> Quantity | None:
    """Return the range or the tolerance that goes on behind ``first``, None where it ends there."""
    if scan.take(_JOINT):
        second = take_figure(scan)
        first = alike(first, second)
        if first.value > second.value:
            raise misfit("PM207", "this range ends below where it begins", (first.start, scan.at), "", HELP)
        low, high, named = first.value, second.value, False
    elif scan.take(GIVE_OR_TAKE):
        give = _tolerance(take_figure(scan), first)
        low, high, named = first.value - give, first.value + give, True
    else:
        return None
    return Quantity(_plain(low), _plain(high), _plain((low + high) / 2), percent=first.percent, named=named)


def _tolerance(second: Figure, first: Figure) -> Fraction:
    """Return what is given or taken: points of a share, a share of a count."""
    if second.signed:
        message = "a number without a sign is due behind `±`"
        raise misfit("PM207", message, (second.start, second.stop), "", HELP)
    if first.percent:
        return second.value if second.percent else second.value / 100
    return abs(first.value) * second.value if second.percent else second.value


def _roughly(scan: Scanner, first: Figure, quantity: Quantity, about: Literal["about", "nearly"]) -> Quantity:
    if quantity.low != quantity.high:
        message = f"its bounds are stated: leave `{about}` out"
        raise misfit("PM207", message, (first.start, scan.at), "", HELP)
    return replace(quantity, about=about)


def _rate(scan: Scanner) -> int | None:
    found = scan.take(_RATE)
    if found and found[1] not in _RATES:
        raise misfit("PM207", "a growth is per `/s`, `/min`, `/h` or `/d`", found.span(1), "", HELP)
    return _RATES[found[1]] if found else None


def _judge_growth(text: str, growing: bool, signed: bool, rate: int | None) -> None:
    """Refuse a rate without a sign, and a leading plus without a rate."""
    span = whole(text)
    said = text[slice(*span)]
    if rate is not None and not signed:
        label = proposal(f"+{said}") if said[0].isdigit() else ""
        raise misfit("PM207", "a growth has a leading `+`", span, label, HELP)
    if rate is None and growing:
        label = proposal(f"{said}/min", said[1:]) if said.startswith("+") else ""
        raise misfit("PM207", "a growth says how fast: `/s`, `/min`, `/h` or `/d`", span, label, HELP)
