"""What tests of the check floor share: a log's text judged up to this floor, its findings located."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortem.check.check import Checked, check
from postmortem.ground.finding import Diagnostic
from postmortem.ground.source_text import SourceText
from postmortem.read import locate, read

Judge = Callable[[str], Checked]
Diagnose = Callable[[str], list[Diagnostic]]
Mark = Callable[[str], list[tuple[str, int, str]]]
Look = Callable[..., list[tuple[str, int, int, str]]]

HEAD = "format: postmortem/1\ntitle: A log\nstatus: resolved\ndate: 2023-05-24\ntimezone: America/New_York\n"


@pytest.fixture
def judge() -> Judge:
    """Check a text that reads without a finding."""

    def judged(text: str) -> Checked:
        document, findings = read(SourceText("log.yaml", text))
        assert document is not None, findings
        assert not findings
        return check(document)

    return judged


@pytest.fixture
def diagnose() -> Callable[[str], list[Diagnostic]]:
    """Return the located findings of a text, in the order of places."""

    def diagnosed(text: str) -> list[Diagnostic]:
        source = SourceText("log.yaml", text)
        document, findings = read(source)
        if document is not None:
            findings += check(document).findings
        return sorted((locate(one, source, document) for one in findings), key=lambda one: one.span)

    return diagnosed


@pytest.fixture
def look(diagnose: Callable[[str], list[Diagnostic]]) -> Look:
    """Return code, line, the marked text and the label of each finding in a log that follows a sound head.

    Lines count from the first line after the head.
    """

    def looked(body: str, head: str = HEAD) -> list[tuple[str, int, int, str]]:
        above = head.count("\n")
        return [
            (one.code, one.span.line - above, one.span.column, one.label) for one in diagnose(head + body)
        ]

    return looked


@pytest.fixture
def mark(diagnose: Callable[[str], list[Diagnostic]]) -> Callable[[str], list[tuple[str, int, str]]]:
    """Return code, line (from 1 after the head) and the text under the caret of each finding."""

    def marked(body: str) -> list[tuple[str, int, str]]:
        lines = (HEAD + body).split("\n")
        return [
            (one.code, one.span.line - HEAD.count("\n"), _under(lines[one.span.line - 1], one))
            for one in diagnose(HEAD + body)
        ]

    return marked


def _under(line: str, one: Diagnostic) -> str:
    end = one.span.end_column if one.span.end_line == one.span.line else len(line) + 1
    return line[one.span.column - 1 : end - 1]
