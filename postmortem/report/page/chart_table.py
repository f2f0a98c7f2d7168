"""The table behind a chart: every number of it in words, with its source."""

from __future__ import annotations

from markupsafe import Markup

from postmortem.ground.record import record
from postmortem.report.escaping.put import put
from postmortem.report.escaping.safe_markdown import bidi
from postmortem.report.page.lens import Lens
from postmortem.report.page.series import Said, series_title, sources_of
from postmortem.report.wording.words import component_title, quantity


@record
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


def table_row(lens: Lens, said: Said) -> TableRow:
    """Return what one claim says of a count, as a row."""
    one = said.claims[0]
    series = bidi(series_title(lens, said.count.measure, None))
    places = ", ".join(component_title(lens.facts.incident, key) for key in said.count.components)
    if places:
        series = put("%s, %s", series, bidi(places))
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
        series=series,
        when=lens.time(said.row.event.at),
        stated=stated,
        value=words.value,
        bounds=words.bounds,
        sources=lens.badges(sources_of(said)),
        event=lens.number(said.row),
        aside=not one.kept,
    )
