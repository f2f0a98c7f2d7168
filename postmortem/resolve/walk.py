"""The walk that nominal values and places in a list share: each point after those that it is dated from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from postmortem.model.stated import Bound
from postmortem.resolve.network import Link

T = TypeVar("T")
Dated: TypeAlias = Sequence[tuple[Link, Bound]]
"""The kept statements' bounds that date one point."""

Said: TypeAlias = Mapping[int, Dated]
"""The kept statements' bounds by the point they date."""


def walked(
    known: dict[int, T],
    points: int,
    said: Said,
    leads: Callable[[Bound], bool],
    made: Callable[[int, Dated], T],
) -> list[T]:
    """Return what is known of each of so many points, having ``made`` it where ``known`` had nothing yet.

    A point's turn comes after all that bounds which ``leads`` accepts date it from; in a circle it comes
    before the one that it was reached from. ``known`` is filled.
    """
    waiting: set[int] = set()
    for first in range(points):
        stack = [first]
        while stack:
            point = stack[-1]
            if point in known:
                stack.pop()
                continue
            waiting.add(point)
            dated = said.get(point, ())
            due = [
                link.u
                for link, bound in dated
                if link.u not in known and link.u not in waiting and leads(bound)
            ]
            if due:
                stack.extend(due)
                continue
            known[point] = made(point, dated)
    return [known[point] for point in range(points)]
