"""The public copy of an incident: what may be shown to all, with everything internal taken out.

It is made before anything is derived, so that no bound, count or word of a report can rest on what is not
public. An internal log that names public parts keeps nothing else but its title, its status and its calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from postmortem.ground.record import record, replace
from postmortem.model.incident import Component, Measure, MetricStated, Perspective, Series
from postmortem.model.public_events import own_claim_withheld, public_event
from postmortem.model.public_scope import LISTS, SECTIONS, Scope

if TYPE_CHECKING:
    from postmortem.ground.place import Route
    from postmortem.model.incident import Incident


@record
class PublicCopy:
    """The copy, and how many entries it leaves out: events, claims, sources, factors, sections and so on.

    ``kept`` maps the route of a list in the log to the places of the items that are kept.
    """

    incident: Incident
    withheld: int
    kept: Mapping[Route, tuple[int, ...]]

    def written(self, route: Route) -> Route:
        """Return the route in the log of what stands at ``route`` in the copy."""
        found: Route = ()
        for part in route:
            places = self.kept.get(found)
            if places is not None and isinstance(part, int) and part < len(places):
                found += (places[part],)
            else:
                found += (part,)
        return found


def public_copy(incident: Incident) -> PublicCopy:
    """Return the incident without anything internal, and the number of entries that were taken out."""
    return _Copying(incident).copy()


class _Copying:
    """One run over one incident."""

    def __init__(self, incident: Incident) -> None:
        self.old = incident
        self.scope = Scope(incident)
        self.withheld = 0
        self.kept: dict[Route, tuple[int, ...]] = {}

    def copy(self) -> PublicCopy:
        old, scope = self.old, self.scope
        new: dict[str, Any] = {name: self._one(getattr(old, name)) for name in (*SECTIONS, "lessons")}
        new["sources"] = {
            name: _with(one, published=scope.time(one.published))
            for name, one in old.sources.items()
            if name in scope.sources
        }
        self.withheld += len(old.sources) - len(new["sources"])
        new["timeline"] = self._timeline()
        new |= {name: self._list(name) for name in LISTS}
        new |= self._references(new) | self._head()
        if scope.default != "public":
            new |= self._head_of_internal(new)
        return PublicCopy(replace(old, **new), self.withheld, self.kept)

    def _one(self, part: Any) -> Any:
        if part is None or self.scope.open(part):
            return part
        self.withheld += 1
        return None

    def _timeline(self) -> tuple[Any, ...]:
        events = []
        for place in self._places("timeline", self.scope.open):
            event = self.old.timeline[place]
            shown, claims = public_event(event, self.scope)
            self.withheld += len(event.claims) - len(claims) + own_claim_withheld(event, self.scope)
            self.kept["timeline", place, "claims"] = claims
            events.append(shown)
        return tuple(events)

    def _list(self, name: str) -> tuple[Any, ...]:
        """Return the public items of a list, each without what leads to something that is not."""
        parts = getattr(self.old, name)
        shown: dict[str, Callable[[Any], Any]] = {
            "factors": self._factor,
            "actions": self._action,
            "perspectives": lambda one: _with(one, who=self.scope.person(one.who)),
            "questions": lambda one: _with(one, owner=self.scope.person(one.owner)),
        }
        show = shown.get(name, lambda one: one)
        places = self._places(name, self._item_stands)
        if name == "series":
            return tuple(self._series(place, parts[place]) for place in places)
        return tuple(show(parts[place]) for place in places)

    def _series(self, place: int, series: Series) -> Series:
        """Return a public series without the points whose times count from what is not public."""
        points = series.points
        if points is None:
            return series
        kept = tuple(number for number, (time, _) in enumerate(points) if self.scope.time(time) is not None)
        self.withheld += len(points) - len(kept)
        self.kept["series", place, "points"] = kept
        return replace(series, points=tuple(points[number] for number in kept))

    def _item_stands(self, part: Any) -> bool:
        scope = self.scope
        if not scope.open(part):
            return False
        if isinstance(part, Perspective):
            # Framing is shown with who says it, or not at all.
            named = scope.person(part.who) is not None
            return named and scope.cites_public((part.source,) if part.source else ())
        if isinstance(part, Series):
            return scope.cites_public(part.source)
        return not isinstance(part, MetricStated) or scope.stands(part)

    def _places(self, name: str, stands: Callable[[Any], bool]) -> tuple[int, ...]:
        """Return which items of a list are kept, and note it."""
        parts = getattr(self.old, name)
        places = tuple(place for place, part in enumerate(parts) if stands(part))
        self.withheld += len(parts) - len(places)
        self.kept[name,] = places
        return places

    def _factor(self, factor: Any) -> Any:
        scope = self.scope
        known = scope.factors | scope.events
        return _with(
            factor,
            leads_to=tuple(one for one in factor.leads_to if one in known),
            evidence=tuple(one for one in factor.evidence if one in scope.sources | scope.events),
        )

    def _action(self, action: Any) -> Any:
        addresses = tuple(one for one in action.addresses if one in self.scope.factors)
        return _with(action, owner=self.scope.person(action.owner), addresses=addresses)

    def _references(self, new: dict[str, Any]) -> dict[str, Any]:
        """Return what only refers to parts: it goes where they go."""
        old, has = self.old, self.scope.has_event
        gone = {one.id for one in old.metrics} - {one.id for one in new["metrics"]}
        figures = [
            place
            for place, one in enumerate(old.figures)
            if one.metric not in gone and (one.count is None or has(one.count))
        ]
        phases = [
            place
            for place, one in enumerate(old.phases)
            if has(one.from_) and (one.to is None or has(one.to))
        ]
        self.kept["figures",], self.kept["phases",] = tuple(figures), tuple(phases)
        return {
            "figures": tuple(old.figures[place] for place in figures),
            "phases": tuple(old.phases[place] for place in phases),
            "t0": old.t0 if old.t0 is not None and has(old.t0) else None,
        }

    def _head(self) -> dict[str, Any]:
        old, scope = self.old, self.scope
        authors = (scope.person(author, known_only=True) for author in old.authors)
        return {
            "authors": tuple(dict.fromkeys(one for one in authors if one is not None)),
            "people": {name: one for name, one in old.people.items() if one.public},
            "audience": "public",
            "checks": None,
        }

    def _head_of_internal(self, new: dict[str, Any]) -> dict[str, Any]:
        """Return the head of a log that is internal but for parts: what carries no audience is internal too.

        What public parts speak of keeps its id, which they name, and loses all else.
        """
        stats = [one.stat for one in new["metrics"] if one.stat is not None]
        claims = [claim for event in new["timeline"] for claim in (event, *event.claims)]
        rooms: set[str | None] = {name for event in new["timeline"] for name in event.component}
        rooms |= {one.component for one in (*new["series"], *stats)}
        counted = {name for claim in claims for name in claim.counts}
        counted |= {one.measure for one in (*new["series"], *stats)}
        old = self.old
        return {
            "id": None,
            "severity": None,
            "tags": (),
            "links": (),
            "related": (),
            "figures": (),
            "phases": (),
            "components": {name: Component(title=name) for name in old.components if name in rooms},
            "measures": {
                name: Measure(title=name, kind=one.kind)
                for name, one in old.measures.items()
                if name in counted
            },
        }


def _with(part: Any, **update: Any) -> Any:
    return replace(part, **update)
