"""The order in which a timeline lists its events: by nominal time, or by the bound that an event has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import TypeAlias

from postmortem.model.stated import Bound
from postmortem.resolve.network import FAR, NOBODY, Link
from postmortem.resolve.nominals import Nominal, Range
from postmortem.resolve.walk import Said, walked

Key: TypeAlias = tuple[int, int, int]
"""Where an event stands, its earliest time, its place in the log."""

Follows: TypeAlias = dict[int, list[int]]


def listed(
    starts: Sequence[int],
    owners: Mapping[int, int],
    ranges: Sequence[Range],
    nominal: Sequence[Nominal],
    said: Said,
) -> tuple[list[int], list[int]]:
    """Return the event indices in listed order, and those of undated events as written.

    ``starts`` are the events' start points, ``owners`` maps every start and end to its event. Events are
    listed by nominal time, then by earliest, then as written; but none before one that a claim says it
    follows, for their order is sure.
    """
    stands = _stands(ranges, nominal, said)
    keys: dict[int, Key] = {}
    undated = []
    for index, start in enumerate(starts):
        stand, earliest = stands[start], ranges[start][0]
        if stand is None:
            undated.append(index)
        else:
            keys[index] = (stand, earliest if earliest is not None else -FAR, index)
    return _in_turn(keys, _follows(keys, starts, owners, said)), undated


def _stands(ranges: Sequence[Range], nominal: Sequence[Nominal], said: Said) -> list[int | None]:
    """Return where each point stands in a list: its nominal, else the bound it has.

    What is only known to be after X stands no earlier than X does, however uncertain X is.
    """
    known: dict[int, int | None] = {
        point: one.value for point, one in enumerate(nominal) if one.value is not None
    }
    return walked(
        known,
        len(ranges),
        said,
        lambda _: True,
        lambda point, links: _stand(ranges[point], links, known),
    )


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


def _follows(
    keys: Mapping[int, Key], starts: Sequence[int], owners: Mapping[int, int], said: Said
) -> Follows:
    """Return, by event, those that claims place after it.

    What begins after another's end begins after its start too, and what ends before another's start
    begins before it; the other ways round nothing follows.
    """
    follows: Follows = {}
    for point, links in said.items():
        mine = owners.get(point, NOBODY)
        for link, _ in links:
            other = owners.get(link.u, NOBODY)
            if mine == other or mine not in keys or other not in keys:
                continue
            if link.low is not None and link.low >= 0 and point == starts[mine] and link.high != 0:
                follows.setdefault(other, []).append(mine)
            elif link.high is not None and link.high <= 0 and link.u == starts[other] and link.low != 0:
                follows.setdefault(mine, []).append(other)
    return follows


def _in_turn(keys: Mapping[int, Key], follows: Follows) -> list[int]:
    """Return the events by their keys, each after all that it follows; a circle is broken where it begins."""
    waits = dict.fromkeys(keys, 0)
    for after in follows.values():
        for index in after:
            waits[index] += 1
    every = sorted(keys, key=keys.__getitem__)
    ordered: dict[int, None] = {}
    for ready in ([keys[index] for index in every if not waits[index]], *([keys[index]] for index in every)):
        while ready:
            index = heappop(ready)[-1]
            if index in ordered:
                continue
            ordered[index] = None
            for other in follows.get(index, ()):
                waits[other] -= 1
                if not waits[other]:
                    heappush(ready, keys[other])
    return list(ordered)
