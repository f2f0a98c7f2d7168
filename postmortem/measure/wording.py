"""The words of definitions: what events, counts and series are called, always by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.resolve.timeline import ResolvedEvent

_NOUNS = {
    "scheduled": "scheduled start",
    "trigger": "trigger",
    "impact": "impact",
    "fault": "fault",
    "crash": "crash",
    "count": "count",
    "detected": "detection",
    "acknowledged": "acknowledgement",
    "declared": "declaration",
    "escalated": "escalation",
    "update": "update",
    "statement": "statement",
    "action": "action",
    "restart": "restart",
    "mitigated": "mitigation",
    "resumed": "resumption",
    "resolved": "resolution",
    "note": "event",
}


def noun(kind: str) -> str:
    """Return what an event of that kind is called: `detected` is a detection."""
    return _NOUNS[kind]


def event_words(event: ResolvedEvent, end: bool = False) -> str:
    """Return an event's name in a sentence: the restart (`second-room`), the end of it where ``end``."""
    of = "the end of " if end else ""
    return f"{of}the {noun(event.event.kind)} (`{event.key}`)"


def series_words(measure: str, component: str | None) -> str:
    """Return a series' name in a sentence."""
    return f"the series of `{measure}`" + (f" in `{component}`" if component else "")


def listed(names: Sequence[str], word: str) -> str:
    """Join names as a sentence does: `a`, `b` or `c`; past four the rest by count."""
    marked = [f"`{name}`" for name in names]
    if len(marked) > 4:
        marked = [*marked[:3], f"{len(names) - 3} more"]
    return marked[0] if len(marked) == 1 else f"{', '.join(marked[:-1])} {word} {marked[-1]}"
