"""What a chart draws: moments, readings, bands and happenings, already worded."""

from __future__ import annotations

from collections.abc import Callable

from postmortem.ground.record import record
from postmortem.report.charts.shown import Shown

_MINUTE = 60_000_000


@record
class When:
    """A time point in microseconds since 1970-01-01T00:00Z, None where unknown.

    ``named`` is set only where a source names that very moment: a dot stands on it and on nothing else.
    """

    earliest: int | None
    latest: int | None
    named: int | None = None

    @property
    def sharp(self) -> bool:
        """Tell whether it is known to the minute: then the dot says all, and bounds would be clutter."""
        return (
            self.earliest is not None and self.latest is not None and self.latest - self.earliest <= _MINUTE
        )

    @property
    def known(self) -> bool:
        """Tell whether both bounds are known."""
        return self.earliest is not None and self.latest is not None


@record
class Happening:
    """One entry of the lane of events: a moment or, with ``end`` or ``open_end``, a span.

    ``tone`` is its class: ``deg``, ``mov``, ``ok``, or none. The lowest ``rank`` is placed first.
    """

    anchor: str
    number: int
    label: str
    tone: str
    start: When
    end: When | None
    open_end: bool
    rank: int


@record
class Reading:
    """What one claim says a count was, or how fast it grew (``growth``: microseconds of the rate's unit).

    ``series`` numbers the line it belongs to (colour and shape); ``kept`` is false where it was set aside.
    ``label`` is the number in words, ``note`` who says it.
    """

    anchor: str
    series: int
    at: When
    low: float | None
    high: float | None
    named: float | None
    growth: int | None
    kept: bool
    label: str
    note: str
    rank: int


@record
class Line:
    """A dense series: points in order of time."""

    series: int
    label: str
    points: tuple[tuple[int, float], ...]


@record
class Panel:
    """What shares one value axis: readings and lines of one unit; ``names`` titles its series.

    ``percent`` is set where the values are shares: what the axis writes after hundredths, `%` or ` %`.
    """

    unit: str
    readings: tuple[Reading, ...]
    lines: tuple[Line, ...]
    names: tuple[tuple[int, str], ...] = ()
    percent: str = ""
    point: str = "."


@record
class Band:
    """A phase behind the chart; ``state`` is its class. ``end`` None: its end is not reported."""

    title: str
    state: str
    start: When
    end: When | None


@record
class Chart:
    """All that one time axis carries. ``zero`` is the moment T, None where the incident has none.

    ``tick`` words a moment for a step in microseconds, told whether it opens a stretch and whether it is the
    first of all; ``day`` words it by its day alone. ``over`` are the moments of another chart whose axis this
    one shares.
    """

    panels: tuple[Panel, ...]
    happenings: tuple[Happening, ...]
    bands: tuple[Band, ...]
    zero: int | None
    tick: Callable[[int, int, bool, bool], Shown]
    day: Callable[[int], Shown]
    over: tuple[int, ...] = ()
