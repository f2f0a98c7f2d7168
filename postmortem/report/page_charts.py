"""The chart of the page: facts become readings, happenings and bands; the same numbers fill its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from postmortem.model.incident import claims_of
from postmortem.report.charts.chart import hidden, svg
from postmortem.report.charts.data import Band, Chart, Happening, Line, Panel, Reading, When
from postmortem.report.charts.layout import LAYOUTS
from postmortem.report.charts.shown import Shown
from postmortem.report.clock import DAY, MINUTE
from postmortem.report.facts import Row
from postmortem.report.lens import Lens, label_of
from postmortem.report.page_timeline import is_key
from postmortem.report.put import put
from postmortem.report.safe_markdown import bidi, plain
from postmortem.report.words import Clock, component_title, measure_title, quantity, source_title
from postmortem.resolve.timeline import Bounds, Count, CountClaim

_PANELS = 2
_MORE_PANELS = 3
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


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table behind a chart."""

    series: Markup
    when: Markup
    stated: Markup
    value: str
    bounds: str
    sources: Markup
    event: Markup
    aside: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart in all layouts, with its table; ``keys`` are the marks in it that its caption explains."""

    drawing: Markup
    rows: tuple[TableRow, ...]
    lines: tuple[str, ...]
    hidden: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """One claim on a count with all that its mark and its row need."""

    row: Row
    count: Count
    claims: tuple[CountClaim, ...]
    named: bool
    series: int


SeriesKey = tuple[str, tuple[str, ...]]


def series_numbers(lens: Lens) -> dict[SeriesKey, int]:
    """Number the series (a measure of a component) within their unit, those of the key figures first."""
    incident = lens.facts.incident
    keys = [(one.count.measure, one.count.components) for one in lens.facts.figures if one.count is not None]
    keys += [(one.measure, one.components) for one in lens.facts.metrics.counts]
    keys += [(one.measure, (one.component,) if one.component else ()) for one in lens.facts.metrics.series]
    out: dict[SeriesKey, int] = {}
    next_in: dict[str, int] = {}
    for key in dict.fromkeys(keys):
        stated = incident.measures.get(key[0])
        unit = (stated.unit or stated.title) if stated is not None else key[0]
        out[key] = next_in.get(unit, 0)
        next_in[unit] = out[key] + 1
    return out


def when_of(bounds: Bounds) -> When:
    """Return a resolved time as a drawing needs it: its moment only where a source names one."""
    sharp = (
        bounds.earliest is not None
        and bounds.latest is not None
        and bounds.latest - bounds.earliest <= MINUTE
    )
    return When(bounds.earliest, bounds.latest, bounds.nominal if bounds.named or sharp else None)


def figures(lens: Lens) -> tuple[Figure, ...]:
    """Return the page's charts: the first with the lane of events, the second with further panels, if any."""
    numbers = series_numbers(lens)
    said = _said(lens, numbers)
    panels = _panels(lens, said, numbers)
    key = [one for one in panels if any(each.rank == 0 for each in one.readings)]
    first = ([*key, *(one for one in panels if one.lines and one not in key)] or panels)[:_PANELS]
    rest = [panel for panel in panels if panel not in first and (panel.lines or len(panel.readings) > 1)]
    out = [_figure(lens, first, _happenings(lens), said, numbers)]
    for start in range(0, min(len(rest), _MOST_MORE), _MORE_PANELS):
        out.append(_figure(lens, rest[start : start + _MORE_PANELS], (), (), numbers))
    return tuple(one for one in out if one.drawing or one.rows)


def _figure(
    lens: Lens,
    panels: Sequence[Panel],
    happenings: Sequence[Happening],
    said: Sequence[_Said],
    numbers: dict[SeriesKey, int],
) -> Figure:
    zero = lens.clock.zero
    chart = Chart(
        tuple(panels),
        tuple(happenings),
        _bands(lens),
        zero.nominal if zero is not None else None,
        lambda at, step, opens, first: _tick(lens, at, step, opens, first),
        lambda at: _tick(lens, at, DAY, True),
    )
    drawing = Markup("").join(
        Markup(svg(chart, layout, "c-1" if happenings else "c-2")) for layout in LAYOUTS
    )
    lines = (
        tuple(_line_words(lens, one) for one in range(len(lens.facts.metrics.series)))
        if said or happenings
        else ()
    )
    keys = tuple(name for name, sign in _KEYS if sign in drawing)
    return Figure(
        drawing, tuple(_table_row(lens, one) for one in said), lines, hidden(chart, LAYOUTS[0]), keys
    )


def _named_quantity(row: Row, claim: CountClaim, measure: str) -> bool:
    """Tell whether a claim names its number itself, so that a dot may stand on it."""
    for route, stated in claims_of(row.event.event, row.event.index):
        if route == claim.route[: len(route)] and measure in stated.counts:
            value = stated.counts[measure].value.value
            if len(claim.route) < 3 or route == claim.route[:4] or "claims" not in claim.route:
                return value is None or value.named
    return True


def _said(lens: Lens, numbers: dict[SeriesKey, int]) -> list[_Said]:
    out = []
    for row in lens.facts.rows:
        for count in row.event.counts:
            series = numbers[(count.measure, count.components)]
            alike: dict[tuple[object, ...], list[CountClaim]] = {}
            for claim in count.claims:
                alike.setdefault((claim.low, claim.high, claim.nominal, claim.kept), []).append(claim)
            for claims in alike.values():
                named = any(_named_quantity(row, one, count.measure) for one in claims)
                out.append(_Said(row, count, tuple(claims), named, series))
    return out


