"""The comparison: two versions of one log, and all that changed between them in meaning."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.ground.record import replace
from postmortem.measure.metrics import Metric
from postmortem.report.wording.clock import Clock
from postmortem.resolve.timeline import Proof
from postmortem.review.changes import Comparison, EventChange, Kind, MetricChange
from postmortem.review.conflicts import conflict_changes
from postmortem.review.events import claim_changes, event_changes, ruling_changes
from postmortem.review.matching import matched
from postmortem.review.side import Resolved, Side, resolved
from postmortem.review.telling import metrics_told, shared_clock
from postmortem.review.things import field_changes, thing_changes


def compare(old: Side | None, new: Side | None) -> Comparison:
    """Compare two versions of a log; None is one that is not there."""
    before, after = resolved(old), resolved(new)
    if old is None and after is not None:
        return _whole(Comparison(None, new, None, after), after, "added")
    if new is None and before is not None:
        return _whole(Comparison(old, None, before, None), before, "removed")
    if before is None or after is None:
        return Comparison(old, new, before, after)
    clock = shared_clock(before.clock, after.clock)
    pairs = matched(before.events, after.events)
    metrics, deltas = _metric_changes(before, after, clock)
    events = tuple(
        replace(one, shows_in=_shows_in(one, deltas)) for one in event_changes(before, after, pairs, clock)
    )
    return Comparison(
        old,
        new,
        before,
        after,
        events,
        tuple(claim_changes(before, after, pairs)),
        tuple(ruling_changes(before, after, pairs)),
        tuple(conflict_changes(before, after, pairs)),
        metrics,
        tuple(thing_changes(before, after, pairs.renamed)),
        tuple(field_changes(before.incident, after.incident, pairs.renamed)),
    )


def _whole(comparison: Comparison, version: Resolved, change: Kind) -> Comparison:
    """Return the comparison of a log that is new or gone: all its events, and the metrics that it has."""
    new = change == "added"
    events = tuple(
        EventChange(one.key, change, None if new else one, one if new else None)
        for one in (*version.timeline.events, *version.timeline.undated)
    )
    metrics = tuple(
        MetricChange(
            one.id, one.title, *metrics_told(None if new else one, one if new else None, version.clock)
        )
        for one in version.metrics.metrics
        if (one.low, one.high, one.nominal) != (None, None, None)
    )
    return replace(comparison, events=events, metrics=metrics)


Deltas = list[tuple[str, frozenset[int], frozenset[int]]]
"""Changed metrics: id, and the events (indices, of the old and of the new log) that each rests on."""


def _metric_changes(
    before: Resolved, after: Resolved, clock: Clock
) -> tuple[tuple[MetricChange, ...], Deltas]:
    found: list[MetricChange] = []
    deltas: Deltas = []
    first = {one.id: one for one in before.metrics.metrics}
    second = {one.id: one for one in after.metrics.metrics}
    for name in dict.fromkeys([*second, *first]):
        old, new = first.get(name), second.get(name)
        if old is not None and new is not None and _figures(old) == _figures(new):
            continue
        shown = new or old
        assert shown is not None
        found.append(MetricChange(name, shown.title, *metrics_told(old, new, clock)))
        deltas.append((name, frozenset(_rests_on(old, before)), frozenset(_rests_on(new, after))))
    return tuple(found), deltas


def _figures(metric: Metric) -> tuple[object, ...]:
    return metric.low, metric.high, metric.nominal, metric.unit, metric.named


def _rests_on(metric: Metric | None, version: Resolved) -> Iterator[int]:
    if metric is None:
        return
    for key in metric.ends:
        if (index := version.timeline.keys.get(key.removesuffix(".end"))) is not None:
            yield index
    yield from _events_in(metric.proof_low)
    yield from _events_in(metric.proof_high)


def _events_in(proof: Proof) -> Iterator[int]:
    for step in proof:
        if step.route[:1] == ("timeline",) and len(step.route) > 1 and isinstance(step.route[1], int):
            yield step.route[1]


def _shows_in(event: EventChange, deltas: Deltas) -> tuple[str, ...]:
    return tuple(
        name
        for name, old, new in deltas
        if (event.before is not None and event.before.index in old)
        or (event.after is not None and event.after.index in new)
    )
