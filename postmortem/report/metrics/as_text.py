"""Metrics in a terminal: value, bounds and definition; several logs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem.report.facts.facts import Facts
from postmortem.report.metrics.rows import count_rows, metric_ids, titled
from postmortem.report.terminal.columns import padded, to_ascii
from postmortem.report.terminal.columns import width as columns_of
from postmortem.report.terminal.pen import Pen, pen_of
from postmortem.report.wording.withheld import withheld_words
from postmortem.report.wording.words import metric_words


def metrics_text(
    several: Sequence[Facts], width: int = 100, *, ascii_only: bool = False, color: bool = False
) -> str:
    """Return the metrics of one log with their definitions, or of several side by side."""
    pen = pen_of(width, ascii_only=ascii_only, colour=color)
    lines = _one(several[0], pen) if len(several) == 1 else _beside(several, pen)
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return to_ascii(text) if ascii_only else text


def _one(facts: Facts, pen: Pen) -> Iterator[str]:
    say = facts.clock.language.say
    yield from (pen.strong(line) for line in pen.lines(facts.incident.title))
    yield ""
    titles = [pen.words(one.title) for one in facts.metrics.metrics]
    left = min(max((columns_of(one) for one in titles), default=0), pen.columns // 3)
    for metric, title in zip(facts.metrics.metrics, titles, strict=True):
        told = (metric_words(metric, facts.clock).full, metric.definition, metric.note or "")
        right = [line for text in told if text for line in pen.lines(text, pen.columns - left - 2)]
        yield from _columns(pen.lines(title, left), right, left)
    counts = count_rows(facts)
    if counts:
        yield ""
        yield pen.strong(pen.words(say("metrics.counts")))
    for row in counts:
        cells = (row.title, row.full, row.event, row.said)
        yield from pen.lines(" · ".join(one for one in cells if one), between=" · ")
    if withheld := withheld_words(facts):
        yield ""
        yield from pen.lines(withheld)


def _columns(left: list[str], right: list[str], size: int) -> Iterator[str]:
    for n in range(max(len(left), len(right))):
        first = left[n] if n < len(left) else ""
        second = right[n] if n < len(right) else ""
        yield padded(first, size) + "  " + second


def _beside(several: Sequence[Facts], pen: Pen) -> Iterator[str]:
    """Yield the table by groups of logs that fit beside each other."""
    names = metric_ids(several)
    titles = [pen.words(titled(name, several)[0]) for name in names]
    left = min(max((columns_of(one) for one in titles), default=0), pen.columns // 3)
    fit = max(1, (pen.columns - left) // 18)
    for start in range(0, len(several), fit):
        group = several[start : start + fit]
        each = (pen.columns - left) // len(group) - 2
        if start:
            yield ""
        yield from (pen.strong(line) for line in _row("", [one.name for one in group], left, each, pen))
        for name, title in zip(names, titles, strict=True):
            yield from _row(title, [_value(name, facts) for facts in group], left, each, pen)
    if any(facts.withheld for facts in several):
        yield ""
    for facts in several:
        if facts.withheld:
            yield from pen.lines(f"{facts.name}: {withheld_words(facts)}")


def _value(name: str, facts: Facts) -> str:
    metric = facts.metrics.metric(name)
    words = None if metric is None else metric_words(metric, facts.clock)
    if words is None or words.shape == "undated":
        return facts.clock.language.say("amount.unknown")
    return words.full


def _row(title: str, cells: Sequence[str], left: int, each: int, pen: Pen) -> Iterator[str]:
    parts = [pen.lines(title, left), *(pen.lines(cell, each) for cell in cells)]
    sizes = (left, *(each for _ in cells))
    for n in range(max(len(part) for part in parts)):
        row = [
            padded(part[n] if n < len(part) else "", size) for part, size in zip(parts, sizes, strict=True)
        ]
        yield "  ".join(row)
