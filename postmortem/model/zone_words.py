"""What stands behind a clock time to say its zone: `Z`, `UTC`, `-04:00`, `Europe/Paris`."""

from __future__ import annotations

import re
from re import Match

from postmortem.model.durations import HOUR, MINUTE
from postmortem.model.expression import ZoneName
from postmortem.model.scanner import Misfit, Scanner, misfit
from postmortem.model.zone_table import ABBREVIATIONS, LONE_ZONES, UTC_NAMES, ZONE_HELP, abbreviation_fault

KEYWORDS = frozenset(
    {
        *(
            "about",
            "after",
            "and",
            "around",
            "at",
            "before",
            "between",
            "by",
            "from",
            "least",
            "less",
            "more",
        ),
        *("most", "no", "not", "of", "since", "than", "to", "until", "up", "within"),
    }
)
"""Words of the notation: none of them is a zone or an event's id."""

_OFFSET = re.compile(r" *([+-])([0-9]{2}):([0-9]{2})(?![0-9:])")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
_WEST_IN_USE = frozenset(hour * HOUR for hour in range(13)) | {
    hour * HOUR + 30 * MINUTE for hour in (2, 3, 4, 9)
}
_EAST_MOST = 14 * HOUR


def take_zone(scan: Scanner) -> tuple[int | None, ZoneName | None]:
    """Go past an offset in microseconds or an IANA zone, and return it; neither if none stands here."""
    if found := scan.take(_OFFSET):
        return _offset(found), None
    before = scan.at
    scan.blank()
    name = scan.peek_exact(_ZONE)
    if not name or name[0].lower() in KEYWORDS:
        scan.at = before
        return None, None
    scan.at = name.end()
    return _named(name[0], name.span())


def _named(name: str, span: tuple[int, int]) -> tuple[int | None, ZoneName | None]:
    if name.upper() in UTC_NAMES:
        return 0, None
    if name.upper() in ABBREVIATIONS:
        raise Misfit(abbreviation_fault(name, span[0]))
    if "/" in name or name in LONE_ZONES:
        return None, ZoneName(name, *span)
    raise misfit("PM212", f"`{name[:60]}` is not a zone that is known", span, "", ZONE_HELP)


def _offset(found: Match[str]) -> int:
    """Return an offset in microseconds; one that no place has is taken for the end of an unspaced range.

    West of Greenwich only offsets in use are known, so that `10:00-10:30` is not read as one.
    """
    minutes = int(found[3])
    size = int(found[2]) * HOUR + minutes * MINUTE
    if found[1] == "+":
        if minutes in (0, 15, 30, 45) and size <= _EAST_MOST:
            return size
    elif size in _WEST_IN_USE and minutes in (0, 30):
        return -size
    said = found[0].lstrip()
    message = f"`{said}` is not an offset from UTC that any place has"
    raise misfit(
        "PM205", message, (found.end() - len(said), found.end()), "", "a range is written `18:20 to 18:25`"
    )
