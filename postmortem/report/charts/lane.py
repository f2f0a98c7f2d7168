"""The lane of events under the time axis: named ones in rows without overlaps, all others as ticks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from postmortem.ground.record import record
from postmortem.report.charts.data import Happening
from postmortem.report.charts.layout import Layout
from postmortem.report.charts.pen import escaped, fitted, path, rect, short, width_of
from postmortem.report.charts.time_axis import TimeAxis

_RADIUS = 8.5


@record
class Spot:
    """Where a happening stands: its mark at ``x``, its bounds, its name, and how far all of it reaches."""

    x: float
    left: float
    right: float
    span: tuple[float, float, float] | None
    name: str
    name_left: float
    reach: tuple[float, float]


def _half(number: int) -> float:
    """Return half the breadth of a number's mark: a circle, or a capsule for three digits and more."""
    return _RADIUS + max(len(str(number)) - 2, 0) * 3


def _spot(one: Happening, axis: TimeAxis, layout: Layout, room: float) -> Spot:
    half = _half(one.number)
    left = axis.x(one.start.earliest, axis.left)
    right = axis.x(one.start.latest, axis.right)
    if one.start.sharp and one.start.named is not None:
        left = right = axis.x(one.start.named)
    x = axis.x(one.start.named) if one.start.named is not None else (left + right) / 2
    span = None
    if one.end is not None or one.open_end:
        if one.end is None:
            sure = far = axis.right
        else:
            sure, far = axis.x(one.end.earliest, x), axis.x(one.end.latest, axis.right)
        span = (x, max(sure, x), max(far, x))
    floating = one.start.named is None and right - left > 2 * half + 4
    if floating and span is None:
        x = left + half
    if span is not None:
        x = min(span[0] + half, axis.right)
    begin = min(left, x - half)
    edge = max(x + half, right if not floating and span is None else 0.0)
    size = layout.size
    room_right = layout.width - 2 - edge - 5
    name = fitted(one.label, size, min(room, max(room_right, 0.0)))
    wide = width_of(name, size)
    name_left = edge + 5
    room_left = begin - 5 - 2
    if wide < min(width_of(one.label, size), room) * 0.75 and room_left > room_right:
        name = fitted(one.label, size, min(room, room_left))
        wide = width_of(name, size)
        name_left = begin - 5 - wide
    ends = max(edge, span[2] if span else edge, right if floating else edge, name_left + wide)
    return Spot(x, left, right, span, name, name_left, (min(begin, name_left) - 3, ends + 7))


def _row(spot: Spot, taken: list[list[tuple[float, float]]], most: int) -> int | None:
    """Return the first row where the spot meets nothing, opening a new one while there may be more."""
    for number, row in enumerate(taken):
        if all(spot.reach[1] <= left or spot.reach[0] >= right for left, right in row):
            row.append(spot.reach)
            return number
    if len(taken) < most:
        taken.append([spot.reach])
        return len(taken) - 1
    return None


def _circle(one: Happening, x: float, y: float) -> str:
    number = str(one.number)
    middle = f'<text x="{round(x)}" y="{round(y + 4)}" class="nn">{number}</text>'
    if len(number) < 3:
        return f'<use href="#n" x="{round(x)}" y="{round(y)}"/>{middle}'
    wide = _half(one.number)
    place = f'x="{short(x - wide)}" y="{short(y - _RADIUS)}" width="{short(2 * wide)}"'
    return f'<rect {place} height="17" rx="8.5" class="nc"/>{middle}'


def _bounds(spot: Spot, y: float, one: Happening) -> str:
    """Return the whisker of a point in time, or the bar of one that lies somewhere inside it."""
    if spot.span is not None:
        start, sure, far = spot.span
        bar = rect(start, y - 8, sure - start, 16, "bar fade" if one.open_end else "bar")
        return bar + (rect(sure, y - 8, far - sure, 16, "bar2") if far - sure > 1 else "")
    if one.start.named is None and spot.right - spot.left > 2 * _half(one.number) + 4:
        fade = " fade" if one.start.latest is None else " rise" if one.start.earliest is None else ""
        return rect(spot.left, y - 8, spot.right - spot.left, 16, f"loose{fade}")
    if spot.right - spot.left > 2 * _half(one.number):
        strokes = f"M{round(spot.left)} {round(y)}H{round(spot.right)}"
        return path(
            strokes + "".join(f"M{round(x)} {round(y - 5)}v10" for x in (spot.left, spot.right)), "wk"
        )
    return ""


def _named(one: Happening, spot: Spot, y: float) -> str:
    name = (
        f'<text x="{round(spot.name_left)}" y="{round(y + 4)}">{escaped(spot.name)}</text>'
        if spot.name
        else f"<title>{escaped(one.label)}</title>"
    )
    return (
        f'<a class="{f"lane {one.tone}".strip()}" href="#{escaped(one.anchor)}">'
        f"{_bounds(spot, y, one)}{_circle(one, spot.x, y)}{name}</a>"
    )


def lane(
    happenings: Sequence[Happening], axis: TimeAxis, layout: Layout, top: float
) -> tuple[str, float, int]:
    """Return the lane from ``top`` down, the y it ends at, and how many events stand in it only as a mark."""
    taken: list[list[tuple[float, float]]] = []
    rows: dict[int, tuple[Spot, int]] = {}
    rest: list[Happening] = []
    room = layout.width * (0.26 if layout.notes else 0.62)
    by_rank = sorted(range(len(happenings)), key=lambda i: (happenings[i].rank, happenings[i].number))
    chosen = sorted(by_rank[: layout.rows * 4])
    left_over = by_rank[layout.rows * 4 :]
    tries = [(i, _spot(happenings[i], axis, layout, room)) for i in by_rank if i in set(chosen)]
    for i, spot in tries:
        row = _row(spot, taken, layout.rows)
        if row is None:
            left_over.append(i)
        else:
            rows[i] = (spot, row)
    rest = [happenings[i] for i in sorted(left_over)]
    order = _settled(rows)
    out = [_named(happenings[i], rows[i][0], top + 10 + order[rows[i][1]] * layout.row) for i in sorted(rows)]
    bottom = top + len(taken) * layout.row + 2
    if rest:
        out.append(_rug(rest, axis, bottom))
        bottom += 14
    return "".join(out), bottom, len(rest)


def _settled(rows: dict[int, tuple[Spot, int]]) -> dict[int, int]:
    """Return a new number for each row so that they begin in order of time from top to bottom."""
    first: dict[int, int] = {}
    for i, (_, row) in rows.items():
        first[row] = min(i, first.get(row, i))
    return {row: number for number, row in enumerate(sorted(first, key=lambda r: first[r]))}


def _rug(rest: Sequence[Happening], axis: TimeAxis, top: float) -> str:
    """Return the events without a name as short marks on one line, one a pixel."""
    xs = sorted(
        {
            round(axis.x(one.start.named if one.start.named is not None else one.start.earliest, axis.left))
            for one in rest
        }
    )
    return path(_ticks(xs, round(top)), "rug")


def _ticks(xs: Sequence[int], top: int) -> str:
    """Return short strokes at the places (in order), each a step from the one before."""
    steps = (f"m{after - before}-9v9" for before, after in pairwise(xs))
    return f"M{xs[0]} {top}v9" + "".join(steps)
