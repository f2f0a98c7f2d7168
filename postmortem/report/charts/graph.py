"""The factor graph: layers from left to right, boxes edged by how sure they are, arrows between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from postmortem.ground.record import record, replace
from postmortem.report.charts.pen import escaped, fitted, path, short, text, width_of

_WIDE, _MIDDLE = 1080.0, 720.0
_SIZE, _LINE = 13.0, 16.0
_GAP = 14.0
MOST_NODES = 60


@record
class Node:
    """A box: a factor or an event. ``style`` is its class, ``note`` the small line under its text."""

    key: str
    anchor: str
    text: str
    note: str
    style: str


@record
class Arrow:
    """From one box to another; ``style`` is that of the box it starts from."""

    origin: str
    target: str
    style: str


def layers(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Return each box's layer: one more than the highest that leads to it; circles do not count."""
    into: dict[str, list[str]] = {node.key: [] for node in nodes}
    for arrow in arrows:
        if arrow.origin in into and arrow.target in into:
            into[arrow.target].append(arrow.origin)
    found: dict[str, int] = {}
    for node in nodes:
        stack: list[tuple[str, int]] = [(node.key, 0)]
        on_way = {node.key}
        while stack:
            key, at = stack[-1]
            if key in found or at == len(into[key]):
                if key not in found:
                    found[key] = max((found[one] + 1 for one in into[key] if one in found), default=0)
                stack.pop()
                on_way.discard(key)
                continue
            stack[-1] = (key, at + 1)
            before = into[key][at]
            if before not in found and before not in on_way:
                on_way.add(before)
                stack.append((before, 0))
    return found


