"""Which zone someone may have meant who wrote a name that is none: `Paris`, `europe/paris`, `New York`."""

from __future__ import annotations

from functools import lru_cache

from postmortem.ground.budget import may_guess
from postmortem.ground.suggest import nearest
from postmortem.model.zones import zone_names

_COST = 2000


def near_zones(name: str) -> tuple[str, ...]:
    """Return the zones that a name may mean: written otherwise, named by its city, or misspelt."""
    return _near(name) if may_guess("zone", _COST, name) else ()


@lru_cache(maxsize=512)
def _near(name: str) -> tuple[str, ...]:
    plain = _plain(name)
    same = tuple(
        known for known in zone_names() if plain in (_plain(known), _plain(known.rpartition("/")[2]))
    )
    if same:
        return same
    close = nearest(name, (known for known in zone_names() if _begins_alike(plain, known)))
    return (close,) if close else ()


def _begins_alike(plain: str, known: str) -> bool:
    """Say whether a misspelt name can be this one: nobody slips on the first letter."""
    return known[:1].lower() == plain[:1] and ("/" in plain) == ("/" in known)


def _plain(name: str) -> str:
    return name.lower().replace(" ", "_")
