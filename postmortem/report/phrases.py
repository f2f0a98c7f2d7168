"""All fixed words of reports, in one table a language: what a reader sees and no log says."""

from __future__ import annotations

from dataclasses import dataclass, field

from postmortem.report.page_phrases import PAGE_ENGLISH

_ENGLISH = {
    # Times and amounts: the placeholders are worded already.
    "time.after": "after {time}",
    "time.before": "before {time}",
    "time.undated": "undated",
    "time.local": "local time",
    "amount.range": "{low} to {high}",
    "amount.at-least": "{low} or more",
    "amount.at-most": "at most {high}",
    "amount.unknown": "unknown",
    "amount.bounded": "{value} ({bounds})",
    "amount.only-bounded": "only bounded",
    "amount.moment": "{value}: {time}",
    "amount.missing": "unknown: {missing}",
    "rate.second": "{number} a second",
    "rate.minute": "{number} a minute",
    "rate.hour": "{number} an hour",
    "rate.day": "{number} a day",
    # Words from the fixed lists of the format.
    "kind.scheduled": "Scheduled",
    "kind.trigger": "Trigger",
    "kind.impact": "Impact",
    "kind.fault": "Fault",
    "kind.crash": "Crash",
    "kind.count": "Count",
    "kind.detected": "Detected",
    "kind.acknowledged": "Acknowledged",
    "kind.declared": "Declared",
    "kind.escalated": "Escalated",
    "kind.update": "Update",
    "kind.statement": "Statement",
    "kind.action": "Action",
    "kind.restart": "Restart",
    "kind.mitigated": "Mitigated",
    "kind.resumed": "Resumed",
    "kind.resolved": "Resolved",
    "kind.note": "Note",
    "status.ongoing": "ongoing",
    "status.mitigated": "mitigated",
    "status.resolved": "resolved",
    "review.draft": "draft",
    "review.in-review": "in review",
    "review.accepted": "accepted",
    "state.ok": "working",
    "state.degraded": "degraded",
    "state.down": "down",
    "state.recovering": "recovering",
    "source.telemetry": "telemetry",
    "source.alert": "alert",
    "source.chat": "chat",
    "source.document": "document",
    "source.press": "press",
    "source.observer": "observer",
    "source.participant": "participant",
    "source.vendor": "vendor",
    "reliability.A": "A, completely reliable",
    "reliability.B": "B, usually reliable",
    "reliability.C": "C, fairly reliable",
    "reliability.D": "D, not usually reliable",
    "reliability.E": "E, unreliable",
    "reliability.F": "F, cannot be judged",
    "factor.trigger": "trigger",
    "factor.cause": "cause",
    "factor.contributing": "contributing",
    "factor.amplifier": "amplifier",
    "factor.barrier-held": "barrier that held",
    "factor.barrier-failed": "barrier that failed",
    "confidence.established": "established",
    "confidence.likely": "likely",
    "confidence.suspected": "suspected",
    "action.open": "open",
    "action.in-progress": "in progress",
    "action.done": "done",
    "action.dropped": "dropped",
    "purpose.prevent": "prevent",
    "purpose.detect": "detect",
    "purpose.mitigate": "mitigate",
    "purpose.process": "process",
    "purpose.learn": "learn",
    # Bands of the timeline that are no phases.
    "band.all": "Timeline",
    "band.before": "Before",
    "band.between": "Between phases",
    "band.afterwards": "Afterwards",
    "band.undated": "Undated",
    "band.open-end": "end not known",
    # The timeline and the metrics in a terminal.
    "terminal.zero": "{zero} = {own} {zone}",
    "terminal.events.one": "1 event",
    "terminal.events": "{count} events",
    "terminal.sources.one": "1 source",
    "terminal.sources": "{count} sources",
    "terminal.kind": "kind",
    "terminal.what": "what",
    "terminal.order": "order to the entry above not known",
    "terminal.ruled": "ruled: {because}",
    "terminal.open": "left open: {because}",
    "terminal.set-aside": "set aside",
    "terminal.left-out.one": "1 event was not known by then, or nothing says when, and is left out",
    "terminal.left-out": "{count} events were not known by then, or nothing says when, and are left out",
    "terminal.metrics": "metrics",
    "terminal.legend": "legend",
    "terminal.exact": "exact",
    "terminal.about": "about, with bounds",
    "terminal.range": "somewhere inside",
    "terminal.after": "open-ended",
    "terminal.span": "from start to end",
    # Tables of the timeline and of metrics.
    "timeline.event": "Event",
    "timeline.sources": "Sources",
    "metrics.metric": "Metric",
    "metrics.value": "Value",
    "metrics.bounds": "Bounds",
    "metrics.definition": "Definition",
    "metrics.counts": "Counts",
    "metrics.count": "Count",
    "metrics.when": "When",
    "metrics.said": "As stated",
    # Days of the calendar, from Monday; months from January.
    "day.0": "Monday",
    "day.1": "Tuesday",
    "day.2": "Wednesday",
    "day.3": "Thursday",
    "day.4": "Friday",
    "day.5": "Saturday",
    "day.6": "Sunday",
    "month.1": "January",
    "month.2": "February",
    "month.3": "March",
    "month.4": "April",
    "month.5": "May",
    "month.6": "June",
    "month.7": "July",
    "month.8": "August",
    "month.9": "September",
    "month.10": "October",
    "month.11": "November",
    "month.12": "December",
    "date.long": "{weekday} {day} {month} {year}",
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language of a report: its table of fixed words and how it writes numbers."""

    code: str
    group: str
    point: str
    table: dict[str, str] = field(repr=False, hash=False)

    def say(self, key: str, **values: object) -> str:
        """Return the phrase of that key with its placeholders filled; a key without a row is a KeyError."""
        phrase = self.table[key]
        return phrase.format(**values) if values else phrase


ENGLISH = Language("en", ",", ".", _ENGLISH | PAGE_ENGLISH)
