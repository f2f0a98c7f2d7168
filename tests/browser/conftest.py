"""A real browser for the tests of the page: skipped where it is missing, unless CI must have it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
PACKAGES = ("playwright-core", "axe-core", "html-validate", "vnu-jar", "markdown-it", "marked", "mermaid")
Visit = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


def _folder() -> Path:
    return Path(os.environ.get("POSTMORTEM_NODE_FOLDER") or HERE)


def _chromium() -> str | None:
    named = os.environ.get("POSTMORTEM_CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((one for one in found if one), None)


def chromium() -> str:
    """Return where Chromium is; the fixtures skip where there is none."""
    found = _chromium()
    assert found is not None
    return found


def missing() -> str:
    """Return what is not installed, in words; an empty text if all is there."""
    lacks = [] if shutil.which("node") else ["node (20 or later)"]
    lacks += [] if _chromium() else ["chromium"]
    modules = _folder() / "node_modules"
    lacks += [] if shutil.which("cmark-gfm") else ["cmark-gfm"]
    absent = [name for name in PACKAGES if not (modules / name).is_dir()]
    lacks += [f"{name} (npm install --prefix tests/browser)" for name in absent]
    return ", ".join(lacks)


def refuse(lacks: str) -> None:
    """Skip with the reason; fail where CI demands a browser."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI runs the browser tests, but these are missing: {lacks}")
    pytest.skip(f"not installed: {lacks}")


@pytest.fixture(scope="session")
def modules() -> Path:
    """The folder of node modules."""
    lacks = missing()
    if lacks:
        refuse(lacks)
    return _folder() / "node_modules"


@pytest.fixture(scope="session")
def visit(modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """Visit pages in Chromium: ``visit([{page, do: [...]}])`` gives what was seen, one record a visit."""

    def run(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        place = tmp_path_factory.mktemp("visits") / "jobs.json"
        place.write_text(json.dumps([{**one, "page": str(one["page"])} for one in jobs]), encoding="utf-8")
        done = subprocess.run(
            ["node", str(HERE / "visit.mjs"), str(_chromium()), str(place)],
            capture_output=True,
            env={**os.environ, "POSTMORTEM_NODE_FOLDER": str(modules.parent)},
            timeout=7200 if os.environ.get("POSTMORTEM_LONG") else 900,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        seen = [json.loads(line) for line in done.stdout.decode().splitlines()]
        assert not [one for one in seen if "failed" in one], seen
        return seen

    return run


@pytest.fixture(scope="session")
def pages(run_once: Callable[..., Path]) -> dict[str, Path]:
    """The rendered reports of `incidents/` and of the log of the page tests, by name."""
    folder = run_once()
    return {one.stem: one for one in sorted(folder.glob("*.html"))}


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Render all real logs, the log of the page tests and a log of 1,000 events into one folder."""
    import sys

    root = HERE.parents[1]

    def render() -> Path:
        logs = tmp_path_factory.mktemp("logs")
        out = tmp_path_factory.mktemp("pages")
        for one in sorted((root / "incidents").glob("*.yaml")):
            (logs / one.name).write_bytes(one.read_bytes())
        text = (root / "tests" / "report_html" / "conftest.py").read_text(encoding="utf-8")
        (logs / "rooms.yaml").write_text(text.split('LOG = """\n')[1].split('"""')[0], encoding="utf-8")
        (logs / "thousand.yaml").write_text(_thousand(), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "postmortem", "render", str(logs), "--format", "html", "-o", str(out)],
            check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(root)}, timeout=300,
        )  # fmt: skip
        return out

    return render


def _thousand() -> str:
    lines = [
        "format: postmortem/1", "title: A thousand events", "timezone: Europe/Paris", "date: 2024-03-01",
        "status: resolved", "sources: {mon: {title: Monitoring, kind: telemetry}}", "timeline:",
    ]  # fmt: skip
    for number in range(1000):
        kind = {3: "impact", 9: "detected", 990: "resumed"}.get(number, "note")
        day, minute = divmod(number * 4, 1440)
        at = f"2024-03-{1 + day:02} {minute // 60:02}:{minute % 60:02}"
        what = f"Something that is worth a note happens to node {number}"
        lines.append(f"  - {{id: n{number}, at: {at}, kind: {kind}, what: {what}, source: mon}}")
    return "\n".join(lines) + "\n"
