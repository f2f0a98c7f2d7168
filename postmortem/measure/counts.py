"""Metrics over counts: a ratio, a difference, and when a growing count reaches its target."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, TypeAlias

from postmortem.ground.interval import (
    EVERYTHING,
    Exact,
    Interval,
    clamp,
    divide,
    exact,
    interval,
    plain,
    point,
    scale,
    subtract,
)
from postmortem.ground.record import record, replace
from postmortem.measure.durations import FIRST, LAST, SECOND
from postmortem.measure.metrics import Metric
from postmortem.measure.wording import event_words, said
from postmortem.model.quantities import settle
from postmortem.resolve.approximations import count_share_of
from postmortem.resolve.timeline import Bounds, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortem.ground.said import Said
    from postmortem.model.incident import DifferenceOf, MetricStated, RatioOf, ReachOf
    from postmortem.model.stated import Quantity
    from postmortem.resolve.timeline import Count, CountClaim, Proof, ResolvedEvent, Timeline

Side: TypeAlias = Literal["low", "high"]
_SIDES: tuple[Side, Side] = ("low", "high")
Figure: TypeAlias = "Callable[[Interval, Interval], Interval | None]"
"""How two counts make a figure; None where they make none."""


@record
class Operand:
    """A count that a metric stands on, with its event."""

    event: ResolvedEvent
    count: Count

    @property
    def value(self) -> Interval:
        """The bounds of the count."""
        return interval(self.count.low, self.count.high)

    @property
    def nominal(self) -> Exact | None:
        """The count's nominal value."""
        return None if self.count.nominal is None else exact(self.count.nominal)

    @property
    def words(self) -> Said:
        """The count's name in a sentence."""
        return said("count.of", measure=self.count.measure, event=event_words(self.event))

    def proof(self, side: Side) -> Proof:
        """Return the claim that gives a bound: the first kept one that says it, else all that are kept."""
        kept = [claim for claim in self.count.claims if claim.kept]
        bound = getattr(self.count, side)
        saying = [claim for claim in kept if getattr(claim, side) == bound]
        return tuple(_step(claim, self.count.event) for claim in (saying[:1] or kept))


def ratio(stated: MetricStated, of: RatioOf, timeline: Timeline) -> Metric:
    """Return one count over another, a pure number."""
    missing: list[str] = []
    above = _operand(of.of, timeline, missing)
    below = _operand(of.to, timeline, missing)
    if above is None or below is None:
        return _unknown(stated, "1", said("definition.ratio-named", of=of.of, to=of.to), missing)
    definition = said("definition.ratio", of=above.words, to=below.words)
    value = divide(above.value, below.value)
    if value is None:
        return _unknown(stated, "1", definition, [said("missing.zero", key=of.to)])
    nominal = _quotient(above.nominal, below.nominal)
    return _metric(stated, "1", definition, divide, nominal, (above, below))


def difference(stated: MetricStated, of: DifferenceOf, timeline: Timeline) -> Metric:
    """Return one count less another, in the first one's unit."""
    missing: list[str] = []
    whole = _operand(of.of, timeline, missing)
    part = _operand(of.minus, timeline, missing)
    unit = _unit(of.of.partition(".")[2], timeline)
    if whole is None or part is None:
        return _unknown(stated, unit, said("definition.difference-named", of=of.of, minus=of.minus), missing)
    definition = said("definition.difference", of=whole.words, minus=part.words)
    if whole.count.percent != part.count.percent:
        return _unknown(stated, unit, definition, [said("missing.share")])
    nominal = None
    if whole.nominal is not None and part.nominal is not None:
        nominal = exact(whole.nominal - part.nominal)
    unit = "1" if whole.count.percent else unit
    return _metric(stated, unit, definition, subtract, nominal, (whole, part))


def reach(stated: MetricStated, index: int, of: ReachOf, timeline: Timeline) -> Metric:
    """Return how long after an event its growing count reaches the target, in seconds, and when that is.

    ``index`` is the metric's place in the log. The delay is negative where the target was behind already.
    """
    missing: list[str] = []
    start = _operand(of.from_, timeline, missing)
    growth = _operand(of.growth, timeline, missing, growth=True)
    stated_target = of.target.value
    target = None if stated_target is None else settle(stated_target, count_share_of(timeline.incident))
    definition = said("definition.reach-named", start=of.from_, growth=of.growth, target=of.target.text)
    if target is None:
        missing.append(said("missing.target", target=of.target.text))
    if start is None or growth is None or target is None:
        return _unknown(stated, "s", definition, missing)
    definition = said(
        "definition.reach",
        start=event_words(start.event),
        measure=start.count.measure,
        growth=event_words(growth.event),
        target=of.target.text,
    )
    if target.growth is not None or target.percent != start.count.percent:
        return _unknown(stated, "s", definition, [said("missing.other-target", target=of.target.text)])
    goal_value, unit_of_time = interval(target.low, target.high), growth.count.growth or SECOND

    def figure(count: Interval, rate: Interval) -> Interval | None:
        units = divide(subtract(goal_value, count), rate)
        return None if units is None else divide(scale(units, unit_of_time), point(SECOND))

    delay = figure(start.value, growth.value)
    if delay is None:
        return _unknown(stated, "s", definition, [said("missing.growing")])
    metric = _metric(stated, "s", definition, figure, _delay(start, growth, target), (start, growth))
    goal = (Step(("metrics", index, "reach", "target"), of.target.text, ()),)
    return _reaching(metric, start.event.at, delay, goal, named=metric.named and target.named)


