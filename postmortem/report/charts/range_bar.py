"""A range as a bar: solid between its bounds, a dot on what is named, an arrow where it is open."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.record import record
from postmortem.report.charts.pen import escaped, path, rect, short, text

_WIDTH = 200.0


@record
class Range:
    """Bounds and the named value in any unit, None where unknown; ``words`` says them aloud."""

    low: float | None
    high: float | None
    named: float | None
    words: str


def top_of(ranges: Sequence[Range]) -> float:
    """Return the highest number that ranges on one scale reach."""
    return max(
        (abs(v) for one in ranges for v in (one.low, one.high, one.named) if v is not None), default=0.0
    )


def range_bar(one: Range, bottom: float, top: float, marks: Sequence[tuple[float, str]] = ()) -> str:
    """Return the range on a scale from ``bottom`` to ``top`` with marks under it; nothing if unknown."""
    if (one.low is None and one.high is None and one.named is None) or top <= bottom:
        return ""

    def x(value: float) -> float:
        return 8 + (min(max(value, bottom), top) - bottom) / (top - bottom) * (_WIDTH - 30)

    left, right = x(one.low if one.low is not None else bottom), x(one.high if one.high is not None else top)
    height = 30 if marks else 16
    out = [path(f"M{short(x(bottom))} 8H{short(_WIDTH - 14)}", "gr")]
    if one.low is not None and one.high is not None:
        if right - left > 1:
            out.append(rect(left, 4, right - left, 8, "rb"))
            out.append(path(f"M{short(left)} 2v12M{short(right)} 2v12", "rc"))
        elif one.named is None:
            out.append(path(f"M{short(left)} 2v12", "rc"))
    elif one.low is not None:
        out.append(path(f"M{short(left)} 2v12", "rc"))
        out.append(path(f"M{short(left)} 8H{short(_WIDTH - 8)}m-6 -4l6 4l-6 4", "rc open acc"))
    else:
        out.append(path(f"M{short(right)} 2v12", "rc"))
        out.append(path(f"M{short(right)} 8H{short(x(bottom))}", "rc open acc"))
    if one.named is not None:
        out.append(f'<circle class="rp" cx="{short(x(one.named))}" cy="8" r="5"/>')
    out += [text(x(value), 27, words, "", "m" if value > bottom else "") for value, words in marks]
    return (
        f'<svg class="rg" viewBox="0 0 {short(_WIDTH)} {height}" role="img" '
        f'aria-label="{escaped(one.words)}">'
        f"{''.join(out)}</svg>"
    )
