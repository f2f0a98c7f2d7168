"""Distances from an incident's zero in words: `T+20m`, `T+18–22m`, `≈T+20m`, `after T+5m`."""

from __future__ import annotations

from postmortem.report.wording.phrases import Language
from postmortem.report.wording.units import DAY, HOUR, MILLISECOND, MINUTE, SECOND, unit_of


def from_zero(
    low: int | None, high: int | None, middle: int | None, named: bool, closed: int, language: Language
) -> str:
    """Word a distance by its bounds; an empty text where it has none.

    ``middle`` is the value that is ``named`` or lies between; ``closed`` is 1 where ``high`` itself is no
    longer meant, else 0.
    """
    say = language.say
    if low is None and high is None:
        return ""
    if high is None:
        assert low is not None
        return say("time.after", time="T" + _signed(low, MINUTE if low % MINUTE == 0 else SECOND))
    if low is None:
        return say("time.before", time="T" + _signed(high - closed, SECOND if high % MINUTE else MINUTE))
    unit = unit_of(high - low)
    last = max(low, high - closed) if closed else -(-high // unit) * unit
    first_text, last_text = _signed(low, unit), _signed(last, unit)
    if first_text == last_text:
        return "T" + first_text
    if named and middle is not None:
        return "≈T" + _signed(min(max(middle, low), last), unit)
    return "T" + _span_words(first_text, last_text)


def _signed(us: int, unit: int) -> str:
    """Word a signed distance by the unit it falls in: `+20m`, `-1h05m`, `+2d03h`, `+20m05s`."""
    cell = us // unit * unit
    sign, left = ("-", -cell) if cell < 0 else ("+", cell)
    days, left = divmod(left, DAY)
    hours, left = divmod(left, HOUR)
    minutes, left = divmod(left, MINUTE)
    seconds, part = divmod(left, SECOND)
    tail = f"{seconds:02d}" if minutes or hours or days else f"{seconds}"
    if part:
        tail += f".{part:06d}"[: 4 if unit == MILLISECOND else 7]
    if days:
        text = f"{days}d" + (f"{hours:02d}h" if hours or minutes else "")
        text += f"{minutes:02d}m" if minutes else ""
    elif hours:
        text = f"{hours}h" + (f"{minutes:02d}m" if minutes else "")
    else:
        text = f"{minutes}m" if minutes or unit >= MINUTE else ""
    if unit < MINUTE and (seconds or part or not text):
        text += f"{tail}s"
    return sign + text


def _span_words(first: str, last: str) -> str:
    """Join two signed distances: `+18–22m`, `+58m–1h05m`, `-5m – T+3m`."""
    if first[0] != last[0]:
        return f"{first} – T{last}"
    if first[0] == "+" and all(one[-1] == "m" and one[1:-1].isdigit() for one in (first, last)):
        return f"{first[:-1]}–{last[1:]}"
    return f"{first}–{last[1:]}" if first[0] == "+" else f"{first} – T{last}"