def _reaching(metric: Metric, start: Bounds, delay: Interval, goal: Proof, *, named: bool) -> Metric:
    """Return the metric with its moment: the event's time and the delay, as far as a calendar goes."""
    low, high = metric.proof_low + goal, metric.proof_high + goal
    nominal = None if metric.nominal is None else exact(metric.nominal)
    sides = (
        _after(start.earliest, delay.low, math.floor),
        _after(start.latest, delay.high, math.ceil),
        _after(start.nominal, nominal, round),
    )
    when = None
    if any(side is not None for side in sides):
        proofs = start.proof_earliest + low, start.proof_latest + high
        when = Bounds(*sides, *proofs, named and start.named)
    return replace(metric, proof_low=low, proof_high=high, when=when, named=named)


def _after(start: int | None, delay: Exact | None, whole: Callable[[Exact], int]) -> int | None:
    """Return a moment so many seconds after another; None where one is unknown or no calendar has it."""
    if start is None or delay is None:
        return None
    moment = start + whole(delay * SECOND)
    return moment if FIRST < moment < LAST else None


def _delay(start: Operand, growth: Operand, target: Quantity) -> Exact | None:
    if start.nominal is None or growth.nominal is None or target.nominal is None:
        return None
    way = exact(target.nominal) - start.nominal
    delay = _quotient(exact(way), growth.nominal)
    return None if delay is None else _quotient(exact(delay * (growth.count.growth or SECOND)), SECOND)


def _quotient(one: Exact | None, other: Exact | None) -> Exact | None:
    if one is None or other is None:
        return None
    quotient = divide(point(one), point(other))
    return None if quotient is None else quotient.low


def _operand(text: str, timeline: Timeline, missing: list[str], growth: bool = False) -> Operand | None:
    """Return the count that ``EVENT.MEASURE`` names, a growth where one is due; say what is missing."""
    key, _, measure = text.partition(".")
    event = timeline.event(key)
    if event is None:
        missing.append(said("missing.event", key=key))
        return None
    found = [one for one in event.counts if one.measure == measure]
    fitting = next((one for one in found if (one.growth is not None) == growth), None)
    if fitting is None:
        due, other = ("growth", "-is-count") if growth else ("count", "-is-growth")
        phrase = f"missing.{due}{other}" if found else f"missing.{due}"
        missing.append(said(phrase, key=key, measure=measure, text=text))
        return None
    if fitting.low is None and fitting.high is None and fitting.nominal is None:
        missing.append(said("missing.value", key=text))
        return None
    return Operand(event, fitting)


def _metric(
    stated: MetricStated,
    unit: str,
    definition: str,
    figure: Figure,
    nominal: Exact | None,
    operands: tuple[Operand, Operand],
) -> Metric:
    value = figure(operands[0].value, operands[1].value) or EVERYTHING
    whole = unit not in ("1", "s")
    middle = None if nominal is None else clamp(nominal, value)
    return Metric(
        id=stated.id,
        title=stated.title or stated.id,
        unit=unit,
        low=_shown(value.low, whole),
        high=_shown(value.high, whole),
        nominal=_shown(middle, whole),
        definition=definition,
        missing=_unbounded(value, operands),
        proof_low=_proof(figure, operands, value.low, "low"),
        proof_high=_proof(figure, operands, value.high, "high"),
        standard=False,
        note=stated.note,
        ends=tuple(dict.fromkeys(one.event.key for one in operands)),
        named=nominal is not None and all(one.count.named for one in operands),
    )


def _shown(number: Exact | None, whole: bool) -> float | None:
    """Return a figure as a number of the outer world; ``whole`` numbers stay whole where that is asked."""
    if number is None:
        return None
    return plain(number) if whole else float(plain(number))


def _unbounded(value: Interval, operands: tuple[Operand, ...]) -> tuple[str, ...]:
    """Say why a side of a figure is unbounded: by which count, or by a divisor that may be zero."""
    if value.low is not None and value.high is not None:
        return ()
    found: list[str] = []
    for one in operands:
        name = f"{one.event.key}.{one.count.measure}"
        if one.count.low is None:
            found.append(said("missing.low", key=name))
        if one.count.high is None:
            found.append(said("missing.high", key=name))
    last = operands[-1]
    return tuple(found) or (said("missing.may-be-zero", key=f"{last.event.key}.{last.count.measure}"),)


def _proof(figure: Figure, operands: tuple[Operand, Operand], bound: Exact | None, side: Side) -> Proof:
    """Return the claims that give a bound: of each operand the side that alone leads to it, else both."""
    if bound is None:
        return ()
    steps: list[Step] = []
    for number, one in enumerate(operands):
        leading = [end for end in _SIDES if _reaches(figure, operands, number, end, bound, side)]
        for end in leading[:1] or _SIDES:
            steps += one.proof(end)
    return tuple(dict.fromkeys(steps))


def _reaches(
    figure: Figure, operands: tuple[Operand, Operand], number: int, end: Side, bound: Exact, side: Side
) -> bool:
    values = [one.value for one in operands]
    at: Exact | None = getattr(values[number], end)
    if at is None:
        return False
    values[number] = point(at)
    value = figure(values[0], values[1])
    return value is not None and getattr(value, side) == bound


def _unknown(stated: MetricStated, unit: str, definition: str, missing: list[str]) -> Metric:
    title = stated.title or stated.id
    return Metric(
        stated.id, title, unit, None, None, None, definition, tuple(missing), (), (), False, stated.note
    )


def _unit(measure: str, timeline: Timeline) -> str:
    declared = timeline.incident.measures.get(measure)
    return declared.unit if declared is not None and declared.unit else measure


def _step(claim: CountClaim, event: str) -> Step:
    return Step(claim.route, claim.text, claim.sources, event)
