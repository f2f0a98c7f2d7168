"""Matching: which event of one version is which of the other, by id, by its words, by what it says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from postmortem.resolve.timeline import ResolvedEvent
from postmortem.review.essence import essence

_ALIKE = 0.5
"""Share of words that two texts without ids must have in common to be versions of one event."""
_COMMON = 50
"""A word that stands in more events than this tells nothing apart and would cost too much to follow."""
_WORD = re.compile(r"\w+")
_UNNAMED = frozenset(("id",))


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs of indices (old, new) in the order of the new log; what has no partner; ids that were renamed."""

    pairs: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]
    renamed: dict[str, str]


def matched(old: Sequence[ResolvedEvent], new: Sequence[ResolvedEvent]) -> Matched:
    """Match the events of two versions; ``old`` and ``new`` are in the order of their logs.

    First by id. Then, of the others, those that say the very same; those of the same kind and text; at
    last those without an id whose texts are alike. An id that differs on both sides is another event,
    unless all else is the same.
    """
    partner = _by_id(old, new)
    for key in (_whole, _kind_text_time, _kind_and_text):
        _by_key(old, new, partner, key)
    _by_words(old, new, partner)
    taken = set(partner)
    found = set(partner.values())
    renamed = {
        was: now
        for i, j in partner.items()
        if (was := old[i].event.id) and (now := new[j].event.id) and was != now
    }
    return Matched(
        tuple(sorted(partner.items(), key=lambda pair: pair[1])),
        tuple(i for i in range(len(old)) if i not in taken),
        tuple(j for j in range(len(new)) if j not in found),
        renamed,
    )


def _by_id(old: Sequence[ResolvedEvent], new: Sequence[ResolvedEvent]) -> dict[int, int]:
    places = {one.event.id: j for j, one in reversed(tuple(enumerate(new))) if one.event.id}
    partner: dict[int, int] = {}
    used: set[int] = set()
    for i, one in enumerate(old):
        j = places.get(one.event.id) if one.event.id else None
        if j is not None and j not in used:
            partner[i] = j
            used.add(j)
    return partner


def _by_key(
    old: Sequence[ResolvedEvent],
    new: Sequence[ResolvedEvent],
    partner: dict[int, int],
    key: Callable[[ResolvedEvent], Hashable],
) -> None:
    """Pair what is left and has the same key, in the order of the logs, where the ids allow it."""
    used = set(partner.values())
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for j, one in enumerate(new):
        if j not in used:
            waiting[key(one)].append(j)
    for i, one in enumerate(old):
        if i in partner:
            continue
        candidates = waiting.get(key(one), [])
        for j in candidates:
            if key is _kind_and_text and one.event.id and new[j].event.id:
                continue
            partner[i] = j
            candidates.remove(j)
            break


def _whole(one: ResolvedEvent) -> Hashable:
    return repr(essence(one.event, without=_UNNAMED))


def _kind_text_time(one: ResolvedEvent) -> Hashable:
    return one.event.kind, one.event.what.strip(), one.at.earliest, one.at.latest


def _kind_and_text(one: ResolvedEvent) -> Hashable:
    return one.event.kind, one.event.what.strip()


def _by_words(old: Sequence[ResolvedEvent], new: Sequence[ResolvedEvent], partner: dict[int, int]) -> None:
    """Pair what is left, at least one of it without an id, by the words that the texts share."""
    used = set(partner.values())
    left = {j: _words(one) for j, one in enumerate(new) if j not in used}
    where: dict[str, list[int]] = defaultdict(list)
    for j, words in left.items():
        for word in words:
            where[word].append(j)
    scores: list[tuple[float, int, int]] = []
    for i, one in enumerate(old):
        if i in partner:
            continue
        words = _words(one)
        near = sorted({j for word in words if len(where[word]) <= _COMMON for j in where[word]})
        for j in near:
            if one.event.id and new[j].event.id:
                continue
            alike = _alike(words, left[j])
            if alike >= _ALIKE:
                scores.append((-alike - (one.event.kind == new[j].event.kind), i, j))
    for _, i, j in sorted(scores):
        if i not in partner and j not in used:
            partner[i] = j
            used.add(j)


def _words(one: ResolvedEvent) -> Counter[str]:
    return Counter(_WORD.findall(one.event.what.casefold()))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words in common: 1 for the same words, 0 for none."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())
