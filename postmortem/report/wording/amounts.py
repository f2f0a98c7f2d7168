"""Wording of durations and quantities: rounded to what their bounds justify, outwards, never sharper."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import TypeVar

from postmortem.ground.record import record
from postmortem.report.wording.phrases import ENGLISH, Language
from postmortem.report.wording.units import DAY, HOUR, MINUTE, SECOND

_UNITS = ((DAY, "unit.day"), (HOUR, "unit.hour"), (MINUTE, "unit.minute"), (SECOND, "unit.second"))
_RATES = {SECOND: "rate.second", MINUTE: "rate.minute", HOUR: "rate.hour", DAY: "rate.day"}
_DIGITS = 15
N = TypeVar("N", int, Decimal)


@record
class Amount:
    """A worded amount.

    ``value`` stands alone (`≈20 min`), ``bounds`` beside it (`18 to 22 min`, '' where they add nothing),
    ``full`` says both at once (`20 min (18 to 22 min)`). ``shape`` is how far it is known, as of a time;
    `untimed` is a duration of which only the order of its ends is known.
    """

    value: str
    bounds: str
    full: str
    shape: str

    @property
    def tells(self) -> bool:
        """Tell whether it says more than that something is not known, or not below zero."""
        return self.shape not in ("undated", "untimed")


def duration(
    low: int | None,
    high: int | None,
    nominal: int | None,
    named: bool = True,
    language: Language = ENGLISH,
) -> Amount:
    """Word a duration in microseconds: `20 min (18 to 22 min)`, `18 min or more`, `at most 22 min`.

    ``named`` is False where the nominal is only a middle: then it is not shown.
    """
    if high is None and low is not None and low <= 0 and not (named and nominal is not None):
        bounds = language.say("amount.at-least", low=_span(low, 2 * MINUTE, language))
        untimed = language.say("amount.untimed")
        full = language.say("amount.bounded", value=untimed, bounds=bounds)
        return Amount(untimed, bounds, full, "untimed")
    size = max(abs(one) for one in (low, high, 0) if one is not None)
    step = _step(low, high, size)
    low_cell = None if low is None else low // step * step
    high_cell = None if high is None else -(-high // step) * step
    middle = None
    if nominal is not None and named:
        middle = _clamped((nominal + step // 2) // step * step, low_cell, high_cell)
    texts = [None if one is None else _span(one, size, language) for one in (low_cell, high_cell, middle)]
    return _worded(texts[0], texts[1], texts[2], language, mark_full=False)


def quantity(
    low: float | None,
    high: float | None,
    nominal: float | None,
    named: bool = True,
    *,
    growth: int | None = None,
    percent: bool = False,
    unit: str = "",
    language: Language = ENGLISH,
) -> Amount:
    """Word a number: `≈600,000 (570,000 to 600,000)`, `700,000 or more`, `+50,000 a minute`, `27%`.

    ``growth`` is the length of a rate's unit of time in microseconds; ``percent`` makes of a fraction.
    """
    scale = Decimal(100) if percent else Decimal(1)
    exact = [None if one is None else Decimal(repr(one)) * scale for one in (low, high, nominal)]
    step = _number_step(exact[0], exact[1])
    low_cell = _rounded(exact[0], step, ROUND_FLOOR)
    high_cell = _rounded(exact[1], step, ROUND_CEILING)
    middle = _rounded(exact[2], step, ROUND_HALF_EVEN) if named else None
    if middle is not None:
        middle = _clamped(middle, low_cell, high_cell)
    tail = f" {unit}" if unit else ""

    def text(value: Decimal | None) -> str | None:
        if value is None:
            return None
        digits = ("+" if growth is not None and value >= 0 else "") + number(value, language)
        digits = language.say("amount.percent", number=digits) if percent else digits
        rate = _RATES.get(growth) if growth is not None else None
        return (language.say(rate, number=digits + tail)) if rate else digits + tail

    return _worded(text(low_cell), text(high_cell), text(middle), language, mark_full=True)


def number(value: float | Decimal, language: Language = ENGLISH) -> str:
    """Write a number with the language's separators and no exponent: `600,000`, `0.27`."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if exact and not -_DIGITS <= exact.adjusted() <= 3 * _DIGITS:
        return f"{exact:.3E}".replace(".", language.point)
    text = f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if (language.group, language.point) == (",", "."):
        return text
    return text.translate({ord(","): language.group, ord("."): language.point})


