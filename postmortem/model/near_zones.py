"""Which zone someone may have meant who wrote a name that is none: `Paris`, `europe/paris`, `New York`."""

from __future__ import annotations

from postmortem.ground.suggest import nearest
from postmortem.model.zones import zone_names

_MOST = 3


def near_zones(name: str) -> tuple[str, ...]:
    """Return the zones that a name may mean: written otherwise, named by its city, or misspelt."""
    plain = _plain(name)
    same = tuple(
        known for known in zone_names() if plain in (_plain(known), _plain(known.rsplit("/", 1)[-1]))
    )
    if same:
        return same[:_MOST]
    close = nearest(name, zone_names())
    return (close,) if close else ()


def _plain(name: str) -> str:
    return name.lower().replace(" ", "_")
