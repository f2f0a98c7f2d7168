"""The time axis of the terminal timeline: ticks, and one mark a row that is honest about bounds."""

from __future__ import annotations

from postmortem.ground.record import record
from postmortem.report.wording.clock import Clock
from postmortem.report.wording.units import DAY, HOUR, MINUTE, SECOND
from postmortem.resolve.timeline import Bounds

_STEPS = (
    *(n * SECOND for n in (1, 2, 5, 10, 15, 30)),
    *(n * MINUTE for n in (1, 2, 5, 10, 15, 20, 30)),
    *(n * HOUR for n in (1, 2, 3, 6, 12)),
    *(n * DAY for n in (1, 2, 5, 7, 14, 30, 60, 90, 180, 365)),
)
_NAMES = ((DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s"))
_PER_TICK = 6


@record
class Axis:
    """A line of columns from ``first``, a tick each ``step``, counted from ``zero``: all in microseconds."""

    zero: int
    first: int
    step: int
    ticks: int

    @property
    def cells(self) -> int:
        """How many columns the axis takes."""
        return (self.ticks - 1) * _PER_TICK + 1

    def header(self) -> str:
        """Return the labels of the ticks: `0m    10m   20m`."""
        labels = ""
        for tick in range(self.ticks):
            labels = labels.ljust(tick * _PER_TICK) + _label(
                self.first + tick * self.step - self.zero, self.step
            )
        return labels[: self.cells + _PER_TICK - 1]

    def mark(self, at: Bounds, end: Bounds | None, clock: Clock) -> str:
        """Draw one event on the axis."""
        line = ["·" if cell % _PER_TICK == 0 else " " for cell in range(self.cells)]
        low, high = at.earliest, at.latest
        if self._beyond(low, high if end is None else end.latest, line):
            return "".join(line)
        if end is not None and low is not None:
            self._draw(line, low, end.latest, "╞═╡")
            return "".join(line)
        shape = clock.shape(at)
        if shape == "exact" and low is not None and high is not None and high - low <= self.step:
            line[self._cell(low)] = "●"
        elif shape != "undated":
            self._draw(line, low, high, "├─┤")
            if shape == "about" and at.nominal is not None:
                line[self._cell(at.nominal)] = "●" if self._room(low, high) else "◌"
        return "".join(line)

    @property
    def last(self) -> int:
        """The moment of the last tick."""
        return self.first + (self.ticks - 1) * self.step

    def _beyond(self, low: int | None, high: int | None, line: list[str]) -> bool:
        """Mark an event that lies wholly before or after what the axis shows."""
        if high is not None and high < self.first:
            line[0] = "◂"
        elif low is not None and low > self.last:
            line[-1] = "▸"
        else:
            return False
        return True

    def _room(self, low: int | None, high: int | None) -> bool:
        assert low is not None
        assert high is not None
        return self._cell(high) - self._cell(low) >= 2

    def _draw(self, line: list[str], low: int | None, high: int | None, glyphs: str) -> None:
        first = 0 if low is None else self._cell(low)
        last = self.cells - 1 if high is None else self._cell(max(high - 1, low or high - 1))
        for cell in range(first, last + 1):
            line[cell] = glyphs[1]
        early = low is None or low < self.first
        late = high is None or high > self.last + self.step // 2
        if first == last:
            line[first] = "◂" if early else "▸" if late else "◌"
            return
        line[first] = "◂" if early else glyphs[0]
        line[last] = "▸" if late else glyphs[2]

    def _cell(self, us: int) -> int:
        cell = (2 * (us - self.first) * _PER_TICK + self.step) // (2 * self.step)
        return min(max(cell, 0), self.cells - 1)


def axis_of(clock: Clock, extent: tuple[int, int], ticks: int) -> Axis:
    """Return an axis of at most so many ticks over an extent of time."""
    first, last = extent
    zero = clock.zero.nominal if clock.zero is not None and clock.zero.nominal is not None else first
    step = next((one for one in _STEPS if _ticks_needed(first, last, zero, one) <= ticks), None)
    if step is None:
        step = -(-(last - first) // ((ticks - 2) * _STEPS[-1])) * _STEPS[-1]
    start = zero + (first - zero) // step * step
    return Axis(zero, start, step, max(2, min(ticks, _ticks_needed(first, last, zero, step))))


def _ticks_needed(first: int, last: int, zero: int, step: int) -> int:
    return -(-(last - zero) // step) - (first - zero) // step + 1


def _label(us: int, step: int) -> str:
    name = next((length, unit) for length, unit in _NAMES if step % length == 0)
    return f"{us // name[0]}{name[1]}"
