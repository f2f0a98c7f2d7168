"""What someone may have meant who wrote a quantity that does not fit: the nearest spelling that does."""

from __future__ import annotations

from postmortem.model.stated import Fault


def nearest_quantity(text: str, fault: Fault) -> Fault:
    """Return ``fault`` with the nearest spelling that fits, where there is one."""
    return fault
