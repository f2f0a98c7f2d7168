"""Metrics over series: a statistic between two events, over every window that their bounds allow."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from postmortem.ground.record import record
from postmortem.measure import statistics as reckoning
from postmortem.measure.area import area
from postmortem.measure.durations import SECOND, no_time, reference
from postmortem.measure.metrics import Metric
from postmortem.measure.moments import Candidate
from postmortem.measure.wording import event_words, listed, said, series_words
from postmortem.resolve.timeline import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.ground.said import Said
    from postmortem.measure.metrics import ResolvedSeries
    from postmortem.model.incident import MetricStated, StatOf
    from postmortem.resolve.timeline import Bounds, Proof, Timeline

Number: TypeAlias = int | float
Figure: TypeAlias = "tuple[Number, Number, Number | None]"
"""The low, high and nominal value of a statistic."""

MOST_RECKONED = 50_000_000
"""So many points all statistics of one log together may run over, each as often as it is asked."""


@record
class Rows:
    """A series laid out for reckoning: its times, and its values by bound."""

    series: ResolvedSeries
    times: Sequence[int]
    lows: Sequence[Number]
    values: Sequence[Number]
    highs: Sequence[Number]


@record
class Between:
    """The two ends of a window; None is an end that the metric does not have."""

    start: Candidate | None
    stop: Candidate | None

    @property
    def certain(self) -> bool:
        """Whether both ends have a nominal time."""
        ends = [one for one in (self.start, self.stop) if one is not None]
        return all(one.bounds.nominal is not None for one in ends)

    def proof(self) -> Proof:
        """The claims that give the bounds of both ends."""
        ends = [one.bounds for one in (self.start, self.stop) if one is not None]
        return tuple(step for one in ends for step in (*one.proof_earliest, *one.proof_latest))


class Statistics:
    """The series of a log, laid out once for all the statistics that it asks of them."""

    def __init__(self, series: Sequence[ResolvedSeries]) -> None:
        self.series = series
        self._rows: dict[int, Rows] = {}
        self._left = MOST_RECKONED

    def rows(self, series: ResolvedSeries) -> Rows:
        """Return a series laid out."""
        if series.index not in self._rows:
            self._rows[series.index] = laid_out(series)
        return self._rows[series.index]

    def afford(self, found: Sequence[ResolvedSeries]) -> bool:
        """Tell whether so many points may still be reckoned with, and count them."""
        self._left -= sum(len(one.points) for one in found)
        return self._left >= 0


def stat(stated: MetricStated, of: StatOf, timeline: Timeline, statistics: Statistics) -> Metric:
    """Return a statistic over the series that the metric names.

    Several series of one measure and component are each reckoned on their own; the bounds cover them all,
    and a nominal value is given where they agree on it.
    """
    missing: list[str] = []
    between = _between(of, timeline, missing)
    found = _matching(of, statistics.series, missing)
    figures: list[Figure] = []
    if not statistics.afford(found):
        missing.append(said("missing.points", count=MOST_RECKONED))
    elif between is not None:
        rows = [statistics.rows(one) for one in found]
        figures = [figure for one in rows if (figure := _figure(of.of, one, between)) is not None]
        if found and not figures:
            missing.append(said("missing.recorded", series=series_words(of.measure, of.component)))
    if not figures or between is None:
        return _metric(stated, of, timeline, (None, None, None), tuple(missing), (), between)
    nominals = {nominal for _, _, nominal in figures}
    figure = (
        min(low for low, _, _ in figures),
        max(high for _, high, _ in figures),
        nominals.pop() if len(nominals) == 1 else None,
    )
    proof = tuple(dict.fromkeys((*(_step(one, timeline) for one in found), *between.proof())))
    return _metric(stated, of, timeline, figure, (), proof, between)


def laid_out(series: ResolvedSeries) -> Rows:
    """Lay a series out; where all values are exact, their bounds are the values themselves."""
    points = series.points
    values = list(map(itemgetter(1), points))
    lows, highs = list(map(itemgetter(2), points)), list(map(itemgetter(3), points))
    if lows == values == highs:
        lows = highs = values
    return Rows(series, list(map(itemgetter(0), points)), lows, values, highs)


def _between(of: StatOf, timeline: Timeline, missing: list[str]) -> Between | None:
    ends: list[Candidate] = []
    for text in of.between or ():
        key, end = reference(text)
        event = timeline.event(key)
        if event is None:
            missing.append(said("missing.event", key=key))
        elif end and event.end is None:
            missing.append(said("missing.end", key=key))
        else:
            one = Candidate(event, end)
            if one.bounds.earliest is None and one.bounds.latest is None:
                missing.append(no_time(one))
            ends.append(one)
    if missing:
        return None
    return Between(ends[0], ends[1]) if ends else Between(None, None)


def _matching(of: StatOf, series: Sequence[ResolvedSeries], missing: list[str]) -> list[ResolvedSeries]:
    """Return the series of that measure and component; of the only component there is where none is named."""
    found = [one for one in series if one.measure == of.measure and one.points]
    components = list(dict.fromkeys(one.component for one in found))
    if of.component is not None or None in components:
        found = [one for one in found if one.component == of.component]
    elif len(components) > 1:
        names = listed([str(one) for one in components], "and")
        missing.append(said("missing.component", measure=of.measure, names=names))
        return []
    if not found:
        missing.append(said("missing.data", series=series_words(of.measure, of.component)))
    return found


def _figure(kind: str, rows: Rows, between: Between) -> Figure | None:
    ends = _ends(rows, between)
    bounds = _bounds(kind, rows.times, rows.lows, rows.highs, *ends)
    if bounds is None:
        return None
    nominal_ends = _nominal_ends(rows, between) if between.certain else None
    if nominal_ends is None or (nominal_ends == ends and rows.lows is rows.highs):
        return *bounds, None if nominal_ends is None else bounds[0]
    found = _bounds(kind, rows.times, rows.values, rows.values, *nominal_ends)
    return *bounds, None if found is None else min(max(found[0], bounds[0]), bounds[1])


def _bounds(
    kind: str,
    times: Sequence[int],
    lows: Sequence[Number],
    highs: Sequence[Number],
    start: range,
    stop: range,
) -> tuple[Number, Number] | None:
    if kind == "integral":
        found = area(times, lows, highs, start, stop)
        return found and (_per_second(found[0]), _per_second(found[1]))
    window = reckoning.window(
        range(bisect_left(times, start[0]), bisect_left(times, start[-1]) + 1),
        range(bisect_right(times, stop[0]), bisect_right(times, stop[-1]) + 1),
    )
    if window is None:
        return None
    if kind in _PERCENTILES:
        return reckoning.percentile(lows, highs, window, _PERCENTILES[kind])
    return _REDUCING[kind](lows, highs, window)


_PERCENTILES = {"p50": 50, "p95": 95}
_REDUCING = {
    "max": reckoning.largest,
    "min": reckoning.least,
    "mean": reckoning.mean,
    "sum": reckoning.total,
}


def _ends(rows: Rows, between: Between) -> tuple[range, range]:
    """Return where the window can start and stop on the series' own times, as far as there are any."""
    first, last = rows.times[0], rows.times[-1]
    start = range(first, first + 1) if between.start is None else _span(between.start.bounds, rows)
    stop = range(last, last + 1) if between.stop is None else _span(between.stop.bounds, rows)
    return start, stop


