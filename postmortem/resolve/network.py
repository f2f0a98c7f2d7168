"""The network of bounds: points on one line, how far apart they may lie, and what cannot hold together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

ZERO = 0
"""The point that all absolute times are counted from: 1970-01-01T00:00Z."""

FAR = 1 << 80
"""Later than any time that can be written (microseconds), and than any sum of durations in one log."""


NOBODY = -1
"""The owner of links that no one states: an end is never before its start."""


class Link(NamedTuple):
    """Point ``v`` lies between ``low`` and ``high`` microseconds after point ``u``; None is unbounded."""

    u: int
    v: int
    low: int | None
    high: int | None


Edge: TypeAlias = tuple[int, int, int]
"""Node, weight, owner: the owner says that the node lies at most ``weight`` after the point it is kept at.

In `Network.back` and in walks it is the other way round: the point it is kept at lies after the node.
"""


def bounded(latest: int) -> int | None:
    """Return a point's latest time, None where it is so far that nothing bounds it."""
    return latest if latest < FAR // 2 else None


class Quarrel(NamedTuple):
    """A circle of bounds that cannot hold: the owners in their order on it, and by how much they miss."""

    owners: tuple[int, ...]
    miss: int


class Network:
    """A consistent set of bounds that takes more of them, one owner at a time, or says why it cannot.

    ``latest[p]`` is always the greatest value that point p can take (shortest path from `ZERO`), and at
    least half of `FAR` where nothing bounds it from above. ``back[p]`` is the last step of that path.
    Adding costs only as much as there is to change (Cotton and Maler, 2006), so that a log is taken in
    claim by claim and a contradiction is found at the claim that makes it.
    """

    __slots__ = ("_trail", "back", "latest", "out")

    def __init__(self, points: int, offsets: Sequence[int] = ()) -> None:
        """Make a network of ``points`` points; ``offsets`` says roughly how they lie to each other.

        Offsets change no result: where durations chain points that no clock bounds yet, good ones
        save moving the whole chain at every link.
        """
        self.latest = [FAR + offset for offset in offsets] if offsets else [FAR] * points
        self.latest[ZERO] = 0
        self.back: list[Edge | None] = [None] * points
        self.out: list[list[Edge]] = [[] for _ in range(points)]
        self._trail: list[tuple[int, int | None, Edge | None]] = []

    def mark(self) -> int:
        """Return where we are, for `rewind`."""
        return len(self._trail)

    def rewind(self, mark: int) -> None:
        """Take back everything added since `mark` was asked."""
        trail = self._trail
        while len(trail) > mark:
            node, value, edge = trail.pop()
            if value is None:
                self.out[node].pop()
            else:
                self.latest[node] = value
                self.back[node] = edge

    def settle(self) -> None:
        """Forget how to `rewind`: what was added stays."""
        self._trail.clear()

    def add(self, owner: int, links: Iterable[Link]) -> Quarrel | None:
        """Take in the links of one owner, all or none; return the circle that forbids it, if one does."""
        mark = len(self._trail)
        latest, out, trail = self.latest, self.out, self._trail
        for u, v, low, high in links:
            quarrel = None
            if high is not None:
                if latest[u] + high < latest[v]:
                    quarrel = self._tighten(u, v, high, owner)
                out[u].append((v, high, owner))
                trail.append((u, None, None))
            if low is not None and quarrel is None:
                if latest[v] - low < latest[u]:
                    quarrel = self._tighten(v, u, -low, owner)
                out[v].append((u, -low, owner))
                trail.append((v, None, None))
            if quarrel is not None:
                self.rewind(mark)
                return quarrel
        return None

    def _tighten(self, u: int, v: int, weight: int, owner: int) -> Quarrel | None:
        """Move what an edge moves; return the circle that it closes, if it does."""
        if u == v:
            return Quarrel((owner,), -weight)
        edge = (u, weight, owner)
        if v == ZERO:
            return self._quarrel(v, {v: edge})
        value = self.latest[u] + weight
        if not self.out[v]:
            self._trail.append((v, self.latest[v], self.back[v]))
            self.latest[v] = value
            self.back[v] = edge
            return None
        via = {v: edge}
        closing = self._spread(u, v, value - self.latest[v], via)
        return None if closing is None else self._quarrel(closing, via)

    def _spread(self, u: int, v: int, shift: int, via: dict[int, Edge]) -> int | None:
        """Move ``v`` by ``shift`` and all that follows, the most moved first, so that nothing moves twice.

        Return the point that closes a circle, if one does: the clock's zero cannot move, and ``u`` cannot
        move because of itself.
        """
        latest, back, out, trail = self.latest, self.back, self.out, self._trail
        shifts = {v: shift}
        moved: set[int] = set()
        queue = [(shift, v)]
        while queue:
            shift, node = heappop(queue)
            if node in moved:
                continue
            moved.add(node)
            trail.append((node, latest[node], back[node]))
            here = latest[node] = latest[node] + shift
            back[node] = via[node]
            for target, weight, owner in out[node]:
                further = here + weight - latest[target]
                if further < 0 and target not in moved and further < shifts.get(target, 0):
                    via[target] = (node, weight, owner)
                    if target in (ZERO, u):
                        return target
                    shifts[target] = further
                    heappush(queue, (further, target))
        return None

    def _quarrel(self, closing: int, via: dict[int, Edge]) -> Quarrel:
        """Return the circle that ``closing`` closes: back along what moves (``via``), then along ``back``.

        The first point that is passed twice closes it; what moves for a new edge and comes back to where
        it began has been moved by that much too far.
        """
        walk: list[Edge] = []
        passed = {closing: 0}
        node = closing
        while True:
            step = via.get(node) or self.back[node]
            assert step is not None, "what moves a bounded point is bounded itself"
            walk.append(step)
            node = step[0]
            if node in passed:
                break
            passed[node] = len(walk)
        circle = walk[passed[node] :]
        owners = dict.fromkeys(owner for _, _, owner in reversed(circle))
        return Quarrel(tuple(owners), -sum(weight for _, weight, _ in circle))

    def path(self, point: int) -> list[Edge]:
        """Return the steps of the shortest path from zero to ``point``, from zero on; empty if unbounded."""
        steps: list[Edge] = []
        step = self.back[point]
        while step is not None:
            steps.append(step)
            step = self.back[step[0]]
        steps.reverse()
        return steps
