"""Findings as GitHub workflow commands: annotations at their lines, within what one step may show."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.finding import Diagnostic
from postmortem.ground.terminal import clean
from postmortem.report.findings.concise import line_of
from postmortem.report.findings.examined import Examined, all_of, counted, summary, tally
from postmortem.report.findings.told import heading, sentences, slashed

MOST_OF_A_KIND = 10
"""Annotations of one severity that GitHub takes from one step; it drops the others without a word."""


def github(files: Sequence[Examined]) -> str:
    """Return an annotation for each of the first findings, and a notice with the count of the others.

    The others stand above the notice one a line, so that the step's own log has them all.
    """
    shown: list[str] = []
    rest: list[Diagnostic] = []
    used = {"error": 0, "warning": 0}
    for one in all_of(files):
        used[one.severity] += 1
        if used[one.severity] <= MOST_OF_A_KIND:
            shown.append(_annotation(one))
        else:
            rest.append(one)
    if rest:
        errors, warnings = tally(rest)
        more = [
            f"{counted(n, f'more {noun}')}" for n, noun in ((errors, "error"), (warnings, "warning")) if n
        ]
        shown += [line_of(one) for one in rest]
        shown.append(f"::notice title=postmortem::{_data(' and '.join(more))} in the log of this step")
    shown.append(clean(summary(files), lines=False))
    return "\n".join(shown) + "\n"


def _annotation(one: Diagnostic) -> str:
    span = one.span
    place = [("file", slashed(one.file)), ("line", str(span.line)), ("endLine", str(span.end_line))]
    if span.line == span.end_line:
        place += [("col", str(span.column)), ("endColumn", str(span.end_column))]
    place.append(("title", heading(one)))
    properties = ",".join(f"{key}={_property(value)}" for key, value in place)
    return f"::{one.severity} {properties}::{_data(chr(10).join(sentences(one)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text, lines=False)).replace(":", "%3A").replace(",", "%2C")
