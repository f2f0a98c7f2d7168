"""Hostile logs in a real browser: nothing runs, nothing leaves, policy or not, escaping or not."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Visit = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
BROKEN = (
    "<script>window.__hit='script'</script>",
    "<img src='https://evil.example/a.png' onerror=\"window.__hit='onerror'\">",
    "<svg onload=\"window.__hit='onload'\"></svg>",
    "<iframe srcdoc=\"<script>parent.__hit='frame'</script>\"></iframe>",
    "<link rel='stylesheet' href='https://evil.example/a.css'>",
    "<style>@import url(https://evil.example/b.css);body{background:url(https://evil.example/c.png)}</style>",
    "<form action='https://evil.example'><input autofocus onfocus=\"window.__hit='focus'\"></form>",
    "<base href='https://evil.example/'><object data='https://evil.example/d'></object>",
    "<script src='https://evil.example/e.js'></script><video src='https://evil.example/f'></video>",
)


def _load(name: str) -> ModuleType:
    place = Path(__file__).resolve().parents[1] / "report_html" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"hostile_{name}", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_text_of_a_log_runs_though_the_policy_is_taken_out(visit: Visit, tmp_path: Path) -> None:
    log, escaping = _load("conftest"), _load("test_html_escaping")
    texts = escaping._texts()
    if not os.environ.get("POSTMORTEM_LONG"):
        texts = texts[::4]
    jobs = []
    for number, text in enumerate(texts):
        page = log.rendered(escaping.filled(log.parts(), text))
        place = tmp_path / f"{number}.html"
        # A script of a payload would say so; alert() is caught as a dialog.
        place.write_text(page, encoding="utf-8")
        jobs.append({"page": place, "do": ["hostile"], "bypass": True, "wait": 20})
    for start in range(0, len(jobs), 100):
        for one in visit(jobs[start : start + 100]):
            assert one["ran"] == [], one
            assert one["away"] == [], one
            assert one["changed"] is None, one


@pytest.mark.parametrize("payload", BROKEN)
def test_the_policy_alone_holds_where_escaping_is_broken(payload: str, visit: Visit, tmp_path: Path) -> None:
    log = _load("conftest")
    page = log.rendered(log.parts()).replace("The sound breaks.", payload, 3)
    assert payload in page
    place = tmp_path / "broken.html"
    place.write_text(page, encoding="utf-8")
    (one,) = visit([{"page": place, "do": ["hostile"], "wait": 300}])
    assert one["changed"] is None
    assert one["ran"] == []
    assert one["away"] == []
