"""What changed in the events of two versions: their times, words, counts, claims and rulings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from postmortem.model.incident import Claim, Event, claims_of
from postmortem.model.stating import fields_of
from postmortem.report.wording.clock import Clock
from postmortem.resolve.timeline import Bounds, Count, ResolvedEvent
from postmortem.review.changes import ClaimChange, EventChange, FieldChange, RulingChange
from postmortem.review.essence import essence
from postmortem.review.matching import Matched
from postmortem.review.side import Resolved
from postmortem.review.telling import bounds_told, claim_told, count_told, ruling_told, stated_told

_STATED = ("kind", "what", "component", "by", "tags", "highlight", "audience", "note")
_PLURAL = {"component": "components"}
# An event's own `audience` and `note` speak of the whole event, not of its first claim.
_NOT_OF_A_CLAIM = (frozenset(fields_of(Event)) - frozenset(fields_of(Claim))) | {"audience", "note"}


def event_changes(before: Resolved, after: Resolved, pairs: Matched, clock: Clock) -> Iterator[EventChange]:
    """Yield the events that changed, in the order of the new timeline; what is gone comes after."""
    partner = {j: i for i, j in pairs.pairs}
    added = set(pairs.added)
    for one in (*after.timeline.events, *after.timeline.undated):
        if one.index in added:
            yield EventChange(one.key, "added", None, one)
            continue
        old = before.events[partner[one.index]]
        found = _changed(old, one, pairs.renamed, clock)
        if found is not None:
            yield found
    for i in pairs.removed:
        old = before.events[i]
        yield EventChange(old.key, "removed", old, None)


def _changed(
    old: ResolvedEvent, new: ResolvedEvent, renamed: Mapping[str, str], clock: Clock
) -> EventChange | None:
    fields: list[FieldChange] = []
    was = old.event.id if old.event.id and new.event.id and old.event.id != new.event.id else None
    if was is not None or bool(old.event.id) != bool(new.event.id):
        fields.append(FieldChange("id", stated_told(old.event.id), stated_told(new.event.id)))
    moved = not (_same_time(old.at, new.at) and _same_time(old.end, new.end))
    for name, first, second in (("at", old.at, new.at), ("end", old.end, new.end)):
        if not _same_time(first, second):
            fields.append(FieldChange(name, *bounds_told(first, second, clock)))
    same_words = old.event == new.event
    if not same_words:
        fields += _stated_fields(old.event, new.event, renamed)
    fields += _count_fields(old.counts, new.counts, clock)
    if not fields:
        return None
    follows = moved and (same_words or _same_times_stated(old.event, new.event, renamed))
    return EventChange(new.key, "changed", old, new, tuple(fields), moved, follows, was=was)


def _same_time(first: Bounds | None, second: Bounds | None) -> bool:
    if first is None or second is None:
        return first is second
    return (first.earliest, first.latest, first.nominal, first.named) == (
        second.earliest,
        second.latest,
        second.nominal,
        second.named,
    )


def _stated_fields(old: Event, new: Event, renamed: Mapping[str, str]) -> Iterator[FieldChange]:
    for name in _STATED:
        first, second = getattr(old, name), getattr(new, name)
        if essence(first, renamed) != essence(second):
            yield FieldChange(_PLURAL.get(name, name), stated_told(first), stated_told(second))


def _count_fields(old: tuple[Count, ...], new: tuple[Count, ...], clock: Clock) -> Iterator[FieldChange]:
    if not old and not new:
        return
    first = {one.measure: one for one in old}
    second = {one.measure: one for one in new}
    for measure in dict.fromkeys([*second, *first]):
        pair = first.get(measure), second.get(measure)
        if _figures(pair[0]) != _figures(pair[1]):
            yield FieldChange(f"counts.{measure}", *(count_told(one, clock) for one in pair))


def _figures(count: Count | None) -> tuple[object, ...] | None:
    return (
        None
        if count is None
        else (count.low, count.high, count.nominal, count.growth, count.percent, count.named)
    )


def _same_times_stated(old: Event, new: Event, renamed: Mapping[str, str]) -> bool:
    """Tell whether both versions state the same times, rule the same, and cite the same for them."""
    return _times(old, renamed) == _times(new, {}) and essence(old.ruling) == essence(new.ruling)


def _times(event: Event, renamed: Mapping[str, str]) -> list[str]:
    return sorted(
        repr([essence(part, renamed) for part in (claim.at, claim.until, claim.for_, claim.source)])
        for _, claim in claims_of(event, 0)
    )


def claim_changes(before: Resolved, after: Resolved, pairs: Matched) -> Iterator[ClaimChange]:
    """Yield the claims that changed in events of both versions."""
    for i, j in pairs.pairs:
        old, new = before.events[i], after.events[j]
        if old.event == new.event and not pairs.renamed:
            continue
        yield from _claims_of_one(new.key, old.event, new.event, pairs.renamed)


def _claims_of_one(key: str, old: Event, new: Event, renamed: Mapping[str, str]) -> Iterator[ClaimChange]:
    gone = _claims(old, renamed)
    come = []
    for say, claim in _claims(new, {}):
        same = next((one for one in gone if one[0] == say), None)
        if same is None:
            come.append(claim)
        else:
            gone.remove(same)
    for claim in come:
        other = next((one for one in gone if set(one[1].source) == set(claim.source)), None)
        if other is None and len(gone) == len(come) == 1:
            other = gone[0]
        source = ", ".join(claim.source)
        if other is None:
            yield ClaimChange(key, "added", source, None, claim_told(claim))
            continue
        gone.remove(other)
        yield ClaimChange(key, "changed", source, claim_told(other[1]), claim_told(claim))
    for _, claim in gone:
        yield ClaimChange(key, "removed", ", ".join(claim.source), claim_told(claim), None)


def _claims(event: Event, renamed: Mapping[str, str]) -> list[tuple[Any, Claim]]:
    return [
        (essence(claim, renamed, without=_NOT_OF_A_CLAIM if claim is event else frozenset()), claim)
        for _, claim in claims_of(event, 0)
        if any(getattr(claim, name) for name in fields_of(Claim))
    ]


def ruling_changes(before: Resolved, after: Resolved, pairs: Matched) -> Iterator[RulingChange]:
    """Yield the rulings that are new, gone or other, in the order of the new log."""
    for i, j in pairs.pairs:
        first, second = before.events[i].event.ruling, after.events[j].event.ruling
        if first is second or essence(first) == essence(second):
            continue
        change: Any = "added" if first is None else "removed" if second is None else "changed"
        yield RulingChange(after.key_at(j), change, ruling_told(first), ruling_told(second))
    for j in pairs.added:
        if (ruling := after.events[j].event.ruling) is not None:
            yield RulingChange(after.key_at(j), "added", None, ruling_told(ruling))
    for i in pairs.removed:
        if (ruling := before.events[i].event.ruling) is not None:
            yield RulingChange(before.key_at(i), "removed", ruling_told(ruling), None)