def _sources(said: _Said) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for one in said.claims for id in one.sources))


def _value(lens: Lens, said: _Said) -> str:
    one = said.claims[0]
    return quantity(
        one.low, one.high, one.nominal, said.named,
        growth=said.count.growth, percent=said.count.percent, language=lens.clock.language,
    ).value  # fmt: skip


def _reading(lens: Lens, said: _Said, keys: frozenset[tuple[str, str]]) -> Reading:
    one = said.claims[0]
    named = one.nominal if said.named and (one.low is not None and one.high is not None) else None
    figure = (said.count.event, said.count.measure) in keys
    note = ", ".join(_sources(said))
    place = ", ".join(component_title(lens.facts.incident, id) for id in said.count.components)
    return Reading(
        anchor=f"e-{said.row.event.key}",
        series=said.series,
        at=when_of(said.row.event.at),
        low=one.low,
        high=one.high,
        named=named,
        growth=said.count.growth,
        kept=one.kept,
        label=_value(lens, said),
        note=", ".join(part for part in (place if figure else "", note) if part),
        rank=0 if figure else 1 if said.row.event.event.highlight else _spread(2, said.row.number),
    )


def _panels(lens: Lens, said: Sequence[_Said], numbers: dict[SeriesKey, int]) -> list[Panel]:
    """Return one panel for each unit; measures of one unit whose sizes are far apart get their own."""
    incident = lens.facts.incident
    keys = frozenset(
        (one.count.event, one.count.measure) for one in lens.facts.figures if one.count is not None
    )
    by_measure: dict[tuple[str, bool], tuple[list[Reading], list[Line]]] = {}
    for one in said:
        slot = by_measure.setdefault((one.count.measure, one.count.percent), ([], []))
        slot[0].append(_reading(lens, one, keys))
    for series in lens.facts.metrics.series:
        slot = by_measure.setdefault((series.measure, False), ([], []))
        number = numbers[(series.measure, (series.component,) if series.component else ())]
        slot[1].append(
            Line(
                number,
                _series_title(lens, series.measure, series.component),
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
                    percent,
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
            place = ", ".join(component_title(lens.facts.incident, id) for id in components)
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
        tone = _TONES.get(kind, "neu")
        end = when_of(one.end) if one.end is not None and one.end.latest is not None else None
        open_end = one.end is not None and one.end.latest is None
        start = when_of(one.at)
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
        bound = when_of(end) if end is not None and end.latest is not None else None
        out.append(Band(plain(band.title), band.phase.state or "none", when_of(start), bound))
    return tuple(out)


def _tick(lens: Lens, at: int, step: int, opens: bool, first: bool = False) -> Shown:
    """Return how a tick is written: with its day where it opens a stretch, with the zone where it opens the axis."""
    own, utc = (_tick_words(clock, at, step, opens, first) for clock in (lens.clock, lens.utc))
    return Shown(own, utc, lens.utc.iso(at))


def _tick_words(clock: Clock, at: int, step: int, opens: bool, first: bool) -> str:
    local = _local(clock, at)
    if local is None:
        return clock.moment(at)
    month = clock.language.say(f"month.{local.month}")[:3]
    day = f"{local.day} {month}"
    if step >= DAY:
        return day if local.hour == 0 and local.minute == 0 else f"{day} {local:%H:%M}"
    words = f"{local:%H:%M}" if step >= MINUTE and local.second == 0 else f"{local:%H:%M:%S}"
    if opens and local.date() != clock.day:
        return f"{day} {words}"
    return f"{words} {clock.zone_short}" if first and len(clock.zone_short) <= 6 else words


def _local(clock: Clock, at: int) -> datetime | None:
    from datetime import UTC

    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(clock.zone)
    except OverflowError:
        return None


def _series_title(lens: Lens, measure: str, component: str | None) -> str:
    title = measure_title(lens.facts.incident, measure)
    return f"{title}, {component_title(lens.facts.incident, component)}" if component else title


def _line_words(lens: Lens, index: int) -> str:
    one = lens.facts.metrics.series[index]
    if not one.points:
        return ""
    values = [point.value for point in one.points]
    words = [quantity(v, v, v, language=lens.clock.language).value for v in (min(values), max(values))]
    return lens.say(
        "chart.series",
        measure=_series_title(lens, one.measure, one.component),
        count=len(values),
        first=lens.clock.moment(one.points[0].at),
        last=lens.clock.moment(one.points[-1].at),
        low=words[0],
        high=words[1],
    )


def _table_row(lens: Lens, said: _Said) -> TableRow:
    one = said.claims[0]
    series = bidi(_series_title(lens, said.count.measure, None))
    places = ", ".join(component_title(lens.facts.incident, id) for id in said.count.components)
    if places:
        series = put("%s, %s", series, bidi(places))
    stated = Markup("; ").join(
        put("<q>%s</q>", bidi(claim.stated)) if claim.stated else put("<code>%s</code>", bidi(claim.text))
        for claim in said.claims
    )
    words = quantity(
        one.low, one.high, one.nominal, said.named,
        growth=said.count.growth, percent=said.count.percent, language=lens.clock.language,
    )  # fmt: skip
    return TableRow(
        series=series,
        when=lens.time(said.row.event.at),
        stated=stated,
        value=words.value,
        bounds=words.bounds,
        sources=lens.badges(_sources(said)),
        event=lens.number(said.row),
        aside=not one.kept,
    )


def source_words(lens: Lens, ids: Sequence[str]) -> str:
    """Return the titles of sources in one line."""
    return ", ".join(source_title(lens.facts.incident, id) for id in ids)
