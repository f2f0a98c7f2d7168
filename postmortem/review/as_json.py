"""The comparison as JSON, format `postmortem.diff/1`: a contract of its own, no dump of inner types."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.finding import Diagnostic
from postmortem.report.escaping.as_json import Object, dumped
from postmortem.report.timeline.as_json import bounds_object
from postmortem.resolve.timeline import ResolvedEvent
from postmortem.review.changes import Comparison, EventChange, FieldChange, Told
from postmortem.review.counts import summary
from postmortem.review.side import Resolved, Side
from postmortem.review.things import SECTIONS

FORMAT = "postmortem.diff/1"


def as_json(several: Sequence[Comparison]) -> str:
    """Return one comparison as its object; several in a list under `files`."""
    objects = [diff_object(one) for one in several]
    if len(objects) == 1:
        return dumped(objects[0])
    return dumped({"format": FORMAT, "files": objects})


def diff_object(comparison: Comparison) -> Object:
    """Return a comparison as the object that its JSON writes."""
    return {
        "format": FORMAT,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "compared": comparison.compared,
        "summary": summary(comparison),
        "events": [_event(one, comparison) for one in comparison.events],
        "metrics": [
            {"id": one.id, "before": _value(one.before), "after": _value(one.after)}
            for one in comparison.metrics
        ],
        "claims": [
            {
                "event": one.event,
                "change": one.change,
                "source": one.source or None,
                "before": _value(one.before),
                "after": _value(one.after),
            }
            for one in comparison.claims
        ],
        "rulings": [
            {
                "event": one.event,
                "change": one.change,
                "before": _value(one.before),
                "after": _value(one.after),
            }
            for one in comparison.rulings
        ],
        "conflicts": [
            {
                "event": one.event,
                "events": list(one.events),
                "about": one.about,
                "change": one.change,
                "before": one.before,
                "after": one.after,
                "text": one.told,
            }
            for one in comparison.conflicts
        ],
        **{
            "definitions" if section == "metrics" else section: [
                {"id": one.id, "change": one.change, "fields": _fields(one.fields)}
                for one in comparison.of(section)
            ]
            for section in SECTIONS
        },
        "fields": _fields(comparison.fields),
        "findings": [] if comparison.new is None else [_finding(one) for one in comparison.new.diagnostics],
    }


def _side(side: Side | None) -> Object | None:
    if side is None:
        return None
    severities = [one.severity for one in side.diagnostics]
    return {
        "file": side.file,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
    }


def _event(change: EventChange, comparison: Comparison) -> Object:
    whole: Object = {
        "id": change.key,
        "change": change.change,
        "moved": change.moved,
        "follows": change.follows,
        "fields": _fields(change.fields),
        "metrics": list(change.shows_in),
    }
    if change.was is not None:
        whole["was"] = change.was
    if change.change == "added":
        whole["event"] = _told_event(change.after, comparison.after)
    elif change.change == "removed":
        whole["event"] = _told_event(change.before, comparison.before)
    return whole


def _told_event(event: ResolvedEvent | None, version: Resolved | None) -> Object:
    assert event is not None
    assert version is not None
    return {
        "kind": event.event.kind,
        "what": event.event.what,
        "at": bounds_object(event.at, version.clock),
        "end": None if event.end is None else bounds_object(event.end, version.clock),
    }


def _fields(fields: Sequence[FieldChange]) -> Object:
    return {one.name: {"before": _value(one.before), "after": _value(one.after)} for one in fields}


def _value(told: Told | None) -> object:
    return None if told is None else told.value


def _finding(one: Diagnostic) -> Object:
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        "file": one.file,
        "line": one.span.line,
        "column": one.span.column,
    }
