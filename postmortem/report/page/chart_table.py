"""The table behind a chart: every number of it in words, with its source."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from postmortem.ground.record import record
from postmortem.report.escaping.put import put
from postmortem.report.escaping.safe_markdown import bidi
from postmortem.report.page.lens import Lens
from postmortem.report.page.series import Said, SeriesKey, series_title, sources_of
from postmortem.report.wording.words import component_title, quantity


@record
class TableRow:
    """One row of the table behind a chart."""

    event: Markup
    value: str
    bounds: str
    when: Markup
    stated: Markup
    sources: Markup
    aside: bool


@record
class TableSeries:
    """The rows of one series under its title."""

    title: Markup
    rows: tuple[TableRow, ...]


def table_of(lens: Lens, said: Sequence[Said]) -> tuple[TableSeries, ...]:
    """Return every claim on a count by series, in the order of each series' first."""
    by_series: dict[SeriesKey, list[Said]] = {}
    for one in said:
        by_series.setdefault((one.count.measure, one.count.components), []).append(one)
    return tuple(
        TableSeries(_title(lens, *key), tuple(_row(lens, one) for one in group))
        for key, group in by_series.items()
    )


def _title(lens: Lens, measure: str, components: Sequence[str]) -> Markup:
    title = bidi(series_title(lens, measure, None))
    places = ", ".join(component_title(lens.facts.incident, key) for key in components)
    return put("%s, %s", title, bidi(places)) if places else title


def line_words(lens: Lens, index: int) -> str:
    """Return a dense series in one sentence: how many points, from when to when, how low and how high."""
    one = lens.facts.metrics.series[index]
    if not one.points:
        return ""
    values = [point.value for point in one.points]
    words = [quantity(v, v, v, language=lens.clock.language).value for v in (min(values), max(values))]
    return lens.say(
        "chart.series",
        measure=series_title(lens, one.measure, one.component),
        count=len(values),
        first=lens.clock.moment(one.points[0].at),
        last=lens.clock.moment(one.points[-1].at),
        low=words[0],
        high=words[1],
    )


def _row(lens: Lens, said: Said) -> TableRow:
    """Return what one claim says of a count, as a row."""
    one = said.claims[0]
    worded = dict.fromkeys(
        put("<q>%s</q>", bidi(claim.stated)) if claim.stated else put("<code>%s</code>", bidi(claim.text))
        for claim in said.claims
    )
    stated = Markup("; ").join(worded)
    words = quantity(
        one.low, one.high, one.nominal, said.named,
        growth=said.count.growth, percent=said.count.percent, language=lens.clock.language,
    )  # fmt: skip
    return TableRow(
        event=lens.numeral(said.row),
        value=words.value,
        bounds=words.bounds,
        when=escape(lens.relative(said.row)) or lens.time(said.row.event.at),
        stated=stated,
        sources=bidi(", ".join(sources_of(said))),
        aside=not one.kept,
    )
