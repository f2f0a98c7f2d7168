"""Wording of times: no finer than known, in one zone, absolute and from the incident's zero."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal, TypeAlias

from postmortem.ground.record import record, replace
from postmortem.report.wording.phrases import ENGLISH, Language
from postmortem.resolve.timeline import Bounds, Distance, Timeline

Shape: TypeAlias = Literal["exact", "about", "range", "after", "before", "undated"]
"""How far a time is known: within one unit, about a named value, a range, one bound only, nothing."""

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_MILLISECOND = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = -62_135_510_400 * SECOND
_LAST = 253_402_214_400 * SECOND
_CYCLE_YEARS = 400
_MOST_KEPT = 8192
"""Moments whose words are kept."""
_CYCLE = 146_097 * DAY


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
        offset = _offset_words(self._local(self.extent[0])[0])
        return offset if short == offset else f"{short} ({offset})"

    @property
    def zone_short(self) -> str:
        """The zone for a column: `EDT`, `UTC`, `UTC-3`, or the IANA name where the offset changes."""
        return _zone_short(self.zone, self.name, self.extent)

    def iso(self, us: int) -> str:
        """Return ISO 8601 in the zone's own offset; microseconds only where they are not zero."""
        local, years = self._local(us)
        text = local.replace(tzinfo=None).isoformat()
        return _year(local.year + years) + text[4:] + _offset(local)

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
        return self._offset_from_zero(low, high, middle, named, closed)

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
        return _local(self.zone, us)

    def _cells(self, earliest: int, latest: int) -> tuple[str, str]:
        unit = _unit(latest - earliest)
        last = max(earliest, latest - 1)
        if unit == MINUTE and latest - earliest >= DAY - 2 * HOUR:
            first_day, end_day = self._local(earliest)[0], self._local(latest)[0]
            if _is_midnight(first_day) and _is_midnight(end_day):
                return self._text(earliest, DAY), self._text(last, DAY)
        return self._text(earliest, unit), self._text(last, unit)

    def _about(self, nominal: int, earliest: int, latest: int) -> str:
        return self._text(min(max(nominal, earliest), max(earliest, latest - 1)), _unit(latest - earliest))

    def _one_sided(self, us: int, edge: int | None = None) -> str:
        unit = MINUTE if (us if edge is None else edge) % MINUTE == 0 else SECOND
        return self._text(us, unit)

    def _text(self, us: int, unit: int) -> str:
        return _text(self.zone, self.day, us, unit)

    def _joined(self, first: str, last: str) -> str:
        if len(first) > 11 and len(last) > 11 and first[:11] == last[:11] and first[10] == " ":
            return f"{first}–{last[11:]}"
        dash = " – " if " " in first + last or "-" in first + last else "–"
        return first + dash + last

    def _offset_from_zero(
        self, low: int | None, high: int | None, middle: int | None, named: bool, closed: int
    ) -> str:
        say = self.language.say
        if low is None and high is None:
            return ""
        if high is None:
            assert low is not None
            return say("time.after", time="T" + _signed(low, MINUTE if low % MINUTE == 0 else SECOND))
        if low is None:
            return say("time.before", time="T" + _signed(high - closed, SECOND if high % MINUTE else MINUTE))
        unit = _unit(high - low)
        last = max(low, high - closed) if closed else -(-high // unit) * unit
        first_text, last_text = _signed(low, unit), _signed(last, unit)
        if first_text == last_text:
            return "T" + first_text
        if named and middle is not None:
            return "≈T" + _signed(min(max(middle, low), last), unit)
        return "T" + _span_words(first_text, last_text)


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


@lru_cache(maxsize=64)
def _zone_short(zone: tzinfo, name: str, extent: tuple[int, int] | None) -> str:
    if zone is UTC:
        return "UTC"
    if extent is None:
        return name
    first, last = (_local(zone, us)[0] for us in extent)
    if first.utcoffset() != last.utcoffset():
        return name
    short = first.tzname() or ""
    return short if short.isalpha() else _offset_words(first)


def zone_of(name: str) -> tzinfo:
    """Return the zone of that name; one that is not known was a finding before and is UTC here."""
    if name in ("UTC", "Z", "GMT"):
        return UTC
    from postmortem.model.times import zone_of as known

    # The zones that times were resolved by: the system's own may be older, and so tell another hour.
    return known(name) or UTC


# A report says the same few hundred moments thousands of times: in its list, its proofs and its charts.
@lru_cache(maxsize=_MOST_KEPT)
def _local(zone: tzinfo, us: int) -> tuple[datetime, int]:
    """Return the local time and the years to add: times past the calendar's ends move by whole cycles."""
    cycles = 0
    if not _FIRST <= us <= _LAST:
        cycles = us // _CYCLE
        us -= cycles * _CYCLE
    local = (_EPOCH + timedelta(microseconds=us)).astimezone(zone)
    return local, cycles * _CYCLE_YEARS


@lru_cache(maxsize=_MOST_KEPT)
def _text(zone: tzinfo, own_day: date | None, us: int, unit: int) -> str:
    """Return the one unit that ``us`` falls in, as a local clock time, with its day where another."""
    local, years = _local(zone, us)
    day = f"{_year(local.year + years)}-{local.month:02d}-{local.day:02d}"
    if unit == DAY:
        return day
    clock = f"{local.hour:02d}:{local.minute:02d}"
    if unit < MINUTE:
        clock += f":{local.second:02d}"
    if unit < SECOND:
        digits = f"{local.microsecond:06d}"
        clock += "." + (digits[:3] if unit == _MILLISECOND else digits)
    if zone is not UTC and local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset():
        clock += f" ({_offset_words(local)})"
    return clock if years == 0 and local.date() == own_day else f"{day} {clock}"


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


def _unit(width: int) -> int:
    """Return the coarsest unit that a width in microseconds justifies; none at all is worded in minutes."""
    if width >= MINUTE or width == 0:
        return MINUTE
    if width >= SECOND:
        return SECOND
    return _MILLISECOND if width >= _MILLISECOND else 1


def _is_midnight(local: datetime) -> bool:
    return not (local.hour or local.minute or local.second or local.microsecond)


def _year(year: int) -> str:
    return f"{year:04d}" if 0 <= year <= 9999 else f"{year:+06d}"


def _offset(local: datetime) -> str:
    """Return the offset as ISO 8601 writes it: `-04:00`."""
    return datetime(2000, 1, 1, tzinfo=timezone(local.utcoffset() or timedelta(0))).isoformat()[19:]


def _offset_words(local: datetime) -> str:
    """Return the offset as people write it: `UTC-4`, `UTC+5:30`."""
    minutes = int((local.utcoffset() or timedelta(0)).total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def _signed(us: int, unit: int) -> str:
    """Word a signed distance by the unit it falls in: `+20m`, `-1h05m`, `+2d03h`, `+20m05s`."""
    cell = us // unit * unit
    sign, left = ("-", -cell) if cell < 0 else ("+", cell)
    days, left = divmod(left, DAY)
    hours, left = divmod(left, HOUR)
    minutes, left = divmod(left, MINUTE)
    seconds, part = divmod(left, SECOND)
    tail = f"{seconds:02d}" if minutes or hours or days else f"{seconds}"
    if part:
        tail += f".{part:06d}"[: 4 if unit == _MILLISECOND else 7]
    if days:
        text = f"{days}d" + (f"{hours:02d}h" if hours or minutes else "")
        text += f"{minutes:02d}m" if minutes else ""
    elif hours:
        text = f"{hours}h" + (f"{minutes:02d}m" if minutes else "")
    else:
        text = f"{minutes}m" if minutes or unit >= MINUTE else ""
    if unit < MINUTE and (seconds or part or not text):
        text += f"{tail}s"
    return sign + text


def _span_words(first: str, last: str) -> str:
    """Join two signed distances: `+18–22m`, `+58m–1h05m`, `-5m – T+3m`."""
    if first[0] != last[0]:
        return f"{first} – T{last}"
    if first[0] == "+" and all(one[-1] == "m" and one[1:-1].isdigit() for one in (first, last)):
        return f"{first[:-1]}–{last[1:]}"
    return f"{first}–{last[1:]}" if first[0] == "+" else f"{first} – T{last}"
