"""Findings for programs: the format ``postmortem.check/1``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postmortem.ground.finding import Diagnostic
from postmortem.ground.place import Span
from postmortem.report.findings.examined import Examined, all_of, tally

FORMAT = "postmortem.check/1"


def as_json(files: Sequence[Examined]) -> str:
    """Return one object with counts and every finding; lines and columns from 1, ends exclusive."""
    import json

    diagnostics = all_of(files)
    errors, warnings = tally(diagnostics)
    told = {
        "format": FORMAT,
        "files": len(files),
        "errors": errors,
        "warnings": warnings,
        "ignored": sum(one.ignored for one in files),
        "diagnostics": [_diagnostic(one) for one in diagnostics],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(one: Diagnostic) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        "label": one.label,
        "help": one.help,
        "file": one.file,
        **_place(one.span),
        "related": [
            {"message": note.message, "file": note.file, **_place(note.span)} for note in one.related
        ],
    }


def _place(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
