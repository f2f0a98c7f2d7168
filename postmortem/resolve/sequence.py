"""In which order statements are taken into a network, and where its points begin, so that little is moved."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.resolve.network import ZERO, Link
from postmortem.resolve.points import Points


def quick_order(links: Sequence[Sequence[Link]], points: Points) -> list[int]:
    """Return the numbers of all statements in the order in which no point moves more often than it must.

    What counts from events comes first, then clock times from the earliest on.
    """
    first_event = ZERO + 1 + len(points.clocks)
    relative = []
    dated = []
    for number, one in enumerate(links):
        highs = [link.high for link in one if link.u < first_event and link.high is not None]
        if highs:
            dated.append((min(highs), number))
        else:
            relative.append(number)
    dated.sort()
    return [*relative, *(number for _, number in dated)]


def offsets(points: Points, links: Sequence[Sequence[Link]]) -> list[int]:
    """Return how points lie to each other by the durations between them, roughly: the first word counts."""
    first_event = ZERO + 1 + len(points.clocks)
    after: dict[int, tuple[int, int]] = {}
    for one in links:
        for u, v, low, high in one:
            size = high if high is not None else low
            if u >= first_event and u != v and size is not None:
                after.setdefault(v, (u, size))
    for index, end in points.ends.items():
        after.setdefault(end, (points.starts[index], 0))
    known: dict[int, int] = {}
    for point in after:
        chain: dict[int, None] = {}
        here = point
        while here not in known and here not in chain and here in after:
            chain[here] = None
            here = after[here][0]
        value = known.get(here, 0)
        for passed in reversed(chain):
            value += after[passed][1]
            known[passed] = value
    return [known.get(point, 0) for point in range(points.count)]