def _worded(
    low: str | None, high: str | None, middle: str | None, language: Language, *, mark_full: bool
) -> Amount:
    say = language.say
    if low is None and high is None:
        if middle is None:
            unknown = say("amount.unknown")
            return Amount(unknown, "", unknown, "undated")
        return Amount("≈" + middle, "", "≈" + middle, "about")
    if low is not None and low == high:
        return Amount(low, "", low, "exact")
    if high is None:
        bounds, shape = say("amount.at-least", low=low), "after"
    elif low is None:
        bounds, shape = say("amount.at-most", high=high), "before"
    else:
        bounds, shape = say("amount.range", low=_without_unit(low, high), high=high), "range"
    if middle is None:
        return Amount(bounds, "", bounds, shape)
    full = say("amount.bounded", value="≈" + middle if mark_full else middle, bounds=bounds)
    return Amount("≈" + middle, bounds, full, "about")


def _without_unit(low: str, high: str) -> str:
    """Leave out a unit that the upper bound says again: `18 to 22 min`, `570,000 to 600,000`, `25 to 30%`."""
    if low.endswith("%") and high.endswith("%"):
        return low[:-1].rstrip()
    first, blank, unit = low.partition(" ")
    return first if blank and high.partition(" ")[2] == unit else low


def _step(low: int | None, high: int | None, size: int) -> int:
    """Return the unit to round a duration to: at most half its width, and no longer than either bound."""
    if low is not None and low == high:
        return 1
    if low is None or high is None:
        return SECOND if size >= 2 * MINUTE else 1
    fits = min([(high - low) // 2, *(abs(one) for one in (low, high) if one)])
    return next((length for length, _ in _UNITS if length <= fits), 1)


def _span(us: int, size: int, language: Language) -> str:
    """Write one duration in the units that ``size`` (the longest of its company) calls for: `1 h 30 min`."""
    sign, left = ("-", -us) if us < 0 else ("", us)
    top = DAY if size >= 2 * DAY else HOUR if size >= 2 * HOUR else MINUTE if size >= 2 * MINUTE else SECOND
    if left == 0:
        return f"0 {language.say(dict(_UNITS)[top])}"
    if size < SECOND:
        return sign + number(Decimal(left) / 1000, language) + f" {language.say('unit.millisecond')}"
    parts = []
    for length, name in _UNITS:
        if length > top:
            continue
        if length == SECOND:
            if left:
                parts.append(f"{number(Decimal(left) / SECOND, language)} {language.say(name)}")
            continue
        whole, left = divmod(left, length)
        if whole:
            parts.append(f"{number(Decimal(whole), language)} {language.say(name)}")
    return sign + " ".join(parts)


def _number_step(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """Return the power of ten that bounds so far apart justify; None where there is no such distance."""
    if low is None or high is None or low == high:
        return None
    digits = 2 if low == low.to_integral_value() and high == high.to_integral_value() else 1
    step = Decimal(1).scaleb((high - low).adjusted() - digits)
    return max(step, Decimal(1)) if digits == 2 else step


def _rounded(value: Decimal | None, step: Decimal | None, how: str) -> Decimal | None:
    if value is None or step is None:
        return value
    return (value / step).quantize(Decimal(1), rounding=how) * step if abs(value / step) < 10**20 else value


def _clamped(value: N, low: N | None, high: N | None) -> N:
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value
