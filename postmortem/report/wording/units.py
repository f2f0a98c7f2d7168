"""Units of time, and which of them a width justifies; all in microseconds."""

from __future__ import annotations

MILLISECOND = 1_000
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def unit_of(width: int) -> int:
    """Return the coarsest unit that a width in microseconds justifies; none at all is worded in minutes."""
    if width >= MINUTE or width == 0:
        return MINUTE
    if width >= SECOND:
        return SECOND
    return MILLISECOND if width >= MILLISECOND else 1
