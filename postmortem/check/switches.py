"""Rules switched off by a comment at the line: ``# postmortem: ignore PM601 because it is quoted``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.codes import ignorable
from postmortem.ground.finding import Finding
from postmortem.ground.place import Span, Spot
from postmortem.read import span_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortem.ground.source_text import SourceText
    from postmortem.read import Document

_MARK = "postmortem: ignore"
_COMMENT = (
    r"(?:^|\s)(#\s{0,3}postmortem: ignore\s{0,3}((?:PM[0-9]{3}[,\s]{0,3}){0,20})"
    r"(?:because:?\s{1,3}(\S.{0,500}))?)"
)


def commented(source: SourceText) -> tuple[Mapping[int, frozenset[str]], tuple[Finding, ...]]:
    """Return the codes that comments switch off, by the lines they speak of, and what is wrong with them.

    A comment speaks of its own line; one that stands alone, of the next line that says something.
    """
    off: dict[int, frozenset[str]] = {}
    findings: list[Finding] = []
    if _MARK not in source.text:
        return off, ()
    import re

    pattern, waiting = re.compile(_COMMENT), frozenset[str]()
    for number, line in enumerate(source.lines, 1):
        alone = line.lstrip().startswith("#")
        found = pattern.search(line) if _MARK in line else None
        codes = frozenset[str]()
        if found is not None:
            codes, fault = _codes(found[2].replace(",", " ").split(), found[3])
            if fault:
                span = Span(number, found.start(1) + 1, number, found.end(1) + 1)
                findings.append(Finding("PM229", fault, span, help=_RIGHT))
        if alone or not line.strip():
            waiting |= codes
        else:
            if codes | waiting:
                off[number] = codes | waiting
            waiting = frozenset()
    return off, tuple(findings)


def without_switched_off(
    findings: tuple[Finding, ...],
    source: SourceText,
    document: Document | None,
    settings: tuple[str, ...],
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings that neither ``settings`` nor a comment switches off, and what is wrong there."""
    off, wrong = commented(source)
    if settings:
        findings = tuple(one for one in findings if one.code not in settings)
    if not off or document is None:
        return findings, wrong
    codes = frozenset().union(*off.values())
    return tuple(one for one in findings if one.code not in codes or not _is_off(one, off, document)), wrong


def _is_off(finding: Finding, off: Mapping[int, frozenset[str]], document: Document) -> bool:
    """Tell whether a comment speaks of a finding: at its line, or at the key whose long text it lies in."""
    places = [finding.at]
    if isinstance(finding.at, Spot):
        places.append(Spot(finding.at.route, key=True))
    lines = {span_of(document, place).line for place in places}
    return any(finding.code in off.get(line, ()) for line in lines)


_RIGHT = "write `# postmortem: ignore PM601 because ...` at the line or above it"


def _codes(codes: list[str], because: str | None) -> tuple[frozenset[str], str]:
    if not codes:
        return frozenset(), "this comment switches off no rule, since it names none"
    for code in codes:
        if not ignorable(code):
            return frozenset(), f"{code} cannot be switched off"
    if not because:
        return frozenset(), "this comment switches a rule off without a reason, so it stays on"
    return frozenset(codes), ""
