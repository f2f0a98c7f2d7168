"""Instants: the times of series rows in the log's own notation, many of them fast."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from postmortem.model.times import anchor, parse_time
from postmortem.model.zones import instants, judge_zone, micros, wall

if TYPE_CHECKING:
    from postmortem.model.times import Anchor, TimeExpression
    from postmortem.resolve.timeline import Timeline

_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
_MOST_KEPT = 100_000
_COMMON = re.compile(
    r"((?:([0-9]{4}-[0-9]{2}-[0-9]{2})[T ])?([01][0-9]|2[0-3]):([0-5][0-9]))"
    r"(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?"
    r"(| ?(?:Z|UTC|[+-][0-9]{2}:[0-9]{2}))"
)
"""A minute (its day, hour and minute), the seconds, their fraction, an offset: what machines write."""


class NoInstant(Exception):
    """A time that names no moment; the message says why, in the middle of a sentence.

    ``said`` where another floor has reported it already.
    """

    def __init__(self, message: str, *, said: bool = False) -> None:
        super().__init__(message)
        self.said = said


@dataclass(frozen=True, slots=True)
class Instants:
    """What turns a written time into microseconds since 1970-01-01T00:00Z, by a log's own day and zone.

    What it has seen of minutes and offsets is kept, for rows come by the million.
    """

    against: Anchor
    timeline: Timeline
    minutes: dict[str, int] = field(default_factory=dict)
    tails: dict[str, tuple[str, int]] = field(default_factory=dict)
    offsets: dict[str, int] = field(default_factory=dict)

    def of_text(self, text: str) -> int:
        """Return the nominal moment of a time as it is written; `NoInstant` where it names none."""
        # A day and minute are 16 characters, and what follows them comes again and again.
        tail = self.tails.get(text[16:])
        if tail is not None:
            begin = self.minutes.get(text[:16] + tail[0])
            if begin is not None:
                return begin + tail[1]
        common = _COMMON.fullmatch(text)
        if common is None:
            return self._anchored(text)
        minute, day, hour, past, seconds, fraction, offset = common.groups()
        key = minute + offset
        begin = self.minutes.get(key)
        if begin is None:
            begin = self._minute(day, int(hour) * 60 + int(past), offset)
            if begin is None:
                return self._anchored(text)
            if len(self.minutes) >= _MOST_KEPT:
                self.minutes.clear()
            self.minutes[key] = begin
        past_minute = int(seconds or 0) * _SECOND + (int(fraction.ljust(6, "0")) if fraction else 0)
        if day and len(self.tails) < _MOST_KEPT:
            self.tails[text[16:]] = (offset, past_minute)
        return begin + past_minute

    def of_local(self, size: int) -> int:
        """Return the moment of a local time in the log's zone: microseconds from 1970-01-01 00:00 there."""
        try:
            return self.of_text(wall(size).isoformat(" ", "auto"))
        except (OverflowError, ValueError):
            raise NoInstant("it is past the calendar's end") from None

    def _minute(self, day: str | None, minutes: int, offset: str) -> int | None:
        """Return the moment at which a minute begins; None where the notation has to judge it at length."""
        try:
            date = datetime.fromisoformat(day) if day else self._own_day()
        except ValueError:
            return None
        if date is None:
            return None
        begin = micros(date) + minutes * _MINUTE
        if offset:
            return begin - self._offset(offset)
        zone = self.against.timezone
        if zone is None or judge_zone(zone) is not None:
            return None
        stretch = instants(zone, begin, _MINUTE)
        return None if stretch is None else stretch.nominal

    def _own_day(self) -> datetime | None:
        day = self.against.day
        return None if day is None else datetime(day.year, day.month, day.day)

    def _offset(self, text: str) -> int:
        """Return how far a written offset is ahead of UTC, in microseconds, as the notation takes it."""
        if text not in self.offsets:
            self.offsets[text] = -self._anchored(f"1970-01-01 00:00{text}")
        return self.offsets[text]

    def of_expression(self, expression: TimeExpression) -> int:
        """Return the nominal moment of a time that was understood; `NoInstant` where it has none."""
        anchored = anchor(expression, self.against)
        doubled = next((fault for fault in anchored.faults if fault.code == "PM215"), None)
        if doubled is not None:
            raise NoInstant(doubled.message)
        if anchored.faults:
            raise NoInstant(anchored.faults[0].message, said=True)
        if len(anchored.bounds) != 1 or anchored.bounds[0].nominal is None:
            raise NoInstant("it names no single moment")
        bound = anchored.bounds[0]
        if bound.base is None:
            return bound.nominal or 0
        key = bound.base.event if bound.base.event is not None else self.timeline.t0
        event = None if key is None else self.timeline.event(key)
        if event is None:
            raise NoInstant("it counts from an event that is not there", said=True)
        base = event.end if bound.base.end else event.at
        if base is None or base.nominal is None:
            raise NoInstant(f"it counts from `{event.key}`, whose time is not known")
        return base.nominal + (bound.nominal or 0)

    def _anchored(self, text: str) -> int:
        stated = parse_time(text)
        if stated.value is None:
            raise NoInstant(stated.fault.message if stated.fault else "it is not understood")
        if not stated.value.absolute:
            raise NoInstant("a series file has times of its own, none that count from events")
        return self.of_expression(stated.value)
