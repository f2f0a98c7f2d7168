"""Key figures and the metric table of the page: each number with its bounds, definition and proof."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from postmortem.ground.record import record
from postmortem.measure.metrics import Metric
from postmortem.report.charts.colours import COLOURS
from postmortem.report.charts.range_bar import Range, range_bar, top_of
from postmortem.report.charts.value_axis import mark, value_axis
from postmortem.report.escaping.put import put, strung
from postmortem.report.escaping.safe_markdown import bidi
from postmortem.report.facts.facts import KeyFigure
from postmortem.report.page.lens import Lens, joined
from postmortem.report.page.proofs import chain
from postmortem.report.page.series import SeriesKey
from postmortem.report.wording.words import duration, metric_words
from postmortem.resolve.timeline import Proof

_LONG = 9
_UNIT = re.compile(r"(?<=\d) ?(d|h|min|s|ms|%|k|M)\b|(?<=\d)%")


@record
class ShownFigure:
    """A key figure: title, big number, colour class, what stands under it, and its proof."""

    title: Markup
    value: Markup
    colour: str
    sub: Markup
    proof: Markup


@record
class ShownMetric:
    """A row of the metric table."""

    anchor: str
    title: Markup
    id: Markup
    value: str
    known: bool
    bounds: str
    bar: Markup
    definition: Markup
    note: Markup
    events: Markup
    missing: Markup
    proof: Markup


def key_figures(lens: Lens, numbers: dict[SeriesKey, int]) -> tuple[ShownFigure, ...]:
    """Return the key figures of the first screen."""
    return tuple(_figure(lens, one, numbers) for one in lens.facts.figures)


def _figure(lens: Lens, one: KeyFigure, numbers: dict[SeriesKey, int]) -> ShownFigure:
    colour = ""
    if one.count is not None:
        colour = f"r{numbers[(one.count.measure, one.count.components)] % COLOURS + 1}"
    value = one.amount.value
    if len(value) > _LONG:
        colour = f"{colour} long".strip()
    rest = len(one.sources) - 1
    sub = joined(
        (
            put("<span>%s</span>", one.amount.bounds) if one.amount.bounds else "",
            put("<span>%s%s</span>", lens.badges(one.sources[:1]), f" +{rest}" if rest > 0 else "")
            if one.sources
            else "",
        ),
        " ",
    )
    return ShownFigure(lens.inline(one.title), small_units(value), colour, sub, _figure_proof(lens, one))


def small_units(value: str) -> Markup:
    """Return a worded number with its units set small."""
    out, last = Markup(), 0
    for found in _UNIT.finditer(value):
        unit = found.group().strip()
        out += escape(value[last : found.start()]) + put("<i>%s</i>" if unit == "%" else " <i>%s</i>", unit)
        last = found.end()
    return out + escape(value[last:])


def _figure_proof(lens: Lens, one: KeyFigure) -> Markup:
    if one.metric is not None:
        return _proof(lens, one.metric)
    if one.count is None:
        return Markup()
    items = []
    for claim in one.count.claims:
        said = put("<q>%s</q> ", bidi(claim.stated)) if claim.stated else Markup()
        tag = Markup() if claim.kept else put(' <span class="tag">%s</span>', lens.say("claim.aside"))
        items.append(
            put(
                "<li>%s %s<code>%s</code>%s %s</li>",
                lens.names(claim.sources),
                said,
                bidi(claim.text),
                tag,
                lens.line(claim.route),
            )
        )
    return put("<ul>%s</ul>", strung("", items))


def _proof(lens: Lens, metric: Metric) -> Markup:
    """Return the chains that prove a metric's bounds; one chain where both bounds rest on the same claims."""
    low, high = metric.proof_low, metric.proof_high
    if not low and not high:
        return Markup()
    if low == high:
        return put("<p><b>%s</b></p>%s", lens.say("proof.same"), chain(lens, low))
    return _bound(lens, metric, metric.low, "proof.low", low) + _bound(
        lens, metric, metric.high, "proof.high", high
    )


def _bound(lens: Lens, metric: Metric, value: float | None, key: str, proof: Proof) -> Markup:
    if value is None:
        return Markup()
    words = _edge(lens, metric, value)
    return put("<p><b>%s</b></p>%s", lens.say(key, value=words), chain(lens, proof))


def _edge(lens: Lens, metric: Metric, value: float) -> str:
    from postmortem.ground.record import replace

    return metric_words(replace(metric, low=value, high=value, nominal=value, named=True), lens.clock).value


def metrics(lens: Lens) -> tuple[ShownMetric, ...]:
    """Return the metric table: durations share one scale, every other number has its own."""
    durations = [_range(one, "") for one in lens.facts.metrics.metrics if one.unit == "s"]
    top = top_of(durations)
    return tuple(_metric(lens, one, top) for one in lens.facts.metrics.metrics)


def _range(metric: Metric, words: str) -> Range:
    named = metric.nominal if metric.named or metric.low == metric.high else None
    return Range(metric.low, metric.high, named, words)


def _metric(lens: Lens, one: Metric, top: float) -> ShownMetric:
    words = metric_words(one, lens.clock)
    known = one.low is not None or one.high is not None or one.nominal is not None
    bar = ""
    if known and one.unit == "s":
        bar = range_bar(_range(one, words.full), min(0.0, one.low or 0.0), top * 1.04, _marks(lens, top))
    elif known and one.unit != "time":
        bar = _own_bar(_range(one, words.full), one.unit == "1", lens)
    rows = [row for key in dict.fromkeys(one.ends) if (row := lens.facts.row(key)) is not None]
    return ShownMetric(
        anchor=f"m-{one.id}",
        title=lens.inline(one.title),
        id=strung("_<wbr>", one.id.split("_")),
        value=words.value,
        known=known,
        bounds=words.bounds,
        bar=Markup(bar),
        definition=lens.inline(one.definition),
        note=lens.inline(one.note) if one.note else Markup(),
        events=Markup(" ").join(lens.number(row) for row in rows),
        missing=lens.inline(lens.say("metrics.missing", missing=", ".join(one.missing)))
        if one.missing
        else Markup(),
        proof=_proof(lens, one),
    )


def _own_bar(own: Range, ratio: bool, lens: Lens) -> str:
    """Return a bar on a scale of its own: a share up to one whole, any other number up to a round one."""
    top = top_of([own])
    bottom = min(0.0, own.low if own.low is not None else 0.0)
    if ratio and top <= 1:
        return range_bar(own, bottom, 1.0, ((0.0, "0"), (1.0, mark(1.0, lens.percent))))
    axis = value_axis(bottom, top, 1.0, 0.0, 2)
    highest = mark(axis.top, point=lens.clock.language.point)
    return range_bar(own, axis.bottom, axis.top, ((0.0, "0"), (axis.top, highest)))


def _marks(lens: Lens, top: float) -> Sequence[tuple[float, str]]:
    """Return zero and a round duration near the top of the common scale, worded."""
    steps = (1, 10, 60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 7 * 86400, 30 * 86400)
    step = max((one for one in steps if one <= top), default=1)
    value = int(top // step) * step
    us = value * 1_000_000
    return (
        ((0.0, "0"), (float(value), duration(us, us, us, language=lens.clock.language).value))
        if value
        else ()
    )
