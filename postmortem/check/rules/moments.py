"""PM212 to PM215: clock times have a day and a zone, and exist in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from postmortem.check.facts import Facts
from postmortem.check.rules.faults import fault_at
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot
from postmortem.model.stated import Fault
from postmortem.model.times import Anchor, Need, anchor, judge_zone

_STAND_IN_DAY = date(2000, 1, 3)
_ABOUT_CLOCK = 300_000_000
_ABOUT_DURATION = 0.1


def zone_known(facts: Facts) -> Iterator[Finding]:
    """Find a `timezone` that is none."""
    fault = _zone_fault(facts)
    if fault is not None:
        yield fault_at(("timezone",), fault)


def day_and_zone_stated(facts: Facts) -> Iterator[Finding]:
    """Find, once for the whole log, that bare clock times have no `date` or no `timezone` to stand on."""
    no_day = facts.incident.date is None and facts.whole("date")
    no_zone = facts.incident.timezone is None and facts.whole("timezone")
    if not (no_day or no_zone):
        return
    bare = [
        (route, need)
        for route, _, expression in facts.times
        for need in expression.needs
        if (need.day and no_day) or (need.zone and no_zone)
    ]
    if bare:
        missing = [
            key
            for key, is_missing in (
                ("date", no_day and any(need.day for _, need in bare)),
                ("timezone", no_zone and any(need.zone for _, need in bare)),
            )
            if is_missing
        ]
        yield _nowhere_stated(missing, bare)


def times_exist(facts: Facts) -> Iterator[Finding]:
    """Find local times that their zone skips or has twice, and zones that are none."""
    against = _against(facts)
    for route, _, expression in facts.times:
        if expression.absolute:
            for fault in anchor(expression, against).faults:
                if fault.code != "PM213":
                    yield fault_at(route, fault)


def _nowhere_stated(missing: list[str], bare: list[tuple[Route, Need]]) -> Finding:
    route, need = bare[0]
    lacks = " and no ".join(f"`{key}`" for key in missing)
    more = (
        f", nor do {len(bare) - 1} more" if len(bare) > 2 else ", nor does one more" if len(bare) == 2 else ""
    )
    examples = {"date": "`date: 2023-05-24`", "timezone": "`timezone: Europe/Paris`"}
    return Finding(
        "PM213",
        f"the log states no {lacks}: this clock time does not say by itself when it was{more}",
        Spot(route, start=need.start, end=need.stop),
        help=f"write {' and '.join(examples[key] for key in missing)} at the top level, or all of it here",
    )


def _zone_fault(facts: Facts) -> Fault | None:
    zone = facts.incident.timezone
    return judge_zone(zone) if zone is not None else None


def _against(facts: Facts) -> Anchor:
    # Where the log's own day or zone is missing or is none, that is said once: a plain day in UTC stands in.
    day = facts.incident.date
    zone = None if _zone_fault(facts) is not None else facts.incident.timezone
    return Anchor(
        day.value if day and day.value else _STAND_IN_DAY, zone or "UTC", _ABOUT_CLOCK, _ABOUT_DURATION
    )
