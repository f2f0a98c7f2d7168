"""The standard metrics: one table, and how a row becomes a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postmortem.measure.durations import between, moment_words, unknown_duration
from postmortem.measure.moments import Moment, first_of, last_of
from postmortem.measure.wording import noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from postmortem.measure.metrics import Metric
    from postmortem.resolve.timeline import ResolvedEvent, Timeline


class Row(NamedTuple):
    """A standard metric: from the first event of kind ``start`` to the first of the first stop that occurs.

    ``else_last``: where none occurs and the incident is over, to the last event of all.
    """

    id: str
    title: str
    start: str
    stops: tuple[str, ...]
    else_last: bool = False


STANDARD = (
    Row("time_to_detect", "Time to detect", "impact", ("detected",)),
    Row("time_to_acknowledge", "Time to acknowledge", "detected", ("acknowledged",)),
    Row("time_to_mitigate", "Time to mitigate", "impact", ("mitigated",)),
    Row("time_to_restore", "Time to restore", "impact", ("resumed", "resolved")),
    Row("time_to_resolve", "Time to resolve", "impact", ("resolved",)),
    Row("start_delay", "Start delay", "scheduled", ("resumed",)),
    Row("incident_duration", "Incident duration", "impact", ("resolved",), else_last=True),
)


def standard_metrics(timeline: Timeline) -> Iterator[Metric]:
    """Yield every standard metric, in the table's order, also those of which nothing is known."""
    kinds: dict[str, list[ResolvedEvent]] = {}
    for event in (*timeline.events, *timeline.undated):
        kinds.setdefault(event.event.kind, []).append(event)
    firsts = {
        kind: first_of(kinds[kind], timeline.distances)
        for kind in dict.fromkeys(kind for row in STANDARD for kind in (row.start, *row.stops))
        if kind in kinds
    }
    for row in STANDARD:
        yield _metric(row, firsts, timeline)


def _metric(row: Row, firsts: Mapping[str, Moment], timeline: Timeline) -> Metric:
    start = firsts.get(row.start)
    kind = next((kind for kind in row.stops if kind in firsts), None)
    stop = firsts[kind] if kind is not None else _last(row, start, timeline)
    start_words = moment_words(start, row.start) if start else f"the {noun(row.start)}"
    stop_words = (
        moment_words(stop, kind)
        if stop
        else " or, failing that, ".join(f"the {noun(one)}" for one in row.stops)
    )
    definition = f"From {start_words} to {stop_words}."
    if start is None or stop is None:
        missing = [] if start else [f"no event of kind `{row.start}`"]
        missing += [] if stop else [_no_stop(row, timeline)]
        ends = tuple(one.chosen.event.key for one in (start, stop) if one)
        return unknown_duration(row.id, row.title, definition, tuple(missing), standard=True, ends=ends)
    return between(row.id, row.title, definition, start, stop, timeline, standard=True)


def _last(row: Row, start: Moment | None, timeline: Timeline) -> Moment | None:
    if not row.else_last or start is None or timeline.incident.status != "resolved":
        return None
    last = last_of((*timeline.events, *timeline.undated), timeline.distances)
    # An incident does not last from its impact to its impact: nothing is known of its end.
    return None if last.chosen.event.index == start.chosen.event.index else last


def _no_stop(row: Row, timeline: Timeline) -> str:
    kinds = " or ".join(f"`{kind}`" for kind in row.stops)
    if not row.else_last:
        return f"no event of kind {kinds}"
    if timeline.incident.status != "resolved":
        return f"no event of kind {kinds}, and the status is `{timeline.incident.status}`"
    return f"no event of kind {kinds}, and none after the {noun(row.start)}"
