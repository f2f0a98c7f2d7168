"""Every kind of output of a judged log, made in this very process."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.cli.findings import worded
from postmortem.flow import Judged
from postmortem.report.explain.explain import explain, things
from postmortem.report.facts.facts import Facts
from postmortem.report.facts.gather import gather
from postmortem.report.markdown.markdown import markdown
from postmortem.report.metrics.as_csv import metrics_csv
from postmortem.report.metrics.as_json import metrics_json
from postmortem.report.metrics.as_markdown import metrics_markdown
from postmortem.report.metrics.as_text import metrics_text
from postmortem.report.page.html import html
from postmortem.report.report_json import report_json
from postmortem.report.timeline.as_csv import timeline_csv
from postmortem.report.timeline.as_ics import timeline_ics
from postmortem.report.timeline.as_json import timeline_json
from postmortem.report.timeline.as_markdown import timeline_markdown
from postmortem.report.timeline.as_mermaid import timeline_mermaid
from postmortem.report.timeline.as_text import timeline_text
from postmortem.report.wording.phrases import language_of

FINDING_FORMS = ("text", "json", "sarif", "gitlab", "rdjson", "github")


def findings_of(one: Judged) -> dict[str, str]:
    """Return what `check` says of a log, in each of its formats."""
    return {form: worded([one], form, "never", to_file=True) for form in FINDING_FORMS}


def outputs_of(one: Judged, name: str = "log") -> dict[str, str]:
    """Return every output of a sound log by its name."""
    assert one.metrics is not None
    facts = gather(one.metrics, name, withheld=one.withheld)
    german = gather(one.metrics, name, language_of("de"), withheld=one.withheld)
    return {
        "html": html(facts, one.line_of, "log.yaml"),
        "html de": html(german, one.line_of, "log.yaml"),
        "md": markdown(facts, one.line_of),
        "json": report_json(facts, one.line_of),
        **_timelines(facts, one),
        **_metrics(facts, one),
        **dict(_explained(facts, one)),
    }


def _timelines(facts: Facts, one: Judged) -> dict[str, str]:
    return {
        "timeline text": timeline_text(facts, width=80, ascii_only=False, color=False),
        "timeline json": timeline_json(facts, one.line_of),
        "timeline md": timeline_markdown(facts),
        "timeline csv": timeline_csv(facts),
        "timeline ics": timeline_ics(facts),
        "timeline mermaid": timeline_mermaid(facts),
    }


def _metrics(facts: Facts, one: Judged) -> dict[str, str]:
    return {
        "metrics text": metrics_text([facts], width=80, ascii_only=True, color=True),
        "metrics json": metrics_json([(facts, one.line_of)]),
        "metrics md": metrics_markdown([facts]),
        "metrics csv": metrics_csv([facts]),
    }


def _explained(facts: Facts, one: Judged) -> Iterator[tuple[str, str]]:
    for thing in things(facts):
        for form in ("text", "json"):
            answer = explain(facts, thing, one.line_of, form)
            assert answer is not None, thing
            yield f"explain {form} {thing}", answer
