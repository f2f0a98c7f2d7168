"""Shortest paths over a consistent network: the bounds of every point, and how far any two lie apart."""

from __future__ import annotations

from heapq import heappop, heappush
from math import inf

from postmortem.resolve.network import FAR, ZERO, Edge, Network, bounded

_HUB = 64
"""A point with more edges than this is a crossroads: what lies beyond is reckoned once for all."""


class Paths:
    """What follows from a network that no longer changes.

    ``latest[p]`` and ``earliest[p]`` are the tightest bounds of point p, None where unbounded.
    """

    __slots__ = ("_beyond", "_earliest", "_latest", "_network", "_out", "_toward", "earliest", "latest")

    def __init__(self, network: Network) -> None:
        self._network = network
        self._latest, self._out = network.latest, network.out
        self.latest: list[int | None] = [bounded(one) for one in network.latest]
        self.earliest, self._toward = _to_zero(network)
        # A point without an earliest time leads to none that has one: a search for these never goes there.
        self._earliest = [-FAR if one is None else one for one in self.earliest]
        self._beyond: dict[int, dict[int, int]] = {}

    def path_latest(self, point: int) -> list[int]:
        """Return the owners on the shortest path from zero to ``point``: what proves its latest value."""
        return [owner for _, _, owner in self._network.path(point)]

    def path_earliest(self, point: int) -> list[int]:
        """Return the owners that prove the earliest value of ``point``, from zero on."""
        owners = []
        step = self._toward[point]
        while step is not None:
            owners.append(step[2])
            step = self._toward[step[0]]
        owners.reverse()
        return owners

    def furthest(self, u: int, v: int) -> tuple[int, list[int]] | None:
        """Return how far ``v`` can lie after another point ``u``, and the owners that prove it, from u to v.

        None where that is unbounded.
        """
        through_zero = self._through_zero(u, v)
        found = self._search(u, v, through_zero)
        if found is not None:
            return found
        if through_zero is None:
            return None
        return through_zero, [*reversed(self.path_earliest(u)), *self.path_latest(v)]

    def surely_before(self, first: int, second: int) -> bool:
        """Tell whether ``second`` cannot lie before ``first``: cheap enough to ask all along a list."""
        earliest, latest = self.earliest, self.latest
        begins, ends = earliest[second], latest[first]
        if begins is not None and ends is not None and begins >= ends:
            return True
        # Two ways to place all points so that everything holds: each as late, or each as early, as can be.
        late = self._latest[second] - self._latest[first]
        if late < 0:
            return False
        early = self._earliest[second] - self._earliest[first]
        if early < 0:
            return False
        if earliest[first] is None or late <= early:
            return self._reaches(second, first, late, self._latest)
        return self._reaches(second, first, early, self._earliest)

    def _through_zero(self, u: int, v: int) -> int | None:
        earliest, latest = self.earliest[u], self.latest[v]
        return None if earliest is None or latest is None else latest - earliest

    def _search(self, u: int, v: int, below: int | None) -> tuple[int, list[int]] | None:
        """Return the shortest path from u to another point v that is shorter than ``below``.

        Nothing is shorter than the way through zero, which is ``below``, and goes through zero.
        """
        level, out = self._latest, self._out
        lead = level[u] - level[v]
        limit = None if below is None else below + lead
        best = {u: 0}
        via: dict[int, Edge] = {}
        queue = [(0, u)]
        while queue:
            cost, node = heappop(queue)
            if cost > best[node]:
                continue
            if node == v:
                return cost - lead, _owners(via, u, v)
            for target, weight, owner in out[node]:
                if target == ZERO:
                    continue
                ahead = cost + weight + level[node] - level[target]
                if (limit is None or ahead < limit) and ahead < best.get(target, inf):
                    best[target] = ahead
                    via[target] = (node, weight, owner)
                    heappush(queue, (ahead, target))
        return None

    def _reaches(self, u: int, v: int, radius: int, level: list[int]) -> bool:
        """Tell whether a path of at most ``radius`` over ``level`` leads from u to v without passing zero."""
        out, beyond = self._out, self._beyond
        best = {u: 0}
        queue = [(0, u)]
        while queue:
            cost, node = heappop(queue)
            if cost > best[node]:
                continue
            here = level[node]
            if len(out[node]) > _HUB and node != u:
                if node not in beyond:
                    beyond[node] = self._from(node)
                rest = beyond[node].get(v)
                if rest is not None and cost + rest + here - level[v] <= radius:
                    return True
                continue
            for target, weight, _ in out[node]:
                if target == ZERO:
                    continue
                ahead = cost + weight + here - level[target]
                if ahead < best.get(target, radius + 1):
                    if target == v:
                        return True
                    best[target] = ahead
                    heappush(queue, (ahead, target))
        return False

    def _from(self, source: int) -> dict[int, int]:
        """Return how far every point can lie after ``source`` by paths that do not pass zero."""
        level, out = self._latest, self._out
        best = {source: 0}
        queue = [(0, source)]
        while queue:
            cost, node = heappop(queue)
            if cost > best[node]:
                continue
            for target, weight, _ in out[node]:
                if target == ZERO:
                    continue
                ahead = cost + weight + level[node] - level[target]
                if ahead < best.get(target, inf):
                    best[target] = ahead
                    heappush(queue, (ahead, target))
        return {node: cost - level[source] + level[node] for node, cost in best.items()}


def _to_zero(network: Network) -> tuple[list[int | None], list[Edge | None]]:
    """Return the earliest value of every point, and the next step of its shortest path to zero."""
    level = network.latest
    into: list[list[Edge]] = [[] for _ in level]
    for node, edges in enumerate(network.out):
        for target, weight, owner in edges:
            into[target].append((node, weight, owner))
    earliest: list[int | None] = [None] * len(level)
    toward: list[Edge | None] = [None] * len(level)
    best = {ZERO: 0}
    queue = [(0, ZERO)]
    while queue:
        cost, node = heappop(queue)
        if earliest[node] is not None:
            continue
        earliest[node] = level[node] - cost
        here = level[node]
        for origin, weight, owner in into[node]:
            ahead = cost + weight + level[origin] - here
            if ahead < best.get(origin, inf):
                best[origin] = ahead
                toward[origin] = (node, weight, owner)
                heappush(queue, (ahead, origin))
    return earliest, toward


def _owners(via: dict[int, Edge], u: int, v: int) -> list[int]:
    owners = []
    while v != u:
        v, _, owner = via[v]
        owners.append(owner)
    owners.reverse()
    return owners
