"""Promises: what holds for the judgement of any bytes at all, each broken one an `AssertionError`."""

from __future__ import annotations

from postmortem.flow import Judged, judge
from postmortem.ground.codes import CODES
from postmortem.ground.finding import Diagnostic
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.model.incident import Audience
from postmortem.read import decode, locate, read

OWN_FAULTS = ("PM901", "PM902")


def answered(data: bytes, audience: Audience = "internal") -> Judged:
    """Judge a log and prove that each answer is a finding of the author's with a place inside the file."""
    one = judge("log.yaml", data, None, audience)
    source = one.source or SourceText("log.yaml", data.decode("utf-8", "replace"))
    for found in one.diagnostics:
        placed(found, source)
    assert one.metrics is not None or one.diagnostics, "refused without a word"
    return one


def placed(found: Diagnostic, source: SourceText) -> None:
    """Prove that a diagnostic has something to say, and says it of places that are there."""
    assert found.code in CODES, found
    assert found.code not in OWN_FAULTS, found.message
    assert found.message.strip(), found
    inside(found.span, source)
    for one in found.related:
        assert one.message.strip(), found
        inside(one.span, source)


def inside(span: Span, source: SourceText) -> None:
    """Prove that a span is one of the text: its end may stand one column past a line, for the caret."""
    lines = source.lines
    assert 1 <= span.line <= span.end_line <= len(lines), span
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1, span
    assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2, span
    assert span[:2] < span[2:], span


def repeated(one: Judged, data: bytes, audience: Audience = "internal") -> None:
    """Prove that the same bytes get the same answer again."""
    assert judge("log.yaml", data, None, audience).diagnostics == one.diagnostics, "answered in two ways"


def read_alike(data: bytes) -> None:
    """Prove that the parser written in Python and the faster one come to the same tree and findings."""
    source, _ = decode("log.yaml", data)
    if source is None:
        return
    document, findings = read(source)
    slow, said = read(source, pure=True)
    assert document == slow, "two trees"
    assert findings == said, "two answers"
    for one in said:
        placed(locate(one, source, slow), source)
