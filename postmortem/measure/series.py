"""Series: from what a log states, inline or by a file, to points in order of time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from postmortem.ground.budget import on_time
from postmortem.measure.durations import FIRST, LAST
from postmortem.measure.gathered import Gathered
from postmortem.measure.instants import Instants, NoInstant
from postmortem.measure.metrics import Point, ResolvedSeries
from postmortem.measure.rows import LARGEST, BadFile, BadRow, NoParquet, number_of, printable, shown
from postmortem.measure.series_file import Budget, rows_of
from postmortem.measure.series_findings import findings_of, one_library_hint
from postmortem.model.quantities import parse_quantity, settle
from postmortem.model.times import ClockError
from postmortem.resolve.approximations import anchor_of, count_share_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from postmortem.ground.finding import Finding
    from postmortem.measure.beside import Former
    from postmortem.measure.rows import Bounds, Number, Row
    from postmortem.model.incident import Incident, Series
    from postmortem.model.stated import Quantity
    from postmortem.resolve.timeline import Timeline

_LOOKS_UP = 0xFFF  # at the clock, each time that so many rows have been read
_EXACT = ClockError(0, 0, 0)


def resolve_series(
    timeline: Timeline, folder: Path | Former | None
) -> tuple[tuple[ResolvedSeries, ...], tuple[Finding, ...]]:
    """Return every series of the log with its points; PM216, PM219, PM220 where some cannot be had.

    ``folder`` is the log's own, None where it has none. What can be read of a series is kept.
    """
    incident = timeline.incident
    instants = Instants(anchor_of(incident), timeline)
    give = count_share_of(incident)
    budget = Budget()
    found: list[ResolvedSeries] = []
    findings: list[Finding] = []
    for index, stated in enumerate(incident.series):
        gathered = Gathered()
        if stated.points is not None:
            _inline(gathered, stated, instants, give)
        elif stated.file is not None:
            _file(gathered, partial(rows_of, stated.file, folder, budget), instants, give)
        points = gathered.points()
        found.append(_series(stated, index, points, incident))
        findings += findings_of(gathered, ("series", index), stated.file)
    return tuple(found), tuple(one_library_hint(findings))


def _inline(gathered: Gathered, stated: Series, instants: Instants, give: Number) -> None:
    """Take the points that stand in the log; what the check has said of them is not said again."""
    for number, (time, value) in enumerate(stated.points or ()):
        if time.value is None or value.value is None:
            continue
        try:
            at = instants.of_expression(time.value)
            gathered.add(number, at, *_level(value.value, value.text, number, give))
        except NoInstant as wrong:
            if not wrong.said:
                gathered.trouble(BadRow(number, "time", f"is {shown(time.text)}: {wrong}"))
        except BadRow as bad:
            gathered.trouble(bad)


def _file(
    gathered: Gathered, rows: Callable[[], Iterator[Row | BadRow]], instants: Instants, give: Number
) -> None:
    """Take the points of a file, past the rows that are none; ``rows`` opens it."""
    try:
        for count, row in enumerate(rows()):
            if not count & _LOOKS_UP:
                on_time()
            try:
                if isinstance(row, BadRow):
                    raise row
                _row(gathered, row, instants, give)
            except BadRow as bad:
                if gathered.trouble(bad):
                    return
    except BadFile as unusable:
        gathered.unusable = unusable
        gathered.times, gathered.values, gathered.numbers = [], [], []
        gathered.wide = {}
    except NoParquet:
        gathered.no_library = True


def _row(gathered: Gathered, row: Row, instants: Instants, give: Number) -> None:
    number, time, value = row
    try:
        if isinstance(time, str):
            at = instants.of_text(time)
        else:
            at = time if isinstance(time, int) else instants.of_local(time.size)
        if not FIRST < at < LAST:
            raise NoInstant("it is past the calendar's end")
    except NoInstant as wrong:
        raise BadRow(number, "time", _why_no_time(time, wrong)) from None
    figure = number_of(value) if isinstance(value, str) else value
    if figure is not None:
        gathered.add(number, at, figure)
        return
    stated = parse_quantity(str(value))
    if stated.value is None:
        why = f"is {shown(str(value))}, which is no finite number" if value else "is empty"
        raise BadRow(number, "value", why)
    gathered.add(number, at, *_level(stated.value, str(value), number, give))


def _why_no_time(time: object, wrong: NoInstant) -> str:
    if time == "":
        return "is empty"
    written = f"is {shown(time)}: " if isinstance(time, str) else "is of no moment: "
    return written + printable(str(wrong))


def _level(quantity: Quantity, text: str, number: int, give: Number) -> tuple[Number, Bounds]:
    """Return the value of a point with its bounds; a point takes a count that is named."""
    if quantity.growth is not None:
        raise BadRow(number, "value", f"is {shown(text)}: a growth, where a count is due")
    settled = settle(quantity, give)
    if settled.nominal is None or settled.low is None or settled.high is None:
        raise BadRow(number, "value", f"is {shown(text)}: a bound alone, where a count is due")
    if max(abs(settled.low), abs(settled.high)) > LARGEST:
        raise BadRow(number, "value", f"is {shown(text)}, which is too large")
    return settled.nominal, (settled.low, settled.high)


def _series(stated: Series, index: int, points: tuple[Point, ...], incident: Incident) -> ResolvedSeries:
    """Return the series, its times set right by what its source's clock is off."""
    sources = [incident.sources.get(one) for one in stated.source]
    clocks = [(source.clock.value if source and source.clock else None) or _EXACT for source in sources]
    ahead = clocks[0].nominal if clocks else 0
    early = ahead - max((one.high for one in clocks), default=0)
    late = ahead - min((one.low for one in clocks), default=0)
    if ahead:
        points = tuple(point._replace(at=point.at - ahead) for point in points)
    return ResolvedSeries(index, stated.measure, stated.component, stated.source, points, early, late)
