"""From all statements to those that hold together: contradictions found, rulings applied where they rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from postmortem.ground.record import record
from postmortem.model.stated import Bound
from postmortem.resolve.network import NOBODY, ZERO, Link, Network
from postmortem.resolve.points import Meaning, Points
from postmortem.resolve.rulings import Matter, Rulings, can_settle, local_conflicts, said_of
from postmortem.resolve.statements import Statement


@record
class Party:
    """One side of a contradiction: a statement, and the bound of it that takes part."""

    number: int
    bound: Bound


@record
class Contradiction:
    """Statements that cannot all hold, none of which could be spared; in the order of the file.

    ``miss`` is by how many microseconds they miss each other; ``rejected`` was taken out to go on.
    """

    parties: tuple[Party, ...]
    miss: int
    rejected: int


@record
class Settlement:
    """What holds together: a consistent network of the statements ``kept`` (by number).

    ``applied`` is what rulings had to settle, with its open matters left out of the network.
    """

    network: Network
    kept: frozenset[int]
    contradictions: tuple[Contradiction, ...]
    applied: frozenset[Matter]


def settle(
    points: Points, statements: Sequence[Statement], meanings: Sequence[Meaning], rulings: Rulings
) -> Settlement:
    """Take in every statement that agrees with those written above it, and tell of every one that does not.

    Where a contradiction touches a ruled event, the ruling acts instead, and all is weighed again.
    """
    court = _Court(points, statements, meanings, rulings)
    while True:
        network = court.all_at_once()
        if network is not None:
            kept = frozenset(n for n in range(len(statements)) if not court.set_aside(n))
            return court.without_idle(network, kept, ())
        found = court.one_by_one()
        if found is not None:
            return court.without_idle(*found)


class _Court:
    """The statements of one log while they are weighed; ``applied`` grows with every ruling that must act."""

    def __init__(
        self,
        points: Points,
        statements: Sequence[Statement],
        meanings: Sequence[Meaning],
        rulings: Rulings,
    ) -> None:
        self.points, self.statements, self.meanings, self.rulings = points, statements, meanings, rulings
        self.links = [[link for link, _ in meaning] for meaning in meanings]
        self.spans = points.spans()
        self.offsets = _offsets(points, self.links)
        self.said = said_of(rulings, statements)
        self.applied = local_conflicts(rulings, statements, self.links)

    def set_aside(self, number: int) -> bool:
        """Tell whether a ruling that acts keeps this statement out of the network."""
        one = self.statements[number]
        if one.event is None or (one.event, one.aspect) not in self.applied:
            return False
        ruled = self.rulings.ruled[one.event]
        return ruled.prefer is None or not ruled.keeps(one.sources)

    def all_at_once(self) -> Network | None:
        """Return the network of all statements, None if they contradict each other.

        In this order no point moves more often than it must: what counts from events first, then clock
        times from the earliest on.
        """
        network = self._empty()
        for number in _quick_order(self.links, self.points):
            if not self.set_aside(number) and network.add(number, self.links[number]) is not None:
                return None
        network.settle()
        return network

    def one_by_one(self) -> tuple[Network, frozenset[int], tuple[Contradiction, ...]] | None:
        """Take statements as written, out with each that contradicts; None if a ruling must act."""
        network = self._empty()
        taken: dict[int, list[int]] = {}
        contradictions = []
        before = len(self.applied)
        for number, one in enumerate(self.statements):
            if self.set_aside(number):
                continue
            quarrel = network.add(number, self.links[number])
            if quarrel is None:
                taken.setdefault(one.element, []).append(number)
                continue
            found = self._reduced(quarrel.owners, number, taken)
            if any(self.set_aside(party.number) for party in found.parties):
                continue
            matter = self._ruled_on(found.parties)
            if matter is None:
                contradictions.append(found)
            else:
                self.applied.add(matter)
        if len(self.applied) > before:
            return None
        network.settle()
        return network, frozenset(n for numbers in taken.values() for n in numbers), tuple(contradictions)

    def without_idle(
        self, network: Network, kept: frozenset[int], contradictions: tuple[Contradiction, ...]
    ) -> Settlement:
        """Take back the rulings that have nothing to rule on now that the others act."""
        stays = set(self.applied)
        for matter in sorted(self.applied):
            aside = [n for n in self.said[matter] if self.set_aside(n)]
            if all(network.add(n, self.links[n]) is None for n in aside):
                stays.discard(matter)
                kept |= frozenset(aside)
                network.settle()
            else:
                network.rewind(0)
        return Settlement(network, kept, contradictions, frozenset(stays))

    def _empty(self) -> Network:
        network = Network(self.points.count, self.offsets)
        network.add(NOBODY, self.spans)
        network.settle()
        return network

    def _reduced(self, owners: Iterable[int], number: int, taken: dict[int, list[int]]) -> Contradiction:
        """Return the irreducible contradiction that a statement makes with the claims on its circle."""
        from postmortem.resolve.contradiction import irreducible

        claims = {self.statements[one].element for one in (*owners, number) if one != NOBODY}
        tags: list[Party] = []
        elements: dict[int, list[tuple[int, Link]]] = {}
        for element in sorted(claims):
            tagged = elements.setdefault(element, [])
            mine = [number] if element == self.statements[number].element else []
            for one in (*taken.get(element, ()), *mine):
                for link, bound in self.meanings[one]:
                    tagged.append((len(tags), link))
                    tags.append(Party(one, bound))
        always = {
            span
            for tagged in elements.values()
            for _, link in tagged
            for span in (self.points.span_to(link.u), self.points.span_to(link.v))
            if span is not None
        }
        _, circle = irreducible(elements, sorted(always))
        parties: dict[tuple[int, int, int], Party] = {}
        for tag in circle.owners:
            if tag != NOBODY:
                party = tags[tag]
                parties.setdefault((party.number, party.bound.start, party.bound.end), party)
        return Contradiction(tuple(parties[key] for key in sorted(parties)), circle.miss, number)

    def _ruled_on(self, parties: Sequence[Party]) -> Matter | None:
        """Return what a ruling settles of this: of an event with several claims in it, if there is one."""
        elements: dict[int, set[int]] = {}
        matters: dict[Matter, None] = {}
        for party in parties:
            one = self.statements[party.number]
            if one.event is None or one.event not in self.rulings.ruled:
                continue
            elements.setdefault(one.event, set()).add(one.element)
            ruled = self.rulings.ruled[one.event]
            if ruled.prefer is None or not ruled.keeps(one.sources):
                matters[one.event, one.aspect] = None
        can = [matter for matter in matters if matter not in self.applied and self._can_settle(matter)]
        several = [matter for matter in can if len(elements[matter[0]]) > 1]
        return min(several or can, default=None)

    def _can_settle(self, matter: Matter) -> bool:
        said = [self.statements[n] for n in self.said[matter]]
        return can_settle(self.rulings.ruled[matter[0]], said)


def _quick_order(links: Sequence[Sequence[Link]], points: Points) -> list[int]:
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


def _offsets(points: Points, links: Sequence[Sequence[Link]]) -> list[int]:
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
