"""Rulings as they act: whose claims stand where the claims of one event conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot
from postmortem.ground.record import record
from postmortem.model.incident import Incident
from postmortem.resolve.network import Link
from postmortem.resolve.statements import Aspect, ClaimOf, Statement

Matter: TypeAlias = tuple[int, Aspect]
"""What a ruling can settle: the start or the end of an event, by its index."""


@record
class Ruled:
    """A ruling that says what stands: the claims that cite any of ``prefer``, or (none) all of them, open."""

    prefer: tuple[str, ...]
    because: str

    @property
    def status(self) -> Literal["open", "ruled"]:
        """Return how a conflict stands that this ruling settles."""
        return "ruled" if self.prefer else "open"

    def keeps(self, sources: Sequence[str]) -> bool:
        """Tell whether a claim by these sources stands."""
        return not self.prefer or any(source in self.prefer for source in sources)


@record
class Rulings:
    """The rulings of a log by event index; ``void`` are the events whose ruling prefers nobody who spoke."""

    ruled: Mapping[int, Ruled]
    void: frozenset[int]
    findings: tuple[Finding, ...]


def rulings_of(incident: Incident, claims: Iterable[ClaimOf]) -> Rulings:
    """Return the rulings that can act; PM305 for one that prefers a source that none of the claims cites."""
    cited: dict[int, set[str]] = {}
    for index, event, _, claim in claims:
        if event.ruling is not None:
            cited.setdefault(index, set()).update(claim.source)
    ruled: dict[int, Ruled] = {}
    void: set[int] = set()
    findings: list[Finding] = []
    for index, sources in cited.items():
        ruling = incident.timeline[index].ruling
        if ruling is None or not (ruling.prefer or ruling.open):
            continue
        silent = [(n, source) for n, source in enumerate(ruling.prefer) if source not in sources]
        # A source that nobody declares is told of where references are judged.
        findings += [_for_nobody(index, n, one, sources) for n, one in silent if one in incident.sources]
        if silent:
            void.add(index)
            continue
        ruled[index] = Ruled(ruling.prefer, ruling.because or "")
    return Rulings(ruled, frozenset(void), tuple(findings))


def _for_nobody(index: int, number: int, prefer: str, sources: Iterable[str]) -> Finding:
    cited = ", ".join(f"`{source}`" for source in sorted(sources))
    return Finding(
        "PM305",
        f"the ruling prefers `{prefer}`, but no claim of this event cites it",
        Spot(("timeline", index, "ruling", "prefer", number)),
        help=f"its claims cite {cited}" if cited else "its claims cite no source",
    )


def said_of(rulings: Rulings, statements: Sequence[Statement]) -> dict[Matter, list[int]]:
    """Return the numbers of the statements on everything that a ruling may have to settle."""
    said: dict[Matter, list[int]] = {}
    for number, one in enumerate(statements):
        if one.event is not None and one.event in rulings.ruled:
            said.setdefault((one.event, one.aspect), []).append(number)
    return said


def local_conflicts(
    rulings: Rulings, statements: Sequence[Statement], links: Sequence[Sequence[Link]]
) -> set[Matter]:
    """Return what conflicts among the claims of one ruled event alone, each counted from the same point.

    These rulings act before anything else is weighed: they do not depend on what is written elsewhere.
    """
    return {
        matter
        for matter, numbers in said_of(rulings, statements).items()
        if can_settle(rulings.ruled[matter[0]], [statements[n] for n in numbers])
        and _disjoint([links[n] for n in numbers])
    }


def can_settle(ruled: Ruled, statements: Sequence[Statement]) -> bool:
    """Tell whether a ruling has a say on these statements: the preferred source speaks, and so do others."""
    if not ruled.prefer:
        return bool(statements)
    kept = [ruled.keeps(one.sources) for one in statements]
    return any(kept) and not all(kept)


def _disjoint(claims: Iterable[Sequence[Link]]) -> bool:
    common: dict[int, tuple[int | None, int | None]] = {}
    for links in claims:
        own: dict[int, tuple[int | None, int | None]] = {}
        for link in links:
            own[link.u] = _meet(own.get(link.u, (None, None)), (link.low, link.high))
        if any(_empty(one) for one in own.values()):
            continue
        for origin, one in own.items():
            common[origin] = _meet(common.get(origin, (None, None)), one)
    return any(_empty(one) for one in common.values())


def _meet(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    low = max((x for x in (one[0], other[0]) if x is not None), default=None)
    high = min((x for x in (one[1], other[1]) if x is not None), default=None)
    return low, high


def _empty(one: tuple[int | None, int | None]) -> bool:
    return one[0] is not None and one[1] is not None and one[0] > one[1]
