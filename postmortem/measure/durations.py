"""Durations: from one moment to another as a metric, in seconds, with what is missing said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.measure.metrics import Metric
from postmortem.measure.moments import Moment, apart, single
from postmortem.measure.wording import event_words, listed, noun, said

if TYPE_CHECKING:
    from postmortem.ground.said import Said
    from postmortem.measure.moments import Candidate
    from postmortem.model.incident import DurationOf, MetricStated
    from postmortem.resolve.timeline import Distance, Timeline

SECOND = 1_000_000
"""Microseconds of a second."""
FIRST, LAST = -62_000_000_000 * SECOND, 253_000_000_000 * SECOND
"""From the year 5 to the year 9987, in microseconds around 1970: a moment beyond has no date to show."""


def duration(stated: MetricStated, of: DurationOf, timeline: Timeline) -> Metric:
    """Return a metric of the log's own: how long from one event (or its end) to another."""
    missing: list[str] = []
    start = _moment(of.from_, timeline, missing)
    stop = _moment(of.to, timeline, missing)
    if start is None or stop is None:
        return unknown_duration(
            stated.id,
            stated.title,
            said("definition.named", start=of.from_, stop=of.to),
            tuple(missing),
            standard=False,
            note=stated.note,
        )
    definition = said("definition.between", start=moment_words(start), stop=moment_words(stop))
    return between(stated.id, stated.title, definition, start, stop, timeline, note=stated.note)


def between(
    id: str,
    title: str | None,
    definition: str,
    start: Moment,
    stop: Moment,
    timeline: Timeline,
    *,
    standard: bool = False,
    note: str | None = None,
) -> Metric:
    """Return the metric of how far ``stop`` lies after ``start``, in seconds."""
    distance = apart(start, stop, timeline)
    return Metric(
        id=id,
        title=title or id,
        unit="s",
        low=_seconds(distance.low),
        high=_seconds(distance.high),
        nominal=_seconds(distance.nominal),
        definition=definition,
        missing=_missing(distance, start, stop),
        proof_low=distance.proof_low,
        proof_high=distance.proof_high,
        standard=standard,
        note=note,
        ends=(start.chosen.event.key, stop.chosen.event.key),
        named=distance.named and distance.nominal is not None,
    )


def unknown_duration(
    id: str,
    title: str | None,
    definition: str,
    missing: tuple[str, ...],
    *,
    standard: bool,
    note: str | None = None,
    ends: tuple[str, ...] = (),
) -> Metric:
    """Return the metric of a duration of which nothing is known, and why."""
    return Metric(
        id, title or id, "s", None, None, None, definition, missing, (), (), standard, note=note, ends=ends
    )


def moment_words(moment: Moment, kind: str | None = None) -> Said:
    """Return a moment's name in a sentence; with ``kind``, as the first of that kind of event."""
    if moment.pick == "last":
        if not moment.open:
            return said("moment.last", key=moment.chosen.event.key)
        return said("moment.last-of", either=_either(moment))
    if kind is None:
        return event_words(moment.chosen.event, moment.chosen.end)
    if not moment.open:
        return event_words(moment.chosen.event)
    return said("moment.first-of", noun=noun(kind), either=_either(moment))


def reference(text: str) -> tuple[str, bool]:
    """Split `EVENT` or `EVENT.end` into the event's id and whether its end is meant."""
    return (text[:-4], True) if text.endswith(".end") else (text, False)


def no_time(candidate: Candidate) -> str:
    """Say that nothing is known of a point's time."""
    return said("missing.end-time" if candidate.end else "missing.time", key=candidate.event.key)


def _moment(text: str, timeline: Timeline, missing: list[str]) -> Moment | None:
    key, end = reference(text)
    event = timeline.event(key)
    if event is None:
        missing.append(said("missing.event", key=key))
        return None
    if end and event.end is None:
        missing.append(said("missing.end", key=key))
        return None
    return single(event, end)


def _either(moment: Moment) -> str:
    return listed([one.event.key for one in moment.candidates], "or")


def _seconds(size: int | None) -> float | None:
    return None if size is None else size / SECOND


def _missing(distance: Distance, start: Moment, stop: Moment) -> tuple[str, ...]:
    """Say which side is unbounded, and by which event."""
    if distance.low is None and distance.high is None:
        undated = [one for moment in (start, stop) for one in moment.candidates if _undated(one)]
        if undated:
            return tuple(dict.fromkeys(no_time(one) for one in undated[:4]))
    found: list[str] = []
    if distance.low is None:
        found += _unbounded(stop, "earliest", "early") or _unbounded(start, "latest", "late")
    if distance.high is None:
        found += _unbounded(stop, "latest", "late") or _unbounded(start, "earliest", "early")
    return tuple(dict.fromkeys(found))


def _undated(one: Candidate) -> bool:
    return one.bounds.earliest is None and one.bounds.latest is None


def _unbounded(moment: Moment, side: str, word: str) -> list[str]:
    for one in moment.candidates:
        if getattr(one.bounds, side) is None:
            return [said(f"missing.end-{word}" if one.end else f"missing.{word}", key=one.event.key)]
    return []
