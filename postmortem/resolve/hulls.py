"""Open rulings: a point whose claims all stay, each resolved alone, and the range that covers them all."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from postmortem.ground.record import record
from postmortem.resolve.network import NOBODY, ZERO, Link, Network, Quarrel, bounded
from postmortem.resolve.points import Meaning, Points


@record
class Reach:
    """A bound and the owners that prove it, from zero on; None is unbounded."""

    value: int | None
    proof: tuple[int, ...] = ()


@record
class Hull:
    """The range that covers all claims on a point. ``binds``: everything else agrees with each of them.

    ``against`` are the owners on a circle that it cannot be part of, ``miss`` by how much, where nothing else
    agrees with any of them; ``owners`` are its own numbers there.
    """

    low: Reach
    high: Reach
    binds: bool
    owners: tuple[int, int]
    against: tuple[int, ...] = ()
    miss: int = 0


@record
class Opened:
    """All hulls by point; ``meaning`` maps the owners that stand for them in the network to their proofs."""

    hulls: dict[int, Hull]
    meaning: dict[int, tuple[int, ...]]


def open_up(
    network: Network,
    points: Points,
    meanings: Sequence[Meaning],
    kept: frozenset[int],
    opened: Mapping[int, Sequence[int]],
) -> Opened:
    """Put the hull of every opened point into the network, those first that others count from.

    ``opened`` are the numbers of all statements on such points, by point, none of them in the network. A
    hull is sound: one of the claims holds, and under each the point lies in the hull.
    """
    mirror = _mirrored(points, meanings, kept)
    court = _Opening(network, mirror, len(meanings))
    for point in _in_order(opened, meanings, kept):
        court.open(point, {number: [link for link, _ in meanings[number]] for number in opened[point]})
    return Opened(court.hulls, court.meaning)


class _Opening:
    """The network and its mirror image, every time negated: its latest is what is earliest here."""

    def __init__(self, network: Network, mirror: Network, first_owner: int) -> None:
        self.network, self.mirror, self.next_owner = network, mirror, first_owner
        self.hulls: dict[int, Hull] = {}
        self.meaning: dict[int, tuple[int, ...]] = {}

    def open(self, point: int, claims: dict[int, list[Link]]) -> None:
        """Resolve each claim alone, and put in what all of them imply."""
        lows, highs, fits = [], [], []
        for number, links in claims.items():
            low, high, fit = self._alone(point, number, links)
            lows.append(low)
            highs.append(high)
            fits.append(fit)
        low, high = _least(lows), _greatest(highs)
        owners = self.next_owner, self.next_owner + 1
        quarrel = self._put_in(
            [
                (Link(ZERO, point, low.value, None), low.proof),
                (Link(ZERO, point, None, high.value), high.proof),
            ]
        )
        if quarrel is not None:
            self.hulls[point] = Hull(low, high, False, owners, quarrel.owners, quarrel.miss)
            return
        self.hulls[point] = Hull(low, high, all(fits), owners)
        self._put_in(_shared(point, claims))

    def _alone(self, point: int, number: int, links: list[Link]) -> tuple[Reach, Reach, bool]:
        mark, mirror_mark = self.network.mark(), self.mirror.mark()
        if self.network.add(number, links) is not None:
            return (*self._unaided(number, links), False)
        self.mirror.add(number, [_mirror(link) for link in links])
        high, low = _reach(self.network, point), _reach(self.mirror, point)
        self.network.rewind(mark)
        self.mirror.rewind(mirror_mark)
        return _negated(low), high, True

    def _unaided(self, number: int, links: Iterable[Link]) -> tuple[Reach, Reach]:
        """Return what a claim says by itself where all else contradicts it."""
        lows, highs = [], []
        for link in links:
            origin_low, origin_high = _negated(_reach(self.mirror, link.u)), _reach(self.network, link.u)
            if origin_low.value is not None and link.low is not None:
                lows.append(Reach(origin_low.value + link.low, (*origin_low.proof, number)))
            if origin_high.value is not None and link.high is not None:
                highs.append(Reach(origin_high.value + link.high, (*origin_high.proof, number)))
        low = _greatest(lows) if lows else Reach(None)
        high = _least(highs) if highs else Reach(None)
        if low.value is not None and high.value is not None and low.value > high.value:
            return high, low
        return low, high

    def _put_in(self, links: list[tuple[Link, tuple[int, ...]]]) -> Quarrel | None:
        mark, mirror_mark = self.network.mark(), self.mirror.mark()
        for link, proof in links:
            owner = self.next_owner
            quarrel = self.network.add(owner, [link])
            if quarrel is not None:
                self.network.rewind(mark)
                self.mirror.rewind(mirror_mark)
                return quarrel
            self.mirror.add(owner, [_mirror(link)])
            self.meaning[owner] = tuple(self._spelled_out(proof))
            self.next_owner += 1
        return None

    def _spelled_out(self, proof: Iterable[int]) -> Iterable[int]:
        for owner in proof:
            yield from self.meaning.get(owner, (owner,))


def _shared(point: int, claims: dict[int, list[Link]]) -> list[tuple[Link, tuple[int, ...]]]:
    """Return the ranges that cover all claims from points that all of them count from."""
    said: dict[int, dict[int, Link]] = {}
    for number, links in claims.items():
        for link in links:
            said.setdefault(link.u, {}).setdefault(number, link)
    put = []
    for origin, by_claim in said.items():
        if origin == ZERO or len(by_claim) < len(claims):
            continue
        low = _least([Reach(link.low, (number,)) for number, link in by_claim.items()])
        high = _greatest([Reach(link.high, (number,)) for number, link in by_claim.items()])
        put.append((Link(origin, point, low.value, None), low.proof))
        put.append((Link(origin, point, None, high.value), high.proof))
    return put


def _mirror(link: Link) -> Link:
    return Link(
        link.u,
        link.v,
        None if link.high is None else -link.high,
        None if link.low is None else -link.low,
    )


def _mirrored(points: Points, meanings: Sequence[Meaning], kept: Container[int]) -> Network:
    mirror = Network(points.count)
    mirror.add(NOBODY, [_mirror(link) for link in points.spans()])
    for number, meaning in enumerate(meanings):
        if number in kept:
            mirror.add(number, [_mirror(link) for link, _ in meaning])
    return mirror


def _reach(network: Network, point: int) -> Reach:
    return Reach(bounded(network.latest[point]), tuple(owner for _, _, owner in network.path(point)))


def _negated(reach: Reach) -> Reach:
    return Reach(None if reach.value is None else -reach.value, reach.proof)


def _least(reaches: Sequence[Reach]) -> Reach:
    known = [(one.value, number) for number, one in enumerate(reaches) if one.value is not None]
    return reaches[min(known)[1]] if len(known) == len(reaches) else Reach(None)


def _greatest(reaches: Iterable[Reach]) -> Reach:
    return _negated(_least([_negated(one) for one in reaches]))


def _in_order(
    opened: Mapping[int, Sequence[int]], meanings: Sequence[Meaning], kept: Iterable[int]
) -> Iterable[int]:
    """Return the opened points, those that others count from first, else in the order of the file."""
    origins: dict[int, list[int]] = {}
    weighed = {*kept, *(number for numbers in opened.values() for number in numbers)}
    for number, meaning in enumerate(meanings):
        if number in weighed:
            for link, _ in meaning:
                origins.setdefault(link.v, []).append(link.u)
    ordered: dict[int, None] = {}
    seen: set[int] = set()
    for point in opened:
        stack = [(point, iter(origins.get(point, ())))]
        seen.add(point)
        while stack:
            here, rest = stack[-1]
            further = next((one for one in rest if one not in seen), None)
            if further is not None:
                seen.add(further)
                stack.append((further, iter(origins.get(further, ()))))
                continue
            stack.pop()
            if here in opened:
                ordered[here] = None
    return ordered
