"""PM303: a phase or a declared duration whose two ends may lie either way round."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot
from postmortem.resolve.timeline import Timeline


def undetermined(timeline: Timeline) -> Iterator[Finding]:
    """Find the pairs of ends that the log asks for and whose order its times leave open.

    A pair with an end that nothing bounds is not told: that is unknown, and the metric says what is missing.
    """
    for thing, route, begin, end in _pairs(timeline):
        first, second = _point(timeline, begin), _point(timeline, end)
        if first is None or second is None:
            continue
        apart = timeline.distances.between(first, second)
        if apart.low is None or apart.high is None or not apart.low < 0 < apart.high:
            continue
        from postmortem.resolve.messages import spoken

        yield Finding(
            "PM303",
            f"{thing} runs from `{begin}` to `{end}`, but which came first is not known: "
            f"`{end}` lies between {spoken(-apart.low)} before and {spoken(apart.high)} after `{begin}`",
            Spot(route),
            help=f"if it is known, say so on one of them: `after {begin}`",
        )


def _pairs(timeline: Timeline) -> Iterator[tuple[str, Route, str, str]]:
    for number, phase in enumerate(timeline.incident.phases):
        if phase.to:
            yield f"phase “{phase.title}”", ("phases", number, "to"), phase.from_, phase.to
    for number, metric in enumerate(timeline.incident.metrics):
        if metric.duration:
            ends = metric.duration
            yield f"`{metric.id}`", ("metrics", number, "duration", "to"), ends.from_, ends.to


def _point(timeline: Timeline, name: str) -> tuple[int, bool] | None:
    index = timeline.keys.get(name.removesuffix(".end"))
    return None if index is None else (index, name.endswith(".end"))