def _span(bounds: Bounds, rows: Rows) -> range:
    """Return the times that an end may lie at; how far the points may truly lie off widens it."""
    series = rows.series
    earliest = None if bounds.earliest is None else bounds.earliest - series.late
    latest = None if bounds.latest is None else bounds.latest - series.early
    if earliest is None:
        earliest = rows.times[0] if latest is None else min(rows.times[0], latest)
    if latest is None:
        latest = max(rows.times[-1], earliest)
    return range(earliest, latest + 1)


def _nominal_ends(rows: Rows, between: Between) -> tuple[range, range]:
    start = None if between.start is None else between.start.bounds.nominal
    stop = None if between.stop is None else between.stop.bounds.nominal
    first = rows.times[0] if start is None else start
    last = rows.times[-1] if stop is None else stop
    return range(first, first + 1), range(last, last + 1)


def _per_second(size: Number) -> Number:
    return reckoning.tidy(size / SECOND)


def _step(series: ResolvedSeries, timeline: Timeline) -> Step:
    stated = timeline.incident.series[series.index]
    what = stated.file if stated.file is not None else said("series.points", count=len(series.points))
    key = "file" if stated.file is not None else "points"
    return Step(("series", series.index, key), what, series.source)


def _metric(
    stated: MetricStated,
    of: StatOf,
    timeline: Timeline,
    figure: tuple[Number | None, Number | None, Number | None],
    missing: tuple[str, ...],
    proof: Proof,
    between: Between | None,
) -> Metric:
    low, high, nominal = figure
    ends = [one for one in (between.start, between.stop) if one is not None] if between else []
    names: list[str] = [event_words(one.event, one.end) for one in ends]
    names = names or [f"`{one}`" for one in of.between or ()]
    definition = _definition(of, names)
    declared = timeline.incident.measures.get(of.measure)
    unit = declared.unit if declared is not None and declared.unit else of.measure
    return Metric(
        id=stated.id,
        title=stated.title or stated.id,
        unit=f"{unit}·s" if of.of == "integral" else unit,
        low=low,
        high=high,
        nominal=nominal,
        definition=definition,
        missing=missing,
        proof_low=proof,
        proof_high=proof,
        standard=False,
        note=stated.note,
        ends=tuple(dict.fromkeys(one.event.key for one in ends)),
        named=nominal is not None and all(one.bounds.named for one in ends),
    )


def _definition(of: StatOf, names: Sequence[str]) -> Said:
    parts = {"stat": said(f"stat.{of.of}"), "series": series_words(of.measure, of.component)}
    if not names:
        return said("definition.stat", **parts)
    return said("definition.stat-between", **parts, start=names[0], stop=names[1])
