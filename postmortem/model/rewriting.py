"""How what people write becomes what they may have meant: a match of a habit in, spellings out."""

from __future__ import annotations

import unicodedata
from re import Match

from postmortem.ground.suggest import nearest
from postmortem.model.near_days import days_of
from postmortem.model.near_zones import near_zones
from postmortem.model.zone_words import KEYWORDS

_DIGITS = str.maketrans("OoIl", "0011")


def digits(found: Match[str]) -> tuple[str, ...]:
    """Read letters that look like digits as those digits."""
    return (found[0].translate(_DIGITS),)


def plain_signs(found: Match[str]) -> tuple[str, ...]:
    """Read digits and signs of other scripts and widths as the plain ones."""
    plain = unicodedata.normalize("NFKC", found[0])
    return ("".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in plain),)


def same_half(found: Match[str]) -> tuple[str, ...]:
    """Read `6:20-6:25pm` as a range within one half of the day."""
    first, second = found[1], found[2]
    return (f"{first}{second[-2:]} to {second}",)


def days(found: Match[str]) -> tuple[str, ...]:
    """Read a day in another order."""
    return days_of(found.groupdict())


def day_and_clock(found: Match[str]) -> tuple[str, ...]:
    """Put the signs into `20230524T1820`."""
    day, time = found.groups()[:3], [part for part in found.groups()[3:] if part]
    return (f"{'-'.join(day)}T{':'.join(time)}",)


def clock(found: Match[str]) -> tuple[str, ...]:
    """Put the colons into `18.20`, `18h20` and `1820`."""
    return (":".join(part for part in found.groups() if part),)


def offset(found: Match[str]) -> tuple[str, ...]:
    """Write an offset with hours and minutes."""
    return (f"{found[1]}{found[2]}{int(found[3]):02}:{found[4] or '00'}",)


def zones(found: Match[str]) -> tuple[str, ...]:
    """Read words as the name of a zone."""
    return near_zones(found[0])


def duration_of_colons(found: Match[str]) -> tuple[str, ...]:
    """Write `01:30` as `1h30m`."""
    return (found[1] + _with_units(found.groups()[1:], "hms"),)


def duration_of_iso(found: Match[str]) -> tuple[str, ...]:
    """Write `PT20M` as `20m`."""
    return (_with_units(found.groups(), "dhms"),)


def _with_units(numbers: tuple[str | None, ...], units: str) -> str:
    """Write numbers with their units, those that are missing or nothing left out."""
    pairs = zip(numbers, units, strict=True)
    return "".join(f"{int(number)}{unit}" for number, unit in pairs if number and int(number)) or "0m"


def keyword(found: Match[str]) -> tuple[str, ...]:
    """Read a word as the word of the notation that is nearest to it."""
    word = found[0].lower()
    close = nearest(word, (known for known in KEYWORDS if known[0] == word[0]))
    return (close,) if close else ()
