"""Series: from what a log states, inline or by a file, to points in order of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot
from postmortem.measure.instants import Instants, NoInstant, about_count, instants_of
from postmortem.measure.metrics import Point, ResolvedSeries
from postmortem.measure.parquet import NoParquet
from postmortem.measure.rows import LARGEST, BadFile, BadRow, Local, number_of, printable, shown
from postmortem.measure.series_file import rows_of
from postmortem.model.quantities import parse_quantity, settle
from postmortem.model.times import ClockError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postmortem.ground.place import Route
    from postmortem.measure.rows import Row
    from postmortem.model.incident import Incident, Series
    from postmortem.model.stated import Quantity
    from postmortem.resolve.timeline import Timeline

_EXACT = ClockError(0, 0, 0)
_MOST_NAMED = 3


def resolve_series(
    timeline: Timeline, folder: Path | None
) -> tuple[tuple[ResolvedSeries, ...], tuple[Finding, ...]]:
    """Return every series of the log with its points; PM216, PM219, PM220 where some cannot be had.

    ``folder`` is the log's own, None where it has none. What can be read of a series is kept.
    """
    incident = timeline.incident
    instants = instants_of(timeline)
    give = about_count(incident)
    found: list[ResolvedSeries] = []
    findings: list[Finding] = []
    for index, stated in enumerate(incident.series):
        gathered = _Gathered()
        if stated.points is not None:
            gathered.inline(stated, instants, give)
        elif stated.file is not None:
            gathered.file(stated.file, folder, instants, give)
        findings += gathered.reported(("series", index), stated.file)
        found.append(_series(stated, index, gathered.points, incident))
    return tuple(found), tuple(_one_library_hint(findings))


@dataclass(slots=True)
class _Gathered:
    """What comes together while one series is read; lives no longer than that."""

    points: list[Point] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    unusable: BadFile | None = None
    library: bool = False
    twice: list[tuple[int, int]] = field(default_factory=list)

    def inline(self, stated: Series, instants: Instants, give: int | float) -> None:
        """Take the points that stand in the log."""
        for number, (time, value) in enumerate(stated.points or ()):
            if time.value is None or value.value is None:
                continue  # said where the log was checked
            try:
                at = instants.of_expression(time.value)
                self._add(number, at, *_level(value.value, value.text, number, give))
            except NoInstant as wrong:
                if not wrong.said:
                    self.bad.append(BadRow(number, "time", f"is {shown(time.text)}: {wrong}"))
            except BadRow as wrong:
                self.bad.append(wrong)
        self._order()

    def file(self, name: str, folder: Path | None, instants: Instants, give: int | float) -> None:
        """Take the points of a file."""
        try:
            for row in rows_of(name, folder):
                try:
                    if isinstance(row, BadRow):
                        raise row
                    self._row(row, instants, give)
                except BadRow as bad:
                    self.bad.append(bad)
        except BadFile as unusable:
            self.unusable = unusable
            self.points.clear()
        except NoParquet:
            self.library = True
        self._order()

    def _row(self, row: Row, instants: Instants, give: int | float) -> None:
        number, time, value = row
        try:
            at = _moment(time, instants)
        except NoInstant as wrong:
            why = f"is {shown(str(time))}: {printable(str(wrong))}" if time != "" else "is empty"
            raise BadRow(number, "time", why) from None
        figure = number_of(value) if isinstance(value, str) else value
        if figure is not None:
            self._add(number, at, figure, figure, figure)
            return
        stated = parse_quantity(str(value))
        if stated.value is None:
            why = f"is {shown(str(value))}, which is no finite number" if value else "is empty"
            raise BadRow(number, "value", why)
        self._add(number, at, *_level(stated.value, str(value), number, give))

    def _add(self, number: int, at: int, value: int | float, low: int | float, high: int | float) -> None:
        if value < 0:
            raise BelowZero(number, "value", f"is {shown(str(value))}")
        self.points.append(Point(at, value, low, high))
        self.numbers.append(number)

    def _order(self) -> None:
        """Sort by time, as stable as written; of points at one time keep the first."""
        if all(one.at < other.at for one, other in pairwise(self.points)):
            return
        paired = sorted(zip(self.points, self.numbers, strict=True), key=lambda pair: pair[0].at)
        kept: list[tuple[Point, int]] = []
        for point, number in paired:
            if kept and kept[-1][0].at == point.at:
                if kept[-1][0] != point:
                    self.twice.append((kept[-1][1], number))
            else:
                kept.append((point, number))
        self.points = [point for point, _ in kept]
        self.numbers = [number for _, number in kept]

    def reported(self, route: Route, file: str | None) -> Iterator[Finding]:
        """Yield what there is to say: of points each by itself, of a file once for each kind of trouble."""
        if file is None:
            yield from self._inline_findings(route)
        else:
            yield from self._file_findings(Spot((*route, "file")), file)

    def _inline_findings(self, route: Route) -> Iterator[Finding]:
        for bad in self.bad:
            if not isinstance(bad, BelowZero):  # that was said where the log was checked
                place = (*route, "points", bad.number, 0 if bad.column == "time" else 1)
                yield Finding("PM220", f"the {bad.column} of this point {bad}", Spot(place), help=_POINT)
        for first, second in self.twice:
            yield Finding(
                "PM220",
                "this point has the time of another, and a different value",
                Spot((*route, "points", second)),
                help="give the seconds, or take one of the two out",
                related=(Related("the other one", Spot((*route, "points", first))),),
            )

    def _file_findings(self, spot: Spot, file: str) -> Iterator[Finding]:
        name = shown(file)
        if self.unusable is not None:
            yield Finding("PM219", f"the series file {name} {self.unusable}", spot, help=self.unusable.help)
        if self.library:
            yield Finding("PM219", f"the series file {name} {_NO_LIBRARY}", spot, help=_LIBRARY)
        word = "row" if file.lower().endswith(".parquet") else "line"
        for column in (None, "time", "value"):
            bad = [one for one in self.bad if one.column == column and not isinstance(one, BelowZero)]
            if bad:
                yield Finding("PM220", f"in {name}, {_first(bad, word, column)}", spot, help=_ROW)
        below: list[BadRow] = [one for one in self.bad if isinstance(one, BelowZero)]
        if below:
            yield Finding("PM216", f"in {name}, {_first(below, word, 'value')}", spot, help=_BELOW)
        if self.twice:
            first, second = self.twice[0]
            more = f", and {len(self.twice) - 1} more so" if len(self.twice) > 1 else ""
            yield Finding(
                "PM220",
                f"in {name}, {word}s {first} and {second} have the same `time` and different `value`s{more}",
                spot,
                help="a series has one value at a time; keep one, or name a `component` for each series",
            )


class BelowZero(BadRow):
    """A row whose value is below zero, which no gauge or counter is."""


_POINT = "a point is a time and a count: `[18:20, 600k]`"
_ROW = "a row is a time and a number: `2023-05-24T22:20:00Z,600000`; other rows are used"
_BELOW = "a gauge or counter is not below zero"
_NO_LIBRARY = "is Parquet, which this installation cannot read"
_LIBRARY = "install pyarrow: `pip install 'postmortem-log[parquet]'`; or keep the series as CSV"


def _first(bad: list[BadRow], word: str, column: str | None) -> str:
    """Name the first bad rows by number, the very first with what is wrong, and count the rest."""
    of = f"the `{column}` of {word} {bad[0].number}" if column else f"{word} {bad[0].number}"
    others = [f"{one.number:d}" for one in bad[1 : 1 + _MOST_NAMED]]
    left = len(bad) - 1 - len(others)
    if not others:
        return f"{of} {bad[0]}"
    more = f" and {left:,} more" if left > 0 else ""
    return f"{of} {bad[0]}; so it is with {word}{'s' if len(others) > 1 else ''} {', '.join(others)}{more}"


def _moment(time: str | int | Local, instants: Instants) -> int:
    if isinstance(time, Local):
        return instants.of_local(time.size)
    return time if isinstance(time, int) else instants.of_text(time)


def _level(quantity: Quantity, text: str, number: int, give: int | float) -> tuple[int | float, ...]:
    """Return the value of a point with its bounds; a point takes a count that is named."""
    if quantity.growth is not None:
        raise BadRow(number, "value", f"is {shown(text)}: a growth, where a count is due")
    settled = settle(quantity, give)
    if settled.nominal is None or settled.low is None or settled.high is None:
        raise BadRow(number, "value", f"is {shown(text)}: a bound alone, where a count is due")
    if max(abs(settled.low), abs(settled.high)) > LARGEST:
        raise BadRow(number, "value", f"is {shown(text)}, which is too large")
    return settled.nominal, settled.low, settled.high


def _series(stated: Series, index: int, points: list[Point], incident: Incident) -> ResolvedSeries:
    """Return the series, its times set right by what its source's clock is off."""
    sources = [incident.sources.get(one) for one in stated.source]
    clocks = [(source.clock.value if source and source.clock else None) or _EXACT for source in sources]
    ahead = clocks[0].nominal if clocks else 0
    early = ahead - max((one.high for one in clocks), default=0)
    late = ahead - min((one.low for one in clocks), default=0)
    if ahead:
        points = [Point(one.at - ahead, one.value, one.low, one.high) for one in points]
    return ResolvedSeries(index, stated.measure, stated.component, stated.source, tuple(points), early, late)


def _one_library_hint(findings: list[Finding]) -> Iterator[Finding]:
    """Yield the findings, the one about a library that is not installed only once."""
    said = False
    for one in findings:
        if _NO_LIBRARY not in one.message or not said:
            yield one
        said = said or _NO_LIBRARY in one.message
