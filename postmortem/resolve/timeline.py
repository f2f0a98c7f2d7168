"""The Timeline: an incident whose times and counts have been resolved, each with its proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, Protocol, TypeAlias

from postmortem.ground.place import Route
from postmortem.ground.record import record
from postmortem.model.incident import Event, Incident


@record
class Step:
    """One link of a proof: a statement in the log. ``sources`` are the ids it is attributed to."""

    route: Route
    text: str
    sources: tuple[str, ...]
    event: str | None = None


Proof: TypeAlias = tuple[Step, ...]


class OnAsking:
    """A field that takes a proof, or what makes it, and makes it when it is first asked for.

    In a log of 10,000 events that lead to each other all proofs together are far larger than the log.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._kept = f"kept_{name}"

    def __get__(self, instance: Any, owner: type) -> Proof:
        if instance is None:
            return ()
        kept = getattr(instance, self._kept)
        if callable(kept):
            kept = kept()
            self.__set__(instance, kept)
        return tuple(kept)

    def __set__(self, instance: Any, value: Proof | Callable[[], Proof]) -> None:
        object.__setattr__(instance, self._kept, value)


@record
class Bounds:
    """Where a time point lies: whole microseconds since 1970-01-01T00:00Z, None where unknown.

    ``named``: a claim gives the nominal itself (`18:20`, `X + ~20m` of a named X), it is no middle.
    """

    earliest: int | None
    latest: int | None
    nominal: int | None
    proof_earliest: OnAsking = OnAsking()
    proof_latest: OnAsking = OnAsking()
    named: bool = False


@record
class Distance:
    """How far one time point lies after another, in microseconds; None where unknown.

    ``named``: the nominal is the difference of two named nominals, no middle of anything.
    """

    low: int | None
    high: int | None
    nominal: int | None
    proof_low: Proof = ()
    proof_high: Proof = ()
    named: bool = False


@record
class ConflictClaim:
    """One side of a conflict: its claim as written; ``stated`` is the source's own wording, if noted."""

    route: Route
    sources: tuple[str, ...]
    text: str
    stated: str | None
    kept: bool


@record
class Conflict:
    """Claims of one event that cannot all hold, and how it was ruled.

    ``about`` is ``at``, ``end``, or ``count:MEASURE``.
    """

    about: str
    status: Literal["open", "ruled"]
    because: str
    claims: tuple[ConflictClaim, ...]


@record
class CountClaim:
    """What one claim says a measure was."""

    route: Route
    sources: tuple[str, ...]
    text: str
    stated: str | None
    low: int | float | None
    high: int | float | None
    nominal: int | float | None
    kept: bool


@record
class Count:
    """A measure of one event over its claims. ``growth``, ``percent`` and ``named`` as in `Quantity`."""

    event: str
    measure: str
    components: tuple[str, ...]
    low: int | float | None
    high: int | float | None
    nominal: int | float | None
    growth: int | None
    percent: bool
    claims: tuple[CountClaim, ...]
    named: bool = False


@record
class ResolvedEvent:
    """An event with its resolved start, its end if it is a span, and its order to the one listed before.

    ``key`` is the event's id, or a stable one made from its kind and text; ``index`` its place in the log.
    ``end`` is None where the log speaks of no end.
    """

    key: str
    index: int
    event: Event
    at: Bounds
    end: Bounds | None
    order: Literal["sure", "undetermined"]
    conflicts: tuple[Conflict, ...]
    counts: tuple[Count, ...]


class Distances(Protocol):
    """What answers how far two time points are apart: the resolved network."""

    def between(self, first: tuple[int, bool], second: tuple[int, bool]) -> Distance:
        """Return second minus first; a point is (event index, is it the end)."""
        ...


class Timeline:
    """The resolved incident. ``events`` in listed order; ``undated`` have neither bound nor nominal time.

    ``t0`` is the key of the incident's zero, None where it has none. ``keys`` maps an event's key to
    its index in the log. ``left_out`` counts the claims that an as-of view does not show because
    nothing says when they were known.
    """

    __match_args__ = ("incident", "events", "undated", "t0", "keys", "distances", "left_out")
    __slots__ = (*__match_args__, "_of_key")

    # No record: it knows its events by their keys, and nobody compares it.
    def __init__(
        self,
        incident: Incident,
        events: tuple[ResolvedEvent, ...],
        undated: tuple[ResolvedEvent, ...],
        t0: str | None,
        keys: dict[str, int],
        distances: Distances,
        left_out: int = 0,
    ) -> None:
        self.incident: Final = incident
        self.events: Final = events
        self.undated: Final = undated
        self.t0: Final = t0
        self.keys: Final = keys
        self.distances: Final = distances
        self.left_out: Final = left_out
        self._of_key: Final[dict[str, ResolvedEvent]] = {}
        for one in (*events, *undated):
            self._of_key.setdefault(one.key, one)

    def event(self, key: str) -> ResolvedEvent | None:
        """Return the event of that key, dated or not; None if there is none."""
        return self._of_key.get(key)
