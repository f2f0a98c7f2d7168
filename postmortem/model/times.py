"""Times as people write them: notation, meaning as bounds, local times against their zone.

The one door to the notation of times: everything that other rooms need is named here.
"""

from __future__ import annotations

from postmortem.model.anchoring import Anchor, Anchored, anchor, first_clock
from postmortem.model.calendar_days import parse_date
from postmortem.model.clock_error import ClockError, parse_clock_error
from postmortem.model.durations import parse_duration, write_duration
from postmortem.model.expression import Clock, Need, Part, Point, Reference, TimeExpression, ZoneName
from postmortem.model.grammar import parse_time
from postmortem.model.points import reserved
from postmortem.model.zones import judge_zone, zone_of

__all__ = [
    "Anchor",
    "Anchored",
    "Clock",
    "ClockError",
    "Need",
    "Part",
    "Point",
    "Reference",
    "TimeExpression",
    "ZoneName",
    "anchor",
    "first_clock",
    "judge_zone",
    "parse_clock_error",
    "parse_date",
    "parse_duration",
    "parse_time",
    "reserved",
    "write_duration",
    "zone_of",
]
