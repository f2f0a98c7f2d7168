"""Findings one a line: file, line, column, severity, code, sentence."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.finding import Diagnostic
from postmortem.ground.terminal import clean
from postmortem.report.findings.examined import Examined, all_of


def concise(files: Sequence[Examined]) -> str:
    """Return ``file:line:column: severity[CODE] message (suggestion)``, a line for each finding."""
    return "".join(f"{line_of(one)}\n" for one in all_of(files))


def line_of(one: Diagnostic) -> str:
    """Return one finding on one line, without its end."""
    label = f" ({one.label})" if one.label else ""
    place = f"{one.file}:{one.span.line}:{one.span.column}"
    return clean(f"{place}: {one.severity}[{one.code}] {one.message}{label}", lines=False)
