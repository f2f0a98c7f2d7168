"""Wording of times: no finer than known, in one zone, absolute and from the incident's zero."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Literal, TypeAlias

from postmortem.ground.record import record, replace
from postmortem.report.wording.from_zero import from_zero
from postmortem.report.wording.local import (
    is_midnight,
    iso_text,
    local_of,
    local_text,
    offset_words,
    zone_of,
    zone_short,
)
from postmortem.report.wording.phrases import ENGLISH, Language
from postmortem.report.wording.units import DAY, HOUR, MINUTE, SECOND, unit_of
from postmortem.resolve.timeline import Bounds, Distance, Timeline

Shape: TypeAlias = Literal["exact", "about", "range", "after", "before", "undated"]
"""How far a time is known: within one unit, about a named value, a range, one bound only, nothing."""


@record
class Clock:
    """Words the times of one incident in one zone.

    ``name`` is the zone's name as the log gives it, ``zero`` the bounds of the incident's zero, ``day`` the
    day whose times are shown without a date, ``extent`` the first and last known moment (for the label).
    """

    zone: tzinfo
    name: str
    zero: Bounds | None
    day: date | None
    extent: tuple[int, int] | None
    language: Language = ENGLISH

    def in_zone(self, name: str) -> Clock:
        """Return the same clock in another zone (an IANA name or UTC), with the day of its zero there."""
        other = replace(self, zone=zone_of(name), name=name)
        anchor = self.zero.nominal if self.zero is not None and self.zero.nominal is not None else None
        if anchor is None and self.extent is not None:
            anchor = self.extent[0]
        return other if anchor is None else replace(other, day=other._local(anchor)[0].date())

    @property
    def zone_label(self) -> str:
        """The zone for a heading: `EDT (UTC-4)`, `UTC`, or the IANA name where the offset changes."""
        short = self.zone_short
        if short in (self.name, "UTC") or self.extent is None:
            return short
        offset = offset_words(self._local(self.extent[0])[0])
        return offset if short == offset else f"{short} ({offset})"

    @property
    def zone_short(self) -> str:
        """The zone for a column: `EDT`, `UTC`, `UTC-3`, or the IANA name where the offset changes."""
        return zone_short(self.zone, self.name, self.extent)

    def iso(self, us: int) -> str:
        """Return ISO 8601 in the zone's own offset; microseconds only where they are not zero."""
        return iso_text(self.zone, us)

    def shape(self, bounds: Bounds | None) -> Shape:
        """Tell how far a time is known, for marks and words alike."""
        if bounds is None or (bounds.earliest is None and bounds.latest is None):
            return "undated"
        if bounds.latest is None:
            return "after"
        if bounds.earliest is None:
            return "before"
        first, last = self._cells(bounds.earliest, bounds.latest)
        if first == last:
            return "exact"
        return "about" if bounds.named and bounds.nominal is not None else "range"

    def time(self, bounds: Bounds | None) -> str:
        """Word a time: `18:20`, `18:18–18:22`, `≈18:20`, `after 18:05`, `before 18:30`, `undated`.

        As in the notation, the last unit shown is included. Other days than the incident's carry their date.
        """
        if bounds is None or (bounds.earliest is None and bounds.latest is None):
            return self.language.say("time.undated")
        if bounds.latest is None:
            assert bounds.earliest is not None
            return self.language.say("time.after", time=self._one_sided(bounds.earliest))
        if bounds.earliest is None:
            return self.language.say("time.before", time=self._one_sided(bounds.latest - 1, bounds.latest))
        first, last = self._cells(bounds.earliest, bounds.latest)
        if first == last:
            return first
        if bounds.named and bounds.nominal is not None:
            return "≈" + self._about(bounds.nominal, bounds.earliest, bounds.latest)
        return self._joined(first, last)

    def bounds(self, bounds: Bounds) -> str:
        """Word a time by its bounds alone, though a claim names a value between them: `18:18–18:22`."""
        return self.time(replace(bounds, named=False))

    def span(self, at: Bounds, end: Bounds | None) -> str:
        """Word a start and an end: `18:00 → ≈18:20`; the start alone where the log speaks of no end."""
        return self.time(at) if end is None else f"{self.time(at)} → {self.time(end)}"

    def moment(self, us: int) -> str:
        """Word one moment as a clock time, to the minute where it falls on one."""
        return self._one_sided(us)

    def relative(self, bounds: Bounds | None, since_zero: Distance | None = None) -> str:
        """Word a time from the incident's zero: `T+20m`, `T+18–22m`, `≈T+20m`, `after T+5m`, or ''.

        Where the zero itself is known only within more than a minute, ``since_zero`` (the distance that the
        network gives) is worded instead of the difference of two uncertain times.
        """
        if self.zero is None or self.shape(bounds) == "undated" or bounds is None:
            return ""
        if since_zero is not None and not self.sharp_zero:
            low, high, middle, named = since_zero.low, since_zero.high, since_zero.nominal, since_zero.named
            closed = 0
        else:
            if self.zero.nominal is None:
                return ""
            shift = self.zero.nominal
            low = None if bounds.earliest is None else bounds.earliest - shift
            high = None if bounds.latest is None else bounds.latest - shift
            middle = None if bounds.nominal is None else bounds.nominal - shift
            named, closed = bounds.named, 1
        return from_zero(low, high, middle, named, closed, self.language)

    @property
    def sharp_zero(self) -> bool:
        """Tell whether the incident's zero is known to the minute, so that differences to it are sharp."""
        zero = self.zero
        return (
            zero is not None
            and zero.earliest is not None
            and zero.latest is not None
            and zero.latest - zero.earliest <= MINUTE
        )

    def date_words(self, day: date) -> str:
        """Word a day in full: `Wednesday 24 May 2023`."""
        say = self.language.say
        return say(
            "date.long",
            weekday=say(f"day.{day.weekday()}"),
            day=day.day,
            month=say(f"month.{day.month}"),
            year=day.year,
        )

    def _local(self, us: int) -> tuple[datetime, int]:
        return local_of(self.zone, us)

    def _cells(self, earliest: int, latest: int) -> tuple[str, str]:
        unit = unit_of(latest - earliest)
        last = max(earliest, latest - 1)
        if unit == MINUTE and latest - earliest >= DAY - 2 * HOUR:
            first_day, end_day = self._local(earliest)[0], self._local(latest)[0]
            if is_midnight(first_day) and is_midnight(end_day):
                return self._text(earliest, DAY), self._text(last, DAY)
        return self._text(earliest, unit), self._text(last, unit)

    def _about(self, nominal: int, earliest: int, latest: int) -> str:
        return self._text(min(max(nominal, earliest), max(earliest, latest - 1)), unit_of(latest - earliest))

    def _one_sided(self, us: int, edge: int | None = None) -> str:
        unit = MINUTE if (us if edge is None else edge) % MINUTE == 0 else SECOND
        return self._text(us, unit)

    def _text(self, us: int, unit: int) -> str:
        return local_text(self.zone, self.day, us, unit)

    def _joined(self, first: str, last: str) -> str:
        if len(first) > 11 and len(last) > 11 and first[:11] == last[:11] and first[10] == " ":
            return f"{first}–{last[11:]}"
        dash = " – " if " " in first + last or "-" in first + last else "–"
        return first + dash + last


def clock_of(timeline: Timeline, language: Language = ENGLISH) -> Clock:
    """Return the clock of a timeline: its zone (UTC where the log names none), zero, day and extent."""
    incident = timeline.incident
    name = incident.timezone or "UTC"
    zero = timeline.event(timeline.t0) if timeline.t0 is not None else None
    extent = _extent(timeline)
    clock = Clock(zone_of(name), name, zero.at if zero is not None else None, None, extent, language)
    stated = incident.date.value if incident.date is not None else None
    if stated is not None:
        return replace(clock, day=stated)
    start = clock.zero.nominal if clock.zero is not None else None
    if start is None and extent is not None:
        start = extent[0]
    return clock if start is None else replace(clock, day=clock._local(start)[0].date())


def _extent(timeline: Timeline) -> tuple[int, int] | None:
    known = [
        us
        for one in timeline.events
        for point in (one.at, one.end)
        if point is not None
        for us in (point.earliest, point.latest)
        if us is not None
    ]
    return (min(known), max(known)) if known else None
