"""The page that the HTML template sees: every word, number and drawing is finished before it gets there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from postmortem.ground.place import Route
from postmortem.ground.record import record
from postmortem.report.escaping.put import put
from postmortem.report.escaping.safe_markdown import bidi, plain
from postmortem.report.facts.facts import Facts
from postmortem.report.page import account, chart, disagreements, metrics, timeline
from postmortem.report.page.account import ShownAction, ShownFactor, ShownSource, View
from postmortem.report.page.chart import Figure
from postmortem.report.page.disagreements import ShownDisagreement
from postmortem.report.page.lens import Lens, joined, label_of
from postmortem.report.page.metrics import ShownFigure, ShownMetric
from postmortem.report.page.pictures import Gallery
from postmortem.report.page.series import series_numbers
from postmortem.report.page.timeline import Stretch, address

_LEDE = 520
_LOW = 230
_LONG = 200
_STATUS_MARKS = {"ongoing": "●", "mitigated": "◐", "resolved": "✓"}


@record
class Chip:
    """A small label of the head; ``style`` is its class."""

    text: str
    style: str


@record
class Page:
    """One report, ready for the template."""

    say: Callable[..., str]
    lang: str
    id: str
    title: Markup
    heading: str
    description: str
    chips: tuple[Chip, ...]
    day: str
    day_iso: str
    utc_day: str
    coverage: str
    zone: str
    zone_full: str
    one_zone: bool
    zero: Markup
    lede: Markup
    low: bool
    figures: tuple[ShownFigure, ...]
    charts: tuple[Figure, ...]
    counted: bool
    disagreements: tuple[ShownDisagreement, ...]
    sections: tuple[tuple[str, Markup], ...]
    stretches: tuple[Stretch, ...]
    shapes: tuple[str, ...]
    marks: Mapping[str, str]
    loose: bool
    long: bool
    metrics: tuple[ShownMetric, ...]
    graph: Markup
    factors: tuple[ShownFactor, ...]
    actions: tuple[ShownAction, ...]
    overdue: str
    perspectives: tuple[View, ...]
    questions: tuple[View, ...]
    lessons: tuple[tuple[str, tuple[Markup, ...]], ...]
    sources: tuple[ShownSource, ...]
    links: tuple[Markup, ...]
    related: tuple[str, ...]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    people: tuple[Markup, ...]
    file: str
    withheld: str
    as_of: str


def page_of(facts: Facts, line_of: Callable[[Route], int], file: str, withheld: int = 0) -> Page:
    """Return the page of an incident.

    ``line_of`` tells at which line of the log a route stands, ``file`` is the name the log is spoken of by,
    ``withheld`` how many entries a public version left out.
    """
    lens = Lens(facts, line_of, facts.clock.in_zone("UTC"), Gallery(facts.metrics.pictures))
    incident, say = facts.incident, lens.say
    numbers = series_numbers(lens)
    day = facts.clock.day
    zero = facts.row(facts.timeline.t0) if facts.timeline.t0 is not None else None
    lede, sections = _prose(lens)
    utc_day = lens.utc.day
    return Page(
        say=say,
        lang=facts.clock.language.code,
        id=facts.name,
        title=bidi(incident.title),
        heading=" · ".join(
            part for part in (incident.title, day.isoformat() if day else "", incident.severity) if part
        ),
        description=plain(incident.summary.text)[:300]
        if incident.summary
        else say("page.description", title=incident.title),
        chips=_chips(lens),
        day=facts.clock.date_words(day) if day else "",
        day_iso=day.isoformat() if day else "",
        utc_day=utc_day.isoformat() if utc_day else "",
        coverage=_coverage(lens),
        zone=facts.clock.zone_short,
        zone_full=facts.clock.zone_label,
        one_zone=lens.one_zone,
        zero=put("%s %s", lens.number(zero), bidi(label_of(zero.event.event.what))) if zero else Markup(),
        lede=lede,
        low=len(lede) < _LOW,
        figures=metrics.key_figures(lens, numbers),
        charts=chart.figures(lens),
        counted=bool(facts.metrics.counts or facts.metrics.series),
        disagreements=disagreements.disagreements(lens),
        sections=sections,
        stretches=timeline.stretches(lens),
        shapes=_shapes(lens),
        marks=timeline.MARKS,
        long=len(facts.rows) > _LONG,
        loose=any(row.event.order == "undetermined" and row.number > 1 for row in facts.rows),
        metrics=metrics.metrics(lens),
        graph=account.factor_graph(lens, "c-graph"),
        factors=account.factors(lens),
        actions=account.actions(lens),
        overdue=say("action.overdue-on", day=facts.overdue_on.isoformat()) if facts.overdue_on else "",
        perspectives=account.perspectives(lens),
        questions=account.questions(lens),
        lessons=account.lessons(lens),
        sources=account.ledger(lens),
        links=tuple(address(one.url, one.title or one.url) for one in incident.links),
        related=incident.related,
        tags=incident.tags,
        authors=incident.authors,
        people=_people(lens),
        file=file,
        withheld=_withheld(lens, withheld),
        as_of=facts.clock.language.say("foot.as-of", count=facts.left_out) if facts.left_out else "",
    )


def _chips(lens: Lens) -> tuple[Chip, ...]:
    incident, say = lens.facts.incident, lens.say
    out = [Chip(incident.severity, "sev")] if incident.severity else []
    status = say(f"status.{incident.status}")
    out.append(Chip(f"{_STATUS_MARKS[incident.status]} {status.capitalize()}", incident.status))
    out.append(Chip(say("review.label", review=say(f"review.{incident.review}")), "review"))
    return tuple(out)


def _coverage(lens: Lens) -> str:
    facts = lens.facts
    if not facts.all_claims:
        return ""
    if facts.sourced_claims == facts.all_claims:
        return lens.say("coverage.all", all=facts.all_claims)
    return lens.say("coverage", sourced=facts.sourced_claims, all=facts.all_claims)


def _prose(lens: Lens) -> tuple[Markup, tuple[tuple[str, Markup], ...]]:
    """Return the lead (a short summary, or its first paragraph) and the prose sections."""
    lede, out = Markup(), []
    for name, text in lens.facts.sections:
        if name == "summary":
            first, _, rest = text.strip().partition("\n\n")
            short = not rest.strip() or len(text) <= _LEDE
            lede = lens.block(text if short else first, 2)
            if short:
                continue
            text = rest
        out.append((lens.say(f"section.{name}"), lens.block(text, 3)))
    return lede, tuple(out)


def _shapes(lens: Lens) -> tuple[str, ...]:
    """Return the shapes of time that occur, in the order of the legend."""
    found = {lens.shape(row.event.at) for row in lens.facts.rows}
    return tuple(one for one in ("exact", "about", "range", "after", "before", "undated") if one in found)


def _people(lens: Lens) -> tuple[Markup, ...]:
    out = []
    for key, person in lens.facts.incident.people.items():
        out.append(joined((bidi(person.name or key), bidi(person.role or "")), ", "))
    return tuple(out)


def _withheld(lens: Lens, count: int) -> str:
    if not count:
        return ""
    return lens.say("foot.withheld", count=count)
