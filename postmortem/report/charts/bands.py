"""Phases behind the chart: tinted, hatched where a border is only bounded, fading where no end is known."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.record import record
from postmortem.report.charts.data import Band, When
from postmortem.report.charts.layout import Layout
from postmortem.report.charts.pen import fitted, rect, text, width_of
from postmortem.report.charts.time_axis import TimeAxis


@record
class Drawn:
    """A band in pixels: sure from ``left`` to ``right``, at most from ``far_left`` to ``far_right``.

    ``begins`` is where its title stands: the border that a source names, else the middle of where it may lie.
    """

    band: Band
    begins: float
    far_left: float
    left: float
    right: float
    far_right: float
    row: int


def _edges(when: When, axis: TimeAxis, lowest: float, highest: float) -> tuple[float, float]:
    if when.sharp and when.named is not None:
        return axis.x(when.named), axis.x(when.named)
    return axis.x(when.earliest, lowest), axis.x(when.latest, highest)


def placed(bands: Sequence[Band], axis: TimeAxis) -> list[Drawn]:
    """Return the bands in pixels, each in the first row where it meets no other."""
    out: list[Drawn] = []
    until: list[float] = []
    for band in bands:
        far_left, left = _edges(band.start, axis, axis.left, axis.right)
        if band.end is None:
            right = far_right = axis.right
        else:
            right, far_right = _edges(band.end, axis, left, axis.right)
        right = max(right, left)
        begins = axis.x(band.start.named, (far_left + left) / 2)
        ends = far_right if band.end is None else axis.x(band.end.named, (right + far_right) / 2)
        row = next((i for i, x in enumerate(until) if begins >= x - 3), len(until))
        if row == len(until):
            until.append(ends)
        until[row] = ends
        out.append(Drawn(band, begins, far_left, left, right, max(far_right, right), row))
    return out


def rows_of(drawn: Sequence[Drawn]) -> int:
    """Return how many rows the bands take."""
    return max((one.row for one in drawn), default=-1) + 1


def tints(drawn: Sequence[Drawn], top: float, bottom: float) -> str:
    """Return the bands as a background from ``top`` to ``bottom`` (for bands in a single row)."""
    out = []
    for one in drawn:
        state = one.band.state
        fading = one.band.end is None
        out.append(
            rect(one.left, top, one.right - one.left, bottom - top, f"p-{state}{' fade' if fading else ''}")
        )
        if one.left - one.far_left > 1:
            out.append(rect(one.far_left, top, one.left - one.far_left, bottom - top, "edge"))
        if one.far_right - one.right > 1 and not fading:
            out.append(rect(one.right, top, one.far_right - one.right, bottom - top, "edge"))
    return "".join(out)


def title_rows(drawn: Sequence[Drawn], layout: Layout) -> list[tuple[float, int, str]]:
    """Return where each band's title stands: x, row from the bottom, words (whole, else cut, else none)."""
    limit = layout.width - layout.right
    ends = [0.0, 0.0]
    out = []
    for number, one in enumerate(drawn):
        needed = width_of(one.band.title, layout.size) * 1.06
        following = drawn[number + 1].begins - 8 if number + 1 < len(drawn) else limit
        start = min(one.begins, limit - needed)
        for row, reach in ((0, following), (1, limit)):
            if start >= ends[row] and start + needed <= reach:
                out.append((start, row, one.band.title))
                ends[row] = start + needed + 10
                break
        else:
            shown = fitted(one.band.title, layout.size, following - max(one.begins, ends[0]))
            if len(shown) >= min(len(one.band.title), 10):
                out.append((max(one.begins, ends[0]), 0, shown))
                ends[0] = following
            else:
                out.append((one.begins, 0, ""))
    return out


def titles(drawn: Sequence[Drawn], layout: Layout, baseline: float) -> str:
    """Return the bands' titles above the plot, in one row or two."""
    return "".join(
        text(x, baseline - 15 * row, words, f"pl {one.band.state}")
        for one, (x, row, words) in zip(drawn, title_rows(drawn, layout), strict=True)
        if words
    )


def strips(drawn: Sequence[Drawn], layout: Layout, top: float) -> str:
    """Return overlapping bands as rows of bars with their titles inside, from ``top`` down."""
    out = []
    for one in drawn:
        y = top + one.row * 18
        out.append(rect(one.far_left, y, one.far_right - one.far_left, 15, "edge"))
        out.append(rect(one.left, y, one.right - one.left, 15, f"p-{one.band.state}"))
        shown = fitted(one.band.title, layout.size, one.far_right - one.far_left - 8)
        if len(shown) > 2:
            out.append(text(one.far_left + 5, y + 11.5, shown, f"pl {one.band.state}"))
    return "".join(out)
