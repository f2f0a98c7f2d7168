"""The timeline as lines that compare well: one event a line, no numbers or axis that shift with others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from postmortem.ground.terminal import clean
from postmortem.report.terminal.columns import padded, width
from postmortem.report.wording.clock import Clock
from postmortem.report.wording.words import metric_words
from postmortem.resolve.timeline import Bounds, ResolvedEvent
from postmortem.review.changes import Comparison, EventChange
from postmortem.review.side import Resolved

Sign: TypeAlias = Literal[" ", "+", "-", "…"]
_KIND_COLUMNS = 12
_SHOWN = frozenset(("at", "end", "kind", "what"))


@dataclass(frozen=True, slots=True)
class Line:
    """One event as a line: its time from the zero, its time, its kind, its text."""

    relative: str
    time: str
    kind: str
    what: str


def line_of(event: ResolvedEvent, version: Resolved, clock: Clock | None = None) -> Line:
    """Return an event of a version as a line; ``clock`` words its time where not the version's own."""
    clock = clock or version.clock
    relative = from_zero(event, event.at, version)
    if event.end is not None and relative:
        relative += f" → {from_zero(event, event.end, version, end=True)}"
    kind = clock.language.say(f"kind.{event.event.kind}").lower()
    return Line(relative, clock.span(event.at, event.end), kind, " ".join(event.event.what.split()))


def from_zero(event: ResolvedEvent, bounds: Bounds, version: Resolved, *, end: bool = False) -> str:
    """Word a time of an event from its version's zero, '' where it has none."""
    clock, zero = version.clock, version.timeline.t0
    if zero is None or clock.sharp_zero or (index := version.timeline.keys.get(zero)) is None:
        return clock.relative(bounds)
    return clock.relative(bounds, version.timeline.distances.between((index, False), (event.index, end)))


def written(lines: Sequence[tuple[Sign, Line | None]]) -> Iterator[str]:
    """Yield lines in columns, each led by its sign; None is a gap."""
    shown = [line for _, line in lines if line is not None]
    first = max((width(line.relative) for line in shown), default=0)
    second = max((width(line.time) for line in shown), default=0)
    for sign, line in lines:
        if line is None:
            yield "  …"
            continue
        cells = (padded(line.relative, first), padded(line.time, second), padded(line.kind, _KIND_COLUMNS))
        yield clean(f"{sign} {'  '.join(cells)}{line.what}".rstrip(), lines=False)


def differing(comparison: Comparison, clock: Clock) -> list[tuple[Sign, Line | None]]:
    """Return the timeline of both versions where they differ, each stretch with a line around it."""
    before, after = comparison.before, comparison.after
    if before is None or after is None:
        return []
    by_key = {one.key: one for one in comparison.events if one.change != "removed" and _seen(one)}
    gone = _gone_after(comparison, before)
    whole: list[tuple[Sign, ResolvedEvent | None, Resolved]] = []
    whole += [("-", one, before) for one in gone.get(None, ())]
    for event in (*after.timeline.events, *after.timeline.undated):
        change = by_key.get(event.key)
        if change is None:
            whole.append((" ", event, after))
        else:
            if change.before is not None:
                whole.append(("-", change.before, before))
            whole.append(("+", event, after))
        whole += [("-", one, before) for one in gone.get(event.key, ())]
    return list(_near(whole, clock))


def whole(comparison: Comparison) -> list[tuple[Sign, Line | None]]:
    """Return the timeline of a log that is new or gone, each event as added or removed."""
    version = comparison.after or comparison.before
    if version is None or comparison.compared is False:
        return []
    sign: Sign = "+" if comparison.old is None else "-"
    return [
        (sign, line_of(event, version)) for event in (*version.timeline.events, *version.timeline.undated)
    ]


def _near(
    whole: list[tuple[Sign, ResolvedEvent | None, Resolved]], clock: Clock
) -> Iterator[tuple[Sign, Line | None]]:
    signs = [sign for sign, _, _ in whole]
    gap = False
    for at, (sign, event, version) in enumerate(whole):
        if sign == " " and all(other == " " for other in signs[max(0, at - 1) : at + 2]):
            gap = True
            continue
        if gap:
            yield "…", None
        gap = False
        assert event is not None
        yield sign, line_of(event, version, clock)
    if gap and any(sign != " " for sign in signs):
        yield "…", None


def _seen(change: EventChange) -> bool:
    """Tell whether a change of an event shows in its line."""
    return change.change == "added" or any(one.name in _SHOWN for one in change.fields)


def _gone_after(comparison: Comparison, before: Resolved) -> dict[str | None, list[ResolvedEvent]]:
    """Return the removed events by the key, in the new version, of the event that they stood after."""
    removed = {one.before.index for one in comparison.events if one.change == "removed" and one.before}
    if not removed:
        return {}
    names = {one.before.index: one.key for one in comparison.events if one.before and one.change == "changed"}
    gone: dict[str | None, list[ResolvedEvent]] = {}
    last: str | None = None
    for event in (*before.timeline.events, *before.timeline.undated):
        if event.index in removed:
            gone.setdefault(last, []).append(event)
        else:
            last = names.get(event.index, event.key)
    return gone


def timeline_lines(version: Resolved) -> Iterator[str]:
    """Yield a version's timeline as lines for `git diff`: its title, its events, its metrics.

    Columns are fixed, so that one long time does not shift the lines of all other events. Statistics over
    series are left out: of an old version the series files are not at hand there.
    """
    incident = version.incident
    yield clean(f"{incident.title} ({incident.status})", lines=False)
    yield clean(f"times in {version.clock.name}", lines=False)
    yield ""
    for event in (*version.timeline.events, *version.timeline.undated):
        line = line_of(event, version)
        cells = (padded(line.relative, 10), padded(line.time, 14), padded(line.kind, _KIND_COLUMNS))
        yield clean(f"{'  '.join(cells)}{line.what}", lines=False)
    yield ""
    of_series = {one.id for one in incident.metrics if one.stat is not None}
    for metric in version.metrics.metrics:
        if metric.id not in of_series:
            yield clean(f"{metric.title}: {metric_words(metric, version.clock).full}", lines=False)
