"""Which conflicts were opened and which were settled between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from postmortem.resolve.timeline import Conflict
from postmortem.review.changes import ConflictChange, State
from postmortem.review.matching import Matched
from postmortem.review.side import Resolved

_UNRULED = {"PM301": "at", "PM402": "count"}
_WORD = {None: "no conflict", "contradiction": "nobody has ruled", "open": "left open", "ruled": "ruled"}


@dataclass(frozen=True, slots=True)
class _Standing:
    """A conflict of one version: the events it is between, by the indices of the other version's partner."""

    event: str
    events: frozenset[str]
    about: str
    state: State
    told: str


def conflict_changes(before: Resolved, after: Resolved, pairs: Matched) -> Iterator[ConflictChange]:
    """Yield what was opened and what was settled, in the order of the new version, then of the old."""
    names = {before.key_at(i): after.key_at(j) for i, j in pairs.pairs}
    old = list(_standing(before, names))
    new = list(_standing(after, {}))
    for one in new:
        was = next((other for other in old if _same(other, one)), None)
        if was is not None:
            old.remove(was)
        if was is not None and was.state == one.state:
            continue
        settled = was is not None and (one.state == "ruled" or was.state == "contradiction")
        yield _change(was, one, "settled" if settled else "opened")
    for was in old:
        yield _change(was, None, "settled")


def _change(was: _Standing | None, now: _Standing | None, change: str) -> ConflictChange:
    shown = now or was
    assert shown is not None
    return ConflictChange(
        shown.event,
        tuple(sorted(shown.events)),
        shown.about,
        "settled" if change == "settled" else "opened",
        was.state if was else None,
        now.state if now else None,
        shown.told,
    )


def _same(one: _Standing, other: _Standing) -> bool:
    """Tell whether two standings are of one conflict: of the same matter, and with an event in common."""
    if one.about.partition(":")[0] != other.about.partition(":")[0]:
        return {one.about, other.about} == {"at", "end"} and one.event == other.event
    if ":" in one.about and ":" in other.about and one.about != other.about:
        return False
    if one.state == other.state == "contradiction":
        return one.events == other.events
    return bool(one.events & other.events)


def _standing(version: Resolved, names: dict[str, str]) -> Iterator[_Standing]:
    for event in version.events:
        for conflict in event.conflicts:
            key = names.get(event.key, event.key)
            yield _Standing(key, frozenset((key,)), conflict.about, conflict.status, _sides(conflict))
    yield from _unruled(version, names)


def _unruled(version: Resolved, names: dict[str, str]) -> Iterator[_Standing]:
    """Yield the conflicts that nobody has ruled on: they are findings, and speak of events by their lines."""
    for one in version.side.diagnostics:
        about = _UNRULED.get(one.code)
        if about is None:
            continue
        lines = [one.span.line, *(note.span.line for note in one.related)]
        places = [at for line in lines if (at := version.side.event_at(line)) is not None]
        keys = [names.get(key, key) for at in places for key in (version.key_at(at),)]
        if keys:
            yield _Standing(keys[0], frozenset(keys), about, "contradiction", one.message)


def _sides(conflict: Conflict) -> str:
    claims: Iterable[str] = (
        f"{', '.join(claim.sources) or 'nobody named'}: {claim.text}{'' if claim.kept else ' (set aside)'}"
        for claim in conflict.claims
    )
    return "; ".join(claims)


def standing_words(change: ConflictChange) -> str:
    """Say how a conflict stood and how it stands: `nobody has ruled → ruled`."""
    return f"{_WORD[change.before]} → {_WORD[change.after]}"
