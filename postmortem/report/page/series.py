"""Counts as series: which measure of which component, what every claim says of it, how it is named."""

from __future__ import annotations

from postmortem.ground.record import record
from postmortem.model.incident import claims_of
from postmortem.report.facts.facts import Row
from postmortem.report.page.lens import Lens
from postmortem.report.wording.words import component_title, measure_title
from postmortem.resolve.timeline import Count, CountClaim


@record
class Said:
    """One claim on a count with all that its mark and its row need."""

    row: Row
    count: Count
    claims: tuple[CountClaim, ...]
    named: bool
    series: int


SeriesKey = tuple[str, tuple[str, ...]]


def series_numbers(lens: Lens) -> dict[SeriesKey, int]:
    """Number the series (a measure of a component) within their unit, those of the key figures first."""
    incident = lens.facts.incident
    keys = [(one.count.measure, one.count.components) for one in lens.facts.figures if one.count is not None]
    keys += [(one.measure, one.components) for one in lens.facts.metrics.counts]
    keys += [(one.measure, (one.component,) if one.component else ()) for one in lens.facts.metrics.series]
    out: dict[SeriesKey, int] = {}
    next_in: dict[str, int] = {}
    for key in dict.fromkeys(keys):
        stated = incident.measures.get(key[0])
        unit = (stated.unit or stated.title) if stated is not None else key[0]
        out[key] = next_in.get(unit, 0)
        next_in[unit] = out[key] + 1
    return out


def _named_quantity(row: Row, claim: CountClaim, measure: str) -> bool:
    """Tell whether a claim names its number itself, so that a dot may stand on it."""
    for route, stated in claims_of(row.event.event, row.event.index):
        if route == claim.route[: len(route)] and measure in stated.counts:
            value = stated.counts[measure].value.value
            if len(claim.route) < 3 or route == claim.route[:4] or "claims" not in claim.route:
                return value is None or value.named
    return True


def said_of(lens: Lens, numbers: dict[SeriesKey, int]) -> list[Said]:
    """Return every claim on a count; claims of one event that say the same are one."""
    out = []
    for row in lens.facts.rows:
        for count in row.event.counts:
            series = numbers[(count.measure, count.components)]
            alike: dict[tuple[object, ...], list[CountClaim]] = {}
            for claim in count.claims:
                alike.setdefault((claim.low, claim.high, claim.nominal, claim.kept), []).append(claim)
            for claims in alike.values():
                named = any(_named_quantity(row, one, count.measure) for one in claims)
                out.append(Said(row, count, tuple(claims), named, series))
    return out


def sources_of(said: Said) -> tuple[str, ...]:
    """Return who says it."""
    return tuple(dict.fromkeys(key for one in said.claims for key in one.sources))


def series_title(lens: Lens, measure: str, component: str | None) -> str:
    """Return the title of a series: its measure, and where it was measured."""
    title = measure_title(lens.facts.incident, measure)
    return f"{title}, {component_title(lens.facts.incident, component)}" if component else title
