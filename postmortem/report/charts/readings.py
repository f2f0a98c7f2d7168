"""Counts in a panel: dense series, readings with their marks and as many names as fit, and a legend."""

from __future__ import annotations

from postmortem.report.charts.colours import series_class, shape_of
from postmortem.report.charts.crowd import together
from postmortem.report.charts.data import Panel, Reading
from postmortem.report.charts.dense import line
from postmortem.report.charts.layout import Layout
from postmortem.report.charts.marks import marks_of
from postmortem.report.charts.names import label
from postmortem.report.charts.pen import escaped, fitted, short, width_of
from postmortem.report.charts.places import Box, Places
from postmortem.report.charts.time_axis import TimeAxis
from postmortem.report.charts.value_axis import ValueAxis

_LINKED = 14


def legend(panel: Panel, axis: TimeAxis, values: ValueAxis) -> str:
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
            f'<g class="{series_class(series)}">'
            f'<use href="#{shape_of(series)}" x="{short(x - 9)}" y="{short(y - 4)}"/>'
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
        made = marks_of(reading, levels, axis, values)
        if made:
            marks.append((reading, *made))
            places.take(made[1])
    names: dict[int, str] = {}
    by_rank = sorted(range(len(marks)), key=lambda i: (not marks[i][0].kept, marks[i][0].rank, i))
    for i in by_rank[: layout.labels]:
        names[i] = label(marks[i][0], marks[i][2], places, layout)
    # Where marks are many, those without a name are no links: nobody could hit them; the table holds them.
    crowd = set(by_rank[_LINKED:])
    apart: dict[str, list[str]] = {}
    out = [line(one, axis, values) for one in panel.lines]
    out.append(legend(panel, axis, values))
    for i, (reading, shape, _) in enumerate(marks):
        off = "" if reading.kept else " off"
        body = shape + names.get(i, "")
        note = f" · {reading.note}" if reading.note else ""
        title = "" if names.get(i) else f"<title>{escaped(reading.label + note)}</title>"
        if title and i in crowd:
            apart.setdefault(f"m {series_class(reading.series)}{off}", []).append(shape)
            continue
        out.append(
            f'<a class="m {series_class(reading.series)}{off}" href="#{escaped(reading.anchor)}">'
            f"{title}{body}</a>"
        )
    out += (f'<g class="{classes}">{together(shapes)}</g>' for classes, shapes in apart.items())
    return "".join(out)
