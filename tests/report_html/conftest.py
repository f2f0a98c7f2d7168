"""A log that uses every part of the format, taken up the real stairs to its page."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml

from postmortem.flow import judge
from postmortem.report.facts.facts import Facts
from postmortem.report.facts.gather import gather
from postmortem.report.page.html import html

LOG = """
format: postmortem/1
id: rooms
title: Two rooms, one evening
date: 2023-05-24
timezone: America/New_York
status: resolved
review: in-review
severity: SEV2
summary: The sound failed at `18:00`, and a *second* room carried the speech.
impact: |
  People heard nothing.

  # A heading

  - one
  - two
background: Nothing of that size had been tried.
authors: [Review group]
people: {host: {role: The host}}
tags: [capacity]
links: ["https://example.org/article"]
related: [other-incident]
t0: start
components:
  first: {title: First room}
  second: {title: Second room}
measures:
  people: {title: People, unit: people, kind: gauge}
  errors: {title: Errors, unit: errors a minute, kind: gauge}
sources:
  press: {title: The press, kind: press, url: "https://example.org/press", reliability: B, published: 19:00}
  air: {title: On air, kind: participant, clock: ±2m, note: A recording.}
  data: {title: Room data, kind: telemetry, reliability: A, archived: "https://example.org/copy"}
phases:
  - {title: "First room, degraded", from: start, to: move, state: degraded}
  - {title: "Second room, stable", from: move, state: ok}
figures:
  - {title: Start delayed by, metric: start_delay}
  - {title: In the first room, count: peak.people}
timeline:
  - {id: start, at: "18:00", kind: scheduled, what: The start is due., source: press, highlight: true}
  - id: sound
    at: within 2m after start
    until: move
    kind: impact
    what: The sound breaks.
    source: [press, air]
    component: first
  - id: melt
    at: between start and move
    kind: statement
    what: The host speaks of the load.
    by: host
    source: air
    quote: {by: The host, text: It is close to melting.}
  - id: some
    at: between start and move
    kind: count
    what: Some people came.
    source: data
    component: first
    counts: {people: 300k+}
  - id: peak
    at: "18:20"
    kind: count
    what: Nearly all were there.
    source: press
    component: first
    counts: {people: {value: nearly 600k, stated: "nearly 600,000"}}
    claims:
      - {source: data, counts: {people: 668k}}
    ruling: {prefer: press, because: It alone has a clock time.}
  - id: growth
    at: about 18:20
    kind: count
    what: It grows.
    source: air
    component: first
    counts: {people: +50k/min}
  - id: move
    at: about 20m after start
    kind: restart
    what: The first room is closed.
    source: press
    claims:
      - {source: air, at: 18:40, stated: twenty to seven}
    ruling: {open: true, because: Nobody can tell.}
  - {id: speech, at: after move, kind: resumed, what: The speech is read., source: press, component: second}
  - id: many
    at: after speech
    kind: count
    what: People in the second room.
    source: data
    component: second
    counts: {people: about 161k}
  - {id: story, at: 2023-05-25 10:00, kind: note, what: A story appears., source: press}
  - {id: whenever, kind: note, what: Nobody knows when., source: air}
series:
  - measure: errors
    source: data
    points: [["18:00", 1], ["18:01", 5], ["18:02", 90], ["18:03", 4], ["18:04", 2]]
metrics:
  - id: share
    title: Share that came along
    ratio: {of: many.people, to: peak.people}
    note: Of the count.
factors:
  - id: F1
    what: One room for all.
    kind: cause
    confidence: established
    evidence: [press]
    leads_to: [F2]
  - id: F2
    what: Too much load.
    kind: cause
    confidence: suspected
    evidence: [melt]
    leads_to: [sound]
    because: Said on air.
  - {id: F3, what: A second room was at hand., kind: barrier-held, confidence: likely, leads_to: [speech]}
actions:
  - id: A1
    what: Try it out before.
    owner: host
    due: 2023-07-01
    kind: prevent
    addresses: [F1]
    verify: It holds.
    status: open
  - {what: Watch the counts., kind: detect, addresses: [F2], status: done, url: "https://example.org/2"}
perspectives:
  - {who: Supporters, says: A win., source: press}
questions:
  - {what: "Who closed it?", owner: host, status: open}
lessons: {went_well: [A recording stayed.], went_wrong: [No trial.], got_lucky: [The host was there.]}
"""

Parts = dict[str, Any]
Render = Callable[[Parts], str]
VOID = frozenset(("meta", "br", "wbr", "hr", "input", "img", "link", "col"))


class Tree(HTMLParser):
    """Every start tag with its attributes, in order; complains of tags that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1] == tag, (tag, self._open[-4:])
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def parts() -> Parts:
    """Return the log as a tree that a test may change."""
    stated: Parts = yaml.load(LOG, yaml.BaseLoader)
    return stated


def facts_of(stated: Parts) -> tuple[Facts, Callable[[tuple[str | int, ...]], int]]:
    """Take a log up the stairs."""
    data = yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, default_style='"').encode("utf-8")
    judged = judge("rooms.yaml", data, None)
    assert judged.metrics is not None, judged.diagnostics
    return gather(judged.metrics, "rooms"), judged.line_of


def rendered(stated: Parts, **options: Any) -> str:
    facts, line_of = facts_of(stated)
    return html(facts, line_of, **options)


@pytest.fixture
def log() -> Parts:
    """The log as a tree that a test may change."""
    return parts()


@pytest.fixture(scope="session")
def render() -> Callable[..., str]:
    """Take a log (a tree) up the stairs and render its page."""
    return rendered


@pytest.fixture(scope="session")
def gathered() -> Callable[..., Any]:
    """Take a log (a tree) up the stairs: its facts, and the lines of its routes."""
    return facts_of


@pytest.fixture(scope="session")
def parse() -> type[Tree]:
    """Parse a page into its tags."""
    return Tree


@pytest.fixture(scope="session")
def page() -> str:
    """The page of the whole log."""
    return rendered(parts())


@pytest.fixture(scope="session")
def tree(page: str) -> Tree:
    """The tags of the page of the whole log."""
    return Tree(page)
