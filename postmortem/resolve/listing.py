"""The order in which a timeline lists its events: by nominal time, or by the bound that an event has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeAlias

from postmortem.model.stated import Bound
from postmortem.resolve.network import ZERO, Link
from postmortem.resolve.nominals import Nominal, Range

Said: TypeAlias = Mapping[int, Sequence[tuple[Link, Bound]]]


def listed(
    starts: Sequence[int],
    owners: Mapping[int, int],
    ranges: Sequence[Range],
    nominal: Sequence[Nominal],
    said: Said,
) -> tuple[list[int], list[int]]:
    """Return the event indices in listed order, and those of undated events as written.

    ``starts`` are the events' start points, ``owners`` maps every start and end to its event. Events are
    listed by nominal time, then by earliest, then as written, except that among equals one that others
    are said to follow comes before them.
    """
    stands = _stands(ranges, nominal, said)
    dated = [index for index, start in enumerate(starts) if stands[start] is not None]
    undated = [index for index, start in enumerate(starts) if stands[start] is None]
    groups: dict[tuple[int, int], list[int]] = {}
    for index in dated:
        start = starts[index]
        earliest = ranges[start][0]
        stand = stands[start] or 0
        groups.setdefault((stand, earliest if earliest is not None else -(1 << 80)), []).append(index)
    in_order = []
    for key in sorted(groups):
        group = groups[key]
        in_order += group if len(group) == 1 else _followed(group, starts, owners, said)
    return in_order, undated


def _stands(ranges: Sequence[Range], nominal: Sequence[Nominal], said: Said) -> list[int | None]:
    """Return where each point stands in a list: its nominal, else the bound it has.

    What is only known to be after X stands no earlier than X does, however uncertain X is.
    """
    known: dict[int, int | None] = {
        point: one.value for point, one in enumerate(nominal) if one.value is not None
    }
    known[ZERO] = 0
    waiting: set[int] = set()
    for first in range(len(ranges)):
        stack = [first]
        while stack:
            point = stack[-1]
            if point in known:
                stack.pop()
                continue
            waiting.add(point)
            links = said.get(point, ())
            due = [link.u for link, _ in links if link.u not in known and link.u not in waiting]
            if due:
                stack.extend(due)
                continue
            known[point] = _stand(ranges[point], links, known)
            waiting.discard(point)
            stack.pop()
    return [known[point] for point in range(len(ranges))]


def _stand(one: Range, links: Iterable[tuple[Link, Bound]], known: Mapping[int, int | None]) -> int | None:
    earliest, latest = one
    if earliest is not None:
        after = [
            here + link.low
            for link, _ in links
            if (here := known.get(link.u)) is not None and link.low is not None
        ]
        stand = max([earliest, *after])
        return stand if latest is None else min(stand, latest)
    if latest is not None:
        before = [
            here + link.high
            for link, _ in links
            if (here := known.get(link.u)) is not None and link.high is not None
        ]
        return min([latest, *before])
    return None


def _followed(
    group: Sequence[int], starts: Sequence[int], owners: Mapping[int, int], said: Said
) -> list[int]:
    """Return events that stand equal, as written but none before one that it is said to follow."""
    members = set(group)
    follow: dict[int, list[int]] = {index: [] for index in group}
    waits = dict.fromkeys(group, 0)
    for index in group:
        for link, _ in said.get(starts[index], ()):
            other = owners.get(link.u)
            if other is None or other == index or other not in members or (link.low == 0 and link.high == 0):
                continue
            if link.low is not None and link.low >= 0:
                follow[other].append(index)
                waits[index] += 1
            elif link.high is not None and link.high <= 0:
                follow[index].append(other)
                waits[other] += 1
    ready = [index for index in group if not waits[index]]
    heapify(ready)
    ordered: dict[int, None] = {}
    while ready:
        index = heappop(ready)
        ordered[index] = None
        for other in follow[index]:
            waits[other] -= 1
            if not waits[other]:
                heappush(ready, other)
    return [*ordered, *(index for index in group if index not in ordered)]
