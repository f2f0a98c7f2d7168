"""How the ticks of a time axis are written, in both zones."""

from __future__ import annotations

from datetime import datetime, timedelta

from postmortem.report.charts.shown import Shown
from postmortem.report.page.lens import Lens
from postmortem.report.wording.units import DAY, MINUTE
from postmortem.report.wording.words import Clock


def tick(lens: Lens, at: int, step: int, opens: bool, first: bool = False) -> Shown:
    """Return how a tick is written: with its day where it opens a stretch, the zone where it is first."""
    own, utc = (_tick_words(clock, at, step, opens, first) for clock in (lens.clock, lens.utc))
    return Shown(own, utc, lens.utc.iso(at)[:16].replace("T", " "))


def _tick_words(clock: Clock, at: int, step: int, opens: bool, first: bool) -> str:
    local = _local(clock, at)
    if local is None:
        return clock.moment(at)
    month = clock.language.say(f"month.{local.month}")[:3]
    day = f"{local.day} {month}"
    if step >= DAY:
        return day if local.hour == 0 and local.minute == 0 else f"{day} {local:%H:%M}"
    words = f"{local:%H:%M}" if step >= MINUTE and local.second == 0 else f"{local:%H:%M:%S}"
    if opens and local.date() != clock.day:
        return f"{day} {words}"
    return f"{words} {clock.zone_short}" if first and len(clock.zone_short) <= 6 else words


def _local(clock: Clock, at: int) -> datetime | None:
    from datetime import UTC

    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(clock.zone)
    except OverflowError:
        return None
