"""A moment in the words of the incident's own zone and of UTC."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """The same moment as text in both zones; ``iso`` for machines."""

    own: str
    utc: str
    iso: str
