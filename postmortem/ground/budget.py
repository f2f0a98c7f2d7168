"""What one log may cost: processor time, and guesses at what was meant. Past it stands a finding, no hang.

Whoever judges a log opens a budget (`within`), and work that grows with the log asks `on_time` on its way.
Where the system has signals, an alarm ends what does not ask, too: a pattern, a parser that is not ours.
Below the budget nothing changes: it is processor time, so that a busy machine says what an idle one says.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from postmortem.ground.finding import Finding

STANDARD_SECONDS = 60.0
"""Processor time for one log: four times what the largest one needs that is well formed."""

MOST_GUESSES = 500_000
"""Microseconds, roughly, that one log may spend on guesses of one kind."""

_PATIENCE = 0.2
_AGAIN = 0.25


class TooSlow(BaseException):
    """The time is used up; ``kept`` are the findings that stand. No `except Exception` catches it."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: tuple[Finding, ...] = ()

    def keep(self, findings: tuple[Finding, ...]) -> TooSlow:
        """Put findings before those that are kept already."""
        self.kept = findings + self.kept
        return self


class within:  # noqa: N801
    """Give what runs inside so many seconds of processor time; it ends in `TooSlow` where they are over.

    ``unasked``: the work is not ours and asks nobody, so that the alarm is set at once.
    """

    def __init__(self, seconds: float, *, unasked: bool = False) -> None:
        self._unasked = unasked
        self._seconds = seconds
        self._began = self._until = 0.0
        self._outer: within | None = None
        self._alarm: tuple[Any, tuple[float, float]] | None = None
        self._spent: dict[str, int] = {}
        self._known: set[tuple[str, object]] = set()

    def __enter__(self) -> None:
        global _current
        self._began = time.thread_time()
        self._until = self._began + self._seconds
        self._outer, _current = _current, self
        if self._unasked:
            self._alarm = _set_alarm(self._ring, self._seconds)

    def __exit__(self, *_: object) -> None:
        global _current
        _current = self._outer
        if self._alarm is not None:
            _unset_alarm(*self._alarm)
            self._alarm = None

    def look(self) -> None:
        """Raise `TooSlow` where the time is over; set the alarm for the rest of a log that takes its time."""
        now = time.thread_time()
        if now >= self._until:
            raise TooSlow
        if self._alarm is None and now - self._began > _PATIENCE:
            self._alarm = _set_alarm(self._ring, self._until - now)

    def may_guess(self, kind: str, cost: int, about: object) -> bool:
        """Tell whether there is room for a guess about something; what was granted once is free again."""
        if (kind, about) in self._known:
            return True
        spent = self._spent[kind] = self._spent.get(kind, 0) + cost
        if spent > MOST_GUESSES:
            return False
        self._known.add((kind, about))
        return True

    def _ring(self, _number: int, frame: FrameType | None) -> None:
        # Not here, where it would leave things half done: it rings again.
        if time.thread_time() >= self._until and (frame is None or frame.f_code.co_filename != __file__):
            raise TooSlow


_current: within | None = None


def on_time() -> None:
    """Raise `TooSlow` where the log that is being judged has used up its time."""
    if _current is not None:
        _current.look()


def may_guess(kind: str, cost: int, about: object) -> bool:
    """Tell whether the log may have one more guess of a kind, which costs about so many microseconds.

    A person's log never comes near the bound. A hostile one is told what is wrong, but not 100,000 times what
    may have been meant. It is counted, not timed: the same log is told the same everywhere. ``about`` is
    what the guess is about: one more on the same costs nothing.
    """
    return _current is None or _current.may_guess(kind, cost, about)


def _set_alarm(
    ring: Callable[[int, FrameType | None], None], seconds: float
) -> tuple[Any, tuple[float, float]] | None:
    """Have the system interrupt what runs; None where it cannot, or where this is not the main thread."""
    import signal

    try:
        before = signal.signal(signal.SIGVTALRM, ring)
        # It rings again and again: what it interrupts may be a place that lets no exception through.
        return before, signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    except (AttributeError, ValueError, OSError):
        return None


def _unset_alarm(before: Any, timer: tuple[float, float]) -> None:
    import signal

    signal.setitimer(signal.ITIMER_VIRTUAL, *timer)
    signal.signal(signal.SIGVTALRM, before)
