"""Counts in a panel: a dot only where a source names both moment and number, whiskers and areas for bounds, arrows where a bound is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem.report.charts.data import Line, Panel, Reading
from postmortem.report.charts.layout import Layout
from postmortem.report.charts.pen import escaped, fitted, path, rect, short, width_of
from postmortem.report.charts.places import Box, Places
from postmortem.report.charts.time_axis import TimeAxis
from postmortem.report.charts.value_axis import ValueAxis

COLOURS = 6
SHAPES = 6
_ARROW = 15.0


def _series(number: int) -> str:
    return f"r{number % COLOURS + 1}"


def _columns(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Thin points (pixels) to two for every two pixels, the lowest and the highest in their order: peaks stay."""
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
    steps = sorted(b[0] - a[0] for a, b in zip(points, points[1:], strict=False))
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
    return path(strokes, f"sl {_series(one.series)}")


def _times(reading: Reading, axis: TimeAxis) -> tuple[float, float, bool]:
    """Return the leftmost and rightmost x of a reading and whether a source names its moment."""
    left, right = axis.x(reading.at.earliest, axis.left), axis.x(reading.at.latest, axis.right)
    if reading.at.named is not None:
        if reading.at.sharp:
            left = right = axis.x(reading.at.named)
        return left, right, True
    return left, right, right - left < 3


def _dot(x: float, y: float, reading: Reading) -> str:
    return f'<use href="#k{reading.series % SHAPES + 1}" x="{short(x)}" y="{short(y)}"/>'


def _open(x: float, y: float, up: bool) -> str:
    """Return the strokes of an arrow from a bound out into the unknown."""
    way = -1 if up else 1
    return f"M{short(x)} {short(y)}v{short(way * _ARROW)}m-4 {short(-way * 5)}l4 {short(way * 5)}l4 {short(-way * 5)}"


def _timed(reading: Reading, x: float, left: float, right: float, values: ValueAxis) -> tuple[str, Box]:
    """Return the marks of a reading whose moment is named."""
    out = ""
    low, high, named = reading.low, reading.high, reading.named
    ys = [values.y(v) for v in (low, high, named) if v is not None]
    strokes = ""
    if low is not None and high is not None and high > low:
        top, bottom = values.y(high), values.y(low)
        strokes += f"M{short(x)} {short(bottom)}V{short(top)}"
        strokes += "".join(f"M{short(x - 4)} {short(y)}h8" for y in (bottom, top))
    y = values.y(named) if named is not None else sum(ys) / len(ys)
    if right - left > 7:
        strokes += f"M{short(left)} {short(y)}H{short(right)}"
        strokes += "".join(f"M{short(edge)} {short(y - 3.5)}v7" for edge in (left, right))
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
    strokes = f"M{short(left)} {short(bound)}H{short(right)}"
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


def _spots(box: Box, wide: float, tall: float) -> list[Box]:
    """Return where a label of that size may stand around a box, best first."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    out: list[Box] = []
    for away in (0.0, tall, -tall, 2 * tall, -2 * tall, 3 * tall, -3 * tall, 4.5 * tall, -4.5 * tall):
        y = middle - tall / 2 + away
        reach = 4.0 + abs(away) * 0.6
        out.append((right + reach, y, right + reach + wide, y + tall))
        out.append((left - reach - wide, y, left - reach, y + tall))
    centre = (left + right) / 2 - wide / 2
    out.insert(2, (centre, top - tall - 2, centre + wide, top - 2))
    out.insert(3, (centre, bottom + 2, centre + wide, bottom + tall + 2))
    inside = max(left + 6, min(right - wide - 6, left + (right - left) * 0.12))
    if right - left > wide:
        out.insert(0, (inside, top - tall - 1, inside + wide, top - 1))
        out.insert(1, (inside, bottom + 1, inside + wide, bottom + 1 + tall))
    return out


def _label(reading: Reading, box: Box, places: Places, layout: Layout) -> str:
    """Return the reading's name where there is room for it, with a leader where it stands apart."""
    tall = layout.size + 2.5
    note = f" · {reading.note}" if layout.notes and reading.note else ""
    for words in (note, ""):
        tail = fitted(words, layout.size, layout.width * 0.3) if words else ""
        wide = width_of(reading.label, layout.size) * 1.08 + width_of(tail, layout.size) + 4
        spots = _spots(box, wide, tall)
        chosen = places.first(spots)
        if chosen is not None:
            return _written(reading, tail, spots[chosen], box, tall)
        if not note:
            break
    return ""


