"""Gathering: from resolved metrics to the facts that every renderer of one incident shares."""

from __future__ import annotations

from datetime import date

from postmortem.check.overdue import is_overdue
from postmortem.measure.metrics import Metrics
from postmortem.model.incident import Event, Incident, claims_of
from postmortem.report.facts.bands import bands_of
from postmortem.report.facts.facts import Disagreement, Edge, Evidence, Facts, NumberedAction, Row
from postmortem.report.facts.figures import figures_of
from postmortem.report.wording.retelling import retold
from postmortem.report.wording.words import ENGLISH, Clock, Language, clock_of, count_words, measure_title
from postmortem.resolve.timeline import Timeline

PROSE = ("summary", "impact", "background", "detection", "response", "resolution")


def gather(
    metrics: Metrics,
    name: str,
    language: Language = ENGLISH,
    zone: str | None = None,
    withheld: int | None = None,
    today: date | None = None,
) -> Facts:
    """Gather what reports tell of an incident; ``name`` (the file's stem) is its id if the log has none.

    ``zone`` is an IANA name or UTC to show times in, where it is not to be the log's own; ``withheld``
    counts the entries that a public version leaves out. ``today`` is the day that overdue actions are told
    by; without one, none is.
    """
    metrics = retold(metrics, language)
    timeline = metrics.timeline
    incident = timeline.incident
    clock = clock_of(timeline, language)
    if zone is not None:
        clock = clock.in_zone(zone)
    rows = _rows(timeline, clock)
    by_key = {one.event.key: one for one in rows}
    claims = [claim for row in rows for _, claim in claims_of(row.event.event, row.event.index)]
    actions = _actions(incident, today)
    return Facts(
        incident=incident,
        timeline=timeline,
        metrics=metrics,
        clock=clock,
        name=incident.id or name,
        rows=rows,
        bands=bands_of(timeline, rows, language),
        figures=figures_of(metrics, by_key, clock),
        disagreements=_disagreements(rows, incident, clock),
        evidence=_evidence(incident, rows),
        sourced_claims=sum(1 for claim in claims if claim.source),
        all_claims=len(claims),
        edges=_edges(incident, by_key),
        actions=actions,
        sections=_sections(incident),
        left_out=timeline.left_out,
        by_key=by_key,
        withheld=withheld,
        overdue_on=today if any(one.overdue for one in actions) else None,
    )


def sources_of(event: Event) -> tuple[str, ...]:
    """Return the ids of all sources that speak of an event, in the order of their first mention."""
    return tuple(dict.fromkeys(source for _, claim in claims_of(event, 0) for source in claim.source))


def _rows(timeline: Timeline, clock: Clock) -> tuple[Row, ...]:
    zero = None if timeline.t0 is None or clock.sharp_zero else timeline.keys.get(timeline.t0)
    rows = []
    for number, one in enumerate((*timeline.events, *timeline.undated), 1):
        since = end_since = None
        if zero is not None:
            since = timeline.distances.between((zero, False), (one.index, False))
            if one.end is not None:
                end_since = timeline.distances.between((zero, False), (one.index, True))
        rows.append(Row(number, one, sources_of(one.event), since, end_since))
    return tuple(rows)


def _disagreements(rows: tuple[Row, ...], incident: Incident, clock: Clock) -> tuple[Disagreement, ...]:
    found = []
    for row in rows:
        for conflict in row.event.conflicts:
            aspect, _, measure = conflict.about.partition(":")
            if aspect != "count":
                point = row.event.end if aspect == "end" else row.event.at
                found.append(Disagreement(row, conflict, None, clock.time(point)))
                continue
            count = next((one for one in row.event.counts if one.measure == measure), None)
            shown = "" if count is None else count_words(count, language=clock.language).full
            found.append(Disagreement(row, conflict, measure_title(incident, measure), shown))
    return tuple(found)


def _evidence(incident: Incident, rows: tuple[Row, ...]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            name,
            source,
            tuple(row for row in rows if name in row.sources),
            tuple(factor.id for factor in incident.factors if name in factor.evidence),
        )
        for name, source in incident.sources.items()
    )


def _actions(incident: Incident, today: date | None) -> tuple[NumberedAction, ...]:
    return tuple(
        NumberedAction(one.id or f"A{number}", one, today is not None and is_overdue(one, today))
        for number, one in enumerate(incident.actions, 1)
    )


def _edges(incident: Incident, rows: dict[str, Row]) -> tuple[Edge, ...]:
    factors = {factor.id for factor in incident.factors}
    return tuple(
        Edge(factor.id, target, None if target in factors else rows.get(target))
        for factor in incident.factors
        for target in factor.leads_to
        if target in factors or target in rows
    )


def _sections(incident: Incident) -> tuple[tuple[str, str], ...]:
    stated = ((name, getattr(incident, name)) for name in PROSE)
    return tuple((name, section.text) for name, section in stated if section is not None)
