"""Hand-made timelines: events, bounds on distances between them, counts; closed by brute force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from postmortem.model.build import validate
from postmortem.resolve.timeline import (
    Bounds,
    Count,
    CountClaim,
    Distance,
    ResolvedEvent,
    Step,
    Timeline,
)

SECOND = 1_000_000
Dot = tuple[int, bool]
INFINITY = float("inf")
Make = Callable[..., Timeline]


def at(text: str) -> int:
    """Microseconds of a clock time on the day of these tests, in UTC."""
    whole = datetime.fromisoformat(text if "-" in text else f"2023-05-24 {text}").replace(tzinfo=UTC)
    return (whole - datetime(1970, 1, 1, tzinfo=UTC)) // datetime.resolution


@dataclass
class Closed:
    """All distances between points by Floyd and Warshall; None is the clock."""

    upper: dict[tuple[Dot | None, Dot | None], float]
    points: list[Dot | None]
    nominals: Mapping[Dot, int | None]
    asked: list[tuple[Dot, Dot]] = field(default_factory=list)

    def close(self) -> None:
        for k in self.points:
            for i in self.points:
                for j in self.points:
                    through = self.up(i, k) + self.up(k, j)
                    if through < self.up(i, j):
                        self.upper[i, j] = through

    def up(self, i: Dot | None, j: Dot | None) -> float:
        return 0 if i == j else self.upper.get((i, j), INFINITY)

    def bound(self, i: Dot | None, j: Dot | None) -> tuple[int | None, int | None]:
        low, high = -self.up(j, i), self.up(i, j)
        return (None if low == -INFINITY else int(low), None if high == INFINITY else int(high))

    def between(self, first: Dot, second: Dot) -> Distance:
        self.asked.append((first, second))
        low, high = self.bound(first, second)
        one, other = self.nominals.get(first), self.nominals.get(second)
        nominal = None if one is None or other is None else other - one
        steps = [
            (Step(("timeline", dot[0], "at"), side, ()),) for dot in (first, second) for side in ("l", "h")
        ]
        return Distance(low, high, nominal, steps[0] + steps[2], steps[1] + steps[3], nominal is not None)


def _count(key: str, said: Mapping[str, Any]) -> Count:
    low, high, nominal = said["low"], said["high"], said.get("nominal")
    claims = tuple(
        CountClaim(("timeline", 0, "counts", one), (one,), one, None, values[0], values[1], values[2], True)
        for one, values in said.get("claims", {"s": (low, high, nominal)}).items()
    )
    return Count(
        key,
        said["measure"],
        tuple(said.get("components", ())),
        low,
        high,
        nominal,
        said.get("growth"),
        said.get("percent", False),
        claims,
        nominal is not None,
    )


@pytest.fixture
def make() -> Make:
    """Build a timeline.

    ``events``: id to {kind, at: (low, high, nominal), end: the same, counts: [...]}, clock times as text;
    ``links``: (from, to) to (low, high) in seconds, an end written `id.end`; ``more``: the rest of the log.
    """

    def build(
        events: Mapping[str, Mapping[str, Any]],
        links: Mapping[tuple[str, str], tuple[int | None, int | None]] | None = None,
        **more: Any,
    ) -> Timeline:
        log = {
            "format": "postmortem/1",
            "title": "A test",
            "date": "2023-05-24",
            "timezone": "UTC",
            "status": "resolved",
            "timeline": [
                {"id": key, "what": key, "kind": said.get("kind", "note")} for key, said in events.items()
            ],
        }
        incident = validate({**log, **more})
        index = {key: number for number, key in enumerate(events)}
        dots: list[Dot] = [(number, False) for number in index.values()]
        nominals: dict[Dot, int | None] = {}
        upper: dict[tuple[Dot | None, Dot | None], float] = {}

        def link(one: Dot | None, other: Dot | None, low: int | None, high: int | None) -> None:
            if high is not None:
                upper[one, other] = min(high, upper.get((one, other), INFINITY))
            if low is not None:
                upper[other, one] = min(-low, upper.get((other, one), INFINITY))

        def place(dot: Dot, said: Sequence[str | None] | None) -> None:
            low, high, nominal = [None if one is None else at(one) for one in (said or (None,) * 3)]
            link(None, dot, low, high)
            nominals[dot] = nominal

        for key, said in events.items():
            place((index[key], False), said.get("at"))
            if "end" in said:
                dots.append((index[key], True))
                place((index[key], True), said["end"])
                link((index[key], False), (index[key], True), 0, None)
        for (one, other), (low, high) in (links or {}).items():
            pair = [(index[name.removesuffix(".end")], name.endswith(".end")) for name in (one, other)]
            low, high = (None if size is None else size * SECOND for size in (low, high))
            link(pair[0], pair[1], low, high)
        closed = Closed(upper, [None, *dots], nominals)
        closed.close()

        def bounds(dot: Dot) -> Bounds:
            low, high = closed.bound(None, dot)
            proof = (Step(("timeline", dot[0], "until" if dot[1] else "at"), "said", ("s",)),)
            return Bounds(low, high, nominals[dot], proof, proof, nominals[dot] is not None)

        resolved = [
            ResolvedEvent(
                key,
                index[key],
                incident.timeline[index[key]],
                bounds((index[key], False)),
                bounds((index[key], True)) if "end" in said else None,
                "sure",
                (),
                tuple(_count(key, one) for one in said.get("counts", ())),
            )
            for key, said in events.items()
        ]
        undated = [one for one in resolved if one.at.earliest is None and one.at.latest is None]
        dated = [one for one in resolved if one not in undated]
        dated.sort(key=lambda one: (_standing(one.at), one.index))
        return Timeline(incident, tuple(dated), tuple(undated), more.get("t0"), index, closed)

    return build


def _standing(bounds: Bounds) -> int:
    for one in (bounds.nominal, bounds.earliest, bounds.latest):
        if one is not None:
            return one
    raise AssertionError("an undated event has no place in the order")
