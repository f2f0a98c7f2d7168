"""Metrics in a terminal: value, bounds and definition; several logs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem.ground.terminal import clean
from postmortem.report.columns import padded, to_ascii, wrapped
from postmortem.report.columns import width as columns_of
from postmortem.report.facts import Facts
from postmortem.report.metrics_rows import count_rows, metric_ids, titled
from postmortem.report.words import metric_words


def metrics_text(
    several: Sequence[Facts], width: int = 100, *, ascii_only: bool = False, color: bool = False
) -> str:
    """Return the metrics of one log with their definitions, or of several side by side."""
    columns = min(max(width, 60), 200)
    lines = _one(several[0], columns, color) if len(several) == 1 else _beside(several, columns, color)
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return to_ascii(text) if ascii_only else text


def _one(facts: Facts, columns: int, colour: bool) -> Iterator[str]:
    say = facts.clock.language.say
    yield _strong(clean(facts.incident.title, lines=False), colour)
    yield ""
    metrics = facts.metrics.metrics
    titles = [clean(one.title, lines=False) for one in metrics]
    left = min(max((columns_of(one) for one in titles), default=0), columns // 3)
    for metric, title in zip(metrics, titles, strict=True):
        words = metric_words(metric, facts.clock)
        right = [*wrapped(clean(words.full, lines=False), columns - left - 2)]
        right += wrapped(clean(metric.definition, lines=False), columns - left - 2)
        if metric.note:
            right += wrapped(clean(metric.note, lines=False), columns - left - 2)
        yield from _columns(wrapped(title, left), right, left)
    counts = count_rows(facts)
    if counts:
        yield ""
        yield _strong(say("metrics.counts"), colour)
        for row in counts:
            cells = (row.title, row.full, row.event, row.said)
            yield from wrapped(clean(" · ".join(one for one in cells if one), lines=False), columns)


def _columns(left: list[str], right: list[str], size: int) -> Iterator[str]:
    for n in range(max(len(left), len(right))):
        first = left[n] if n < len(left) else ""
        second = right[n] if n < len(right) else ""
        yield padded(first, size) + "  " + second


def _beside(several: Sequence[Facts], columns: int, colour: bool) -> Iterator[str]:
    names = metric_ids(several)
    titles = [clean(titled(name, several)[0], lines=False) for name in names]
    left = min(max((columns_of(one) for one in titles), default=0), columns // 3)
    each = max(12, (columns - left) // len(several) - 2)
    yield from _beside_row("", [facts.name for facts in several], left, each, colour)
    for name, title in zip(names, titles, strict=True):
        cells = []
        for facts in several:
            metric = facts.metrics.metric(name)
            known = metric is not None and (metric.low is not None or metric.high is not None)
            unknown = facts.clock.language.say("amount.unknown")
            cells.append(metric_words(metric, facts.clock).full if metric is not None and known else unknown)
        yield from _beside_row(title, cells, left, each, False)


def _beside_row(title: str, cells: Sequence[str], left: int, each: int, strong: bool) -> Iterator[str]:
    parts = [wrapped(title, left), *(wrapped(clean(cell, lines=False), each) for cell in cells)]
    for n in range(max(len(part) for part in parts)):
        sizes = (left, *(each for _ in cells))
        row = [
            padded(part[n] if n < len(part) else "", size) for part, size in zip(parts, sizes, strict=True)
        ]
        yield _strong("  ".join(row), strong)


def _strong(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour and text.strip() else text
