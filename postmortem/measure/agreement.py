"""PM403: a series and the counts of events agree, where they speak of the same thing at the same time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortem.measure.metrics import ResolvedSeries
    from postmortem.measure.rows import Number
    from postmortem.resolve.timeline import Count, ResolvedEvent, Timeline


_BLOCK = 1024


def disagreements(timeline: Timeline, series: Sequence[ResolvedSeries]) -> Iterator[Finding]:
    """Find counts that no value of a series comes to, anywhere within the event's bounds and one step around.

    A series is taken to pass through every value between its least and its greatest there: only what lies
    clearly apart is found.
    """
    for one in series:
        same = [
            (event, count)
            for event in timeline.events
            for count in event.counts
            if one.points and _same_thing(count, one)
        ]
        if same:
            course, step = Course(one), _step(one, timeline)
            for event, count in same:
                yield from _apart(event, count, course, step)


def _same_thing(count: Count, series: ResolvedSeries) -> bool:
    if count.measure != series.measure or count.growth is not None:
        return False
    return series.component in count.components if series.component else not count.components


def _step(series: ResolvedSeries, timeline: Timeline) -> int:
    """Return the series' step: as stated, else the middle one of the distances between its points."""
    stated = timeline.incident.series[series.index].step
    if stated is not None and stated.value is not None:
        return stated.value
    gaps = sorted(b.at - a.at for a, b in zip(series.points, series.points[1:], strict=False))
    return gaps[len(gaps) // 2] if gaps else 0


class Course:
    """A series' values by time, with the extremes of its blocks: any stretch of it is answered fast."""

    def __init__(self, series: ResolvedSeries) -> None:
        self.series = series
        self.times = [point.at for point in series.points]
        blocks = range(0, len(self.times), _BLOCK)
        self.least = [min(point.low for point in series.points[at : at + _BLOCK]) for at in blocks]
        self.most = [max(point.high for point in series.points[at : at + _BLOCK]) for at in blocks]

    def extremes(self, first: int, last: int) -> tuple[Number, Number] | None:
        """Return the least and the greatest value from one time to another, None where there is none."""
        begin, end = bisect_left(self.times, first), bisect_right(self.times, last)
        whole = range(-(-begin // _BLOCK), end // _BLOCK)
        points = self.series.points
        if whole:
            edges = (*points[begin : whole.start * _BLOCK], *points[whole.stop * _BLOCK : end])
        else:
            edges = points[begin:end]
        lows = [point.low for point in edges] + self.least[whole.start : whole.stop]
        highs = [point.high for point in edges] + self.most[whole.start : whole.stop]
        return (min(lows), max(highs)) if lows else None


def _apart(event: ResolvedEvent, count: Count, course: Course, step: int) -> Iterator[Finding]:
    series, last = course.series, event.end or event.at
    if event.at.earliest is None or last.latest is None:
        return
    found = course.extremes(event.at.earliest - series.late - step, last.latest - series.early + step)
    if found is None:
        return
    low, high = found
    if (count.high is None or count.high >= low) and (count.low is None or count.low <= high):
        return
    claim = next((one for one in count.claims if one.kept), None)
    route = claim.route if claim else ("timeline", event.index)
    values = _range(low, high)
    yield Finding(
        "PM403",
        f"the series of `{series.measure}` stands at {values} around `{event.key}`,"
        f" where {_range(count.low, count.high)} is counted",
        Spot(route),
        help="correct the one that is wrong; if they measure different things, give them different measures",
        related=(Related("the series", Spot(("series", series.index))),),
    )


def _range(low: int | float | None, high: int | float | None) -> str:
    if low is None or high is None:
        return f"at least {low:,}" if low is not None else f"at most {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
