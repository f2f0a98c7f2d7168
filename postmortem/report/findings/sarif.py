"""Findings as SARIF 2.1.0, for code scanning: rules with their pages, related places, stable names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from postmortem import __version__
from postmortem.check.pages import page
from postmortem.ground.codes import CODES
from postmortem.ground.finding import Diagnostic
from postmortem.ground.place import Span
from postmortem.report.findings.examined import Examined, counted
from postmortem.report.findings.told import sentences, slashed, with_fingerprints

MOST_RESULTS = 5_000
"""Results that code scanning shows of one run: errors come first, the rest is said by count."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(files: Sequence[Examined]) -> str:
    """Return one SARIF log with one run; columns are code points."""
    import json

    named = with_fingerprints(files)
    kept = sorted(named, key=lambda pair: pair[0].severity != "error")[:MOST_RESULTS]
    codes = sorted({one.code for one, _ in kept})
    index = {code: number for number, code in enumerate(codes)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "postmortem",
                "semanticVersion": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(len(named) - len(kept))],
        "results": [_result(one, name, index[one.code]) for one, name in kept],
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _rule(code: str) -> dict[str, Any]:
    row, text = CODES[code], page(code)
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in row.slug.split("-")),
        "shortDescription": {"text": row.title},
        "fullDescription": {"text": row.title},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": row.severity},
        "properties": {"tags": ["incident-log"]},
    }


def _invocation(left_out: int) -> dict[str, Any]:
    told: dict[str, Any] = {"executionSuccessful": True}
    if left_out:
        message = f"{counted(left_out, 'more finding')} left out: a run holds {MOST_RESULTS}"
        told["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": message}}]
    return told


def _result(one: Diagnostic, fingerprint: str, rule: int) -> dict[str, Any]:
    said = sentences(one)[: 2 if one.help else 1]
    told: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": _escaped("\n".join(said))},
        "locations": [{"physicalLocation": _physical(one.file, one.span)}],
        "partialFingerprints": {"postmortem/v1": fingerprint},
    }
    if one.related:
        told["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _escaped(note.message)},
                "physicalLocation": _physical(note.file, note.span),
            }
            for number, note in enumerate(one.related)
        ]
    return told


def _physical(file: str, span: Span) -> dict[str, Any]:
    path = slashed(file)
    uri = quote(path, safe="/", errors="surrogateescape")  # a name that is no UTF-8 keeps its bytes
    artifact = {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}
    return {
        "artifactLocation": artifact,
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


def _escaped(text: str) -> str:
    """Return text in which SARIF sees no link: ``[words](1)`` would be one."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
