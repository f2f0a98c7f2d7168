"""The stairs, in order, in one screen: text goes up once, and each landing makes one new kind of thing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from postmortem.check.check import check, without_ignored
from postmortem.ground.finding import Diagnostic, Finding
from postmortem.ground.place import Span, Spot
from postmortem.measure.measure import measure
from postmortem.read import decode, locate, read, span_of
from postmortem.resolve.resolve import resolve

if TYPE_CHECKING:
    from pathlib import Path

    from postmortem.ground.place import Route
    from postmortem.ground.source_text import SourceText
    from postmortem.measure.metrics import Metrics
    from postmortem.model.incident import Incident
    from postmortem.read import Document


@dataclass(frozen=True, slots=True)
class Judged:
    """One log after the stairs: what stands of it, and everything there is to say about it.

    ``metrics`` (and through it the timeline) is None where the log could not be understood so far.
    ``ignored`` counts the findings that the log's own `checks` switched off.
    """

    file: str
    source: SourceText | None
    document: Document | None
    incident: Incident | None
    metrics: Metrics | None
    diagnostics: tuple[Diagnostic, ...]
    ignored: int = 0
    folder: Path | None = None

    @property
    def sound(self) -> bool:
        """Tell whether reports may be made of it: it was understood and nothing in it is an error."""
        return self.metrics is not None and all(one.severity != "error" for one in self.diagnostics)

    def line_of(self, route: Route) -> int:
        """Return the line, from 1, at which a route stands in the log."""
        if self.document is None:
            return 1
        return span_of(self.document, Spot(route)).line

    def as_of(self, moment: int) -> Judged:
        """Return the same log with only what was known by a moment (microseconds since 1970-01-01T00:00Z)."""
        assert self.incident is not None
        timeline, _ = resolve(self.incident, moment)
        metrics, _ = measure(timeline, self.folder)
        return replace(self, metrics=metrics)


def judge(file: str, data: bytes, folder: Path | None) -> Judged:
    """Take one log up the stairs.

    ``file`` is the name it is spoken of by, ``folder`` where its series files lie.
    """
    source, findings = decode(file, data)
    document = incident = metrics = None
    try:
        if source is not None:
            document, found = read(source)
            findings += found
        if document is not None:
            checked = check(document)
            incident = checked.incident
            findings += checked.findings
        if incident is not None:
            timeline, found = resolve(incident)
            findings += found
            metrics, found = measure(timeline, folder)
            findings += found
    except Exception as fault:  # one log that trips us must not take the others' answers with it
        findings += (_own_fault(fault),)
        metrics = None
    kept = without_ignored(incident, findings) if incident is not None else findings
    located = sorted(
        (_located(file, one, source, document) for one in kept), key=lambda one: (one.span, one.code)
    )
    return Judged(file, source, document, incident, metrics, tuple(located), len(findings) - len(kept), folder)


def _located(
    file: str, finding: Finding, source: SourceText | None, document: Document | None
) -> Diagnostic:
    from postmortem.ground.source_text import SourceText

    return locate(finding, source or SourceText(file, ""), document)


def _own_fault(fault: Exception) -> Finding:
    import traceback

    frame = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{frame.filename.replace(chr(92), '/').split('/postmortem/')[-1]}:{frame.lineno}"
    return Finding(
        "PM902",
        f"this log could not be judged: {type(fault).__name__} at {where}: {fault}",
        Span(1, 1, 1, 1),
        help="this is a fault of postmortem, not of your log; please send us this line and the log",
    )
