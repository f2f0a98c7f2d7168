"""The time axis: a straight scale within each stretch; gaps between far-apart moments are shown as cuts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from postmortem.ground.record import record

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_STEPS = tuple(
    count * unit
    for unit, counts in (
        (1, (1, 2, 5, 10, 20, 50, 100, 200, 500)),
        (1000, (1, 2, 5, 10, 20, 50, 100, 200, 500)),
        (SECOND, (1, 2, 5, 10, 15, 30)),
        (MINUTE, (1, 2, 5, 10, 15, 30)),
        (HOUR, (1, 2, 3, 6, 12)),
        (DAY, (1, 2, 5, 10, 30, 100, 365, 1000, 3650, 10000, 36500, 365000)),
    )
    for count in counts
)
_MOST_CUTS = 6


@record
class Stretch:
    """A part of the axis without a cut: ``start`` to ``end`` (microseconds) from ``left`` to ``right``."""

    start: int
    end: int
    left: float
    right: float


@record
class TimeAxis:
    """Stretches in order of time; moments in a gap lie between them, those outside on the edges."""

    stretches: tuple[Stretch, ...]

    @property
    def left(self) -> float:
        """Return the x of the first moment."""
        return self.stretches[0].left

    @property
    def right(self) -> float:
        """Return the x of the last moment."""
        return self.stretches[-1].right

    @property
    def start(self) -> int:
        """Return the first moment."""
        return self.stretches[0].start

    @property
    def end(self) -> int:
        """Return the last moment."""
        return self.stretches[-1].end

    def x(self, moment: int | None, otherwise: float = 0.0) -> float:
        """Return where a moment lies; ``otherwise`` where it is None."""
        if moment is None:
            return otherwise
        before: Stretch | None = None
        for stretch in self.stretches:
            if moment < stretch.start:
                if before is None:
                    return stretch.left
                share = (moment - before.end) / (stretch.start - before.end)
                return before.right + share * (stretch.left - before.right)
            if moment <= stretch.end:
                length = stretch.end - stretch.start
                share = (moment - stretch.start) / length if length else 0.5
                return stretch.left + share * (stretch.right - stretch.left)
            before = stretch
        return self.right


def _cuts(gaps: Sequence[int], total: int) -> int:
    """Return how many of the gaps (largest first) stand out so far that they are cut."""
    best, rest = 0, total
    for number, gap in enumerate(gaps[: _MOST_CUTS + 1]):
        if number == _MOST_CUTS or gap < 0.3 * rest:
            break
        following = gaps[number + 1] if number + 1 < len(gaps) else 0
        if following and gap >= 3 * following:
            best = number + 1
        rest -= gap
    return best


def _outside(before: int, after: int, focus: tuple[int, int] | None) -> bool:
    """Tell whether a gap parts the focus from what lies outside, and is long enough to be worth a cut."""
    if focus is None:
        return False
    start, end = focus
    parts = (before >= end and before - end < (end - start) // 20) or (after <= start and start - after < 1)
    return parts and 6 * (after - before) >= end - start


def _runs(moments: Sequence[int], focus: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Return the moments (sorted) as stretches between cuts."""
    gaps = sorted((b - a for a, b in pairwise(moments) if b > a), reverse=True)
    many = _cuts(gaps, moments[-1] - moments[0])
    least = gaps[many - 1] if many else None
    runs = [(moments[0], moments[0])]
    for before, after in pairwise(moments):
        if (least is not None and after - before >= least) or _outside(before, after, focus):
            runs.append((after, after))
        else:
            runs[-1] = (runs[-1][0], after)
    return runs


def _breadths(lengths: Sequence[int], room: float, least: float, pad: float) -> list[float]:
    """Return how wide each stretch is drawn: one scale for all that are wider than ``least``."""
    fixed: set[int] = {i for i, length in enumerate(lengths) if length == 0}
    while True:
        free = [i for i in range(len(lengths)) if i not in fixed]
        whole = sum(lengths[i] for i in free)
        left = room - least * len(fixed) - 2 * pad * len(free)
        scale = left / whole if whole else 0.0
        narrow = {i for i in free if 2 * pad + lengths[i] * scale < least}
        if not narrow or len(narrow) == len(free):
            break
        fixed |= narrow
    if not free or len(narrow) == len(free):
        return [room / len(lengths)] * len(lengths)
    return [least if i in fixed else 2 * pad + lengths[i] * scale for i in range(len(lengths))]


def time_axis(
    moments: Sequence[int],
    left: float,
    right: float,
    gap: float,
    least: float,
    focus: tuple[int, int] | None = None,
) -> TimeAxis:
    """Return the axis over the moments (at least one), from x ``left`` to ``right``.

    ``gap`` is how wide a cut is drawn and ``least`` the least width of a stretch, in pixels; ``focus`` is the
    part that the rest is cut off from where that lies apart.
    """
    ordered = sorted(set(moments))
    runs = _runs(ordered, focus)
    pad = 8.0 if len(runs) > 1 else 12.0
    breadths = _breadths([b - a for a, b in runs], right - left - gap * (len(runs) - 1), least, pad)
    widest = max(range(len(runs)), key=lambda i: (runs[i][1] - runs[i][0], -i))
    grain_of_all = (runs[widest][1] - runs[widest][0]) / max(breadths[widest] - 2 * pad, 1.0)
    stretches, x = [], left
    for (start, end), breadth in zip(runs, breadths, strict=True):
        inner = breadth - 2 * pad
        grain = (end - start) / inner if end > start and inner > 0 else 0.0
        if grain:
            more = int(pad * grain)
            stretches.append(Stretch(start - more, end + more, x, x + breadth))
        else:
            around = max(2 * MINUTE, int(breadth / 2 * grain_of_all))
            stretches.append(Stretch(start - around, end + around, x, x + breadth))
        x += breadth + gap
    return TimeAxis(tuple(_apart(stretches)))


def _apart(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches with pads trimmed where two would overlap in time."""
    out: list[Stretch] = []
    for one in stretches:
        if out and one.start <= out[-1].end:
            middle = (one.start + out[-1].end) // 2
            out[-1] = Stretch(out[-1].start, middle, out[-1].left, out[-1].right)
            one = Stretch(middle + 1, one.end, one.left, one.right)
        out.append(one)
    return out


@record
class Tick:
    """A mark on the axis: where, when, and the step it is one of (microseconds)."""

    x: float
    at: int
    step: int
    opens: bool


def ticks(axis: TimeAxis, zero: int | None, room: float, lone: Sequence[int]) -> list[Tick]:
    """Return the ticks, at least ``room`` pixels apart, counted from ``zero`` where there is one.

    ``lone`` are the moments themselves: a stretch around a single one gets its tick on it. Where all of them
    are whole minutes no tick is finer: it would look as if anything were known to the second.
    """
    out: list[Tick] = []
    finest = 1 if any(moment % MINUTE for moment in lone) else MINUTE
    for stretch in axis.stretches:
        inside = [moment for moment in lone if stretch.start <= moment <= stretch.end]
        length, breadth = stretch.end - stretch.start, stretch.right - stretch.left
        if len(axis.stretches) > 1 and (breadth < 1.6 * room or len(set(inside)) == 1) and inside:
            out.append(Tick(axis.x(inside[0]), inside[0], MINUTE, True))
            continue
        step = next((s for s in _STEPS if s >= finest and s * breadth >= room * length), _STEPS[-1])
        base = zero or 0
        at = base + -((base - stretch.start) // step) * step
        opens = True
        while at <= stretch.end:
            x = axis.x(at)
            out.append(Tick(x, at, step, opens))
            opens = False
            at += step
    return out
