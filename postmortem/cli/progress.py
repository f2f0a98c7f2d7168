"""Progress on a terminal: one line on standard error for what takes longer than half a second."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

from postmortem.ground.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
_PATIENCE = 0.5
_WIDTH = 24


def shown(things: Sequence[T], name: Callable[[T], str]) -> Iterator[T]:
    """Yield the things; where that takes over half a second on a terminal, show how far it has come."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield from things
        return
    begun, drawn = time.monotonic(), False
    try:
        for number, one in enumerate(things):
            if drawn or time.monotonic() - begun > _PATIENCE:
                stream.write("\r\x1b[K" + _bar(number, len(things), name(one)))
                stream.flush()
                drawn = True
            yield one
    finally:
        if drawn:
            stream.write("\r\x1b[K")
            stream.flush()


def _bar(done: int, of: int, name: str) -> str:
    filled = _WIDTH * done // of
    return f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{of} {clean(name, lines=False)[-40:]}"
