"""Moments: one point of time, or the first or last of several, and how far two moments are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from postmortem.resolve.timeline import Bounds, Distance, Proof, ResolvedEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from postmortem.resolve.timeline import Distances, Timeline

Dot: TypeAlias = tuple[int, bool]
"""A time point of the network: an event's index in the log, and whether its end is meant."""

_MOST_COMPARED = 8
"""Above so many candidates the network is not asked for each pair of them: their own bounds answer."""


class Candidate(NamedTuple):
    """An event's start or end that may be the moment."""

    event: ResolvedEvent
    end: bool = False

    @property
    def dot(self) -> Dot:
        """The candidate as a point of the network."""
        return self.event.index, self.end

    @property
    def bounds(self) -> Bounds:
        """Where it lies; without any bound where the log speaks of no such end."""
        return (self.event.end if self.end else self.event.at) or Bounds(None, None, None)


class Moment(NamedTuple):
    """The first or last of ``candidates``; ``chosen`` is the one that the listed order takes for it."""

    chosen: Candidate
    candidates: tuple[Candidate, ...]
    pick: Literal["first", "last"] = "first"

    @property
    def open(self) -> bool:
        """Whether what is known leaves open which candidate it is."""
        return len(self.candidates) > 1


def single(event: ResolvedEvent, end: bool = False) -> Moment:
    """Return the moment of one event's start or end."""
    candidate = Candidate(event, end)
    return Moment(candidate, (candidate,))


def first_of(events: Sequence[ResolvedEvent], distances: Distances) -> Moment:
    """Return the first of the events (at least one, in listed order), without those surely later."""
    edge = min((one.at.latest for one in events if one.at.latest is not None), default=None)
    left = [one for one in events if edge is None or one.at.earliest is None or one.at.earliest <= edge]
    if 1 < len(left) <= _MOST_COMPARED:
        left = _undominated(left, lambda early, late: _sure(distances, early, late))
    return Moment(Candidate(left[0]), tuple(map(Candidate, left)))


def last_of(events: Sequence[ResolvedEvent], distances: Distances) -> Moment:
    """Return the last of the events (at least one, in listed order), without those surely earlier."""
    edge = max((one.at.earliest for one in events if one.at.earliest is not None), default=None)
    left = [one for one in events if edge is None or one.at.latest is None or one.at.latest >= edge]
    if 1 < len(left) <= _MOST_COMPARED:
        left = _undominated(left[::-1], lambda late, early: _sure(distances, early, late))[::-1]
    dated = [one for one in left if one.at.earliest is not None or one.at.latest is not None] or left
    return Moment(Candidate(dated[-1]), tuple(map(Candidate, left)), "last")


def _undominated(
    events: list[ResolvedEvent], comes: Callable[[ResolvedEvent, ResolvedEvent], bool]
) -> list[ResolvedEvent]:
    """Leave out what another surely precedes in the sense of ``comes``; of equals the first stays."""
    kept: list[ResolvedEvent] = []
    for one in events:
        if any(comes(other, one) for other in kept):
            continue
        kept = [other for other in kept if not comes(one, other)] + [one]
    return kept


def _sure(distances: Distances, early: ResolvedEvent, late: ResolvedEvent) -> bool:
    low = distances.between((early.index, False), (late.index, False)).low
    return low is not None and low >= 0


def apart(start: Moment, stop: Moment, timeline: Timeline) -> Distance:
    """Return how far ``stop`` lies after ``start``, with bounds that hold whichever candidates they are."""
    if max(len(start.candidates), len(stop.candidates)) > _MOST_COMPARED:
        return _by_own_bounds(start, stop)
    between = timeline.distances.between
    table = [[between(one.dot, other.dot) for one in start.candidates] for other in stop.candidates]
    # stop - first(start) is the largest over the starts; the first or last stop then takes its pick.
    lows = [_largest(row, _low) for row in table]
    if stop.pick == "last":
        low = _largest(lows, _low)
        high = _largest((_largest(row, _high) for row in table), _high)
    else:
        low = _smallest(lows, _low)
        # The smallest over the stops may be taken before the largest over the starts: that is never wider.
        columns = zip(*table, strict=True)
        high = _largest((_smallest(column, _high) for column in columns), _high)
    named = between(start.chosen.dot, stop.chosen.dot)
    nominal = moved(named.nominal, low.low, high.high)
    return Distance(low.low, high.high, nominal, low.proof_low, high.proof_high, named.named)


def moved(nominal: int | None, low: int | None, high: int | None) -> int | None:
    """Return a nominal value moved to the nearest bound where it lies outside."""
    if nominal is None:
        return None
    if low is not None and nominal < low:
        return low
    return high if high is not None and nominal > high else nominal


_Side: TypeAlias = "Callable[[Distance], float]"


def _low(one: Distance) -> float:
    return float("-inf") if one.low is None else one.low


def _high(one: Distance) -> float:
    return float("inf") if one.high is None else one.high


def _largest(found: Iterable[Distance], side: _Side) -> Distance:
    return max(found, key=side)


def _smallest(found: Iterable[Distance], side: _Side) -> Distance:
    return min(found, key=side)


def _by_own_bounds(start: Moment, stop: Moment) -> Distance:
    earliest, proof_earliest = _edge(start, "earliest")
    latest, proof_latest = _edge(start, "latest")
    soonest, proof_soonest = _edge(stop, "earliest")
    utmost, proof_utmost = _edge(stop, "latest")
    low = None if soonest is None or latest is None else soonest - latest
    high = None if utmost is None or earliest is None else utmost - earliest
    one, other = start.chosen.bounds, stop.chosen.bounds
    nominal = None if one.nominal is None or other.nominal is None else other.nominal - one.nominal
    return Distance(
        low,
        high,
        moved(nominal, low, high),
        proof_soonest + proof_latest,
        proof_utmost + proof_earliest,
        one.named and other.named,
    )


def _edge(moment: Moment, side: Literal["earliest", "latest"]) -> tuple[int | None, Proof]:
    """Return one bound of a moment with its proof."""
    known: list[tuple[int, Proof]] = []
    unknown = False
    for one in moment.candidates:
        value = one.bounds.earliest if side == "earliest" else one.bounds.latest
        proof = one.bounds.proof_earliest if side == "earliest" else one.bounds.proof_latest
        if value is None:
            unknown = True
        else:
            known.append((value, proof))
    # The first is at most the least of all latest bounds; of the other bounds each candidate's counts.
    tolerant = (moment.pick == "first") == (side == "latest")
    if not known or (unknown and not tolerant):
        return None, ()
    return (min if moment.pick == "first" else max)(known, key=lambda pair: pair[0])
