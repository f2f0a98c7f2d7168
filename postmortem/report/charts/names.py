"""Names of readings: beside their marks where there is room, with a leader where they stand apart."""

from __future__ import annotations

from postmortem.report.charts.data import Reading
from postmortem.report.charts.layout import Layout
from postmortem.report.charts.pen import escaped, fitted, path, short, width_of
from postmortem.report.charts.places import Box, Places


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


def label(reading: Reading, box: Box, places: Places, layout: Layout) -> str:
    """Return the reading's name where there is room for it, with a leader where it stands apart."""
    tall = layout.size + 2.5
    note = f" · {reading.note}" if layout.notes and reading.note else ""
    for words in (note, ""):
        tail = fitted(words, layout.size, layout.width * 0.22) if words else ""
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
