"""Dense series: thinned for drawing without losing a peak, broken where their own rhythm breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from postmortem.report.charts.colours import series_class
from postmortem.report.charts.data import Line
from postmortem.report.charts.pen import path
from postmortem.report.charts.time_axis import TimeAxis
from postmortem.report.charts.value_axis import ValueAxis


def _columns(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Thin points (pixels) to the lowest and the highest of every two pixels, in their order: peaks stay."""
    column: list[tuple[float, float]] = []
    for point in points:
        if column and int(point[0] / 2) != int(column[0][0] / 2):
            yield from _extremes(column)
            column = []
        column.append(point)
    if column:
        yield from _extremes(column)


def _extremes(column: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    heights = [y for _, y in column]
    for i in sorted({heights.index(min(heights)), heights.index(max(heights))}):
        yield column[i]


def _walk(points: Sequence[tuple[float, float]]) -> str:
    """Return points as a path of whole-pixel steps, as short as it can be written."""
    x, y = round(points[0][0]), round(points[0][1])
    steps = [f"M{x} {y}"]
    if len(points) == 1:
        return steps[0] + "h1"
    for to_x, to_y in points[1:]:
        dx, dy = round(to_x) - x, round(to_y) - y
        if dx == dy == 0:
            continue
        steps.append(f"v{dy}" if dx == 0 else f"h{dx}" if dy == 0 else f"l{dx}{'' if dy < 0 else ' '}{dy}")
        x, y = x + dx, y + dy
    return "".join(steps)


def _breaks(points: Sequence[tuple[int, float]]) -> int | None:
    """Return the distance in time above which two neighbours are not joined: five times the usual one."""
    steps = sorted(b[0] - a[0] for a, b in pairwise(points))
    return 5 * steps[len(steps) // 2] if len(steps) > 3 else None


def line(one: Line, axis: TimeAxis, values: ValueAxis) -> str:
    """Return a dense series as a path, broken where its own rhythm breaks."""
    limit = _breaks(one.points)
    runs: list[list[tuple[float, float]]] = []
    last: int | None = None
    for at, value in one.points:
        if last is None or (limit is not None and at - last > limit):
            runs.append([])
        runs[-1].append((axis.x(at), values.y(value)))
        last = at
    strokes = "".join(_walk(list(_columns(run))) for run in runs)
    return path(strokes, f"sl {series_class(one.series)}")
