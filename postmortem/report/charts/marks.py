"""The mark of one reading: dots for what is named, whiskers and areas for bounds, arrows for open ones."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.report.charts.colours import shape_of
from postmortem.report.charts.data import Reading
from postmortem.report.charts.pen import path, rect, short
from postmortem.report.charts.places import Box
from postmortem.report.charts.time_axis import TimeAxis
from postmortem.report.charts.value_axis import ValueAxis

_ARROW = 15


def _times(reading: Reading, axis: TimeAxis) -> tuple[float, float, bool]:
    """Return the leftmost and rightmost x of a reading and whether a source names its moment."""
    left, right = axis.x(reading.at.earliest, axis.left), axis.x(reading.at.latest, axis.right)
    if reading.at.named is not None:
        if reading.at.sharp:
            left = right = axis.x(reading.at.named)
        return left, right, True
    return left, right, right - left < 3


def _dot(x: float, y: float, reading: Reading) -> str:
    return f'<use href="#{shape_of(reading.series)}" x="{round(x)}" y="{round(y)}"/>'


def _upright(height: int) -> str:
    """Return the strokes of a whisker that goes up from where the pen stands."""
    return f"v-{height}m-4 0h8m0 {height}h-8"


def _level(breadth: int) -> str:
    """Return the strokes of a whisker that goes right from where the pen stands."""
    return f"h{breadth}m0-4v8m-{breadth} 0v-8"


def _open(x: float, y: float, up: bool) -> str:
    """Return the strokes of an arrow from a bound out into the unknown."""
    way = -1 if up else 1
    head = "m-4 5l4-5l4 5" if up else "m-4-5l4 5l4-5"
    return f"M{round(x)} {round(y)}v{way * _ARROW}{head}"


def _timed(reading: Reading, x: float, left: float, right: float, values: ValueAxis) -> tuple[str, Box]:
    """Return the marks of a reading whose moment is named."""
    out = ""
    low, high, named = reading.low, reading.high, reading.named
    ys = [values.y(v) for v in (low, high, named) if v is not None]
    strokes = ""
    if low is not None and high is not None and high > low:
        top, bottom = values.y(high), values.y(low)
        strokes += f"M{round(x)} {round(bottom)}{_upright(round(bottom) - round(top))}"
    y = values.y(named) if named is not None else sum(ys) / len(ys)
    if right - left > 7:
        strokes += f"M{round(left)} {round(y)}{_level(round(right) - round(left))}"
    out += path(strokes, "wk")
    if low is None or high is None:
        bound = values.y(low if low is not None else high or 0.0)
        out += path(f"M{short(x - 5)} {short(bound)}h10" + _open(x, bound, high is None), "open")
        ys.append(bound + (-_ARROW if high is None else _ARROW))
    elif named is not None or low == high:
        out += _dot(x, y, reading)
    return out, (min(left, x - 6), min(ys) - 6, max(right, x + 6), max(ys) + 6)


def _untimed(reading: Reading, left: float, right: float, values: ValueAxis) -> tuple[str, Box]:
    """Return the marks of a reading that lies somewhere between two moments: an area, no dot."""
    low, high = reading.low, reading.high
    if low is not None and high is not None:
        top, bottom = values.y(high), values.y(low)
        middle = values.y(reading.named) if reading.named is not None else (top + bottom) / 2
        out = rect(left, min(top, middle - 1.5), right - left, max(bottom - top, 3), "area")
        return out, (left, top - 2, right, max(bottom, top + 3) + 2)
    bound = values.y(low if low is not None else high or 0.0)
    up = high is None
    strokes = f"M{round(left)} {round(bound)}H{round(right)}"
    for share in (0.1, 0.9) if right - left > 240 else (0.5,):
        strokes += _open(left + (right - left) * share, bound, up)
    edge = bound - _ARROW if up else bound + _ARROW
    return path(strokes, "open"), (left, min(bound, edge), right, max(bound, edge))


def _growing(
    reading: Reading, levels: Sequence[Reading], axis: TimeAxis, values: ValueAxis
) -> tuple[str, Box] | None:
    """Return a growth claim as slopes through the nearest level of its series; None where there is none."""
    left, right, _ = _times(reading, axis)
    known = [
        one
        for one in levels
        if one.series == reading.series and one.named is not None and one.at.named is not None
    ]
    if not known or not reading.growth:
        return None
    middle = (left + right) / 2
    level = min(known, key=lambda one: (abs(axis.x(one.at.named) - middle), one.rank))
    at, value = level.at.named or 0, level.named or 0.0
    span = reading.growth * 5
    slopes = sorted({rate for rate in (reading.low, reading.high, reading.named) if rate is not None})
    strokes, ys = "", []
    for rate in slopes:
        back = min(span, int(value / rate * reading.growth)) if rate > 0 else span
        x = axis.x(at - back)
        y = values.y(value - rate * back / reading.growth)
        strokes += f"M{short(x)} {short(y)}L{short(axis.x(at))} {short(values.y(value))}"
        ys.append((x, y))
    lowest = max(y for _, y in ys)
    start = min(x for x, _ in ys)
    end_y = values.y(value)
    middle_box = (
        (start + axis.x(at)) / 2 - 3,
        (lowest + end_y) / 2 - 3,
        (start + axis.x(at)) / 2 + 3,
        (lowest + end_y) / 2 + 3,
    )
    return path(strokes, "rate"), middle_box


def marks_of(
    reading: Reading, levels: Sequence[Reading], axis: TimeAxis, values: ValueAxis
) -> tuple[str, Box] | None:
    """Return the mark of a reading and the box that it takes; None where there is nothing to draw."""
    if reading.growth:
        return _growing(reading, levels, axis, values)
    if reading.low is None and reading.high is None:
        return None
    left, right, named = _times(reading, axis)
    if named:
        x = axis.x(reading.at.named) if reading.at.named is not None else (left + right) / 2
        return _timed(reading, x, left, right, values)
    return _untimed(reading, left, right, values)
