"""PM503: a timeline does not fall silent for long while the incident lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.ground.settings import Policy
    from postmortem.measure.metrics import Metrics
    from postmortem.resolve.timeline import ResolvedEvent

_SECOND = 1_000_000


def practised(metrics: Metrics, policy: Policy) -> tuple[Finding, ...]:
    """Return what is to be said about a resolved incident as a practice; of a draft, nothing yet."""
    if metrics.timeline.incident.review == "draft":
        return ()
    return tuple(_silent_gaps(metrics, policy.silent_gap))


def silent_gap(text: str) -> tuple[int, bool] | None:
    """Return how long a timeline may be silent: percent of the incident (True), or microseconds (False).

    None where the text is neither a share nor a duration.
    """
    share = text.strip().removesuffix("%").strip()
    if text.strip().endswith("%"):
        known = share.isascii() and share.isdigit() and len(share) <= 3 and 0 < int(share) <= 100
        return (int(share), True) if known else None
    from postmortem.model.times import parse_duration

    length = parse_duration(text.strip()).value
    return None if length is None or length <= 0 else (length, False)


def _silent_gaps(metrics: Metrics, limit: str) -> Iterator[Finding]:
    """Find stretches between impact and end in which surely nothing is told for longer than the limit."""
    whole, allowed = metrics.metric("incident_duration"), silent_gap(limit)
    if whole is None or allowed is None or not whole.low or len(whole.ends) != 2:
        return
    first, last = (metrics.timeline.event(key) for key in whole.ends)
    if first is None or last is None or first.at.earliest is None or last.at.latest is None:
        return
    most = int(whole.low * _SECOND) * allowed[0] // 100 if allowed[1] else allowed[0]
    told: ResolvedEvent | None = None
    until = 0
    for event in metrics.timeline.events:
        start = event.at.earliest
        if start is None or event.at.latest is None or event.at.latest < first.at.earliest:
            continue
        if start > last.at.latest:
            break
        if told is not None and start - until > most:
            yield _gap(told, event, start - until, limit)
        end = event.end.latest if event.end is not None else None
        end = event.at.latest if end is None else end
        if told is None or end > until:
            told, until = event, end


def _gap(before: ResolvedEvent, after: ResolvedEvent, length: int, limit: str) -> Finding:
    allowed = f"{limit} of the incident" if limit.endswith("%") else limit
    return Finding(
        "PM503",
        f"nothing is told for {_words(length)} before this event, more than {allowed}",
        Spot(("timeline", after.index)),
        help="say what people saw, tried and waited for in that time, or that nothing is known of it",
        related=(Related("the event before", Spot(("timeline", before.index))),),
    )


def _words(length: int) -> str:
    """Return a length as people say it, rounded down: 1 d 3 h, 2 h 5 min, 40 min, 12 s."""
    seconds = length // _SECOND
    sizes = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
    for (unit, size), (finer, part) in zip(sizes, (*sizes[1:], ("", 1)), strict=True):
        if seconds >= size:
            rest = seconds % size // part if finer and size > 60 else 0
            return f"{seconds // size} {unit}" + (f" {rest} {finer}" if rest else "")
    return "less than a second"
