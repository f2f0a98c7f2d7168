"""Incident to Timeline: all claims weighed together, every event placed, conflicts ruled or told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot
from postmortem.model.incident import Incident, claims_of
from postmortem.model.stated import Base
from postmortem.resolve.approximations import anchor_of, count_share_of
from postmortem.resolve.counts import Counted, counted
from postmortem.resolve.keys import keys_of
from postmortem.resolve.listing import listed
from postmortem.resolve.ordered import undetermined
from postmortem.resolve.points import Points
from postmortem.resolve.rulings import Matter, rulings_of, said_of
from postmortem.resolve.settlement import Contradiction
from postmortem.resolve.statements import (
    ClaimOf,
    Statement,
    bases,
    claim_statements,
    clock_statements,
    end_names,
)
from postmortem.resolve.timeline import Conflict, ConflictClaim, ResolvedEvent, Timeline
from postmortem.resolve.weighing import Between, Weighed, owners_of

_ZERO_KINDS = ("impact", "scheduled")


def resolve(incident: Incident, as_of: int | None = None) -> tuple[Timeline, tuple[Finding, ...]]:
    """Return the resolved incident, and what its times and counts contradict.

    ``as_of``: only by what was known at that moment, in microseconds since 1970-01-01T00:00Z. There is
    always a timeline: what contradicts the claims written above it is told, and left out to go on.
    """
    claims = [
        (index, event, route, claim)
        for index, event in enumerate(incident.timeline)
        for route, claim in claims_of(event, index)
    ]
    silent = 0
    if as_of is not None:
        claims, silent = _known(incident, claims, as_of)
        incident = _as_known(incident, claims)
        claims = [(index, incident.timeline[index], route, claim) for index, _, route, claim in claims]
    return _Resolving(incident, claims).timeline(silent)


def _as_known(incident: Incident, claims: Sequence[ClaimOf]) -> Incident:
    from postmortem.resolve.known import as_known

    return as_known(incident, claims)


def _known(incident: Incident, claims: Sequence[ClaimOf], as_of: int) -> tuple[list[ClaimOf], int]:
    from postmortem.resolve.known import known_by

    weighed: list[Weighed] = []

    def latest(base: Base) -> int | None:
        # Only a log whose times of knowing count from events is weighed as a whole first.
        if not weighed:
            weighed.append(_Resolving(incident, claims).weigh())
        point = weighed[0].points.number(base)
        return None if point is None else weighed[0].ranges[point][1]

    return known_by(as_of, incident, claims, anchor_of(incident), latest)


class _Resolving:
    """One incident with the claims that count, on its way to a timeline."""

    def __init__(self, incident: Incident, claims: Sequence[ClaimOf]) -> None:
        self.incident, self.claims = incident, claims
        self.keys = keys_of(incident.timeline)
        self.ids: dict[str | None, int] = {}
        for index, event in enumerate(incident.timeline):
            if event.id:
                self.ids.setdefault(event.id, index)
        self.rulings = rulings_of(incident, claims)
        against = anchor_of(incident)
        self.statements = [
            *clock_statements(incident),
            *claim_statements(claims, against, len(incident.sources)),
        ]
        self.shown = dict.fromkeys(index for index, *_ in claims)
        self.findings: list[Finding] = list(self.rulings.findings)

    def weigh(self) -> Weighed:
        """Return all points resolved; `T` is first found where no event is named as the zero."""
        points = self._points()
        points.zero = self.ids.get(self.incident.t0)
        if points.zero is None and any(one.from_zero for one in self.statements):
            rest = [one for one in self.statements if not one.from_zero]
            first = Weighed(points, rest, self.rulings, self.keys)
            points.zero = self._zero(self._listed(first)[0])
            if points.zero is None:
                self._no_zero()
                self.statements = rest
                return first
        return Weighed(points, self.statements, self.rulings, self.keys)

    def timeline(self, silent: int) -> tuple[Timeline, tuple[Finding, ...]]:
        """Return the timeline and everything there is to say."""
        weighed = self.weigh()
        in_order, undated = self._listed(weighed)
        zero = weighed.points.zero
        if zero is None:
            zero = self._zero(in_order)
        counts = self._counts()
        conflicts = self._conflicts(weighed, counts)
        events = tuple(self._events(weighed, in_order, counts, conflicts))
        rest = tuple(self._events(weighed, undated, counts, conflicts, ordered=False))
        timeline = Timeline(
            self.incident,
            events,
            rest,
            self.keys[zero] if zero in self.shown else None,
            {self.keys[index]: index for index in self.shown},
            Between(weighed),
            silent,
        )
        self._tell(weighed, counts, conflicts)
        return timeline, (*self.findings, *undetermined(timeline))

    def _points(self) -> Points:
        clocks = [one.sources[0] for one in self.statements if one.event is None]
        ended: set[int | None] = {one.event for one in self.statements if one.aspect == "end"}
        ended |= {self.ids.get(base.event) for base in bases(self.statements) if base.end}
        ended |= {self.ids.get(name) for name in end_names(self.incident)}
        return Points(clocks, len(self.keys), self.ids, {index for index in ended if index is not None})

    def _listed(self, weighed: Weighed) -> tuple[list[int], list[int]]:
        points = weighed.points
        in_order, undated = listed(
            points.starts, owners_of(points), weighed.ranges, weighed.nominals, weighed.agreed()
        )
        return [i for i in in_order if i in self.shown], [i for i in undated if i in self.shown]

    def _zero(self, in_order: Sequence[int]) -> int | None:
        """Return the event that the incident counts from where none is named."""
        for kind in _ZERO_KINDS:
            for index in in_order:
                if self.incident.timeline[index].kind == kind:
                    return index
        return in_order[0] if in_order else None

    def _no_zero(self) -> None:
        first = next(one for one in self.statements if one.from_zero)
        bound = next(bound for bound in first.bounds if bound.base is not None and bound.base.event is None)
        self.findings.append(
            Finding(
                "PM208",
                "`T` counts from the incident's zero, but no event has a time of its own to be it",
                Spot(first.route, start=bound.start, end=bound.end),
                help="give one event a clock time, or name the zero with `t0`",
            )
        )

    def _counts(self) -> dict[int, Counted]:
        by_event: dict[int, list[ClaimOf]] = {}
        for one in self.claims:
            if one[3].counts:
                by_event.setdefault(one[0], []).append(one)
        share = count_share_of(self.incident)
        return {
            index: counted(self.keys[index], claims, share, self.rulings.ruled.get(index))
            for index, claims in by_event.items()
        }

    def _conflicts(self, weighed: Weighed, counts: Mapping[int, Counted]) -> dict[int, tuple[Conflict, ...]]:
        """Return the conflicts that rulings settle: starts, ends, then measures."""
        settled: dict[int, list[Conflict]] = {}
        said = said_of(self.rulings, self.statements)
        for matter in sorted(weighed.settlement.applied):
            settled.setdefault(matter[0], []).append(self._conflict(matter, said[matter]))
        for index, one in counts.items():
            if one.conflicts:
                settled.setdefault(index, []).extend(one.conflicts)
        return {index: tuple(conflicts) for index, conflicts in settled.items()}

    def _conflict(self, matter: Matter, numbers: Sequence[int]) -> Conflict:
        ruled = self.rulings.ruled[matter[0]]
        first = len(self.incident.sources)
        sides = []
        for number in numbers:
            one = self.statements[number]
            stated = self.claims[one.element - first][3].stated
            kept = ruled.keeps(one.sources)
            sides.append(ConflictClaim(one.route, one.sources, one.text, stated, kept))
        return Conflict(matter[1], ruled.status, ruled.because, tuple(sides))

    def _events(
        self,
        weighed: Weighed,
        indices: Sequence[int],
        counts: Mapping[int, Counted],
        conflicts: Mapping[int, tuple[Conflict, ...]],
        ordered: bool = True,
    ) -> Iterator[ResolvedEvent]:
        points = weighed.points
        before: int | None = None
        for index in indices:
            start, end = points.starts[index], points.ends.get(index)
            sure = ordered and (before is None or weighed.surely_before(before, start))
            before = start
            order: Literal["sure", "undetermined"] = "sure" if sure else "undetermined"
            yield ResolvedEvent(
                self.keys[index],
                index,
                self.incident.timeline[index],
                weighed.bounds(start),
                None if end is None else weighed.bounds(end),
                order,
                conflicts.get(index, ()),
                counts[index].counts if index in counts else (),
            )

    def _tell(
        self,
        weighed: Weighed,
        counts: Mapping[int, Counted],
        conflicts: Mapping[int, tuple[Conflict, ...]],
    ) -> None:
        """Gather what is wrong: contradictions, counts that do not overlap, rulings without a conflict."""
        disputed: set[int] = set()
        for found in weighed.settlement.contradictions:
            from postmortem.resolve.messages import contradiction

            events = _events_of(found, self.statements)
            disputed |= events
            if not events <= self.rulings.void:
                self.findings.append(contradiction(found, self.statements, self.incident.timeline))
        for index, one in counts.items():
            if one.findings:
                disputed.add(index)
                if index not in self.rulings.void:
                    self.findings.extend(one.findings)
        for index in self.rulings.ruled:
            if index not in disputed and index not in conflicts:
                self.findings.append(
                    Finding(
                        "PM304",
                        "this ruling has nothing to rule on: the claims of this event can all hold",
                        Spot(("timeline", index, "ruling"), key=True),
                        help="take it out; a remark on the sources goes under `note`",
                    )
                )


def _events_of(found: Contradiction, statements: Sequence[Statement]) -> set[int]:
    events = (statements[party.number].event for party in found.parties)
    return {event for event in events if event is not None}
