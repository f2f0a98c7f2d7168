"""One chart in one layout: bands, panels of counts, the time axis and the lane of events."""

from __future__ import annotations

from collections.abc import Iterable

from postmortem.report.charts import bands, lane, readings
from postmortem.report.charts.data import Chart, Panel, When
from postmortem.report.charts.layout import Layout
from postmortem.report.charts.pen import escaped, fitted, path, short, text, width_of
from postmortem.report.charts.places import Box, Places
from postmortem.report.charts.shown import Shown
from postmortem.report.charts.time_axis import MINUTE, TimeAxis, ticks, time_axis
from postmortem.report.charts.value_axis import ValueAxis, mark, value_axis

_UNSHARP = 15 * MINUTE
_MONO = 7.3
"""How wide a letter of the distances from T is, in pixels: they stand in a font of one width."""


def _ends(when: When) -> tuple[int, ...]:
    """Return the moments that show a time point: what is known to the minute is drawn as one."""
    if when.sharp and when.named is not None:
        return (when.named,)
    return tuple(one for one in (when.earliest, when.latest, when.named) if one is not None)


def _whens(chart: Chart) -> Iterable[When]:
    for one in chart.happenings:
        yield one.start
        if one.end is not None:
            yield one.end
    for panel in chart.panels:
        for reading in panel.readings:
            yield reading.at


