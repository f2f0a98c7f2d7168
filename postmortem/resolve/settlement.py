"""From all statements to those that hold together: contradictions found, rulings applied where they rule."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from postmortem.ground.budget import on_time
from postmortem.ground.record import record
from postmortem.model.stated import Bound
from postmortem.resolve.network import NOBODY, ZERO, Link, Network
from postmortem.resolve.points import Meaning, Points
from postmortem.resolve.rulings import Matter, Rulings, can_settle, local_conflicts, said_of
from postmortem.resolve.sequence import offsets, quick_order
from postmortem.resolve.statements import Statement

if TYPE_CHECKING:
    from postmortem.resolve.hulls import Hull, Opened

_LOOKS_UP = 0x3F  # at the clock, each time that so many statements have been weighed
_COVER = NOBODY - 1
"""The element that covers all claims of an open matter, among those that are numbered."""


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

    ``applied`` is what rulings had to settle. The statements of open matters are not in the network; what
    covers them all is, where it agrees with the rest (``opened``, None where nothing is open).
    """

    network: Network
    kept: frozenset[int]
    contradictions: tuple[Contradiction, ...]
    applied: frozenset[Matter]
    opened: Opened | None


def settle(
    points: Points, statements: Sequence[Statement], meanings: Sequence[Meaning], rulings: Rulings
) -> Settlement:
    """Take in every statement that agrees with those written above it, and tell of every one that does not.

    Where a contradiction touches a ruled event, the ruling acts instead, and all is weighed again.
    """
    court = _Court(points, statements, meanings, rulings)
    while True:
        taken = court.all_at_once() or court.one_by_one()
        settlement = court.with_hulls(court.without_idle(taken)) if taken is not None else None
        if settlement is not None:
            return settlement


