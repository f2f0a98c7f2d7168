"""What stands over and under the timeline in a terminal: the incident, its zero, metrics, the legend."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.report.facts.facts import Facts
from postmortem.report.terminal.columns import width as columns_of
from postmortem.report.terminal.columns import wrapped
from postmortem.report.terminal.pen import Pen
from postmortem.report.timeline.rows import not_ordered
from postmortem.report.wording.withheld import withheld_words
from postmortem.report.wording.words import metric_words

_MARKS = (("●", "exact"), ("├─●─┤", "about"), ("├──┤", "range"), ("├─▸", "after"), ("╞══╡", "span"))


def head(facts: Facts, pen: Pen) -> Iterator[str]:
    """Yield title, severity and status, then the day, the zero in two zones, and how much there is."""
    incident, say = facts.incident, facts.clock.language.say
    labels = [pen.words(incident.severity)] if incident.severity else []
    labels.append(pen.words(say(f"status.{incident.status}")))
    title = pen.lines(incident.title)
    yield from (pen.strong(line) for line in title[:-1])
    tail = "  ".join(labels)
    if columns_of(title[-1]) + 2 + columns_of(tail) <= pen.columns:
        yield f"{pen.strong(title[-1])}  {tail}"
    else:
        yield pen.strong(title[-1])
        yield from wrapped(tail, pen.columns)
    counts = (("events", len(facts.rows)), ("sources", len(incident.sources)))
    parts = [
        *_zero(facts),
        ", ".join(facts.clock.language.say(f"terminal.{name}", count=n) for name, n in counts),
    ]
    yield from pen.kept_whole([pen.words(part) for part in parts], pen.words(" · "))


def _zero(facts: Facts) -> Iterator[str]:
    clock = facts.clock
    if clock.day is not None:
        yield clock.day.isoformat()
    if clock.zero is None:
        yield clock.zone_label
        return
    zero = f"T+0 = {clock.time(clock.zero)} {clock.zone_label}"
    if clock.zone_short != "UTC":
        zero += f" = {clock.in_zone('UTC').time(clock.zero)} UTC"
    yield zero


def foot(facts: Facts, pen: Pen, *, legend: bool) -> Iterator[str]:
    """Yield what was left out, the metrics that are known, and what the marks mean."""
    say = facts.clock.language.say
    if facts.left_out:
        yield from pen.lines(facts.clock.language.say("terminal.left-out", count=facts.left_out))
    if withheld := withheld_words(facts):
        yield from pen.lines(withheld)
    known = [
        f"{pen.apart(pen.words(one.title))} {pen.words(words.full)}"
        for one in facts.metrics.metrics
        for words in (metric_words(one, facts.clock),)
        if words.tells
    ]
    if known:
        parted = [*(f"{one}{pen.words(' ·')}" for one in known[:-1]), known[-1]]
        yield from pen.kept_whole([pen.words(say("terminal.metrics")), *parted], " ")
    if any(not_ordered(row) for row in facts.rows):
        yield from (pen.pale(line) for line in pen.lines(f"? {say('terminal.order')}"))
    if legend:
        marks = [pen.words(f"{mark} {say(f'terminal.{name}')}") for mark, name in _MARKS]
        yield from (
            pen.pale(line) for line in pen.kept_whole([pen.words(say("terminal.legend")), *marks], "  ")
        )
