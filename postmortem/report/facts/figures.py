"""Key figures: those the log names, else the standard metrics that are known and the largest counts."""

from __future__ import annotations

from collections.abc import Iterable

from postmortem.measure.metrics import Metric, Metrics
from postmortem.model.incident import Figure
from postmortem.report.facts.facts import MOST_FIGURES, KeyFigure, Row
from postmortem.report.metrics.rows import count_title
from postmortem.report.wording.words import Clock, count_words, metric_words
from postmortem.resolve.timeline import Count

_COUNTS_BY_DEFAULT = 3


def figures_of(metrics: Metrics, rows: dict[str, Row], clock: Clock) -> tuple[KeyFigure, ...]:
    """Return at most six key figures, in the order the log names them or metrics before counts."""
    stated = metrics.timeline.incident.figures
    if stated:
        found = (_stated(figure, metrics, rows, clock) for figure in stated)
        return tuple(one for one in found if one is not None)[:MOST_FIGURES]
    counts = _largest(metrics)
    known = _distinct(one for one in metrics.metrics if one.standard and metric_words(one, clock).tells)
    chosen = known[: MOST_FIGURES - min(len(counts), _COUNTS_BY_DEFAULT)]
    figures = [_of_metric(one.title, one, rows, clock) for one in chosen]
    figures += [_of_count(count_title(one, metrics.timeline.incident), one, rows, clock) for one in counts]
    return tuple(figures[:MOST_FIGURES])


def _stated(figure: Figure, metrics: Metrics, rows: dict[str, Row], clock: Clock) -> KeyFigure | None:
    if figure.metric is not None:
        metric = metrics.metric(figure.metric)
        return None if metric is None else _of_metric(figure.title, metric, rows, clock)
    event, _, measure = (figure.count or "").rpartition(".")
    count = next((one for one in metrics.counts if one.event == event and one.measure == measure), None)
    return None if count is None else _of_count(figure.title, count, rows, clock)


def _of_metric(title: str, metric: Metric, rows: dict[str, Row], clock: Clock) -> KeyFigure:
    steps = (*metric.proof_low, *metric.proof_high)
    sources = tuple(dict.fromkeys(source for step in steps for source in step.sources))
    row = rows.get(metric.ends[-1]) if metric.ends else None
    return KeyFigure(title, metric_words(metric, clock), sources, row, metric=metric)


def _of_count(title: str, count: Count, rows: dict[str, Row], clock: Clock) -> KeyFigure:
    sources = tuple(dict.fromkeys(source for claim in count.claims if claim.kept for source in claim.sources))
    return KeyFigure(title, count_words(count, clock.language), sources, rows.get(count.event), count=count)


def _distinct(metrics: Iterable[Metric]) -> list[Metric]:
    """Leave out what says the same of the same events (a duration that is also a time to resolve)."""
    seen: dict[tuple[object, ...], Metric] = {}
    for one in metrics:
        seen.setdefault((one.ends, one.low, one.high, one.nominal), one)
    return list(seen.values())


def _largest(metrics: Metrics) -> list[Count]:
    """Return the largest level of each measure and component, the largest first; no growths, no shares."""
    best: dict[tuple[object, ...], Count] = {}
    for one in metrics.counts:
        place = (one.measure, one.components)
        if one.growth is None and not one.percent and (place not in best or _size(one) > _size(best[place])):
            best[place] = one
    return sorted((one for one in best.values() if _size(one) > 0), key=_size, reverse=True)


def _size(count: Count) -> float:
    return next((one for one in (count.nominal, count.low, count.high) if one is not None), 0)
