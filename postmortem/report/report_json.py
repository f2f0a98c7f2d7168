"""The whole report as JSON, format `postmortem.report/1`: timeline, metrics, factors, actions, evidence."""

from __future__ import annotations

from postmortem.model.incident import Lessons
from postmortem.report.escaping.as_json import LineOf, Object, dumped
from postmortem.report.facts.facts import Evidence, Facts, NumberedAction
from postmortem.report.metrics.as_json import metrics_object
from postmortem.report.timeline.as_json import timeline_object

FORMAT = "postmortem.report/1"


def report_json(facts: Facts, line_of: LineOf) -> str:
    """Return all that the report tells as JSON text; unknown is null."""
    incident = facts.incident
    whole: Object = {
        "format": FORMAT,
        "incident": facts.name,
        "title": incident.title,
        "status": incident.status,
        "review": incident.review,
        "severity": incident.severity,
        "audience": incident.audience,
        "tags": list(incident.tags),
        "related": list(incident.related),
        "links": [{"url": one.url, "title": one.title} for one in incident.links],
        "sections": dict(facts.sections),
        "timeline": timeline_object(facts, line_of),
        "metrics": metrics_object(facts, line_of),
        "factors": [
            {
                "id": one.id,
                "what": one.what,
                "kind": one.kind,
                "leads_to": list(one.leads_to),
                "evidence": list(one.evidence),
                "confidence": one.confidence,
                "because": one.because,
            }
            for one in facts.factors
        ],
        "actions": [_action(one) for one in facts.actions],
        "lessons": _lessons(incident.lessons),
        "perspectives": [
            {"source": one.source, "who": one.who, "says": one.says} for one in incident.perspectives
        ],
        "questions": [
            {"id": one.id, "what": one.what, "owner": one.owner, "status": one.status}
            for one in incident.questions
        ],
        "sources": [_source(one) for one in facts.evidence],
        "claims": {"sourced": facts.sourced_claims, "all": facts.all_claims},
    }
    if facts.withheld is not None:
        whole["withheld"] = facts.withheld
    return dumped(whole)


def _lessons(lessons: Lessons | None) -> Object | None:
    if lessons is None:
        return None
    return {
        "went_well": list(lessons.went_well),
        "went_wrong": list(lessons.went_wrong),
        "got_lucky": list(lessons.got_lucky),
    }


def _action(one: NumberedAction) -> Object:
    action = one.action
    return {
        "id": one.id,
        "what": action.what,
        "owner": action.owner,
        "due": action.due.text if action.due else None,
        "status": action.status,
        "kind": action.kind,
        "addresses": list(action.addresses),
        "verify": action.verify,
        "url": action.url,
        "because": action.because,
    }


def _source(one: Evidence) -> Object:
    source = one.source
    return {
        "id": one.id,
        "title": source.title,
        "kind": source.kind,
        "url": source.url,
        "archived": source.archived,
        "captured": source.captured.text if source.captured else None,
        "published": source.published.text if source.published else None,
        "clock": source.clock.text if source.clock else None,
        "reliability": source.reliability,
        "note": source.note,
        "cited_by": [row.event.key for row in one.rows],
        "supports": list(one.factors),
    }
