"""The words of definitions: one table of phrases; events, counts and series go by their ids in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.said import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.resolve.timeline import ResolvedEvent

ENGLISH = {
    # What an event of a kind is called inside a sentence.
    "noun.scheduled": "scheduled start",
    "noun.trigger": "trigger",
    "noun.impact": "impact",
    "noun.fault": "fault",
    "noun.crash": "crash",
    "noun.count": "count",
    "noun.detected": "detection",
    "noun.acknowledged": "acknowledgement",
    "noun.declared": "declaration",
    "noun.escalated": "escalation",
    "noun.update": "update",
    "noun.statement": "statement",
    "noun.action": "action",
    "noun.restart": "restart",
    "noun.mitigated": "mitigation",
    "noun.resumed": "resumption",
    "noun.resolved": "resolution",
    "noun.note": "event",
    "list.or": "{most} or {last}",
    "list.and": "{most} and {last}",
    "list.more": "{count} more",
    "list.more.one": "1 more",
    # Titles of the standard metrics.
    "metric.time_to_detect": "Time to detect",
    "metric.time_to_acknowledge": "Time to acknowledge",
    "metric.time_to_mitigate": "Time to mitigate",
    "metric.time_to_restore": "Time to restore",
    "metric.time_to_resolve": "Time to resolve",
    "metric.start_delay": "Start delay",
    "metric.incident_duration": "Incident duration",
    # Moments and durations.
    "moment.event": "the {noun} (`{key}`)",
    "moment.end": "the end of the {noun} (`{key}`)",
    "moment.kind": "the {noun}",
    "moment.failing": "{one} or, failing that, {other}",
    "moment.last": "the last event (`{key}`)",
    "moment.last-of": "the last event ({either}, whichever was last)",
    "moment.first-of": "the first {noun} ({either}, whichever was first)",
    "definition.named": "From `{start}` to `{stop}`.",
    "definition.between": "From {start} to {stop}.",
    "missing.event": "there is no event `{key}`",
    "missing.end": "`{key}` has no end",
    "missing.time": "the time of `{key}` is not known",
    "missing.end-time": "the end of `{key}` is not known",
    "missing.early": "nothing says how early `{key}` can be",
    "missing.late": "nothing says how late `{key}` can be",
    "missing.end-early": "nothing says how early the end of `{key}` can be",
    "missing.end-late": "nothing says how late the end of `{key}` can be",
    "missing.kind": "no event of kind {kinds}",
    "missing.kind-status": "no event of kind {kinds}, and the status is `{status}`",
    "missing.kind-after": "no event of kind {kinds}, and none after the {noun}",
    # Figures over counts.
    "count.of": "`{measure}` of {event}",
    "definition.ratio-named": "`{of}` divided by `{to}`.",
    "definition.ratio": "{of}, divided by {to}.",
    "definition.difference-named": "`{of}` less `{minus}`.",
    "definition.difference": "{of}, less {minus}.",
    "definition.reach-named": "From `{start}`, growing by `{growth}`, to {target}.",
    "definition.reach": "From {start} until its `{measure}`, growing as in {growth}, would reach {target}.",
    "missing.zero": "`{key}` is zero: nothing can be divided by it",
    "missing.may-be-zero": "`{key}` may be zero",
    "missing.share": "one of the two is a share and the other is not",
    "missing.target": "the target `{target}` is not understood",
    "missing.other-target": "the target `{target}` is no such count",
    "missing.growing": "what does not grow never reaches a target",
    "missing.count": "`{key}` states no count of `{measure}`",
    "missing.growth": "`{key}` states no growth of `{measure}`",
    "missing.count-is-growth": "`{key}` states no count of `{measure}`; `{text}` is a growth",
    "missing.growth-is-count": "`{key}` states no growth of `{measure}`; `{text}` is a count",
    "missing.value": "the value of `{key}` is not known",
    "missing.low": "nothing says how low `{key}` can be",
    "missing.high": "nothing says how high `{key}` can be",
    # Figures over series.
    "series.of": "the series of `{measure}`",
    "series.in": "the series of `{measure}` in `{component}`",
    "series.points": "{count} points",
    "series.points.one": "1 point",
    "stat.max": "The highest of the values recorded",
    "stat.min": "The lowest of the values recorded",
    "stat.mean": "The mean of the values recorded, each counting alike,",
    "stat.p50": "The median (by nearest rank) of the values recorded",
    "stat.p95": "The 95th percentile (by nearest rank) of the values recorded",
    "stat.sum": "The sum of the values recorded",
    "stat.integral": "The area under the line through the values recorded, in value times seconds,",
    "definition.stat": "{stat} in {series}, from its first point to its last.",
    "definition.stat-between": "{stat} in {series} from {start} to {stop}.",
    "missing.points": "the statistics before it took all of the {count} points of a run",
    "missing.recorded": "{series} records nothing there",
    "missing.component": "which component is meant: there are series of `{measure}` in {names}",
    "missing.data": "there is no data in {series}",
}
"""Every phrase that figures are described in; reports hold the same keys in other languages."""


def said(key: str, /, **values: object) -> Said:
    """Return the phrase of that key with its placeholders filled; a key without a row is a KeyError."""
    return Said(ENGLISH, key, values)


def noun(kind: str) -> Said:
    """Return what an event of that kind is called: `detected` is a detection."""
    return said(f"noun.{kind}")


def event_words(event: ResolvedEvent, end: bool = False) -> Said:
    """Return an event's name in a sentence: the restart (`second-room`), the end of it where ``end``."""
    return said("moment.end" if end else "moment.event", noun=noun(event.event.kind), key=event.key)


def series_words(measure: str, component: str | None) -> Said:
    """Return a series' name in a sentence."""
    if component:
        return said("series.in", measure=measure, component=component)
    return said("series.of", measure=measure)


def listed(names: Sequence[str], word: str) -> str:
    """Join names (at least one) as a sentence does: `a`, `b` or `c`; past four the rest by count."""
    marked = [f"`{name}`" for name in names]
    if len(marked) > 4:
        marked = [*marked[:3], said("list.more", count=len(names) - 3)]
    return (
        marked[0] if len(marked) == 1 else said(f"list.{word}", most=", ".join(marked[:-1]), last=marked[-1])
    )
