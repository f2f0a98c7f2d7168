"""Findings one a line: file, line, column, severity, code, sentence."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.terminal import clean
from postmortem.report.findings.examined import Examined, all_of


def concise(files: Sequence[Examined]) -> str:
    """Return ``file:line:column: severity[CODE] message (suggestion)``, a line for each finding."""
    return "".join(
        clean(
            f"{one.file}:{one.span.line}:{one.span.column}: {one.severity}[{one.code}] {one.message}"
            f"{f' ({one.label})' if one.label else ''}",
            lines=False,
        )
        + "\n"
        for one in all_of(files)
    )
