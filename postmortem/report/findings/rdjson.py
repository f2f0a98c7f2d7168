"""Findings for reviewdog: its diagnostic format, with suggestions where the right word is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from postmortem.ground.finding import Diagnostic
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.report.findings.examined import Examined, all_of
from postmortem.report.findings.told import meant, sentences, slashed


def rdjson(files: Sequence[Examined]) -> str:
    """Return one DiagnosticResult. Its columns are bytes of UTF-8 from 1, ends exclusive."""
    import json

    sources = {one.file: one.source for one in files if one.source is not None}
    diagnostics = all_of(files)
    worst = "ERROR" if any(one.severity == "error" for one in diagnostics) else "WARNING"
    told: dict[str, Any] = {"source": {"name": "postmortem"}}
    if diagnostics:
        told["severity"] = worst
    told["diagnostics"] = [_diagnostic(one, sources) for one in diagnostics]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(one: Diagnostic, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "message": "\n".join(sentences(one)),
        "location": _location(one.file, one.span, sources),
        "severity": one.severity.upper(),
        "code": {"value": one.code},
    }
    right = meant(one)
    if right is not None:
        told["suggestions"] = [{"range": told["location"]["range"], "text": right}]
    if one.related:
        told["relatedLocations"] = [
            {"message": note.message, "location": _location(note.file, note.span, sources)}
            for note in one.related
        ]
    return told


def _location(file: str, span: Span, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    source = sources.get(file)
    return {
        "path": slashed(file),
        "range": {
            "start": _position(source, span.line, span.column),
            "end": _position(source, span.end_line, span.end_column),
        },
    }


def _position(source: SourceText | None, line: int, column: int) -> dict[str, int]:
    before = source.line(line)[: column - 1] if source is not None else ""
    beyond = column - 1 - len(before)
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + beyond + 1}
