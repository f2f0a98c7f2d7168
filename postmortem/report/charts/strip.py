"""A strip: what several sources say one number was, side by side on one scale, never joined or averaged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from postmortem.ground.record import record
from postmortem.report.charts.pen import escaped, fitted, path, rect, short, text, width_of
from postmortem.report.charts.value_axis import mark, value_axis

_WIDTH, _ROW, _SIZE = 340.0, 18.0, 13.0


@record
class Said:
    """One claim: bounds, the named value (None where unknown), who says it, and whether it was kept."""

    low: float | None
    high: float | None
    named: float | None
    words: str
    kept: bool


def strip(claims: Sequence[Said], label: str, percent: str = "", point: str = ".") -> str:
    """Return the claims as rows over one scale; ``label`` names the drawing for those who do not see it."""
    values = [v for one in claims for v in (one.low, one.high, one.named) if v is not None]
    if not values:
        return ""
    lowest, highest = min(values), max(values)
    axis = value_axis(lowest, highest, 14.0, _WIDTH - 30, 3)
    foot = len(claims) * _ROW + 4
    out = []
    grid = "".join(f"M{short(axis.y(v))} 0V{short(foot)}" for v in axis.marks())
    out.append(path(grid, "gr"))
    out += [text(axis.y(v), foot + 13, mark(v, percent, point), "tk", "m") for v in axis.marks()]
    for number, one in enumerate(claims):
        out.append(_row(one, axis.y, number * _ROW + 10))
    return (
        f'<svg class="st" viewBox="0 0 {short(_WIDTH)} {short(foot + 17)}" role="img" paint-order="stroke" '
        f'aria-label="{escaped(label)}">'
        f"{''.join(out)}</svg>"
    )


def _row(one: Said, place: Callable[[float], float], y: float) -> str:
    low = place(one.low) if one.low is not None else None
    high = place(one.high) if one.high is not None else None
    out = []
    ends = [v for v in (low, high) if v is not None]
    left, right = min(ends, default=14.0), max(ends, default=14.0)
    if low is not None and high is not None and high - low > 1:
        out.append(rect(low, y - 4, high - low, 8, "area"))
    elif low is not None and high is None:
        out.append(path(f"M{short(low)} {short(y - 5)}v10M{short(low)} {short(y)}h26m-5 -4l5 4l-5 4", "open"))
        left, right = low, low + 26
    elif high is not None and low is None:
        out.append(
            path(f"M{short(high)} {short(y - 5)}v10M{short(high)} {short(y)}h-26m5 -4l-5 4l5 4", "open")
        )
        left = high - 26
    if one.named is not None:
        dot = place(one.named)
        out.append(f'<use href="#k1" x="{short(dot)}" y="{short(y)}"/>')
        left, right = min(left, dot), max(right, dot)
    out.append(_words(one.words, left - 9, right + 9, y + 4))
    state = "" if one.kept else " off"
    return f'<g class="r1{state}">{"".join(out)}</g>'


def _words(words: str, before: float, after: float, y: float) -> str:
    """Return the words after their mark, or before it where only there they are whole or have more room."""
    room, other = _WIDTH - 2 - after, before - 2
    wide = width_of(words, _SIZE) * 1.06
    if wide <= room or (wide > other and room >= other):
        shown, x, anchor = fitted(words, _SIZE, max(room, 0.0) / 1.06), after, ""
    else:
        shown, x, anchor = fitted(words, _SIZE, max(other, 0.0) / 1.06), before, "e"
    return text(x, y, shown, "lb", anchor) if width_of(shown, _SIZE) > 20 else ""
