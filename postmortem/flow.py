"""The stairs, in order, in one screen: text goes up once, and each landing makes one new kind of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.check.cap import first_of_each, with_counts
from postmortem.check.check import check, without_ignored
from postmortem.check.masking import SECRET_CODES, masked, silent
from postmortem.check.overdue import overdue
from postmortem.check.publishing import as_written, in_its_name, published, refusing, waived
from postmortem.check.switches import without_switched_off
from postmortem.ground.budget import TooSlow, on_time, within
from postmortem.ground.finding import Diagnostic, Finding
from postmortem.ground.place import Span, Spot
from postmortem.ground.record import record, replace
from postmortem.ground.settings import STANDARD_POLICY
from postmortem.measure.measure import measure
from postmortem.measure.practice import practised
from postmortem.read import decode, locate, read, span_of
from postmortem.resolve.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from postmortem.ground.place import Route
    from postmortem.ground.settings import Policy
    from postmortem.ground.source_text import SourceText
    from postmortem.measure.beside import Former
    from postmortem.measure.metrics import Metrics
    from postmortem.model.incident import Audience, Incident
    from postmortem.model.public_copy import PublicCopy
    from postmortem.read import Document


_UNTIMED = {
    **dict.fromkeys(("summary", "impact", "background", "detection", "response", "resolution", "lessons")),
    **dict.fromkeys(("factors", "actions", "perspectives", "questions", "series", "links"), ()),
}
"""What a log says in retrospect, or does not say when it was known, as it is where nothing is said."""


@record
class Judged:
    """One log after the stairs: what stands of it, and everything there is to say about it.

    ``metrics`` (and through it the timeline) is None where the log could not be understood so far.
    ``ignored`` counts the findings that the log's own `checks` switched off. Where the public version was
    asked for, ``public`` is what was made of the log, and ``incident`` and all that follows are of that copy.
    ``secrets`` is where the log holds some, told one by one or not.
    """

    file: str
    source: SourceText | None
    document: Document | None
    incident: Incident | None
    metrics: Metrics | None
    diagnostics: tuple[Diagnostic, ...]
    ignored: int = 0
    folder: Path | Former | None = None
    public: PublicCopy | None = None
    secrets: tuple[Span, ...] = ()

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
        return self.source and masked(self.source, self.secrets)

    @property
    def withheld(self) -> int | None:
        """How many entries the public version leaves out; None where this is no public version."""
        return self.public.withheld if self.public is not None else None

    def out_of_time(self, seconds: float) -> Judged:
        """Return the same log with the finding that a report of it takes more than those seconds."""
        late = locate(_too_slow("making a report of", seconds), self.source or _nothing(self.file), None)
        return replace(self, diagnostics=(*self.diagnostics, late))

    def as_of(self, moment: int) -> Judged:
        """Return the same log with only what was known by a moment (microseconds since 1970-01-01T00:00Z).

        Prose, factors, actions, series and the like carry no time at which they were known, so none of them
        stays.
        """
        assert self.incident is not None
        known = replace(self.incident, **_UNTIMED)
        timeline, _ = resolve(known, moment)
        metrics, _ = measure(timeline, self.folder)
        return replace(self, incident=known, metrics=metrics)


def judge(
    file: str,
    data: bytes,
    folder: Path | Former | None,
    audience: Audience = "internal",
    policy: Policy = STANDARD_POLICY,
    bidi: bool = False,
) -> Judged:
    """Take one log up the stairs.

    ``file`` is the name it is spoken of by, ``folder`` where its series files lie. For the ``audience``
    `public` everything internal is taken out before anything is derived. ``policy`` is what its
    organisation asks of it beyond the format. ``bidi`` lets in characters that turn the direction of text.
    """
    found = _Found(file, folder, bidi)
    try:
        with within(policy.time_budget):
            found.climb(data, audience, policy)
    except TooSlow as slow:
        found.findings += (*slow.kept, _too_slow("judging", policy.time_budget))
        found.metrics = None
    except Exception as fault:  # one log that trips us must not take the others' answers with it
        found.findings += (_own_fault(fault),)
        found.metrics = None
    return found.judged(audience, policy)


class _Found:
    """What the stairs have made of one log so far, and what there is to say about it."""

    def __init__(self, file: str, folder: Path | Former | None, bidi: bool) -> None:
        self.file, self.folder, self.bidi = file, folder, bidi
        self.source: SourceText | None = None
        self.document: Document | None = None
        self.incident: Incident | None = None
        self.whole: Incident | None = None
        self.metrics: Metrics | None = None
        self.public: PublicCopy | None = None
        self.findings: tuple[Finding, ...] = ()

    def climb(self, data: bytes, audience: Audience, policy: Policy) -> None:
        """Take the log up the stairs as far as it goes; `TooSlow` where its time is over."""
        self.source, self.findings = decode(self.file, data)
        if self.source is not None:
            self.document, found = read(self.source, bidi=self.bidi)
            self.findings += found
        if self.document is not None:
            on_time()
            checked = check(self.document)
            self.incident = self.whole = checked.incident
            self.findings += checked.findings
        if self.whole is not None:
            if policy.today is not None:
                self.findings += tuple(overdue(self.whole, policy.today))
            self.metrics, found = _derived(self.whole, self.folder)
            self.findings += (*found, *practised(self.metrics, policy))
        if self.whole is not None and audience == "public":
            self._publish(self.whole)

    def _publish(self, whole: Incident) -> None:
        self.incident = self.metrics = None  # from here on nothing rests on what is not public
        on_time()
        public, found = published(whole)
        self.findings += (*found, *in_its_name(_stem(self.file), whole))
        if public is not None:
            self.public, self.incident = public, public.incident
            self.metrics, found = _derived(public.incident, self.folder)
            said = {(one.code, one.at) for one in self.findings}
            self.findings += tuple(one for one in as_written(found, public) if (one.code, one.at) not in said)

    def judged(self, audience: Audience, policy: Policy) -> Judged:
        """Return all of it, with the findings that nobody switched off in the order of the file."""
        source, document, findings = self.source, self.document, self.findings
        kept = without_ignored(self.whole, findings) if self.whole is not None else findings
        if source is not None:
            kept, wrong = without_switched_off(kept, source, document, waived(policy.ignore, audience))
            kept, findings = kept + wrong, findings + wrong
        told, more = first_of_each(kept)
        located = [_located(self.file, one, source, document) for one in told]
        if audience == "public":
            located = [refusing(one) for one in located]
        located.sort(key=lambda one: (one.span, one.code))
        secrets = () if document is None else tuple(_secrets(kept, document))
        if source is not None and secrets:
            located = silent(located, source, secrets)
        return Judged(
            self.file,
            source,
            document,
            self.incident,
            self.metrics,
            tuple(with_counts(located, more)),
            len(findings) - len(kept),
            self.folder,
            self.public,
            secrets,
        )


def _stem(file: str) -> str:
    """Return the name of a log's file without its folders and end: a page says it."""
    return file.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")


def _secrets(findings: Iterable[Finding], document: Document) -> Iterator[Span]:
    return (span_of(document, one.at) for one in findings if one.code in SECRET_CODES)


def _derived(incident: Incident, folder: Path | Former | None) -> tuple[Metrics, tuple[Finding, ...]]:
    on_time()
    timeline, about_times = resolve(incident)
    on_time()
    metrics, about_figures = measure(timeline, folder)
    return metrics, about_times + about_figures


def _located(file: str, finding: Finding, source: SourceText | None, document: Document | None) -> Diagnostic:
    return locate(finding, source or _nothing(file), document)


def _nothing(file: str) -> SourceText:
    from postmortem.ground.source_text import SourceText

    return SourceText(file, "")


def _too_slow(work: str, seconds: float) -> Finding:
    allowed = f"{seconds:.6f}".rstrip("0").rstrip(".")
    return Finding(
        "PM113",
        f"{work} this log takes more than {allowed} s of processor time, and was broken off",
        Span(1, 1, 1, 2),
        help="split it, or keep dense measurements under `series`; `--time-budget` allows it more time",
    )


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
