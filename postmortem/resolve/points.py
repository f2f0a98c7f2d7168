"""Time points as numbers: the clock's zero, each source's clock, each event's start, the ends of spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from postmortem.model.stated import Base, Bound
from postmortem.resolve.network import ZERO, Link
from postmortem.resolve.statements import Statement

Meaning: TypeAlias = list[tuple[Link, Bound]]
"""What a statement binds: links between points, each with the bound it comes from."""

_ZERO_ONLY = (ZERO,)


class Points:
    """The number of every time point of a log, and statements as links between them.

    ``starts[i]`` is event i's start, ``ends`` the ends by event index, ``clocks`` the clock points by
    source. An end exists only where the log speaks of one.
    """

    __slots__ = ("_ended", "_ids", "clocks", "count", "ends", "starts", "zero")

    def __init__(
        self, clocks: Iterable[str], events: int, ids: Mapping[str | None, int], ended: Iterable[int]
    ) -> None:
        self._ids = ids
        self.clocks = {name: number for number, name in enumerate(clocks, start=ZERO + 1)}
        first = ZERO + 1 + len(self.clocks)
        self.starts = range(first, first + events)
        self._ended = sorted(set(ended))
        self.ends = {index: first + events + number for number, index in enumerate(self._ended)}
        self.count = first + events + len(self.ends)
        self.zero: int | None = None
        """The event that ``T`` stands for, once that is known."""

    def number(self, base: Base) -> int | None:
        """Return the point that a base names; None where there is no such event."""
        index = self.zero if base.event is None else self._ids.get(base.event)
        if index is None:
            return None
        return self.ends.get(index) if base.end else self.starts[index]

    def of(self, statement: Statement) -> int:
        """Return the point that a statement dates."""
        if statement.event is None:
            return self.clocks[statement.sources[0]]
        return self.starts[statement.event] if statement.aspect == "at" else self.ends[statement.event]

    def origins(self, statement: Statement, bound: Bound) -> Sequence[int]:
        """Return the points a bound counts from: several where several sources say it by their own clocks."""
        if statement.spans and statement.event is not None:
            return (self.starts[statement.event],)
        if bound.base is not None:
            base = self.number(bound.base)
            return () if base is None else (base,)
        if statement.event is None or not self.clocks or not statement.sources:
            return _ZERO_ONLY
        clocks, sources = self.clocks, statement.sources
        if len(sources) == 1:
            return (clocks.get(sources[0], ZERO),)
        return tuple(dict.fromkeys(clocks.get(source, ZERO) for source in sources))

    def meaning(self, statement: Statement) -> Meaning:
        """Return a statement as links, each with the bound that it comes from."""
        point = self.of(statement)
        return [
            (Link(origin, point, bound.low, bound.high), bound)
            for bound in statement.bounds
            for origin in self.origins(statement, bound)
        ]

    def spans(self) -> list[Link]:
        """Return what no one needs to state: an end is not before its start."""
        return [Link(self.starts[index], end, 0, None) for index, end in self.ends.items()]

    def span_to(self, point: int) -> Link | None:
        """Return what binds an end to its start; None where ``point`` is no end."""
        place = point - self.starts.stop
        return Link(self.starts[self._ended[place]], point, 0, None) if place >= 0 else None
