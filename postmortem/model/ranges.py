"""Ranges of time: what one end says for both, and whether they go forwards."""

from __future__ import annotations

import re

from postmortem.model.calendar_days import later_day
from postmortem.model.durations import HOUR
from postmortem.model.expression import Clock, Part, Point, Reference
from postmortem.model.scanner import misfit, proposal
from postmortem.model.stated import Fault

_BARE = re.compile("[0-9]{1,2}:")
_HELP = "a range goes from earlier to later; a later day is written `+1d 00:10` or `2023-05-25 00:10`"


def joined(text: str, first: Point, second: Point) -> tuple[Point, Point]:
    """Return the ends of a range: the second takes the day of the first, and each the zone of the other."""
    near, far = first.origin, second.origin
    if not isinstance(near, Clock) or not isinstance(far, Clock):
        return first, second
    if near.half != far.half:
        _refuse_half(text, near, far)
    if far.needs_day and far.shift is None:
        far = far._replace(day=near.day, shift=near.shift)
    if far.needs_zone:
        far = far._replace(offset=near.offset, zone=near.zone)
    elif near.needs_zone:
        near = near._replace(offset=far.offset, zone=far.zone)
    return first._replace(origin=near), second._replace(origin=far)


def _refuse_half(text: str, near: Clock, far: Clock) -> None:
    """Refuse `6:20 to 6:25pm`: the one without am or pm would be a time of the 24-hour day."""
    lone, marked = (far, near) if near.half else (near, far)
    if lone.time is None or marked.time is None or lone.time >= 13 * HOUR:
        return
    said = text[lone.start : lone.stop]
    evening = lone.time % (12 * HOUR) + 12 * HOUR
    late = evening <= marked.time if lone is near else evening - 12 * HOUR < marked.time
    message = f"`{said}` is a time of the 24-hour day, and stands beside one with am or pm"
    label = proposal(said + ("pm" if late else "am"))
    raise misfit("PM205", message, (lone.start, lone.stop), label)


def backwards(first: Point, second: Point) -> bool:
    """Say whether a range goes backwards, as far as its own words tell."""
    near, far = first.origin, second.origin
    if isinstance(near, Reference) and isinstance(far, Reference):
        return (near.event, near.end) == (far.event, far.end) and _distance(first) > _distance(second)
    if isinstance(near, Reference) or isinstance(far, Reference) or first.amount or second.amount:
        return False
    if near.time is None or far.time is None or _frame(near) != _frame(far):
        return False
    return near.time > far.time


def _distance(point: Point) -> int:
    return point.amount.nominal or 0 if point.amount else 0


def _frame(clock: Clock) -> tuple[object, ...]:
    return clock.day, clock.shift, clock.offset, clock.zone and clock.zone.name


def reversed_fault(part: Part, text: str = "") -> Fault:
    """Return the fault of a range that goes backwards; with its ``text``, the spelling that may be meant."""
    message = "this range ends before it begins"
    label = _forwards(text, part, part.first, part.second) if text and part.second else ""
    return Fault("PM205", message, part.start, part.stop, label, _HELP)


def _forwards(text: str, part: Part, first: Point, second: Point) -> str:
    """Return the label that proposes the next day for the end, or the two ends the other way round."""
    near, far = first.origin, second.origin
    if isinstance(near, Clock) and isinstance(far, Clock):
        late = (near.time or 0) - (far.time or 0) > 12 * HOUR
        if late and _BARE.match(text, far.start):
            return proposal(f"{text[part.start : far.start]}{_next_day(near)} {text[far.start : part.stop]}")
        if near.day is not None or near.shift is not None:
            return ""
    before, between = text[part.start : first.start], text[first.stop : second.start]
    return proposal(f"{before}{text[second.start : second.stop]}{between}{text[first.start : first.stop]}")


def _next_day(clock: Clock) -> str:
    if clock.day is None:
        return f"+{(clock.shift or 0) + 1}d"
    return str(later_day(clock.day, 1) or clock.day)
