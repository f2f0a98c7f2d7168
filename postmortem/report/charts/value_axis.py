"""The value axis: from zero to a round number above the highest value, and how its marks are written."""

from __future__ import annotations

import math

from postmortem.ground.record import record

_SCALES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


@record
class ValueAxis:
    """Values from ``bottom`` (y ``floor``) to ``top`` (y ``ceiling``), with a mark every ``step``."""

    bottom: float
    top: float
    step: float
    floor: float
    ceiling: float

    def y(self, value: float) -> float:
        """Return where a value lies, kept inside the panel."""
        share = (value - self.bottom) / (self.top - self.bottom)
        return self.floor - min(1.0, max(0.0, share)) * (self.floor - self.ceiling)

    def marks(self) -> list[float]:
        """Return the values that get a line."""
        count = round((self.top - self.bottom) / self.step)
        return [self.bottom + i * self.step for i in range(count + 1)]


def value_axis(lowest: float, highest: float, floor: float, ceiling: float, most: int) -> ValueAxis:
    """Return the axis that holds zero, ``lowest`` and ``highest`` with at most ``most`` lines."""
    low, high = min(0.0, lowest), max(0.0, highest)
    if high == low:
        high = low + 1.0
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= rough * 0.9999999)
    bottom = math.floor(low / step) * step
    top = math.ceil(high / step - 1e-9) * step
    return ValueAxis(bottom, top, step, floor, ceiling)


def mark(value: float, percent: str = "", point: str = ".") -> str:
    """Return a value as the axis writes it: 200k, 1.2M; a share in hundredths with ``percent``: 25%.

    ``point`` parts fractions.
    """
    if percent:
        return f"{_plain(value * 100, point)}{percent}"
    for scale, letter in _SCALES:
        if abs(value) >= scale:
            return f"{_plain(value / scale, point)}{letter}"
    return _plain(value, point)


def _plain(value: float, point: str) -> str:
    return f"{value:.6g}".replace("-", "\N{MINUS SIGN}").replace(".", point)
