"""Findings: what a stage has to say about an author's text, as values."""

from __future__ import annotations

from postmortem.ground.codes import CODES, Severity
from postmortem.ground.place import Place, Span
from postmortem.ground.record import record


@record
class Related:
    """Another place that a finding involves, with one sentence about it."""

    message: str
    at: Place


@record
class Finding:
    """One mistake, said once: a code, a sentence in the user's words, and where it stands.

    ``label`` is what stands beside the caret (a suggestion, mostly); ``help`` says what would be right.
    """

    code: str
    message: str
    at: Place
    label: str = ""
    help: str = ""
    related: tuple[Related, ...] = ()


@record
class Note:
    """A `Related` whose place has become a span."""

    message: str
    file: str
    span: Span


@record
class Diagnostic:
    """A finding with its file and span: what is printed. Made only by `postmortem.read.locate`."""

    code: str
    severity: Severity
    message: str
    file: str
    span: Span
    label: str = ""
    help: str = ""
    related: tuple[Note, ...] = ()


def severity_of(code: str) -> Severity:
    """Return the severity that the table of codes gives to ``code``."""
    return CODES[code].severity
