"""What tests of the forms of findings share: a file with findings of every shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from postmortem.ground.codes import Severity
from postmortem.ground.finding import Diagnostic, Note
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.report.findings.examined import Examined

Make = Callable[..., Diagnostic]

TEXT = "format: postmortem/1\ntitle: 放送 stops\ntimeline:\n- at: 18:20\n  kind: crahs\n- at: 18:10\n"


def diagnostic(
    line: int = 5, column: int = 9, end: int | None = None, severity: Severity = "error", **more: Any
) -> Diagnostic:
    """Return a finding with everything it may have, unless told otherwise."""
    given: dict[str, Any] = {
        "code": "PM204",
        "message": "`kind` cannot be `crahs`",
        "file": "log.yaml",
        "label": "did you mean `crash`?",
        "help": "one of crash, note",
    }
    end = column + 5 if end is None else end
    span = Span(line, column, more.pop("end_line", line), end)
    return Diagnostic(severity=severity, span=span, **(given | more))


@pytest.fixture
def make() -> Make:
    """Return the maker of findings."""
    return diagnostic


@pytest.fixture
def file() -> Examined:
    """Return a file with an error, an error with two places, and a warning."""
    related = (Note("the first", "log.yaml", Span(4, 7, 4, 12)),)
    return Examined(
        "log.yaml",
        SourceText("log.yaml", TEXT),
        (
            diagnostic(
                6,
                7,
                12,
                code="PM301",
                message="these cannot both hold",
                label="",
                help="rule",
                related=related,
            ),
            diagnostic(),
            diagnostic(
                2, 8, 10, severity="warning", code="PM221", message="a wide word", label="here", help=""
            ),
        ),
        events=2,
        sources=1,
    )
