"""The stretch of time that most events lie in, for drawings that few far-off ones would squeeze."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from postmortem.report.facts.facts import Facts
from postmortem.resolve.timeline import Bounds

_KEPT = (4, 5)
_WORTH = 3


def focus(facts: Facts) -> tuple[int, int] | None:
    """Return first and last moment to draw, in microseconds; None where nothing has a time.

    It is the whole extent, unless leaving out a fifth of the events or fewer makes it three times shorter.
    """
    extent = facts.clock.extent
    spans = sorted(
        span for one in facts.timeline.events for span in (_span(one.at, one.end),) if span is not None
    )
    if extent is None or not spans:
        return extent
    keep = -(-len(spans) * _KEPT[0] // _KEPT[1])
    last, first = min(_windows(spans, keep), key=lambda window: (window[0] - window[1], window[1]))
    zero = facts.clock.zero
    if zero is not None and zero.earliest is not None and zero.latest is not None:
        first, last = min(first, zero.earliest), max(last, zero.latest)
    return (first, last) if (last - first) * _WORTH <= extent[1] - extent[0] else extent


def _windows(spans: list[tuple[int, int]], keep: int) -> Iterator[tuple[int, int]]:
    """Yield end and start of each run of ``keep`` events, by one sliding maximum over their ends."""
    highest: deque[int] = deque()
    for place, (_, last) in enumerate(spans):
        while highest and spans[highest[-1]][1] <= last:
            highest.pop()
        highest.append(place)
        if highest[0] <= place - keep:
            highest.popleft()
        if place >= keep - 1:
            yield spans[highest[0]][1], spans[place - keep + 1][0]


def _span(at: Bounds, end: Bounds | None) -> tuple[int, int] | None:
    """Return where an event draws ink of its own: from its first to its last known moment."""
    points = [at] if end is None else [at, end]
    known = [us for point in points for us in (point.earliest, point.latest) if us is not None]
    return (min(known), max(known)) if known else None
