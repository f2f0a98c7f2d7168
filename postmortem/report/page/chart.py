"""The chart of the page: facts become readings, happenings and bands; the same numbers fill its table."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from postmortem.ground.record import record, replace
from postmortem.report.charts.chart import hidden, moments, svg
from postmortem.report.charts.data import Band, Chart, Happening, Line, Panel, Reading, When
from postmortem.report.charts.layout import LAYOUTS, SMALL
from postmortem.report.escaping.safe_markdown import plain
from postmortem.report.page.chart_table import TableSeries, line_words, table_of
from postmortem.report.page.lens import Lens, label_of
from postmortem.report.page.series import Said, SeriesKey, said_of, series_numbers, series_title, sources_of
from postmortem.report.page.ticks import tick
from postmortem.report.page.timeline import is_key
from postmortem.report.wording.units import DAY, MINUTE
from postmortem.report.wording.words import component_title, measure_title, quantity
from postmortem.resolve.timeline import Bounds

_PANELS = 2
_MOST_MORE = 9
_APART = 2.5
_TONES = {
    **dict.fromkeys(("impact", "fault", "crash", "trigger"), "deg"),
    **dict.fromkeys(("mitigated", "resumed", "resolved"), "ok"),
    **dict.fromkeys(("restart", "action"), "mov"),
}

_KEYS = (
    ("whisker", 'class="wk'),
    ("hatching", 'class="loose'),
    ("area", 'class="area'),
    ("open", 'class="open'),
    ("rate", 'class="rate'),
    ("aside", "m off"),
    ("fading", " fade"),
)


@record
class Figure:
    """A chart in all layouts, with its table; ``keys`` are the marks in it that its caption explains."""

    drawing: Markup
    rows: tuple[TableSeries, ...]
    lines: tuple[str, ...]
    hidden: int
    keys: tuple[str, ...]


def when_of(lens: Lens, bounds: Bounds) -> When:
    """Return a resolved time as a drawing needs it: its moment only where a source names one, and no day."""
    sharp = (
        bounds.earliest is not None
        and bounds.latest is not None
        and bounds.latest - bounds.earliest <= MINUTE
    )
    named = bounds.named and lens.shape(bounds) == "about"
    return When(bounds.earliest, bounds.latest, bounds.nominal if named or sharp else None)


def figures(lens: Lens) -> tuple[Figure, ...]:
    """Return the page's charts: one with the lane of events, then one with the other panels side by side."""
    numbers = series_numbers(lens)
    said = said_of(lens, numbers)
    panels = _panels(lens, said, numbers)
    key = [one for one in panels if any(each.rank == 0 for each in one.readings)]
    first = ([*key, *(one for one in panels if one.lines and one not in key)] or panels)[:_PANELS]
    rest = [panel for panel in panels if panel not in first and (panel.lines or len(panel.readings) > 1)]
    chart = _chart(lens, first, _happenings(lens), ())
    shared = tuple(sorted(set(moments(chart))))
    chart = replace(chart, over=shared)  # sought once, for every layout and for the panels beside
    beside = [svg(_chart(lens, (one,), (), shared), SMALL, "c-2") for one in rest[:_MOST_MORE]]
    out = [_figure(lens, chart, said)]
    if beside:
        out.append(Figure(Markup("").join(map(Markup, beside)), (), (), 0, ()))
    return tuple(one for one in out if one.drawing or one.rows)


def _chart(
    lens: Lens, panels: Sequence[Panel], happenings: Sequence[Happening], over: tuple[int, ...]
) -> Chart:
    zero = lens.clock.zero
    return Chart(
        tuple(panels),
        tuple(happenings),
        _bands(lens),
        zero.nominal if zero is not None else None,
        lambda at, step, opens, first: tick(lens, at, step, opens, first),
        lambda at: tick(lens, at, DAY, True),
        over,
    )


def _figure(lens: Lens, chart: Chart, said: Sequence[Said]) -> Figure:
    drawing = Markup("").join(Markup(svg(chart, layout, "c-1")) for layout in LAYOUTS)
    lines = tuple(line_words(lens, one) for one in range(len(lens.facts.metrics.series)))
    keys = tuple(name for name, sign in _KEYS if sign in drawing)
    return Figure(drawing, table_of(lens, said), lines, hidden(chart, LAYOUTS[0]), keys)


def _value(lens: Lens, said: Said) -> str:
    one = said.claims[0]
    return quantity(
        one.low, one.high, one.nominal, said.named,
        growth=said.count.growth, percent=said.count.percent, language=lens.clock.language,
    ).value  # fmt: skip


def _reading(lens: Lens, said: Said, keys: frozenset[tuple[str, str]], largest: bool) -> Reading:
    one = said.claims[0]
    named = one.nominal if said.named and (one.low is not None and one.high is not None) else None
    figure = (said.count.event, said.count.measure) in keys
    sources = sources_of(said)
    note = ", ".join(sources[:2]) + (f" +{len(sources) - 2}" if len(sources) > 2 else "")
    place = ", ".join(component_title(lens.facts.incident, key) for key in said.count.components)
    return Reading(
        anchor=f"e-{said.row.event.key}",
        series=said.series,
        at=when_of(lens, said.row.event.at),
        low=one.low,
        high=one.high,
        named=named,
        growth=said.count.growth,
        kept=one.kept,
        label=_value(lens, said),
        note=", ".join(part for part in (place if figure else "", note) if part),
        rank=0 if figure else 1 if largest or said.row.event.event.highlight else _spread(2, said.row.number),
    )


