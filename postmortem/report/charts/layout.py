"""The three layouts of a chart: wide, middle (which is also print) and phone."""

from __future__ import annotations

from postmortem.ground.record import record, replace


@record
class Layout:
    """Sizes in pixels of one drawing. ``rows`` is how many rows of named events the lane may have.

    ``labels`` is how many readings may be named, ``notes`` whether the name says who says it.
    """

    name: str
    width: float
    left: float
    right: float
    size: float
    panel: tuple[float, ...]
    row: float
    rows: int
    tick: float
    labels: int
    notes: bool
    gap: float
    least: float


WIDE = Layout("l", 1080, 52, 10, 12.5, (196, 124, 84), 19, 8, 88, 12, True, 24, 74)
MIDDLE = Layout("m", 680, 48, 8, 12, (200, 120, 90), 20, 10, 72, 9, True, 18, 58)
PHONE = Layout("s", 340, 43, 8, 13, (190, 120, 100), 22, 12, 64, 6, False, 10, 34)
LAYOUTS = (WIDE, MIDDLE, PHONE)
SMALL = replace(PHONE, name="x", panel=(130,), labels=4)
"""One panel of several that stand side by side: as wide as a phone, on every screen."""
