"""One version of a log as the comparison takes it: what was understood, and what was found."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from postmortem.ground.finding import Diagnostic
from postmortem.measure.metrics import Metrics
from postmortem.model.incident import Incident
from postmortem.report.escaping.as_json import LineOf
from postmortem.report.wording.words import Clock, clock_of
from postmortem.resolve.timeline import ResolvedEvent, Timeline


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a log. ``incident`` and ``metrics`` are None where it could not be understood so far.

    ``file`` is the name that findings speak of it by; ``line_of`` tells where a route stands in it.
    """

    file: str
    incident: Incident | None
    metrics: Metrics | None
    diagnostics: tuple[Diagnostic, ...]
    line_of: LineOf
    _starts: list[int] = field(init=False, repr=False, compare=False, default_factory=list)

    @property
    def broken(self) -> bool:
        """Tell whether an error stands in it."""
        return any(one.severity == "error" for one in self.diagnostics)

    def event_at(self, line: int) -> int | None:
        """Return the index of the event that a line of the text belongs to, None above the first."""
        if self.incident is None:
            return None
        if not self._starts:
            self._starts.extend(self.line_of(("timeline", at)) for at in range(len(self.incident.timeline)))
        found = bisect_right(self._starts, line) - 1
        return found if found >= 0 else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A version that was understood: its timeline, its metrics, its clock, its events by their place."""

    side: Side
    incident: Incident
    timeline: Timeline
    metrics: Metrics
    clock: Clock
    events: tuple[ResolvedEvent, ...]

    def key_at(self, index: int) -> str:
        """Return the key of the event at that place of the log."""
        return self.events[index].key


def resolved(side: Side | None) -> Resolved | None:
    """Return a version ready to compare, None where there is none or it was not understood."""
    if side is None or side.metrics is None:
        return None
    timeline = side.metrics.timeline
    events = sorted((*timeline.events, *timeline.undated), key=lambda one: one.index)
    return Resolved(side, timeline.incident, timeline, side.metrics, clock_of(timeline), tuple(events))
