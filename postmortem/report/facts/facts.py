"""What a report tells, gathered once for every renderer: figures, bands, disagreements, evidence, links."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from postmortem.ground.record import record
from postmortem.measure.metrics import Metric, Metrics
from postmortem.model.incident import Action, Factor, Incident, Phase, Source
from postmortem.report.wording.words import Amount, Clock
from postmortem.resolve.timeline import Conflict, Count, Distance, ResolvedEvent, Timeline

Placed = Literal["all", "before", "phase", "between", "afterwards", "undated"]
MOST_FIGURES = 6


@record
class Row:
    """One event as the report lists it: ``number`` counts from 1 through dated and undated ones.

    ``sources`` are ids in the order of their first mention; ``since_zero`` and ``end_since_zero`` are given
    where the incident's zero is known only within more than a minute, for `Clock.relative`.
    """

    number: int
    event: ResolvedEvent
    sources: tuple[str, ...]
    since_zero: Distance | None = None
    end_since_zero: Distance | None = None


@record
class Band:
    """A stretch of the timeline with its events.

    ``place`` tells phases from what lies before, between and after them; ``all`` where the log has no phases.
    ``start`` and ``end`` are the rows of the events that the phase names (None: not said), ``starts_at_end``
    and ``ends_at_end`` that the end of that event is meant. ``length`` is how long the phase took.
    ``continued``: the phase was shown before and goes on here.
    """

    place: Placed
    title: str
    rows: tuple[Row, ...]
    phase: Phase | None = None
    start: Row | None = None
    end: Row | None = None
    starts_at_end: bool = False
    ends_at_end: bool = False
    length: Distance | None = None
    continued: bool = False


@record
class KeyFigure:
    """A figure of the first screen: it shows ``metric`` or ``count``; ``row`` is its event, if it has one."""

    title: str
    amount: Amount
    sources: tuple[str, ...]
    row: Row | None = None
    metric: Metric | None = None
    count: Count | None = None


@record
class Disagreement:
    """A conflict on an event, with what the report shows for it in words (``shown``)."""

    row: Row
    conflict: Conflict
    measure: str | None
    shown: str


@record
class Evidence:
    """A source of the ledger and who cites it: events (rows) and factors (ids), in listed order."""

    id: str
    source: Source
    rows: tuple[Row, ...]
    factors: tuple[str, ...]


@record
class Edge:
    """An arrow of the factor graph: from a factor to a factor, or to an event (``row``)."""

    origin: str
    target: str
    row: Row | None


@record
class NumberedAction:
    """An action with the id it is spoken of by: its own, else `A` and its number.

    ``overdue``: it is neither done nor dropped on the report's day, and was due before.
    """

    id: str
    action: Action
    overdue: bool = False


@record
class Facts:
    """All that the renderers of one incident share; ``rows`` holds every event, dated ones first."""

    incident: Incident
    timeline: Timeline
    metrics: Metrics
    clock: Clock
    name: str
    rows: tuple[Row, ...]
    bands: tuple[Band, ...]
    figures: tuple[KeyFigure, ...]
    disagreements: tuple[Disagreement, ...]
    evidence: tuple[Evidence, ...]
    sourced_claims: int
    all_claims: int
    edges: tuple[Edge, ...]
    actions: tuple[NumberedAction, ...]
    sections: tuple[tuple[str, str], ...]
    left_out: int
    by_key: Mapping[str, Row]
    withheld: int | None = None
    """How many entries a public version leaves out; None where this is no public version."""
    overdue_on: date | None = None
    """The day that actions are overdue on; None where none of them is, or nobody gave a day."""

    def row(self, key: str) -> Row | None:
        """Return the row of the event of that key, None if there is none."""
        return self.by_key.get(key)

    def actions_on(self, factor: str) -> tuple[NumberedAction, ...]:
        """Return the actions that address a factor, in listed order."""
        return tuple(one for one in self.actions if factor in one.action.addresses)

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors as the log lists them."""
        return self.incident.factors
