"""Harness of what is given on the command line: moments, zones, days, and the names of things to explain."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import click

from postmortem.cli.moments import day_of, moment, zone_name
from postmortem.flow import Judged, judge
from postmortem.measure.practice import silent_gap
from postmortem.report.explain.explain import explain, things
from postmortem.report.facts.gather import gather
from tests.fuzz.harnesses.notations import text_of

_LOG = b"""\
format: postmortem/1
title: A log
date: 2026-10-25
timezone: Europe/Berlin
status: resolved
measures: {users: {title: Users}}
sources: {pager: {title: The pager, published: 2026-10-26}}
timeline:
  - {id: a, at: 02:30, kind: impact, what: A., counts: {users: 40}, source: pager}
  - {id: b, at: 10m after a, kind: resolved, what: B., known: 04:00}
factors: [{id: f, what: F, leads_to: a}]
"""


@cache
def _log() -> Judged:
    return judge("log.yaml", _LOG, None)


def arguments(data: bytes) -> None:
    """Whatever is given is understood, or refused in words; what is known by any moment can be told."""
    text = text_of(data)
    log = _log()
    assert log.incident is not None
    assert log.metrics is not None
    _asked(lambda: zone_name(text))
    _asked(lambda: day_of(text))
    silent_gap(text)
    facts = gather(log.metrics, "log")
    for form in ("text", "json"):
        answer = explain(facts, text, log.line_of, form)
        assert answer is not None or text not in things(facts)
    at = _asked(lambda: moment(text, log.incident))  # type: ignore[arg-type]
    if isinstance(at, int):
        then = log.as_of(at)
        assert then.metrics is not None
        told = then.metrics.timeline
        assert len(told.events) + len(told.undated) <= 2


def _asked(ask: Callable[[], object]) -> object:
    """Return the answer, None for one that is refused in words."""
    try:
        return ask()
    except click.UsageError as refused:
        assert refused.message
        return None
