"""The Markdown report where it is read: through GitHub's own parser, its charts drawn by the real Mermaid."""

from __future__ import annotations

import html as markup
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from postmortem.flow import judge
from postmortem.ground.settings import LANGUAGES
from postmortem.report.facts.gather import gather
from postmortem.report.markdown.markdown import markdown
from postmortem.report.timeline.as_mermaid import timeline_mermaid
from postmortem.report.wording.phrases import language_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOGS = sorted((ROOT / "incidents").glob("*.yaml"))
NASTY = (
    "end",
    "graph",
    "click A call alert(1)",
    "%%{init: {}}%%",
    "a;b#c:d",
    "subgraph x",
    "]]) --> B",
    "section s",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`a`|b|c",
    "\\\\",
    '"',
    "'",
    "#quot;",
    "javascript:alert(1)",
    "dateFormat X",
    "done, crit",
    "\u05d0\u05d1\u05d2",
    "-- --",
    "| a | b |",
    "```mermaid",
    "~~~",
    "[x](javascript:alert(1))",
    "![](https://example.org/x.png)",
    "@team fixes #1",
)
LOG = """
format: postmortem/1
id: nasty
title: {text}
date: 2024-02-03
timezone: UTC
status: resolved
sources: {{s: {{title: {text}, kind: press}}}}
components: {{c: {{title: {text}}}}}
phases: [{{title: {text}, from: a, to: b, state: down}}, {{title: {text}, from: b}}]
timeline:
  - {{id: a, at: "10:00", kind: impact, what: {text}, source: s, component: c}}
  - {{id: b, at: "10:10 ±2m", kind: resolved, what: {text}, source: s}}
factors:
  - {{id: f, what: {text}, kind: cause, confidence: likely, leads_to: [a]}}
actions: [{{what: {text}, owner: {text}}}]
perspectives: [{{who: {text}, says: {text}, source: s}}]
"""
HEAD = "format: postmortem/1\ntitle: A log\nstatus: resolved\ndate: 2024-02-03\ntimezone: UTC\n"
FEW_TIMES = {
    "no time": "timeline: [{id: a, what: A., kind: impact}, {id: b, what: B., at: after a}]",
    "no time, a phase": "phases: [{title: P, from: a}]\ntimeline: [{id: a, what: A.}]",
    "one moment": 'timeline: [{what: A., at: "2024-02-03T10:00:00.5Z"}]',
    "one moment twice": 'timeline: [{what: A., at: "10:00:00"}, {what: B., at: "10:00:00"}]',
    "one moment, a phase": 'phases: [{title: P, from: a}]\ntimeline: [{id: a, what: A., at: "10:00:00"}]',
    "one minute": 'timeline: [{what: A., at: "10:00"}]',
    "only after": "timeline: [{what: A., at: after 10:00}]",
    "only by": "timeline: [{what: A., at: by 10:00}]",
    "years apart": "timeline: [{what: A., at: 1971-01-02 10:00}, {what: B., at: 2024-02-03 10:00}]",
}
"""Logs whose charts have little to stand on, or too much."""


def _refuse(lacks: str) -> None:
    """Skip with the reason; fail where CI demands the tools."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI runs these tests, but these are missing: {lacks}")
    pytest.skip(f"not installed: {lacks}")


def _chromium() -> str | None:
    named = os.environ.get("POSTMORTEM_CHROMIUM")
    return named or next(
        (one for one in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if one), None
    )


def _reports() -> dict[str, tuple[str, str]]:
    """Return each log's Markdown and its whole timeline as a chart, by name."""
    out = {}
    for log in LOGS:
        for code in LANGUAGES:
            out[f"{log.stem}.{code}"] = _report(log.name, log.read_bytes(), code)
    for number, text in enumerate(NASTY):
        code = sorted(LANGUAGES)[number % len(LANGUAGES)]
        out[f"nasty-{number}"] = _report("nasty.yaml", LOG.format(text=json.dumps(text)).encode(), code)
    for name, text in FEW_TIMES.items():
        out[name] = _report("few.yaml", f"{HEAD}{text}\n".encode(), "en")
    return out


def _report(name: str, data: bytes, code: str) -> tuple[str, str]:
    judged = judge(name, data, ROOT / "incidents")
    assert judged.metrics is not None, (name, judged.diagnostics)
    facts = gather(judged.metrics, name, language_of(code))
    return markdown(facts, judged.line_of), timeline_mermaid(facts)


@pytest.fixture(scope="module")
def reports() -> dict[str, tuple[str, str]]:
    return _reports()


@pytest.fixture(scope="module")
def pages(reports: dict[str, tuple[str, str]]) -> dict[str, str]:
    """The reports as GitHub's parser writes them."""
    if shutil.which("cmark-gfm") is None:
        _refuse("cmark-gfm")
    command = ["cmark-gfm", "--unsafe"]
    for extension in ("table", "strikethrough", "autolink", "tasklist", "tagfilter"):
        command += ["-e", extension]
    out = {}
    for name, (text, _) in reports.items():
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=60, check=True)
        out[name] = done.stdout.decode()
    return out


def _charts(page: str) -> list[str]:
    found = re.findall(
        r'<pre lang="mermaid"><code>(.*?)</code></pre>|<code class="language-mermaid">(.*?)</code>',
        page,
        re.DOTALL,
    )
    return [markup.unescape(one or other) for one, other in found]


def test_github_sees_tables_headings_and_charts(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert "<table>" in page, name
        assert "<h2" in page, name
        assert bool(_charts(page)) != name.startswith("no time"), name
        prose = re.sub(r"<pre.*?</pre>|<code>.*?</code>", "", page, flags=re.DOTALL)
        assert not re.search(r"^\|.*\|$", prose, re.MULTILINE), f"{name}: a table was not understood"
        assert "&lt;details" not in prose, name


def test_no_text_becomes_markup_of_its_own(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert not re.search(r"<(?:script|img|iframe|style)\b", page), name
        assert not re.search(r'href="(?:javascript|data|vbscript):', page), name
        assert "onerror=" not in re.sub(r"&lt;.*?&gt;", "", page), name


def test_real_mermaid_draws_every_chart(
    reports: dict[str, tuple[str, str]], pages: dict[str, str], tmp_path: Path
) -> None:
    lacks = [] if shutil.which("node") else ["node (20 or later)"]
    lacks += [] if _chromium() else ["chromium"]
    modules = Path(os.environ.get("POSTMORTEM_NODE_FOLDER") or HERE) / "node_modules"
    lacks += [one for one in ("playwright-core", "mermaid") if not (modules / one).is_dir()]
    if lacks:
        _refuse(", ".join(lacks))
    charts = [
        {"name": f"{name}:{number}", "text": text}
        for name, page in pages.items()
        for number, text in enumerate([*_charts(page), reports[name][1]])
    ]
    place = tmp_path / "charts.json"
    place.write_text(json.dumps(charts), encoding="utf-8")
    done = subprocess.run(
        ["node", str(HERE / "mermaid.mjs"), str(_chromium()), str(place)],
        capture_output=True, timeout=900, check=False,
        env={**os.environ, "POSTMORTEM_NODE_FOLDER": str(modules.parent)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    drawn: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(drawn) == len(charts)
    assert [(one["name"], one["error"]) for one in drawn if one["error"]] == []
    for one in drawn:
        assert one["away"] == [], one["name"]
        assert one["scripts"] == 0, one["name"]
        assert one["nodes"] > 0, one["name"]
        assert one["unknown"] == 0, f"{one['name']}: a coordinate is no number"
        assert len(one["texts"]) < 400, f"{one['name']}: a wall of labels"
