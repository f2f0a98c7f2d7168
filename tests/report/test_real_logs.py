"""Real logs through the whole stairs: every text format holds, and shows nothing finer than is known."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from postmortem.flow import Judged, judge
from postmortem.report.escaping.mermaid_text import MOST_CHARACTERS
from postmortem.report.explain.explain import explain, things
from postmortem.report.facts.facts import Facts
from postmortem.report.facts.gather import gather
from postmortem.report.markdown.markdown import markdown
from postmortem.report.metrics.as_json import metrics_json
from postmortem.report.terminal.columns import width
from postmortem.report.timeline.as_csv import timeline_csv
from postmortem.report.timeline.as_json import timeline_json
from postmortem.report.timeline.as_mermaid import timeline_mermaid
from postmortem.report.timeline.as_text import timeline_text

LOGS = sorted((Path(__file__).resolve().parents[2] / "incidents").glob("*.yaml"))

SPEC_EXAMPLE = """\
format: postmortem/1
title: Live audio launch
id: desantis
date: 2023-05-24
timezone: America/New_York
status: resolved
t0: scheduled
sources:
  nbc: {title: NBC}
  article: {title: The article}
timeline:
  - {id: scheduled, at: "18:00:00", kind: scheduled, what: Planned start., source: nbc}
  - id: second-room
    kind: restart
    what: A second room is started.
    component: second-room
    claims:
      - {source: nbc, at: scheduled + ~20m, stated: "about 20 minutes after the scheduled start"}
      - {source: article, stated: "eventually"}
components:
  second-room: {title: Second room}
"""


def _judged(path: Path) -> tuple[Judged, Facts]:
    judged = judge(path.name, path.read_bytes(), path.parent)
    assert judged.metrics is not None, [one.message for one in judged.diagnostics]
    return judged, gather(judged.metrics, path.stem)


def test_the_contract_s_own_example_reads_as_it_says() -> None:
    judged = judge("desantis.yaml", SPEC_EXAMPLE.encode(), None)
    assert judged.metrics is not None, [one.message for one in judged.diagnostics]
    told = json.loads(timeline_json(gather(judged.metrics, "desantis"), judged.line_of))
    room = told["events"][1]
    assert room["id"] == "second-room"
    assert (room["components"], room["sources"]) == (["second-room"], ["nbc", "article"])
    assert room["at"]["earliest"] == "2023-05-24T18:18:00-04:00"
    assert room["at"]["latest"].startswith("2023-05-24T18:22:0")
    assert room["at"]["nominal"] == "2023-05-24T18:20:00-04:00"
    assert room["at"]["text"] == "≈18:20"
    assert (room["end"], room["order"], room["conflict"]) == (None, "sure", None)
    last = room["proof"]["latest"][-1]
    assert (last["text"], last["source"]) == ("scheduled + ~20m", "nbc")
    assert SPEC_EXAMPLE.split("\n")[last["line"] - 1].strip().startswith("- {source: nbc")


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_every_format_of_a_real_log_holds(path: Path) -> None:
    judged, facts = _judged(path)
    told = json.loads(timeline_json(facts, judged.line_of))
    assert len(told["events"]) + len(told["undated"]) == len(facts.rows)
    rows = list(csv.reader(io.StringIO(timeline_csv(facts)), strict=True))
    assert len(rows) == len(facts.rows) + 1
    assert len(timeline_mermaid(facts)) <= MOST_CHARACTERS
    for columns in (60, 100, 200):
        assert max(width(line) for line in timeline_text(facts, columns).splitlines()) <= columns
    figures = json.loads(metrics_json([(facts, judged.line_of)]))
    assert [one["id"] for one in figures["metrics"]]
    assert all(explain(facts, thing, judged.line_of) for thing in things(facts))


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_the_report_of_a_real_log_is_whole(path: Path) -> None:
    judged, facts = _judged(path)
    text = markdown(facts, judged.line_of)
    targets = set(re.findall(r'<a id="([^"]+)"></a>', text))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= targets, "a link on the page leads nowhere"
    assert {f"e{row.number}" for row in facts.rows} <= targets
    assert {f"s-{one.id}" for one in facts.evidence} <= targets
    assert {f"f-{one.id}" for one in facts.factors} <= targets
    gantt = text.split("```mermaid\ngantt\n", 1)[1].split("```", 1)[0]
    assert sum(1 for line in gantt.splitlines() if line.startswith("    ")) <= 8
    assert len(text) < 1_000_000


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_nothing_is_shown_finer_than_it_is_known(path: Path) -> None:
    judged, _ = _judged(path)
    assert judged.metrics is not None
    facts = gather(judged.metrics, path.stem, zone="UTC")
    minute = 60_000_000
    for row in facts.rows:
        at = row.event.at
        text = facts.clock.time(at)
        if re.fullmatch(r"\d\d:\d\d", text):
            assert at.earliest is not None
            assert at.latest is not None
            assert at.latest - at.earliest <= minute
        assert ("≈" in text) <= at.named