def _written(reading: Reading, tail: str, spot: Box, box: Box, tall: float) -> str:
    left, top, right, bottom = spot
    leader = ""
    middle, target = (top + bottom) / 2, (box[1] + box[3]) / 2
    if abs(middle - target) > tall * 0.9 and (left > box[2] or right < box[0]):
        start = left - 1 if left > box[2] else right + 1
        end = box[2] if left > box[2] else box[0]
        leader = path(f"M{short(start)} {short(middle)}L{short(end)} {short(target)}", "ld")
    return (
        f'{leader}<text x="{round(left + 2)}" y="{round(bottom - tall * 0.26)}">'
        f"<tspan>{escaped(reading.label)}</tspan>{escaped(tail)}</text>"
    )


def _marks(
    reading: Reading, levels: Sequence[Reading], axis: TimeAxis, values: ValueAxis
) -> tuple[str, Box] | None:
    if reading.growth:
        return _growing(reading, levels, axis, values)
    if reading.low is None and reading.high is None:
        return None
    left, right, named = _times(reading, axis)
    if named:
        x = axis.x(reading.at.named) if reading.at.named is not None else (left + right) / 2
        return _timed(reading, x, left, right, values)
    return _untimed(reading, left, right, values)


def legend(panel: Panel, axis: TimeAxis, values: ValueAxis, layout: Layout) -> str:
    """Return the names of the panel's series with their marks, where there is more than one."""
    if len(panel.names) < 2:
        return ""
    out, x, y = [], axis.right, values.ceiling - 3
    start = axis.left + 4 + width_of(panel.unit, 12) + 24
    for series, name in reversed(panel.names):
        shown = fitted(name, 12, 170)
        x -= width_of(shown, 12) + 4
        if x - 16 < start:
            break
        out.append(
            f'<g class="r{series % COLOURS + 1}"><use href="#k{series % SHAPES + 1}" x="{short(x - 9)}" y="{short(y - 4)}"/>'
            f'<text x="{short(x)}" y="{short(y)}" class="tk">{escaped(shown)}</text></g>'
        )
        x -= 26
    return "".join(reversed(out))


def drawn(panel: Panel, axis: TimeAxis, values: ValueAxis, layout: Layout) -> str:
    """Return all readings and lines of a panel with as many names as fit, the most important first."""
    levels = [one for one in panel.readings if not one.growth and one.kept]
    places = Places((axis.left, values.ceiling - 4, layout.width - 2, values.floor - 1))
    marks: list[tuple[Reading, str, Box]] = []
    for reading in panel.readings:
        made = _marks(reading, levels, axis, values)
        if made:
            marks.append((reading, *made))
            places.take(made[1])
    names: dict[int, str] = {}
    by_rank = sorted(range(len(marks)), key=lambda i: (not marks[i][0].kept, marks[i][0].rank, i))
    for i in by_rank[: layout.labels]:
        names[i] = _label(marks[i][0], marks[i][2], places, layout)
    out = [line(one, axis, values) for one in panel.lines]
    out.append(legend(panel, axis, values, layout))
    for i, (reading, shape, _) in enumerate(marks):
        off = "" if reading.kept else " off"
        body = shape + names.get(i, "")
        title = "" if names.get(i) else f"<title>{escaped(reading.label)}</title>"
        out.append(
            f'<a class="m {_series(reading.series)}{off}" href="#{escaped(reading.anchor)}">{title}{body}</a>'
        )
    return "".join(out)
