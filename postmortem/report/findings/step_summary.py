"""Findings as Markdown for the summary of a workflow's step."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.finding import Diagnostic
from postmortem.report.escaping.markdown_text import code, inline
from postmortem.report.findings.examined import Examined, all_of, counted, summary
from postmortem.report.findings.told import heading

MOST_BYTES = 1_000_000
"""GitHub drops a longer summary whole."""

_SPARE = 500


def step_summary(files: Sequence[Examined], most: int = MOST_BYTES) -> str:
    """Return a heading of counts and a table of findings, errors first; what is cut is said by count.

    It stays under ``most`` bytes of UTF-8, so that something else fits behind it.
    """
    diagnostics = sorted(all_of(files), key=lambda one: one.severity != "error")
    head = f"### Incident logs: {inline(summary(files))}\n"
    if not diagnostics:
        return head
    lines = [head, "| place | rule | what | what would be right |", "| --- | --- | --- | --- |"]
    size = sum(len(line.encode("utf-8")) + 1 for line in lines)
    for number, one in enumerate(diagnostics):
        row = _row(one)
        size += len(row.encode("utf-8", "surrogatepass")) + 1
        if size > most - _SPARE:
            lines.append(
                f"\n{counted(len(diagnostics) - number, 'more finding')} cut: the log of the step has them."
            )
            break
        lines.append(row)
    return "\n".join(lines) + "\n"


def _row(one: Diagnostic) -> str:
    place = code(f"{one.file}:{one.span.line}:{one.span.column}")
    others = "; ".join(f"line {note.span.line}: {note.message}" for note in one.related)
    what = f"{one.message} ({others})" if others else one.message
    right = "; ".join(part for part in (one.label, one.help) if part)
    return f"| {place} | {one.severity} {heading(one)} | {inline(what)} | {inline(right)} |"
