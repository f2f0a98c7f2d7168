"""The standard metrics: one table, and how a row becomes a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postmortem.measure.durations import between, moment_words, unknown_duration
from postmortem.measure.moments import Moment, first_of, last_of
from postmortem.measure.wording import listed, noun, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from postmortem.ground.said import Said
    from postmortem.measure.metrics import Metric
    from postmortem.resolve.timeline import ResolvedEvent, Timeline


class Row(NamedTuple):
    """A standard metric: from the first event of kind ``start`` to the first of the first stop that occurs.

    ``else_last``: where none occurs and the incident is over, to the last event of all. Its title stands
    in the table of phrases.
    """

    id: str
    start: str
    stops: tuple[str, ...]
    else_last: bool = False


STANDARD = (
    Row("time_to_detect", "impact", ("detected",)),
    Row("time_to_acknowledge", "detected", ("acknowledged",)),
    Row("time_to_mitigate", "impact", ("mitigated",)),
    Row("time_to_restore", "impact", ("resumed", "resolved")),
    Row("time_to_resolve", "impact", ("resolved",)),
    Row("start_delay", "scheduled", ("resumed",)),
    Row("incident_duration", "impact", ("resolved",), else_last=True),
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
    start_words = moment_words(start, row.start) if start else said("moment.kind", noun=noun(row.start))
    stop_words = moment_words(stop, kind) if stop else _stop_words(row)
    title = said(f"metric.{row.id}")
    definition = said("definition.between", start=start_words, stop=stop_words)
    if start is None or stop is None:
        missing = [] if start else [said("missing.kind", kinds=f"`{row.start}`")]
        missing += [] if stop else [_no_stop(row, timeline)]
        ends = tuple(one.chosen.event.key for one in (start, stop) if one)
        return unknown_duration(row.id, title, definition, tuple(missing), standard=True, ends=ends)
    return between(row.id, title, definition, start, stop, timeline, standard=True)


def _last(row: Row, start: Moment | None, timeline: Timeline) -> Moment | None:
    if not row.else_last or start is None or timeline.incident.status != "resolved":
        return None
    last = last_of((*timeline.events, *timeline.undated), timeline.distances)
    # An incident does not last from its impact to its impact: nothing is known of its end.
    return None if last.chosen.event.index == start.chosen.event.index else last


def _stop_words(row: Row) -> Said:
    first, *others = (said("moment.kind", noun=noun(one)) for one in row.stops)
    for other in others:
        first = said("moment.failing", one=first, other=other)
    return first


def _no_stop(row: Row, timeline: Timeline) -> Said:
    kinds = listed(row.stops, "or")
    if not row.else_last:
        return said("missing.kind", kinds=kinds)
    if timeline.incident.status != "resolved":
        return said("missing.kind-status", kinds=kinds, status=timeline.incident.status)
    return said("missing.kind-after", kinds=kinds, noun=noun(row.start))
