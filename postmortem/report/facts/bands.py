"""Bands of the timeline: which events lie in which phase, before, between and after them."""

from __future__ import annotations

from itertools import groupby

from postmortem.ground.record import record
from postmortem.model.incident import Phase
from postmortem.report.facts.facts import Band, Placed, Row
from postmortem.report.wording.phrases import Language
from postmortem.resolve.timeline import Distance, Timeline


@record
class _Stretch:
    """A phase as places in the listed order: from ``first`` to ``last``, both included; None: to the end."""

    number: int
    phase: Phase
    first: int
    last: int | None
    start: Row
    end: Row | None
    starts_at_end: bool
    ends_at_end: bool


def bands_of(timeline: Timeline, rows: tuple[Row, ...], language: Language) -> tuple[Band, ...]:
    """Return the bands in listed order; an event in several phases stands in the one that began last."""
    dated = rows[: len(timeline.events)]
    undated = rows[len(timeline.events) :]
    by_key = {row.event.key: row for row in rows}
    found = (_stretch(number, phase, dated, by_key) for number, phase in enumerate(timeline.incident.phases))
    stretches = [one for one in found if one is not None]
    bands: list[Band] = []
    seen: set[int] = set()
    for stretch, group in groupby(dated, key=lambda row: _holding(row.number - 1, stretches)):
        inside = tuple(group)
        if stretch is None:
            place = _place(inside[0].number - 1, stretches)
            bands.append(Band(place, language.say(f"band.{place}"), inside))
            continue
        bands.append(_phase_band(timeline, stretch, inside, stretch.number in seen))
        seen.add(stretch.number)
    bands.extend(_phase_band(timeline, one, (), False) for one in stretches if one.number not in seen)
    if undated:
        bands.append(Band("undated", language.say("band.undated"), undated))
    return tuple(bands)


def _phase_band(timeline: Timeline, stretch: _Stretch, rows: tuple[Row, ...], continued: bool) -> Band:
    return Band(
        "phase",
        stretch.phase.title,
        rows,
        stretch.phase,
        stretch.start,
        stretch.end,
        stretch.starts_at_end,
        stretch.ends_at_end,
        _length(timeline, stretch),
        continued,
    )


def _length(timeline: Timeline, stretch: _Stretch) -> Distance | None:
    if stretch.end is None:
        return None
    return timeline.distances.between(
        (stretch.start.event.index, stretch.starts_at_end), (stretch.end.event.index, stretch.ends_at_end)
    )


def _stretch(number: int, phase: Phase, dated: tuple[Row, ...], by_key: dict[str, Row]) -> _Stretch | None:
    """Return a phase as places in the listed order; None where its first event has no place in it."""
    start, at_end = _named(phase.from_, by_key)
    if start is None:
        return None
    first = _place_of(start, at_end, dated)
    if first is None:
        return None
    end, ends_at_end = _named(phase.to, by_key) if phase.to is not None else (None, False)
    last = _place_of(end, ends_at_end, dated) if end is not None else None
    return _Stretch(number, phase, first, last, start, end, at_end, ends_at_end)


def _named(reference: str, by_key: dict[str, Row]) -> tuple[Row | None, bool]:
    if reference in by_key:
        return by_key[reference], False
    key, _, end = reference.rpartition(".")
    return by_key.get(key), end == "end"


def _place_of(row: Row, at_end: bool, dated: tuple[Row, ...]) -> int | None:
    """Return the place of an event's start, or for its end that of the last event listed by then."""
    place = row.number - 1
    if place >= len(dated):
        return None
    end = row.event.end
    moment = None if not at_end or end is None else end.nominal if end.nominal is not None else end.latest
    if moment is None:
        return place
    for later in dated[place + 1 :]:
        start = later.event.at
        known = start.nominal if start.nominal is not None else start.earliest
        if known is None or known > moment:
            break
        place = later.number - 1
    return place


def _holding(place: int, stretches: list[_Stretch]) -> _Stretch | None:
    holding = [one for one in stretches if one.first <= place and (one.last is None or place <= one.last)]
    return max(holding, key=lambda one: (one.first, one.number), default=None)


def _place(place: int, stretches: list[_Stretch]) -> Placed:
    if not stretches:
        return "all"
    if place < min(one.first for one in stretches):
        return "before"
    return "between" if any(one.first > place for one in stretches) else "afterwards"
