"""The stairs, in order, in one screen: text goes up once, and each landing makes one new kind of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.check.check import check, without_ignored
from postmortem.check.masking import masked
from postmortem.check.overdue import overdue
from postmortem.check.publishing import as_written, published, refusing, waived
from postmortem.check.switches import without_switched_off
from postmortem.ground.finding import Diagnostic, Finding
from postmortem.ground.place import Span, Spot
from postmortem.ground.record import record, replace
from postmortem.ground.settings import STANDARD_POLICY
from postmortem.measure.measure import measure
from postmortem.measure.practice import practised
from postmortem.read import decode, locate, read, span_of
from postmortem.resolve.resolve import resolve

if TYPE_CHECKING:
    from pathlib import Path

    from postmortem.ground.place import Route
    from postmortem.ground.settings import Policy
    from postmortem.ground.source_text import SourceText
    from postmortem.measure.metrics import Metrics
    from postmortem.model.incident import Audience, Incident
    from postmortem.model.public_copy import PublicCopy
    from postmortem.read import Document


_UNTIMED = {
    **dict.fromkeys(("summary", "impact", "background", "detection", "response", "resolution", "lessons")),
    **dict.fromkeys(("factors", "actions", "perspectives", "questions"), ()),
}
"""What a log says in retrospect, as it is where nothing is said."""


@record
class Judged:
    """One log after the stairs: what stands of it, and everything there is to say about it.

    ``metrics`` (and through it the timeline) is None where the log could not be understood so far.
    ``ignored`` counts the findings that the log's own `checks` switched off. Where the public version was
    asked for, ``public`` is what was made of the log, and ``incident`` and all that follows are of that copy.
    """

    file: str
    source: SourceText | None
    document: Document | None
    incident: Incident | None
    metrics: Metrics | None
    diagnostics: tuple[Diagnostic, ...]
    ignored: int = 0
    folder: Path | None = None
    public: PublicCopy | None = None

    @property
    def sound(self) -> bool:
        """Tell whether reports may be made of it: it was understood and nothing in it is an error."""
        return self.metrics is not None and all(one.severity != "error" for one in self.diagnostics)

    def line_of(self, route: Route) -> int:
        """Return the line, from 1, at which a route stands in the log."""
        if self.document is None:
            return 1
        return span_of(self.document, Spot(self.public.written(route) if self.public else route)).line

    @property
    def excerpts(self) -> SourceText | None:
        """The text of the log as findings may quote it: its secrets covered."""
        return self.source and masked(self.source, self.diagnostics)

    @property
    def withheld(self) -> int | None:
        """How many entries the public version leaves out; None where this is no public version."""
        return self.public.withheld if self.public is not None else None

    def as_of(self, moment: int) -> Judged:
        """Return the same log with only what was known by a moment (microseconds since 1970-01-01T00:00Z).

        Prose, factors, actions and the like carry no time at which they were known, so none of them stays.
        """
        assert self.incident is not None
        known = replace(self.incident, **_UNTIMED)
        timeline, _ = resolve(known, moment)
        metrics, _ = measure(timeline, self.folder)
        return replace(self, incident=known, metrics=metrics)


def judge(
    file: str,
    data: bytes,
    folder: Path | None,
    audience: Audience = "internal",
    policy: Policy = STANDARD_POLICY,
    bidi: bool = False,
) -> Judged:
    """Take one log up the stairs.

    ``file`` is the name it is spoken of by, ``folder`` where its series files lie. For the ``audience``
    `public` everything internal is taken out before anything is derived. ``policy`` is what its
    organisation asks of it beyond the format. ``bidi`` lets in characters that turn the direction of text.
    """
    source, findings = decode(file, data)
    document = incident = metrics = whole = public = None
    try:
        if source is not None:
            document, found = read(source, bidi=bidi)
            findings += found
        if document is not None:
            checked = check(document)
            incident = whole = checked.incident
            findings += checked.findings
        if whole is not None:
            if policy.today is not None:
                findings += tuple(overdue(whole, policy.today))
            metrics, found = _derived(whole, folder)
            findings += (*found, *practised(metrics, policy))
        if whole is not None and audience == "public":
            incident = metrics = None  # from here on nothing rests on what is not public
            public, found = published(whole)
            findings += found
            if public is not None:
                incident = public.incident
                metrics, found = _derived(incident, folder)
                said = {(one.code, one.at) for one in findings}
                findings += tuple(one for one in as_written(found, public) if (one.code, one.at) not in said)
    except Exception as fault:  # one log that trips us must not take the others' answers with it
        findings += (_own_fault(fault),)
        metrics = None
    kept = without_ignored(whole, findings) if whole is not None else findings
    if source is not None:
        kept, wrong = without_switched_off(kept, source, document, waived(policy.ignore, audience))
        kept, findings = kept + wrong, findings + wrong
    located = [_located(file, one, source, document) for one in kept]
    if audience == "public":
        located = [refusing(one) for one in located]
    located.sort(key=lambda one: (one.span, one.code))
    ignored = len(findings) - len(kept)
    return Judged(file, source, document, incident, metrics, tuple(located), ignored, folder, public)


def _derived(incident: Incident, folder: Path | None) -> tuple[Metrics, tuple[Finding, ...]]:
    timeline, about_times = resolve(incident)
    metrics, about_figures = measure(timeline, folder)
    return metrics, about_times + about_figures


def _located(file: str, finding: Finding, source: SourceText | None, document: Document | None) -> Diagnostic:
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