def _largest(said: Sequence[Said]) -> list[Said]:
    """Return the largest level that is kept of each series: besides key figures, what readers look for."""
    best: dict[SeriesKey, Said] = {}
    for one in said:
        key = (one.count.measure, one.count.components)
        if (
            one.count.growth is None
            and one.claims[0].kept
            and (key not in best or _size(one) > _size(best[key]))
        ):
            best[key] = one
    return list(best.values())


def _size(said: Said) -> float:
    one = said.claims[0]
    return next((value for value in (one.nominal, one.low, one.high) if value is not None), 0)


def _panels(lens: Lens, said: Sequence[Said], numbers: dict[SeriesKey, int]) -> list[Panel]:
    """Return one panel for each unit; measures of one unit whose sizes are far apart get their own."""
    incident = lens.facts.incident
    keys = frozenset(
        (one.count.event, one.count.measure) for one in lens.facts.figures if one.count is not None
    )
    largest = _largest(said)
    by_measure: dict[tuple[str, bool], tuple[list[Reading], list[Line]]] = {}
    for one in said:
        slot = by_measure.setdefault((one.count.measure, one.count.percent), ([], []))
        slot[0].append(_reading(lens, one, keys, one in largest))
    for series in lens.facts.metrics.series:
        slot = by_measure.setdefault((series.measure, False), ([], []))
        number = numbers[(series.measure, (series.component,) if series.component else ())]
        slot[1].append(
            Line(
                number,
                series_title(lens, series.measure, series.component),
                tuple((p.at, float(p.value)) for p in series.points),
            )
        )
    groups: dict[tuple[str, bool], list[tuple[float, list[str], list[Reading], list[Line]]]] = {}
    for (measure, percent), (readings, lines) in by_measure.items():
        highest = _highest(readings, lines)
        if highest is None:
            continue
        stated = incident.measures.get(measure)
        unit = (stated.unit or stated.title) if stated is not None else measure
        name = stated.title if stated is not None else measure
        group = groups.setdefault((unit, percent), [])
        home = next((g for g in group if max(g[0], highest) <= _APART * max(min(g[0], highest), 1e-9)), None)
        if home is None:
            group.append((highest, [name], readings, lines))
        else:
            group[group.index(home)] = (
                max(home[0], highest),
                [*home[1], name],
                home[2] + readings,
                home[3] + lines,
            )
    out = []
    for (unit, percent), group in groups.items():
        for _, names, readings, lines in group:
            title = plain(", ".join(dict.fromkeys(names)))
            words = title if unit.lower() in title.lower() else f"{title} ({plain(unit)})"
            out.append(
                Panel(
                    words,
                    tuple(readings),
                    tuple(lines),
                    _names(lens, numbers, readings, lines, names),
                    lens.percent if percent else "",
                    lens.clock.language.point,
                )
            )
    return sorted(out, key=lambda panel: (-len(panel.lines), -len(panel.readings)))


def _names(
    lens: Lens,
    numbers: dict[SeriesKey, int],
    readings: Sequence[Reading],
    lines: Sequence[Line],
    names: Sequence[str],
) -> tuple[tuple[int, str], ...]:
    """Return the titles of a panel's series: the component, with the measure where there are several."""
    present = {one.series for one in readings} | {one.series for one in lines}
    out = []
    for (measure, components), number in numbers.items():
        if number in present and measure_title(lens.facts.incident, measure) in names:
            place = ", ".join(component_title(lens.facts.incident, key) for key in components)
            title = measure_title(lens.facts.incident, measure)
            out.append(
                (
                    number,
                    plain(
                        place if place and len(set(names)) == 1 else f"{title}, {place}" if place else title
                    ),
                )
            )
    return tuple(out)


def _highest(readings: Sequence[Reading], lines: Sequence[Line]) -> float | None:
    values = [value for one in lines for _, value in one.points]
    for one in readings:
        if not one.growth:
            values += [value for value in (one.low, one.high, one.named) if value is not None]
    return max(map(abs, values)) if values else None


def _spread(rank: int, number: int) -> int:
    """Return a rank that, among equals, prefers events spread over the whole list to its first ones."""
    if rank < 2:
        return rank << 20
    return (rank << 20) + int(f"{number & 0xFFFF:016b}"[::-1], 2)


def _happenings(lens: Lens) -> tuple[Happening, ...]:
    out = []
    for row in lens.facts.rows:
        one = row.event
        if one.at.earliest is None and one.at.latest is None:
            continue
        kind = one.event.kind
        rank = 0 if one.event.highlight else 1 if is_key(row) else 3 if kind in ("count", "note") else 2
        tone = _TONES.get(kind, "")
        end = when_of(lens, one.end) if one.end is not None and one.end.latest is not None else None
        open_end = one.end is not None and one.end.latest is None
        start = when_of(lens, one.at)
        out.append(
            Happening(
                f"e-{one.key}",
                row.number,
                label_of(one.event.what),
                tone,
                start,
                end,
                open_end,
                _spread(rank, row.number),
            )
        )
    return tuple(out)


def _bands(lens: Lens) -> tuple[Band, ...]:
    out, seen = [], set()
    for band in lens.facts.bands:
        if band.phase is None or band.start is None or band.phase in seen:
            continue
        seen.add(band.phase)
        start = band.start.event.end if band.starts_at_end else band.start.event.at
        end = None
        if band.end is not None:
            end = band.end.event.end if band.ends_at_end else band.end.event.at
        if start is None or (start.earliest is None and start.latest is None):
            continue
        bound = when_of(lens, end) if end is not None and end.latest is not None else None
        out.append(Band(plain(band.title), band.phase.state or "none", when_of(lens, start), bound))
    return tuple(out)
