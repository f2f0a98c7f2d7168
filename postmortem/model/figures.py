"""Numbers as people write them inside quantities: `600,000`, `1.2M`, `27%`; exact fractions."""

from __future__ import annotations

import re
from fractions import Fraction
from re import Match
from typing import NamedTuple

from postmortem.model.scanner import Misfit, Scanner, misfit, proposal, shorten

HELP = "a quantity is written like `600k`, `about 600k`, `570k to 600k`, `over 700k`, `27%` or `+50k/min`"

_DIGITS = re.compile(
    r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+(?!,)|[0-9]+(?:_[0-9]+)*)(?:\.([0-9]+))?(?![0-9_]|,[0-9])"
)
_UNIT = re.compile(" *([kKMG%]|bn|[Tt]housand|[MmBb]illion)(?![A-Za-z0-9%])")
_UNITS = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "million"), 10**6),
    **dict.fromkeys(("g", "bn", "billion"), 10**9),
}
_MOST_DIGITS = 15


class Figure(NamedTuple):
    """One written number: its ``value`` with its ``unit`` in it, and whether a sign stands before it.

    A ``percent`` is a fraction: 27% is 0.27.
    """

    value: Fraction
    unit: int
    percent: bool
    signed: bool
    start: int
    stop: int


def take_figure(scan: Scanner) -> Figure:
    """Go past a number and its unit and return it; raise a misfit (PM207) where none stands here."""
    scan.blank()
    found = scan.take(_DIGITS)
    if not found:
        raise unfit(scan)
    value = _value(found)
    mark = scan.peek_exact(_UNIT)
    scan.at = mark.end() if mark else scan.at
    percent = mark is not None and mark[1] == "%"
    unit = _UNITS.get(mark[1].lower(), 1) if mark else 1
    value = value * unit / (100 if percent else 1)
    return Figure(value, unit, percent, found[1] != "", found.start(), scan.at)


def _value(found: Match[str]) -> Fraction:
    whole, decimals = found[2].replace(",", "").replace("_", ""), found[3] or ""
    if len(whole) + len(decimals) > _MOST_DIGITS:
        raise misfit("PM207", f"a number has at most {_MOST_DIGITS} digits", found.span(), "", HELP)
    if decimals == "000" and len(whole) <= 3:
        message = "this has two readings: thousands, or decimals"
        label = proposal(f"{found[1]}{whole}_000", f"{found[1]}{whole}")
        raise misfit("PM207", message, found.span(), label, HELP)
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return value if found[1] in ("", "+") else -value


def alike(first: Figure, second: Figure) -> Figure:
    """Return the first number of a range, in the kind of the second; refuse what has two readings."""
    if second.percent and not first.percent and first.unit == 1:
        return first._replace(value=first.value / 100, percent=True)
    span = (first.start, second.stop)
    if first.percent != second.percent:
        raise misfit("PM207", "one end of this range is a share, the other is not", span, "", HELP)
    if first.unit == 1 and second.unit != 1 and 0 < first.value * second.unit <= second.value:
        message = "the first number has no unit, and the second has one"
        raise misfit("PM207", message, (first.start, first.stop), "", HELP)
    return first


def unfit(scan: Scanner) -> Misfit:
    """Return the misfit of what stands here, where a number or the end of the quantity is due."""
    span = scan.chunk()
    said = "" if scan.done() else scan.text[slice(*span)]
    message = f"`{shorten(said)}` does not fit into a quantity" if said else "a number is due at the end"
    return misfit("PM207", message, span, "", HELP)
