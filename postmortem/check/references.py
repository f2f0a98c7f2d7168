"""Where one part of a log names another, and what may be named there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from postmortem.check.facts import Facts
from postmortem.ground.place import Route
from postmortem.model.metric_names import STANDARD_METRICS


class Reference(NamedTuple):
    """A name that points at something: ``names`` is what it may be, ``noun`` what that is called.

    ``under`` are the keys of the top level that declare it; ``start`` and ``end`` are code points.
    """

    route: Route
    name: str
    noun: str
    names: Collection[str]
    under: tuple[str, ...]
    start: int | None = None
    end: int | None = None


def references_of(facts: Facts) -> Iterator[Reference]:
    """Yield every reference that an incident makes, where what it points into is the author's own."""
    if facts.whole("timeline"):
        yield from _in_times(facts)
        yield from _to_events(facts)
        yield from _to_counts(facts)
    if facts.whole("sources"):
        yield from _to_sources(facts)
    if facts.incident.components and facts.whole("components"):
        yield from _to_components(facts)
    if facts.incident.measures and facts.whole("measures"):
        yield from _to_measures(facts)
    if facts.whole("metrics"):
        yield from _to_metrics(facts)
    if facts.whole("factors") and facts.whole("timeline"):
        yield from _among_factors(facts)


def _in_times(facts: Facts) -> Iterator[Reference]:
    for route, _, expression in facts.times:
        for one in expression.references:
            if one.event is not None:
                yield _event(facts, route, one.event, one.start)


def _to_events(facts: Facts) -> Iterator[Reference]:
    incident = facts.incident
    if incident.t0:
        yield _event(facts, ("t0",), incident.t0)
    for number, phase in enumerate(incident.phases):
        yield _point(facts, ("phases", number, "from"), phase.from_)
        if phase.to:
            yield _point(facts, ("phases", number, "to"), phase.to)
    for number, metric in enumerate(incident.metrics):
        route: Route = ("metrics", number)
        if metric.duration:
            yield _point(facts, (*route, "duration", "from"), metric.duration.from_)
            yield _point(facts, (*route, "duration", "to"), metric.duration.to)
        if metric.stat and metric.stat.between:
            for side, text in enumerate(metric.stat.between):
                yield _point(facts, (*route, "stat", "between", side), text)


def _to_counts(facts: Facts) -> Iterator[Reference]:
    for number, figure in enumerate(facts.incident.figures):
        if figure.count:
            yield from _count(facts, ("figures", number, "count"), figure.count)
    for number, metric in enumerate(facts.incident.metrics):
        route: Route = ("metrics", number)
        if metric.ratio:
            yield from _count(facts, (*route, "ratio", "of"), metric.ratio.of)
            yield from _count(facts, (*route, "ratio", "to"), metric.ratio.to)
        if metric.difference:
            yield from _count(facts, (*route, "difference", "of"), metric.difference.of)
            yield from _count(facts, (*route, "difference", "minus"), metric.difference.minus)
        if metric.reach:
            yield from _count(facts, (*route, "reach", "from"), metric.reach.from_)
            yield from _count(facts, (*route, "reach", "growth"), metric.reach.growth)


def _to_sources(facts: Facts) -> Iterator[Reference]:
    for _, _, route, claim in facts.claims:
        yield from _sources(facts, (*route, "source"), claim.source)
    for index, event in enumerate(facts.incident.timeline):
        for number, source in enumerate(event.ruling.prefer if event.ruling else ()):
            yield _source(facts, ("timeline", index, "ruling", "prefer", number), source)
    for number, series in enumerate(facts.incident.series):
        yield from _sources(facts, ("series", number, "source"), series.source)
    for number, perspective in enumerate(facts.incident.perspectives):
        if perspective.source:
            yield _source(facts, ("perspectives", number, "source"), perspective.source)


def _to_components(facts: Facts) -> Iterator[Reference]:
    names = facts.incident.components
    for index, event in enumerate(facts.incident.timeline):
        for number, name in enumerate(event.component):
            route: Route = ("timeline", index, "component", number)
            yield Reference(route, name, "component", names, ("components",))
    held = [(("phases", number), phase.component) for number, phase in enumerate(facts.incident.phases)]
    held += [(("series", number), series.component) for number, series in enumerate(facts.incident.series)]
    for holder, component in held:
        yield Reference((*holder, "component"), component or "", "component", names, ("components",))
    for number, metric in enumerate(facts.incident.metrics):
        if metric.stat and metric.stat.component:
            route = ("metrics", number, "stat", "component")
            yield Reference(route, metric.stat.component, "component", names, ("components",))


def _to_measures(facts: Facts) -> Iterator[Reference]:
    names = facts.incident.measures
    for _, _, route, claim in facts.claims:
        for name in claim.counts:
            yield Reference((*route, "counts", name), name, "measure", names, ("measures",))
    for number, series in enumerate(facts.incident.series):
        yield Reference(("series", number, "measure"), series.measure, "measure", names, ("measures",))
    for number, metric in enumerate(facts.incident.metrics):
        if metric.stat:
            route = ("metrics", number, "stat", "measure")
            yield Reference(route, metric.stat.measure, "measure", names, ("measures",))


def _to_metrics(facts: Facts) -> Iterator[Reference]:
    names = dict.fromkeys((*(metric.id for metric in facts.incident.metrics), *STANDARD_METRICS))
    for number, figure in enumerate(facts.incident.figures):
        if figure.metric:
            yield Reference(("figures", number, "metric"), figure.metric, "metric", names, ("metrics",))


def _among_factors(facts: Facts) -> Iterator[Reference]:
    incident = facts.incident
    led_to = facts.factors | facts.events
    evidence = dict.fromkeys(incident.sources, 0) | facts.events
    for number, factor in enumerate(incident.factors):
        for index, name in enumerate(factor.leads_to):
            route: Route = ("factors", number, "leads_to", index)
            yield Reference(route, name, "factor or event", led_to, ("factors", "timeline"))
        for index, name in enumerate(factor.evidence) if facts.whole("sources") else ():
            route = ("factors", number, "evidence", index)
            yield Reference(route, name, "source or event", evidence, ("sources", "timeline"))
    for number, action in enumerate(incident.actions):
        for index, name in enumerate(action.addresses):
            route = ("actions", number, "addresses", index)
            yield Reference(route, name, "factor", facts.factors, ("factors",))


def _event(facts: Facts, route: Route, name: str, start: int | None = None) -> Reference:
    end = None if start is None else start + len(name)
    return Reference(route, name, "event", facts.events, ("timeline",), start, end)


def _point(facts: Facts, route: Route, text: str) -> Reference:
    """Return the event of ``EVENT`` or ``EVENT.end``."""
    return _event(facts, route, text.removesuffix(".end"), 0)


def _count(facts: Facts, route: Route, text: str) -> Iterator[Reference]:
    """Yield the event of ``EVENT.MEASURE``, or its measure where the event is there."""
    event, _, measure = text.partition(".")
    if event not in facts.events:
        yield _event(facts, route, event, 0)
    else:
        noun = f"count of event `{event}`"
        counted = facts.counted.get(event, {})
        yield Reference(route, measure, noun, counted, (), len(event) + 1, len(text))


def _source(facts: Facts, route: Route, name: str) -> Reference:
    return Reference(route, name, "source", facts.incident.sources, ("sources",))


def _sources(facts: Facts, route: Route, names: tuple[str, ...]) -> Iterator[Reference]:
    for number, name in enumerate(names):
        yield _source(facts, (*route, number), name)
