"""Golden files: every text format of one small log, byte for byte, and the same in another process."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.report.explain.explain import explain
from postmortem.report.facts.facts import Facts
from postmortem.report.markdown.markdown import markdown
from postmortem.report.metrics.as_csv import metrics_csv
from postmortem.report.metrics.as_json import metrics_json
from postmortem.report.metrics.as_markdown import metrics_markdown
from postmortem.report.metrics.as_text import metrics_text
from postmortem.report.timeline.as_csv import timeline_csv
from postmortem.report.timeline.as_ics import timeline_ics
from postmortem.report.timeline.as_json import timeline_json
from postmortem.report.timeline.as_markdown import timeline_markdown
from postmortem.report.timeline.as_mermaid import timeline_mermaid
from postmortem.report.timeline.as_text import timeline_text

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "report"
Lines = Callable[[tuple[str | int, ...]], int]

FORMATS: dict[str, Callable[[Facts, Lines], str]] = {
    "report.md": markdown,
    "timeline-120.txt": lambda facts, _: timeline_text(facts, 120),
    "timeline-80-ascii.txt": lambda facts, _: timeline_text(facts, 80, ascii_only=True),
    "timeline-60.txt": lambda facts, _: timeline_text(facts, 60),
    "timeline.json": timeline_json,
    "timeline.md": lambda facts, _: timeline_markdown(facts),
    "timeline.csv": lambda facts, _: timeline_csv(facts),
    "timeline.ics": lambda facts, _: timeline_ics(facts),
    "timeline.mmd": lambda facts, _: timeline_mermaid(facts),
    "metrics.txt": lambda facts, _: metrics_text([facts], 100),
    "metrics.json": lambda facts, line_of: metrics_json([(facts, line_of)]),
    "metrics.md": lambda facts, _: metrics_markdown([facts]),
    "metrics.csv": lambda facts, _: metrics_csv([facts]),
    "explain-move.txt": lambda facts, line_of: explain(facts, "move", line_of) or "",
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_as_it_was(name: str, rooms: Facts, line_of: Lines) -> None:
    made = FORMATS[name](rooms, line_of).encode("utf-8")
    place = GOLDEN / name
    if os.environ.get("POSTMORTEM_GOLDEN") == "write":
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(made)
    assert made.decode("utf-8") == place.read_bytes().decode("utf-8")


def test_every_golden_file_has_its_format() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(FORMATS)


_PROGRAM = """
import hashlib, importlib.util, sys
sys.path[:0] = [{root!r}]
def load(name):
    spec = importlib.util.spec_from_file_location(name, {folder!r} + "/" + name + ".py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
log, golden = load("conftest"), load("test_golden")
facts, digest = log.make(), hashlib.sha256()
for name in sorted(golden.FORMATS):
    digest.update(golden.FORMATS[name](facts, log.line_of).encode())
print(digest.hexdigest())
"""


@pytest.mark.parametrize(
    ("seed", "zone", "locale"), [("1", "Asia/Tokyo", "C"), ("77", "America/New_York", "de_DE.UTF-8")]
)
def test_the_bytes_depend_on_nothing_but_the_log(
    seed: str, zone: str, locale: str, tmp_path: Path, rooms: Facts, line_of: Lines
) -> None:
    digest = hashlib.sha256()
    for name in sorted(FORMATS):
        digest.update(FORMATS[name](rooms, line_of).encode())
    program = _PROGRAM.format(root=str(ROOT), folder=str(Path(__file__).parent))
    env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path, env=env
    )
    assert done.stdout.strip() == digest.hexdigest()
