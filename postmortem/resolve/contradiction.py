"""From bounds that cannot hold to the fewest claims that cannot: none of them could be spared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from postmortem.resolve.network import NOBODY, ZERO, Link, Network, Quarrel

Elements: TypeAlias = Mapping[int, Sequence[tuple[int, Link]]]
"""What stands or falls together, a claim or a clock, by its number: links, each with a tag of its own."""


def irreducible(
    elements: Elements, always: Iterable[Link] = (), offsets: Sequence[int] = ()
) -> tuple[tuple[int, ...], Quarrel]:
    """Return the elements of one contradiction that is consistent without any one of them, and its circle.

    ``elements`` together contradict, ``always`` alone does not. The circle's owners are tags, or `NOBODY`.
    ``offsets`` say of all points roughly how they lie to each other, so that long chains are not moved often.
    """
    kept = tuple(sorted(elements))
    fixed = tuple(always)
    while not _is_ring(elements, kept, fixed):
        network, links = _subnetwork(elements, kept, fixed, offsets)
        smaller = _spared(network, links, kept)
        if smaller is None:
            break
        kept = smaller
    return kept, _circle(elements, kept, fixed, offsets)


def _is_ring(elements: Elements, kept: Iterable[int], always: Iterable[Link]) -> bool:
    """Tell whether all links make one ring, so that without any of them nothing is left to contradict.

    This spares long chains of durations the trying.
    """
    links = [link for one in kept for _, link in elements[one]]
    known = {point for link in links for point in link[:2]}
    links += [link for link in always if link.u in known and link.v in known]
    beside: dict[int, list[int]] = {}
    for u, v, low, high in links:
        if low is not None and high is not None and low > high:
            return False
        beside.setdefault(u, []).append(v)
        beside.setdefault(v, []).append(u)
    if any(len(others) != 2 for others in beside.values()):
        return False
    first = here = next(iter(beside))
    before, passed = beside[first][0], 0
    while passed == 0 or here != first:
        one, other = beside[here]
        before, here = here, other if one == before else one
        passed += 1
    return passed == len(beside)


def _subnetwork(
    elements: Elements, kept: Iterable[int], always: Iterable[Link], offsets: Sequence[int]
) -> tuple[Network, Elements]:
    """Return a network of just the points these links touch, holding ``always``, and the renumbered links."""
    numbers = {ZERO: ZERO}

    def number(point: int) -> int:
        return numbers.setdefault(point, len(numbers))

    def renumber(link: Link) -> Link:
        return Link(number(link.u), number(link.v), link.low, link.high)

    links = {one: [(tag, renumber(link)) for tag, link in elements[one]] for one in kept}
    fixed = [renumber(link) for link in always if link.u in numbers and link.v in numbers]
    network = Network(len(numbers), [offsets[point] for point in numbers] if offsets else ())
    network.add(NOBODY, fixed)
    return network, links


def _spared(network: Network, elements: Elements, kept: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return fewer elements that contradict too; None if leaving out any one makes the rest consistent.

    All ways to leave out one are tried by halves, so that k elements cost k log k additions, not k * k.
    """
    if len(kept) == 1:
        return None
    middle = len(kept) // 2
    for left_out, put_in in ((kept[:middle], kept[middle:]), (kept[middle:], kept[:middle])):
        mark = network.mark()
        for one in put_in:
            quarrel = network.add(one, [link for _, link in elements[one]])
            if quarrel is not None:
                return tuple(sorted({one for one in quarrel.owners if one != NOBODY}))
        smaller = _spared(network, elements, left_out)
        if smaller is not None:
            return smaller
        network.rewind(mark)
    return None


def _circle(
    elements: Elements, kept: Iterable[int], always: Iterable[Link], offsets: Sequence[int]
) -> Quarrel:
    """Return the circle on which these elements, of which none can be spared, miss each other by most."""
    network, links = _subnetwork(elements, kept, always, offsets)
    quarrels = (network.add(tag, [link]) for tagged in links.values() for tag, link in tagged)
    return max((quarrel for quarrel in quarrels if quarrel is not None), key=lambda quarrel: quarrel.miss)
