"""Files beside a log are linked to, in a Markdown report, by the way from where the report is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.cli.main import run

LOG = """
format: postmortem/1
title: T
status: resolved
date: 2024-03-01
timezone: UTC
summary: "See ![the graph](graph.png), [notes](notes.md#a), [here](#e1), [there](https://example.org/x)."
timeline:
  - {at: "18:20", what: "It stops. [notes](more notes.md)"}
"""


@pytest.mark.parametrize(
    ("out", "way"), [("logs", ""), ("build", "../logs/"), ("build/deep", "../../logs/"), ("logs/sub", "../")]
)
def test_relative_addresses_lead_to_the_logs_folder(
    out: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "log.yaml").write_text(LOG, encoding="utf-8")
    assert run(["render", "logs/log.yaml", "--format", "md", "-o", out]) == 0
    page = (tmp_path / out / "log.md").read_text(encoding="utf-8")
    for address in ("graph.png", "notes.md#a"):
        assert f"]({way}{address})" in page
    assert "](#e1)" in page
    assert "](https://example.org/x)" in page
