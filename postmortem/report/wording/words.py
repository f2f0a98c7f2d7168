"""The one door to wording: times, durations, quantities, metrics, sources, as every renderer shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.record import replace
from postmortem.report.wording.amounts import Amount, duration, number, quantity
from postmortem.report.wording.clock import Clock, Shape, clock_of
from postmortem.report.wording.phrases import ENGLISH, Language
from postmortem.resolve.timeline import Bounds

if TYPE_CHECKING:
    from postmortem.measure.metrics import Metric
    from postmortem.model.incident import Incident
    from postmortem.resolve.timeline import Count

__all__ = [
    "ENGLISH",
    "Amount",
    "Clock",
    "Language",
    "Shape",
    "clock_of",
    "component_title",
    "count_words",
    "duration",
    "measure_title",
    "metric_words",
    "number",
    "person_words",
    "quantity",
    "source_title",
]

_MICROSECONDS = 1_000_000


def metric_words(metric: Metric, clock: Clock) -> Amount:
    """Word a metric: `20 min (18 to 22 min)`, `27%`, a moment as a clock time, unknown with its reason."""
    language = clock.language
    if metric.low is None and metric.high is None and metric.nominal is None:
        unknown = language.say("amount.unknown")
        why = ", ".join(metric.missing)
        full = language.say("amount.missing", missing=why) if why else unknown
        return Amount(unknown, "", full, "undated")
    if metric.unit == "s":
        low, high, nominal = (_micro(one) for one in (metric.low, metric.high, metric.nominal))
        words = duration(low, high, nominal, metric.named, language)
        if metric.when is None:
            return words
        moment = language.say("amount.moment", value=words.full, time=clock.time(metric.when))
        return replace(words, full=moment)
    if metric.unit == "time":
        low, high, nominal = (_micro(one) for one in (metric.low, metric.high, metric.nominal))
        return _moment(Bounds(low, high, nominal, named=metric.named), clock)
    ratio = metric.unit == "1"
    share = ratio and max(abs(one) for one in (metric.low, metric.high, 0) if one is not None) <= 1
    unit = "" if ratio else metric.unit
    return quantity(
        metric.low, metric.high, metric.nominal, metric.named, percent=share, unit=unit, language=language
    )


def count_words(count: Count, language: Language = ENGLISH) -> Amount:
    """Word a resolved count: `≈600,000 (570,000 to 600,000)`."""
    return quantity(
        count.low,
        count.high,
        count.nominal,
        count.named,
        growth=count.growth,
        percent=count.percent,
        language=language,
    )


def source_title(incident: Incident, id: str) -> str:
    """Return a source's title, its id where it has none or is not declared."""
    source = incident.sources.get(id)
    return source.title if source is not None and source.title.strip() else id


def component_title(incident: Incident, id: str) -> str:
    """Return a component's title, its id where it has none or is not declared."""
    component = incident.components.get(id)
    return component.title if component is not None and component.title.strip() else id


def measure_title(incident: Incident, id: str) -> str:
    """Return a measure's title, its id where it has none or is not declared."""
    measure = incident.measures.get(id)
    return measure.title if measure is not None and measure.title.strip() else id


def person_words(incident: Incident, name: str) -> str:
    """Name somebody by role, else by name; the text itself where no such person is declared."""
    person = incident.people.get(name)
    return name if person is None else person.role or person.name or name


def _moment(bounds: Bounds, clock: Clock) -> Amount:
    value, edges, shape = clock.time(bounds), clock.bounds(bounds), clock.shape(bounds)
    if value == edges:
        return Amount(value, "", value, shape)
    return Amount(value, edges, clock.language.say("amount.bounded", value=value, bounds=edges), shape)


def _micro(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * _MICROSECONDS)
