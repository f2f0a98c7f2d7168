"""Findings as a GitLab code quality report."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.report.findings.examined import Examined
from postmortem.report.findings.told import sentences, slashed, with_fingerprints

_SEVERITY = {"error": "major", "warning": "minor"}


def gitlab(files: Sequence[Examined]) -> str:
    """Return a JSON list. GitLab shows no rule's name, so the description begins with the code."""
    import json

    told = [
        {
            "description": f"{one.code}: {' | '.join(sentences(one))}",
            "check_name": one.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITY[one.severity],
            "location": {
                "path": slashed(one.file),
                "lines": {"begin": one.span.line, "end": one.span.end_line},
            },
        }
        for one, fingerprint in with_fingerprints(files)
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
