"""Timeline to Metrics: the stair itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.measure.durations import duration
from postmortem.measure.markdown_texts import shows_pictures
from postmortem.measure.metrics import Metrics
from postmortem.measure.standard import standard_metrics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from postmortem.ground.finding import Finding
    from postmortem.ground.pictures import Picture
    from postmortem.measure.beside import Former
    from postmortem.measure.metrics import Metric, ResolvedSeries
    from postmortem.model.incident import MetricStated
    from postmortem.resolve.timeline import Timeline


def measure(timeline: Timeline, folder: Path | Former | None) -> tuple[Metrics, tuple[Finding, ...]]:
    """Return every figure of a timeline, with what is to be said about its series.

    ``folder`` is the log's own folder, in which its series files and pictures lie; None where it has none.
    Findings: PM216, PM219 and PM220 on series, PM230 on pictures, PM403 where a series and a count cannot
    both hold.
    """
    series: tuple[ResolvedSeries, ...] = ()
    findings: tuple[Finding, ...] = ()
    if timeline.incident.series:
        from postmortem.measure.agreement import disagreements
        from postmortem.measure.series import resolve_series

        series, findings = resolve_series(timeline, folder)
        findings += tuple(disagreements(timeline, series))
    pictures: Mapping[str, Picture] = {}
    if shows_pictures(timeline.incident):
        from postmortem.measure.pictures import pictures_of

        pictures, about_pictures = pictures_of(timeline.incident, folder)
        findings += about_pictures
    metrics = (*standard_metrics(timeline), *_own_metrics(timeline, series))
    counts = tuple(count for event in (*timeline.events, *timeline.undated) for count in event.counts)
    return Metrics(timeline, metrics, counts, series, pictures), findings


def _own_metrics(timeline: Timeline, series: Sequence[ResolvedSeries]) -> Iterator[Metric]:
    """Yield the metrics that the log itself asks for, in its order; one that says nothing is left out."""
    statistics = None
    for index, stated in enumerate(timeline.incident.metrics):
        if stated.duration is not None:
            yield duration(stated, stated.duration, timeline)
        elif stated.ratio or stated.difference or stated.reach:
            yield _over_counts(stated, index, timeline)
        elif stated.stat is not None:
            from postmortem.measure.stats import Statistics, stat

            statistics = statistics or Statistics(series)
            yield stat(stated, stated.stat, timeline, statistics)


def _over_counts(stated: MetricStated, index: int, timeline: Timeline) -> Metric:
    from postmortem.measure.counts import difference, ratio, reach

    if stated.ratio is not None:
        return ratio(stated, stated.ratio, timeline)
    if stated.difference is not None:
        return difference(stated, stated.difference, timeline)
    assert stated.reach is not None  # the caller has seen one of the three
    return reach(stated, index, stated.reach, timeline)
