"""PM403: a series and the counts of events agree, where they speak of the same thing at the same time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortem.measure.metrics import Point, ResolvedSeries
    from postmortem.resolve.timeline import Count, ResolvedEvent, Timeline


def disagreements(timeline: Timeline, series: Sequence[ResolvedSeries]) -> Iterator[Finding]:
    """Find counts that no value of a series comes to, anywhere within the event's bounds and one step around.

    A series is taken to pass through every value between its least and its greatest there: only what lies
    clearly apart is found.
    """
    for one in series:
        if one.points:
            step = _step(one, timeline)
            times = [point.at for point in one.points]
            for event in timeline.events:
                for count in event.counts:
                    if _same_thing(count, one):
                        yield from _apart(event, count, one, _around(event, one, times, step))


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


def _around(event: ResolvedEvent, series: ResolvedSeries, times: Sequence[int], step: int) -> Sequence[Point]:
    """Return the points within the event's bounds and one step around; none where it is not bounded."""
    last = event.end or event.at
    if event.at.earliest is None or last.latest is None:
        return ()
    begin = bisect_left(times, event.at.earliest - series.late - step)
    end = bisect_right(times, last.latest - series.early + step)
    return series.points[begin:end]


def _apart(
    event: ResolvedEvent, count: Count, series: ResolvedSeries, around: Sequence[Point]
) -> Iterator[Finding]:
    if not around:
        return
    low, high = min(one.low for one in around), max(one.high for one in around)
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
