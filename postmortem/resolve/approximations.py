"""What `about` means in a log: its `approx`, or the defaults where it says nothing."""

from __future__ import annotations

from postmortem.model.incident import Incident
from postmortem.model.times import Anchor

_CLOCK = 5 * 60 * 1_000_000
_DURATION = 0.1
_COUNT = 0.05


def anchor_of(incident: Incident) -> Anchor:
    """Return what the bare times of a log are read against; what was not understood counts as not said."""
    approx = incident.approx
    clock = approx.clock.value if approx and approx.clock else None
    share = approx.duration.value if approx and approx.duration else None
    return Anchor(
        day=incident.date.value if incident.date else None,
        timezone=incident.timezone,
        about_clock=_CLOCK if clock is None else clock,
        about_duration=_DURATION if share is None or share.nominal is None else float(share.nominal),
    )


def count_share_of(incident: Incident) -> float:
    """Return the share of a count that `about` gives or takes."""
    stated = incident.approx.count.value if incident.approx and incident.approx.count else None
    return _COUNT if stated is None or stated.nominal is None else float(stated.nominal)