def _ordered(nodes: Sequence[Node], arrows: Sequence[Arrow], layer: dict[str, int]) -> list[list[str]]:
    """Return each layer's boxes, moved towards the middle of what they are joined to, four times over."""
    rows: list[list[str]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for node in nodes:
        rows[layer[node.key]].append(node.key)
    joined: dict[str, list[str]] = {node.key: [] for node in nodes}
    for arrow in arrows:
        joined[arrow.origin].append(arrow.target)
        joined[arrow.target].append(arrow.origin)
    for sweep in range(4):
        order = range(len(rows)) if sweep % 2 == 0 else range(len(rows) - 1, -1, -1)
        for number in order:
            place = {key: (i + 0.5) / len(row) for row in rows for i, key in enumerate(row)}
            sign = -1 if sweep % 2 == 0 else 1

            def middle(
                key: str, number: int = number, sign: int = sign, place: dict[str, float] = place
            ) -> float:
                near = [place[one] for one in joined[key] if (layer[one] - number) * sign > 0]
                return sum(near) / len(near) if near else place[key]

            rows[number] = sorted(rows[number], key=middle)
    return rows


def wrapped(words: str, size: float, room: float, most: int) -> list[str]:
    """Return the text in at most so many lines of that width; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most:
        line = rest.pop(0)
        while rest and width_of(f"{line} {rest[0]}", size) <= room:
            line += f" {rest.pop(0)}"
        while width_of(line, size) > room and len(line) > 4:
            line = line[:-2] + "…"
        lines.append(line)
    if rest and lines:
        last = lines[-1]
        while width_of(f"{last}…", size) > room and " " in last:
            last = last.rpartition(" ")[0]
        lines[-1] = last + "…"
    return lines


@record
class _Box:
    """A node in its place; without one, a free lane for an arrow that passes its layer."""

    node: Node | None
    key: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def graphs(nodes: Sequence[Node], arrows: Sequence[Arrow], label: str) -> str:
    """Return the graph as SVG in two layouts, wide and middle (which is also print), as charts have them.

    Nothing for no arrow or for more boxes than a picture makes clear; one layout for both where the boxes
    of the narrower one would be too narrow to read.
    """
    arrows = [one for one in arrows if one.origin != one.target]
    if not arrows or len(nodes) > MOST_NODES:
        return ""
    middle = _graph(nodes, arrows, label, "ch-m", _MIDDLE)
    return _graph(nodes, arrows, label, "ch-l" if middle else "gr-l", _WIDE) + middle


def _graph(nodes: Sequence[Node], arrows: Sequence[Arrow], label: str, name: str, most: float) -> str:
    """Return the graph at most so many pixels wide; nothing where its boxes would be too narrow."""
    layer = layers(nodes, arrows)
    ways = [_way(number, one, layer) for number, one in enumerate(arrows)]
    rows = _ordered(*_with_lanes(nodes, arrows, ways), layer)
    between = 46.0 if len(rows) < most / 200 else 30.0 if most == _WIDE else 22.0
    width = min(216.0, (most - 6 - between * (len(rows) - 1)) / len(rows))
    by_key = {node.key: node for node in nodes}
    if width < 90:
        return ""
    columns: list[list[_Box]] = []
    for number, row in enumerate(rows):
        boxes, y = [], 0.0
        for key in row:
            node = by_key.get(key)
            if node is None:
                boxes.append(_Box(None, key, 2 + number * (width + between), y, width, 2.0, ()))
                y += 2 + _GAP
                continue
            lines = tuple(wrapped(node.text, _SIZE, width - 22, 4 if width > 150 else 6))
            height = 16 + _LINE * len(lines) + (15 if node.note else 0)
            boxes.append(_Box(node, key, 2 + number * (width + between), y, width, height, lines))
            y += height + _GAP
        columns.append(boxes)
    tallest = max(column[-1].y + column[-1].height for column in columns if column)
    placed: dict[str, _Box] = {}
    for column in columns:
        shift = (tallest - column[-1].y - column[-1].height) / 2
        for box in column:
            placed[box.key] = replace(box, y=box.y + shift + 2)
    drawn = _arrows(arrows, ways, placed) + "".join(map(_box, placed.values()))
    used = max(box.x + box.width for box in placed.values()) + 2
    return (
        f'<svg class="{name}" viewBox="0 0 {short(max(used, most))} {short(tallest + 4)}" role="group" '
        f'aria-labelledby="{escaped(label)}">{drawn}</svg>'
    )


def _way(number: int, arrow: Arrow, layer: dict[str, int]) -> tuple[str, ...]:
    """Return the keys of the lanes that an arrow needs in the layers between its two ends."""
    between = range(layer[arrow.origin] + 1, layer[arrow.target])
    lanes = tuple(f"{number}~{at}" for at in between)
    layer.update(zip(lanes, between, strict=True))
    return lanes


def _with_lanes(
    nodes: Sequence[Node], arrows: Sequence[Arrow], ways: Sequence[tuple[str, ...]]
) -> tuple[list[Node], list[Arrow]]:
    """Return nodes and arrows as layers see them: each arrow from layer to layer, by way of its lanes."""
    lanes = [Node(key, "", "", "", "") for way in ways for key in way]
    steps = [
        Arrow(origin, target, one.style)
        for one, way in zip(arrows, ways, strict=True)
        for origin, target in pairwise((one.origin, *way, one.target))
    ]
    return [*nodes, *lanes], steps


def _box(box: _Box) -> str:
    if box.node is None:
        return ""
    lines = "".join(
        text(box.x + 11, box.y + 20 + number * _LINE, line) for number, line in enumerate(box.lines)
    )
    words = fitted(box.node.note, 12, box.width - 16)
    note = text(box.x + 11, box.y + 21 + len(box.lines) * _LINE, words, "ns") if words else ""
    return (
        f'<a class="nd n-{box.node.style}" href="#{escaped(box.node.anchor)}">'
        f'<rect x="{short(box.x)}" y="{short(box.y)}" '
        f'width="{short(box.width)}" height="{short(box.height)}" rx="3"/>{lines}{note}</a>'
    )


def _arrows(arrows: Sequence[Arrow], ways: Sequence[tuple[str, ...]], placed: dict[str, _Box]) -> str:
    """Return the arrows, those that meet at a box spread along its side, long ones by way of their lanes."""
    into: dict[str, list[str]] = {}
    for one, way in zip(arrows, ways, strict=True):
        into.setdefault(one.target, []).append(way[-1] if way else one.origin)
    for sources in into.values():
        sources.sort(key=lambda key: placed[key].y)
    out = []
    for one, way in zip(arrows, ways, strict=True):
        a, b = placed[one.origin], placed[one.target]
        sources = into[one.target]
        share = (sources.index(way[-1] if way else one.origin) + 1) / (len(sources) + 1)
        x1, y1 = a.x + a.width, a.y + a.height / 2
        x2, y2 = b.x, b.y + b.height * share
        if x2 <= x1:
            x1, x2 = a.x + a.width / 2, b.x + b.width / 2
            y1, y2 = (a.y + a.height, b.y) if b.y > a.y else (a.y, b.y + b.height)
        strokes = f"M{short(x1)} {short(y1)}"
        for lane in (placed[key] for key in way):
            strokes += f"{_curve(x1, y1, lane.x, lane.y)}H{short(lane.x + lane.width)}"
            x1, y1 = lane.x + lane.width, lane.y
        out.append(path(strokes + _curve(x1, y1, x2 - 7, y2), f"ed e-{one.style}"))
        out.append(path(f"M{short(x2)} {short(y2)}l-8 -4v8z", "ah"))
    return "".join(out)


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    bend = max(16.0, (x2 - x1) / 2)
    return f"C{' '.join(map(short, (x1 + bend, y1, x2 - bend, y2, x2, y2)))}"
