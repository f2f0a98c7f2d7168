"""What of an incident is public: every part, every reference and every name is held against it.

Where it is unclear whether something is public, it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortem.model.incident import Audience, Event, Incident, Person
    from postmortem.model.stated import Stated
    from postmortem.model.times import TimeExpression

SECTIONS = ("summary", "impact", "background", "detection", "response", "resolution")
LISTS = ("factors", "actions", "perspectives", "questions", "series", "metrics")
"""The lists of the top level, besides the timeline, whose items carry an audience."""


def names_public_parts(incident: Incident) -> bool:
    """Tell whether a log says which parts of it are public: by its own audience, or at any part."""
    if incident.audience == "public":
        return True
    parts: list[Any] = [getattr(incident, name) for name in SECTIONS]
    parts += [incident.lessons, *incident.sources.values(), *incident.timeline]
    parts += [one for name in LISTS for one in getattr(incident, name)]
    return any(one is not None and one.audience == "public" for one in parts)


class Scope:
    """What is public of one incident, decided once."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self.default: Audience = incident.audience
        self.sources = frozenset(name for name, one in incident.sources.items() if self.open(one))
        self.events = frozenset(one.id for one in incident.timeline if one.id and self.open(one))
        self.factors = frozenset(one.id for one in incident.factors if self.open(one))
        self.zero = self._zero_is_public()
        self._people = _by_any_name(incident.people)

    def open(self, part: Any) -> bool:
        """Tell whether a part is public: by its own audience, else by its file's."""
        return (part.audience or self.default) == "public"

    def cites_public(self, names: Iterable[str]) -> bool:
        """Tell whether all sources of that name are public; one that is not declared is not."""
        return all(name in self.sources for name in names)

    def has_event(self, name: str) -> bool:
        """Tell whether the event of EVENT, EVENT.end or EVENT.MEASURE is public."""
        return name.partition(".")[0] in self.events

    def time(self, stated: Stated[TimeExpression] | None) -> Stated[TimeExpression] | None:
        """Return a time unless it counts from what is not public: its text would tell of it."""
        if stated is None or stated.value is None:
            return None
        for reference in stated.value.references:
            if not (self.zero if reference.event is None else reference.event in self.events):
                return None
        return stated

    def person(self, name: str | None, *, known_only: bool = False) -> str | None:
        """Return how a person may be named: as written where that is public, else by role, else not at all.

        A text that names nobody of `people` stays, unless ``known_only`` takes it for a name.
        """
        if name is None:
            return None
        person = self._people.get(_folded(name))
        if person is None:
            return None if known_only else name
        if person.public:
            return name
        return person.role if self.default == "public" else None

    def stands(self, metric: Any) -> bool:
        """Tell whether all events that a metric is made from are public."""
        operands: list[str] = []
        for kind in (metric.duration, metric.ratio, metric.difference, metric.reach):
            if kind is not None:
                operands += [value for value in vars(kind).values() if isinstance(value, str)]
        if metric.stat is not None:
            operands += metric.stat.between or ()
        return all(self.has_event(one) for one in operands)

    def _zero_is_public(self) -> bool:
        """Tell whether ``T`` means the same in the copy as in the log."""
        incident = self.incident
        if incident.t0 is not None:
            return self.has_event(incident.t0)
        for kind in ("impact", "scheduled"):
            candidates = [one for one in incident.timeline if one.kind == kind]
            if candidates:
                return all(self._untouched(one) for one in candidates)
        return all(self._untouched(one) for one in incident.timeline)

    def _untouched(self, event: Event) -> bool:
        claims = (event, *event.claims)
        return all(self.open(one) and self.cites_public(one.source) for one in claims)


def _by_any_name(people: dict[str, Person]) -> dict[str, Person]:
    """Return people by id and by name; where two share one, the one who is not public has it."""
    found: dict[str, Person] = {}
    for key, person in people.items():
        for name in filter(None, (key, person.name)):
            other = found.get(_folded(name))
            if other is None or other.public:
                found[_folded(name)] = person
    return found


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("@")
