"""Rows that all tables of metrics share: which metrics several logs have, and what counts say."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.record import record
from postmortem.model.incident import Incident
from postmortem.report.facts.facts import Facts, Row
from postmortem.report.wording.words import component_title, count_words, measure_title
from postmortem.resolve.timeline import Count


@record
class CountRow:
    """One count in words: what was counted where, its amount, when and by whom."""

    title: str
    full: str
    event: str
    said: str
    row: Row | None
    count: Count


def metric_ids(several: Sequence[Facts]) -> list[str]:
    """Return all metric ids in the order of their first mention."""
    return list(dict.fromkeys(metric.id for facts in several for metric in facts.metrics.metrics))


def titled(id: str, several: Sequence[Facts]) -> tuple[str, str]:
    """Return title and unit of a metric as the first log that has it gives them."""
    found = (facts.metrics.metric(id) for facts in several)
    metric = next(one for one in found if one is not None)
    return metric.title, metric.unit


def count_title(count: Count, incident: Incident) -> str:
    """Name a count by its measure and the components it was counted in."""
    places = ", ".join(component_title(incident, one) for one in count.components)
    title = measure_title(incident, count.measure)
    return f"{title}, {places}" if places else title


def count_rows(facts: Facts) -> tuple[CountRow, ...]:
    """Return the counts of a log in listed order, in words."""
    incident, clock = facts.incident, facts.clock
    found = []
    for count in facts.metrics.counts:
        row = facts.row(count.event)
        when = "" if row is None else clock.time(row.event.at)
        said = "; ".join(
            f"{', '.join(claim.sources) or '?'}: {claim.stated or claim.text}"
            + ("" if claim.kept else f" ({clock.language.say('terminal.set-aside')})")
            for claim in count.claims
        )
        full = count_words(count, clock.language).full
        found.append(CountRow(count_title(count, incident), full, when, said, row, count))
    return tuple(found)
