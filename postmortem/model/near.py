"""What someone may have meant who wrote a time that does not fit: the nearest spelling that does."""

from __future__ import annotations

from postmortem.model.stated import Fault


def near_day(text: str) -> str | None:
    """Return the day in the notation that ``text`` may mean."""
    return None


def after_clock(name: str, start: int) -> Fault:
    """Return the fault of a word behind a clock time that is no zone."""
    return Fault("PM205", f"`{name}` does not fit behind a clock time", start, start + len(name))


def nearest_fit(text: str, fault: Fault) -> Fault:
    """Return ``fault`` with the nearest spelling that fits, where there is one."""
    return fault
