"""Many marks of one series as few strokes: what would be drawn over another is drawn once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from postmortem.report.charts.pen import path

_PATH = re.compile(r'<path class="([^"]+)" d="([^"]+)"/>')
_USE = re.compile(r'<use href="#k(\d)" x="(-?\d+)" y="(-?\d+)"/>')
_WHISKER = re.compile(r"M(-?\d+) (-?\d+)v-(\d+)m-4 0h8m0 \d+h-8")
_OPEN = re.compile(r"M(-?\d+) (-?\d+)h10M-?\d+ -?\d+v-?15.*")
_FINE, _COARSE = 2, 8
_MANY = 400
# A stroke of no length with round or square ends is a dot or a square; the others are drawn around a point.
_STROKES = {"1": "dr", "2": "ds"}
_OUTLINES = {
    "3": (-4, 0, "l4-4l4 4l-4 4z"),
    "4": (-4, 3, "h8l-4-7z"),
    "5": (-4, -3, "h8l-4 7z"),
    "6": (-4, -1, "h3v-3h2v3h3v2h-3v3h-2v-3h-3z"),
}


def together(shapes: Sequence[str]) -> str:
    """Return marks as one drawing: strokes of one class as one path, dots by place, whiskers by column."""
    whole = "".join(shapes)
    strokes: dict[str, list[str]] = {}
    for classes, steps in _PATH.findall(whole):
        strokes.setdefault(classes, []).append(steps)
    thin = {"wk": _columns, "open": _arrows}
    out = [path(thin.get(name, "".join)(kept), name) for name, kept in strokes.items()]
    dots: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}
    many = len(shapes) > _MANY
    fine = 2 * _FINE if many else _FINE
    for kind, x, y in _USE.findall(whole):
        place = (int(x), int(y))
        dots.setdefault(kind, {}).setdefault((place[0] // fine, place[1] // fine), place)
    out += (_dots(kind, list(places.values()), 4 if many else 7) for kind, places in dots.items())
    return "".join(out) + _USE.sub("", _PATH.sub("", whole))


def _dots(kind: str, places: Sequence[tuple[int, int]], breadth: int) -> str:
    """Return dots of one shape as one path: strokes without length, or outlines around each place."""
    if kind in _OUTLINES:
        right, down, outline = _OUTLINES[kind]
        return path("".join(f"M{x + right} {y + down}{outline}" for x, y in places), "dn")
    steps = [f"M{places[0][0]} {places[0][1]}h0"]
    for before, after in pairwise(places):
        steps.append(f"m{after[0] - before[0]} {after[1] - before[1]}h0".replace(" -", "-"))
    return path("".join(steps), f'{_STROKES[kind]}" stroke-width="{breadth}')


def _arrows(strokes: Sequence[str]) -> str:
    """Return the arrows of open bounds, one where several would lie on each other, and other strokes."""
    kept: dict[tuple[int, ...] | str, str] = {}
    for one in strokes:
        found = _OPEN.fullmatch(one)
        kept.setdefault(tuple(int(part) // _COARSE for part in found.groups()) if found else one, one)
    return "".join(kept.values())


def _columns(strokes: Sequence[str]) -> str:
    """Return whiskers without their caps, those of one column that touch as one, and other strokes."""
    spans: dict[int, list[tuple[int, int]]] = {}
    rest = []
    for one in strokes:
        found = _WHISKER.fullmatch(one)
        if found:
            foot, tall = int(found[2]), int(found[3])
            spans.setdefault(int(found[1]), []).append((foot - tall, foot))
        else:
            rest.append(one)
    for x, column in spans.items():
        top, foot = sorted(column)[0]
        for start, end in sorted(column):
            if start > foot:
                rest.append(f"M{x} {foot}v-{foot - top}")
                top = start
            foot = max(foot, end)
        rest.append(f"M{x} {foot}v-{foot - top}")
    return "".join(rest)
