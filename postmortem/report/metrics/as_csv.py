"""Metrics as CSV: a row a metric, the columns of several logs side by side."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.terminal import clean
from postmortem.report.escaping.csv_cells import csv_text
from postmortem.report.facts.facts import Facts
from postmortem.report.metrics.rows import metric_ids, titled
from postmortem.report.wording.words import metric_words


def metrics_csv(several: Sequence[Facts]) -> str:
    """Return the metrics of one log or several as CSV text; empty where unknown."""
    header = ["metric", "title", "unit"]
    for number, facts in enumerate(several, 1):
        twice = sum(1 for one in several if one.name == facts.name) > 1
        own = clean(facts.name, lines=False)  # the name of a file, which may be anything
        name = f"{own}_{number}" if twice else own
        lead = f"{name}_" if len(several) > 1 else ""
        header += [f"{lead}{part}" for part in ("low", "high", "nominal", "text", "missing")]
    rows = []
    for name in metric_ids(several):
        cells: list[object] = [name, *titled(name, several)]
        for facts in several:
            metric = facts.metrics.metric(name)
            if metric is None:
                cells += [None] * 5
                continue
            text = metric_words(metric, facts.clock).full
            cells += [metric.low, metric.high, metric.nominal, text, "; ".join(metric.missing)]
        rows.append(cells)
    return csv_text([*header], rows)