def moments(chart: Chart) -> list[int]:
    """Return the moments that the axis must show: what is known well enough; the rest is cut at the edges.

    A time that is known only within a wide range does not stretch the axis, so that the
    incident itself stays readable.
    """
    if chart.over:
        return list(chart.over)
    ends = [_ends(when) for when in _whens(chart) if when.known]
    breadths = sorted(max(one) - min(one) for one in ends)
    limit = max(_UNSHARP, breadths[len(breadths) // 2] * 4) if breadths else 0
    out = [end for one in ends if max(one) - min(one) <= limit for end in one]
    for panel in chart.panels:
        for one in panel.lines:
            out += [one.points[0][0], one.points[-1][0]] if one.points else []
            out += [at for at, _ in one.points[:: max(1, len(one.points) // 200)]]
    if not out:
        out = [end for when in _whens(chart) for end in _ends(when)]
    if chart.zero is not None:
        out.append(chart.zero)
    return out


def _clocks(x: float, y: float, shown: Shown) -> str:
    place = f'x="{short(x)}" y="{short(y)}"'
    own = f'<text {place} class="i" data-t="{escaped(shown.machine)}">{escaped(shown.own)}</text>'
    return own if shown.own == shown.utc else f'{own}<text {place} class="u">{escaped(shown.utc)}</text>'


def _relative(distance: int) -> str:
    """Return T+05, T+1:30, T+2d: a moment as its distance from the incident's zero."""
    sign = "+" if distance >= 0 else "\N{MINUS SIGN}"
    seconds = abs(distance) // 1_000_000
    days, hours, minutes, left = seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60, seconds % 60
    if days:
        return f"T{sign}{days}d" + (f"{hours}h" if hours else "")
    if hours:
        return f"T{sign}{hours}h" + (f"{minutes:02}" if minutes else "")
    return f"T{sign}{minutes:02}" + (f":{left:02}" if left else "")


def _label_box(x: float, shown: Shown, relative: str, width: float) -> Box:
    """Return the room that a tick's label takes around ``x``, kept inside the drawing."""
    clocks = max(width_of(shown.own, 12), width_of(shown.utc, 12)) * 1.05
    needed = max(clocks, len(relative) * _MONO) + 6
    left = min(max(x - needed / 2, 0.0), width - needed)
    return (left, 0.0, left + needed, 1.0)


def _time_marks(chart: Chart, axis: TimeAxis, layout: Layout, y: float) -> str:
    """Return the axis line with its cuts and ticks: distance from T above, clock below."""
    out: list[str] = []
    relative: list[str] = []
    line = ""
    for number, stretch in enumerate(axis.stretches):
        line += f"M{short(stretch.left)} {short(y)}H{short(stretch.right)}"
        if number:
            x = axis.stretches[number - 1].right
            line += f"M{short(x - 3)} {short(y + 4)}l6 -8M{short(stretch.left - 3)} {short(y + 4)}l6 -8"
    written = Places((0.0, 0.0, layout.width, 1.0))
    marks = ticks(axis, chart.zero, layout.tick, sorted(set(moments(chart))))
    line += "".join(f"M{short(tick.x)} {short(y)}v5" for tick in marks)
    for tick in sorted(marks, key=lambda one: (not one.opens, one.x)):
        tries = [
            chart.tick(tick.at, tick.step, tick.opens, tick is marks[0]),
            *([chart.day(tick.at)] if tick.opens else []),
        ]
        distance = _relative(tick.at - chart.zero) if chart.zero is not None else ""
        boxes = [_label_box(tick.x, shown, distance, layout.width) for shown in tries]
        fits = written.first(boxes)
        if fits is None:
            continue
        shown, x = tries[fits], (boxes[fits][0] + boxes[fits][2]) / 2
        if distance:
            relative.append(text(x, y + 17, distance))
        out.append(_clocks(x, y + (31.5 if chart.zero is not None else 18), shown))
    return f'{path(line, "ax")}<g class="tk tm">{"".join(out)}<g class="rel">{"".join(relative)}</g></g>'


def _grid(axis: TimeAxis, values: ValueAxis, panel: Panel) -> str:
    lines, labels = "", []
    for value in values.marks():
        y = values.y(value)
        lines += f"M{short(axis.left)} {short(y)}H{short(axis.right)}"
        labels.append(text(axis.left - 7, y + 4, mark(value, panel.percent, panel.point)))
    return f'{path(lines, "gr")}<g class="tk te">{"".join(labels)}</g>'


def _span(panel: Panel) -> tuple[float, float]:
    """Return the lowest and the highest value that the panel must hold; rates are no levels."""
    found: list[float] = [value for one in panel.lines for _, value in one.points]
    for one in panel.readings:
        if not one.growth:
            found += [value for value in (one.low, one.high, one.named) if value is not None]
    return (min(found), max(found)) if found else (0.0, 1.0)


def _focus(chart: Chart) -> tuple[int, int] | None:
    """Return from when to when the phases reach: the part of the axis that needs the room."""
    whens = [when for band in chart.bands for when in (band.start, band.end) if when is not None]
    found = [end for when in whens for end in _ends(when)]
    return (min(found), max(found)) if found else None


def axis_of(chart: Chart, layout: Layout) -> TimeAxis:
    """Return the time axis of a chart in a layout."""
    left = layout.left if chart.panels else 12.0
    return time_axis(
        moments(chart), left, layout.width - layout.right, layout.gap, layout.least, _focus(chart)
    )


def svg(chart: Chart, layout: Layout, label: str) -> str:
    """Return the chart as SVG, named by the element of id ``label``; an empty text without a moment."""
    if not moments(chart):
        return ""
    axis = axis_of(chart, layout)
    placed = bands.placed(chart.bands, axis)
    rows = bands.rows_of(placed)
    out, behind = [], []
    stacked = rows == 1 and any(row for _, row, _ in bands.title_rows(placed, layout))
    y = 35.0 if stacked else 20.0 if rows == 1 else rows * 18.0 + 4 if rows else 6.0
    top = y
    height = layout.panel[min(len(chart.panels), len(layout.panel)) - 1]
    for panel in chart.panels:
        lowest, highest = _span(panel)
        head = 14.0 if panel.unit else 4.0
        values = value_axis(lowest, highest, y + height, y + head, 5 if height > 150 else 3)
        out.append(_grid(axis, values, panel))
        if panel.unit:
            words = fitted(panel.unit, 12, axis.right - axis.left - 8)
            out.append(text(axis.left + 4, y + 11, words, "tk it"))
        out.append(readings.drawn(panel, axis, values, layout))
        y += height + 12
    y = y - 12 if chart.panels else y + 4
    bottom = y
    drawn, end = "", y + (38.0 if chart.zero is not None else 26.0)
    if chart.happenings:
        drawn, end, _ = lane.lane(chart.happenings, axis, layout, end)
    if rows == 1:
        behind.append(bands.tints(placed, top, bottom if chart.panels else end))
        out.append(bands.titles(placed, layout, top - 6))
    elif rows:
        behind.append(bands.strips(placed, layout, 0))
    body = "".join((*behind, _time_marks(chart, axis, layout, bottom), *out, drawn))
    return (
        f'<svg class="ch ch-{layout.name}" viewBox="0 0 {short(layout.width)} {short(end + 2)}" '
        f'role="group" paint-order="stroke" aria-labelledby="{escaped(label)}">{body}</svg>'
    )


def hidden(chart: Chart, layout: Layout) -> int:
    """Return how many events stand in the lane only as a mark without a name."""
    if not chart.happenings or not moments(chart):
        return 0
    return lane.lane(chart.happenings, axis_of(chart, layout), layout, 0)[2]
