"""What rules judge by: the incident, its declared names, and which parts of it are not the author's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from postmortem.check.plain import Plain
from postmortem.check.walk import leaves_of
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route
from postmortem.model.incident import Claim, Event, Incident, claims_of
from postmortem.model.stated import Stated
from postmortem.model.times import TimeExpression

if TYPE_CHECKING:
    from postmortem.model.public_copy import PublicCopy


class Facts:
    """A stated incident and what is known of it without resolving anything.

    ``broken`` are the routes whose values are stand-ins for what did not fit.
    """

    # No dataclass: its making costs every run of the command a millisecond.
    def __init__(
        self, incident: Incident, plain: Plain | None = None, broken: frozenset[Route] = frozenset()
    ) -> None:
        self.incident = incident
        self.plain: Plain = {} if plain is None else plain
        self.broken = broken

    @cached_property
    def public(self) -> PublicCopy | None:
        """What the public may see of the log; None where the log says of nothing that it is public."""
        from postmortem.model.public_scope import names_public_parts

        if not names_public_parts(self.incident):
            return None
        from postmortem.model.public_copy import public_copy

        return public_copy(self.incident)

    @cached_property
    def leaves(self) -> tuple[tuple[Route, Stated[Any] | str], ...]:
        """All values that were parsed out of a text, and all long texts."""
        return leaves_of(self.incident)

    @cached_property
    def stated(self) -> tuple[tuple[Route, Stated[Any]], ...]:
        """All values that were parsed out of a text."""
        return tuple((route, one) for route, one in self.leaves if isinstance(one, Stated))

    @cached_property
    def times(self) -> tuple[tuple[Route, str, TimeExpression], ...]:
        """All times that were understood: route, text, expression."""
        return tuple(
            (route, one.text, one.value)
            for route, one in self.stated
            if isinstance(one.value, TimeExpression)
        )

    @cached_property
    def events(self) -> dict[str, int]:
        """The ids of events, each with the index of the first event that has it."""
        return _first_indices(event.id for event in self.incident.timeline)

    @cached_property
    def factors(self) -> dict[str, int]:
        """The ids of factors, each with the index of the first that has it."""
        return _first_indices(factor.id for factor in self.incident.factors)

    @cached_property
    def claims(self) -> tuple[tuple[int, Event, Route, Claim], ...]:
        """All claims: the index of their event, the event, their route, the claim."""
        return tuple(
            (index, event, route, claim)
            for index, event in enumerate(self.incident.timeline)
            for route, claim in claims_of(event, index)
        )

    @cached_property
    def counted(self) -> dict[str, dict[str, None]]:
        """The measures that each event with an id has counts of, in any claim, by the alphabet."""
        found: dict[str, set[str]] = {}
        for _, event, _, claim in self.claims:
            if event.id:
                found.setdefault(event.id, set()).update(claim.counts)
        return {event: dict.fromkeys(sorted(measures)) for event, measures in found.items()}

    def whole(self, *route: str | int) -> bool:
        """Tell whether what stands at ``route`` is the author's own and not a stand-in."""
        return route not in self.broken

    def name(self, route: Route) -> str:
        """Return a place in words."""
        from postmortem.check.naming import phrase

        return phrase(route, self.plain)


Rule: TypeAlias = Callable[[Facts], Iterable[Finding]]
"""What judges one thing about an incident."""


def _first_indices(ids: Iterable[str | None]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, one in enumerate(ids):
        if one:
            found.setdefault(one, index)
    return found


def once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings without those that say the same of the same place again."""
    seen: set[tuple[object, ...]] = set()
    for one in findings:
        key = (one.code, one.at, one.message)
        if key not in seen:
            seen.add(key)
            yield one
