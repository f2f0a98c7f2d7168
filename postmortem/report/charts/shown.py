"""A moment in the words of the incident's own zone and of UTC."""

from __future__ import annotations

from postmortem.ground.record import record


@record
class Shown:
    """The same moment as text in both zones; ``machine`` is its minute in UTC: `2023-05-24 22:00`."""

    own: str
    utc: str
    machine: str