Taken: TypeAlias = tuple[Network, frozenset[int], tuple[Contradiction, ...]]
"""A consistent network, the numbers of the statements in it, and why the others are not."""


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
        self.offsets = offsets(points, self.links)
        self.said = said_of(rulings, statements)
        self.applied = local_conflicts(rulings, statements, self.links)
        self.among_own = set(self.applied)
        self.against_open: set[Matter] = set()

    def set_aside(self, number: int) -> bool:
        """Tell whether a ruling that acts keeps this statement out of the network."""
        one = self.statements[number]
        if one.event is None or (one.event, one.aspect) not in self.applied:
            return False
        ruled = self.rulings.ruled[one.event]
        return not ruled.prefer or not ruled.keeps(one.sources)

    def all_at_once(self) -> Taken | None:
        """Take in all statements, in the order in which it is done soonest; None if they contradict."""
        network = self._empty()
        kept = [n for n in quick_order(self.links, self.points) if not self.set_aside(n)]
        if any(network.add(number, self.links[number]) is not None for number in kept):
            return None
        network.settle()
        return network, frozenset(kept), ()

    def one_by_one(self) -> Taken | None:
        """Take statements as written, out with each that contradicts; None if a ruling must act."""
        network = self._empty()
        taken: dict[int, list[int]] = {}
        contradictions = []
        before = len(self.applied)
        for number, one in enumerate(self.statements):
            if not number & _LOOKS_UP:
                on_time()
            if self.set_aside(number):
                continue
            quarrel = network.add(number, self.links[number])
            if quarrel is None:
                taken.setdefault(one.element, []).append(number)
                continue
            found = self._reduced(quarrel.owners, number, taken)
            if any(self.set_aside(party.number) for party in found.parties):
                continue
            matter, several = self._ruled_on(found.parties, self.applied)
            if matter is None:
                contradictions.append(found)
                continue
            self.applied.add(matter)
            if several:
                self.among_own.add(matter)
        if len(self.applied) > before:
            return None
        network.settle()
        return network, frozenset(n for numbers in taken.values() for n in numbers), tuple(contradictions)

    def without_idle(self, taken: Taken) -> Taken:
        """Take back the rulings that have nothing to rule on now that the others act."""
        network, kept, contradictions = taken
        for matter in sorted(self.applied - self.against_open):
            aside = [n for n in self.said[matter] if self.set_aside(n)]
            if all(network.add(n, self.links[n]) is None for n in aside):
                self.applied.discard(matter)
                kept |= frozenset(aside)
                network.settle()
            else:
                network.rewind(0)
        return network, kept, contradictions

    def with_hulls(self, taken: Taken) -> Settlement | None:
        """Put in what covers the claims of each open matter; None if a ruling must act against one of these.

        Where all claims of a matter that is open among themselves contradict the rest too, that is told:
        its ruling is about the one conflict and not the other.
        """
        network, kept, contradictions = taken
        applied = frozenset(self.applied)
        matters = [matter for matter in sorted(applied) if not self.rulings.ruled[matter[0]].prefer]
        if not matters:
            return Settlement(network, kept, contradictions, applied, None)
        from postmortem.resolve.hulls import open_up

        by_point = {self.points.of(self.statements[self.said[one][0]]): one for one in matters}
        numbers = {point: self.said[matter] for point, matter in by_point.items()}
        opened = open_up(network, self.points, self.meanings, kept, numbers)
        before = len(self.against_open)
        by_element: dict[int, list[int]] = {}
        for number, one in enumerate(self.statements):
            if number in kept:
                by_element.setdefault(one.element, []).append(number)
        found = []
        for point, hull in opened.hulls.items():
            if not hull.against:
                continue
            told = self._against(point, hull, numbers[point], by_element)
            matter, _ = self._ruled_on(told.parties, {by_point[point], *self.against_open})
            if matter is not None:
                self.applied.add(matter)
                self.against_open.add(matter)
            elif by_point[point] in self.among_own:
                found.append(told)
        if len(self.against_open) > before:
            return None
        return Settlement(network, kept, (*contradictions, *found), applied, opened)

    def _empty(self) -> Network:
        network = Network(self.points.count, self.offsets)
        network.add(NOBODY, self.spans)
        return network

    def _reduced(
        self, owners: Iterable[int], number: int, taken: Mapping[int, Sequence[int]]
    ) -> Contradiction:
        """Return the irreducible contradiction that a statement makes with the claims on its circle."""
        mine = self.statements[number].element
        claims = {mine, *(self.statements[one].element for one in owners if one != NOBODY)}
        fields = {element: list(taken.get(element, ())) for element in claims}
        fields[mine].append(number)
        return Contradiction(*self._irreducible(fields), number)

    def _against(
        self, point: int, hull: Hull, numbers: Sequence[int], taken: Mapping[int, Sequence[int]]
    ) -> Contradiction:
        """Return the contradiction of what covers all claims on an open matter with the rest.

        All of these claims take part, for there is none that agrees.
        """
        others = [one for one in hull.against if one != NOBODY]
        parties: Iterable[Party]
        if any(one >= len(self.statements) and one not in hull.owners for one in others):
            rest, miss = [one for one in others if one < len(self.statements)], hull.miss
            parties = [Party(one, self.meanings[one][0][1]) for one in rest]
        else:
            claims = {self.statements[one].element for one in others if one < len(self.statements)}
            fields = {element: taken[element] for element in claims}
            parties, miss = self._irreducible(fields, Link(ZERO, point, hull.low.value, hull.high.value))
        whole = [*parties, *(Party(number, self.meanings[number][0][1]) for number in numbers)]
        return Contradiction(tuple(sorted(whole, key=lambda party: party.number)), miss, numbers[-1])

    def _irreducible(
        self, fields: Mapping[int, Sequence[int]], cover: Link | None = None
    ) -> tuple[tuple[Party, ...], int]:
        """Return the fewest parties of these elements that contradict, and by how much they miss.

        ``cover`` is an element that no one states.
        """
        from postmortem.resolve.contradiction import irreducible

        on_time()
        tags: list[Party] = []
        elements: dict[int, list[tuple[int, Link]]] = {} if cover is None else {_COVER: [(NOBODY, cover)]}
        for element, numbers in fields.items():
            tagged = elements.setdefault(element, [])
            for one in numbers:
                for link, bound in self.meanings[one]:
                    tagged.append((len(tags), link))
                    tags.append(Party(one, bound))
        always = dict.fromkeys(
            span
            for tagged in elements.values()
            for _, link in tagged
            for span in (self.points.span_to(link.u), self.points.span_to(link.v))
            if span is not None
        )
        _, circle = irreducible(elements, always, self.offsets)
        parties: dict[tuple[int, int, int], Party] = {}
        for tag in circle.owners:
            if tag != NOBODY:
                party = tags[tag]
                parties.setdefault((party.number, party.bound.start, party.bound.end), party)
        return tuple(parties[key] for key in sorted(parties)), circle.miss

    def _ruled_on(self, parties: Sequence[Party], settled: Container[Matter]) -> tuple[Matter | None, bool]:
        """Return what a ruling settles of this, and whether several claims of its event take part.

        Such an event comes first; then the order of the file decides.
        """
        elements: dict[int, set[int]] = {}
        matters: dict[Matter, None] = {}
        for party in parties:
            one = self.statements[party.number]
            if one.event is None or one.event not in self.rulings.ruled:
                continue
            elements.setdefault(one.event, set()).add(one.element)
            ruled = self.rulings.ruled[one.event]
            if not ruled.prefer or not ruled.keeps(one.sources):
                matters[one.event, one.aspect] = None
        can = [matter for matter in matters if matter not in settled and self._can_settle(matter)]
        several = [matter for matter in can if len(elements[matter[0]]) > 1]
        return min(several or can, default=None), bool(several)

    def _can_settle(self, matter: Matter) -> bool:
        said = [self.statements[n] for n in self.said[matter]]
        return can_settle(self.rulings.ruled[matter[0]], said)
