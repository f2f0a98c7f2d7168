"""What a run has read: none of its outputs may take the place of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

_seen: set[tuple[int, int]] | None = None


def begin() -> None:
    """Begin a run: what is read from here on is remembered, and what was read before is not."""
    global _seen
    _seen = set()


def remember(status: os.stat_result) -> None:
    """Remember a file, known by its device and number, whatever names lead to it; nothing outside a run."""
    if _seen is not None:
        _seen.add((status.st_dev, status.st_ino))


def was_read(status: os.stat_result) -> bool:
    """Tell whether this run has read a file."""
    return _seen is not None and (status.st_dev, status.st_ino) in _seen
