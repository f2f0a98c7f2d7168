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

    columns = {one.file: _Columns(one.source) for one in files if one.source is not None}
    diagnostics = all_of(files)
    worst = "ERROR" if any(one.severity == "error" for one in diagnostics) else "WARNING"
    told: dict[str, Any] = {"source": {"name": "postmortem"}}
    if diagnostics:
        told["severity"] = worst
    told["diagnostics"] = [_diagnostic(one, columns) for one in diagnostics]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


class _Columns:
    """Columns of one file as bytes: counted on from the last one, for a file may be one line of 16 MiB."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._last = (0, 0, 0)

    def before(self, number: int, column: int) -> int:
        """Return how many bytes stand in a line before a column that counts code points from 1."""
        line = self._source.line(number)
        points = min(column - 1, len(line))
        if line.isascii():
            return column - 1
        known, start, size = self._last
        if known != number or start > points:
            start = size = 0
        size += len(line[start:points].encode("utf-8", "surrogatepass"))
        self._last = (number, points, size)
        return size + column - 1 - points


def _diagnostic(one: Diagnostic, columns: Mapping[str, _Columns]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "message": "\n".join(sentences(one)),
        "location": _location(one.file, one.span, columns),
        "severity": one.severity.upper(),
        "code": {"value": one.code},
    }
    right = meant(one)
    if right is not None:
        told["suggestions"] = [{"range": told["location"]["range"], "text": right}]
    if one.related:
        told["relatedLocations"] = [
            {"message": note.message, "location": _location(note.file, note.span, columns)}
            for note in one.related
        ]
    return told


def _location(file: str, span: Span, columns: Mapping[str, _Columns]) -> dict[str, Any]:
    of_file = columns.get(file)
    return {
        "path": slashed(file),
        "range": {
            "start": _position(of_file, span.line, span.column),
            "end": _position(of_file, span.end_line, span.end_column),
        },
    }


def _position(columns: _Columns | None, line: int, column: int) -> dict[str, int]:
    before = columns.before(line, column) if columns is not None else column - 1
    return {"line": line, "column": before + 1}
