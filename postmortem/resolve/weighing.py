"""The weighed log: which statements hold, where every point lies, how far any two are apart, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from postmortem.model.stated import Bound
from postmortem.resolve.network import NOBODY, Link
from postmortem.resolve.nominals import Range, nominals
from postmortem.resolve.paths import Paths
from postmortem.resolve.points import Points
from postmortem.resolve.rulings import Rulings
from postmortem.resolve.settlement import settle
from postmortem.resolve.statements import Statement
from postmortem.resolve.timeline import Bounds, Distance, Proof, Step

if TYPE_CHECKING:
    from postmortem.resolve.hulls import Hull


class Weighed:
    """All points resolved. Points are numbers of `Points`; times are microseconds since 1970-01-01T00:00Z."""

    def __init__(
        self, points: Points, statements: Sequence[Statement], rulings: Rulings, keys: Sequence[str]
    ) -> None:
        self.points, self.statements, self.keys = points, statements, keys
        meanings = [points.meaning(one) for one in statements]
        self.settlement = settle(points, statements, meanings, rulings)
        opened = self.settlement.opened
        hulls: Mapping[int, Hull] = opened.hulls if opened else {}
        self._meaning: Mapping[int, tuple[int, ...]] = opened.meaning if opened else {}
        # What everything else contradicts is shown as its claims say, not as the others would have it.
        self._apart = {point: hull for point, hull in hulls.items() if not hull.binds}
        self.paths = Paths(self.settlement.network)
        self.ranges: list[Range] = list(zip(self.paths.earliest, self.paths.latest, strict=True))
        for point, hull in self._apart.items():
            self.ranges[point] = (hull.low.value, hull.high.value)
        self.said: dict[int, list[tuple[Link, Bound]]] = {}
        for number, one in enumerate(statements):
            if number in self.settlement.kept:
                self.said.setdefault(points.of(one), []).extend(meanings[number])
        self.nominals = nominals(self.ranges, self.said, hulls)
        self._steps: dict[int, Step] = {}

    def agreed(self) -> Mapping[int, Sequence[tuple[Link, Bound]]]:
        """Return what kept statements say of each point, without what is said from points shown apart."""
        if not self._apart:
            return self.said
        return {
            point: [(link, bound) for link, bound in links if link.u not in self._apart]
            for point, links in self.said.items()
        }

    def bounds(self, point: int) -> Bounds:
        """Return where a point lies, with its proofs."""
        earliest, latest = self.ranges[point]
        nominal = self.nominals[point]
        return Bounds(
            earliest,
            latest,
            nominal.value,
            partial(self._proof_earliest, point),
            partial(self._proof_latest, point) if latest is not None else (),
            nominal.named,
        )

    def distance(self, first: int, second: int) -> Distance:
        """Return how far ``second`` lies after ``first``, with the proofs of both bounds."""
        if first == second:
            return Distance(0, 0, 0, named=True)
        if first in self._apart or second in self._apart:
            return self._difference(first, second)
        most = self.paths.furthest(first, second)
        least = self.paths.furthest(second, first)
        low = None if least is None else -least[0]
        high = None if most is None else most[0]
        nominal, named = self._nominal_distance(first, second, low, high)
        return Distance(
            low,
            high,
            nominal,
            self._proof(reversed(least[1])) if least else (),
            self._proof(most[1]) if most else (),
            named,
        )

    def surely_before(self, first: int, second: int) -> bool:
        """Tell whether the bounds say that ``second`` is not before ``first``."""
        if first in self._apart or second in self._apart:
            begins, ends = self.ranges[second][0], self.ranges[first][1]
            return begins is not None and ends is not None and begins >= ends
        return self.paths.surely_before(first, second)

    def _difference(self, first: int, second: int) -> Distance:
        """Return a distance by the bounds alone: what holds apart from the network has no path in it."""
        (begin_low, begin_high), (end_low, end_high) = self.ranges[first], self.ranges[second]
        low = None if end_low is None or begin_high is None else end_low - begin_high
        high = None if end_high is None or begin_low is None else end_high - begin_low
        nominal, named = self._nominal_distance(first, second, low, high)
        return Distance(
            low,
            high,
            nominal,
            () if low is None else (*self._proof_latest(first), *self._proof_earliest(second)),
            () if high is None else (*self._proof_earliest(first), *self._proof_latest(second)),
            named,
        )

    def _nominal_distance(
        self, first: int, second: int, low: int | None, high: int | None
    ) -> tuple[int | None, bool]:
        one, other = self.nominals[first], self.nominals[second]
        if one.value is None or other.value is None:
            return (None if low is None or high is None else (low + high) // 2), False
        apart = other.value - one.value
        if low is not None and apart < low:
            return low, False
        if high is not None and apart > high:
            return high, False
        return apart, one.named and other.named

    def _proof_earliest(self, point: int) -> Proof:
        hull = self._apart.get(point)
        return self._proof(hull.low.proof if hull else self.paths.path_earliest(point))

    def _proof_latest(self, point: int) -> Proof:
        hull = self._apart.get(point)
        return self._proof(hull.high.proof if hull else self.paths.path_latest(point))

    def _proof(self, owners: Iterable[int]) -> Proof:
        steps: list[Step] = []
        for owner in owners:
            for number in self._meaning.get(owner, (owner,)):
                if number == NOBODY:
                    continue
                step = self._step(number)
                if not steps or steps[-1] is not step:
                    steps.append(step)
        return tuple(steps)

    def _step(self, number: int) -> Step:
        if number not in self._steps:
            one = self.statements[number]
            key = None if one.event is None else self.keys[one.event]
            self._steps[number] = Step(one.route, one.text, one.sources, key)
        return self._steps[number]


class Between:
    """The distances of a timeline, asked by event index and whether the end is meant."""

    def __init__(self, weighed: Weighed) -> None:
        self._weighed = weighed
        self._known: dict[tuple[int, int], Distance] = {}

    def between(self, first: tuple[int, bool], second: tuple[int, bool]) -> Distance:
        """Return second minus first; all unknown where an end is asked for that the log does not speak of."""
        pair = self._point(*first), self._point(*second)
        if pair[0] is None or pair[1] is None:
            return Distance(None, None, None)
        known = (pair[0], pair[1])
        if known not in self._known:
            self._known[known] = self._weighed.distance(*known)
        return self._known[known]

    def _point(self, index: int, end: bool) -> int | None:
        points = self._weighed.points
        return points.ends.get(index) if end else points.starts[index]


def owners_of(points: Points) -> Mapping[int, int]:
    """Return the event of every start and end."""
    owners = {start: index for index, start in enumerate(points.starts)}
    owners.update((end, index) for index, end in points.ends.items())
    return owners
