"""Words for the parts of a log: what has no title of its own is called by its id."""

from __future__ import annotations

import pytest

from postmortem.flow import judge
from postmortem.report.facts.gather import gather
from postmortem.report.markdown.markdown import markdown
from postmortem.report.wording.words import component_title, measure_title, source_title

LOG = """
format: postmortem/1
title: Two counts
date: 2024-01-01
timezone: UTC
status: resolved
components: {{room: {{title: {title}}}}}
measures: {{people: {{title: {title}, unit: people, kind: gauge}}}}
sources: {{desk: {{title: {title}}}, door: {{title: The door}}}}
timeline:
  - {{id: start, at: "10:00", kind: impact, what: It starts., source: desk, component: room}}
  - id: most
    at: "10:01"
    kind: count
    what: Some came.
    source: desk
    counts: {{people: 100}}
    claims: [{{source: door, counts: {{people: 200}}}}]
    ruling: {{prefer: desk, because: It is nearer.}}
"""


@pytest.mark.parametrize("title", ["''", "' '"])
def test_what_has_an_empty_title_is_called_by_its_id(title: str) -> None:
    judged = judge("two.yaml", LOG.format(title=title).encode(), None)
    assert judged.metrics is not None
    facts = gather(judged.metrics, "two")
    assert source_title(facts.incident, "desk") == "desk"
    assert component_title(facts.incident, "room") == "room"
    assert measure_title(facts.incident, "people") == "people"
    assert "people" in markdown(facts, judged.line_of).split("[!NOTE]")[1]
