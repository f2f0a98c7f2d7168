"""Faults at every call of the commands that write, and kills: each file is whole, and success is no lie.

A night's run takes every fault at every call of every command, and 1,000 kills:
`POSTMORTEM_KILLS=1000 python tests/bench/files.py`.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="commands are broken in forks of one process, which this system has not"
)
FLOOR = ("ground/disk.py", "ground/files.py")
"""All that writes for the user goes through these two."""

MAKING = {
    "write_text",
    "write_bytes",
    "touch",
    "mkdir",
    "makedirs",
    "unlink",
    "rmdir",
    "truncate",
    "rmtree",
} | {*("symlink_to", "hardlink_to", "mkstemp", "TemporaryDirectory", "NamedTemporaryFile", "TemporaryFile")}
KNOWN = {
    ("cli/git_setup.py", "unlink"),  # .gitattributes that would be empty
    ("cli/main.py", "write_text"),  # of click's help
    ("report/templating/compiled.py", "mkdir"),  # __pycache__
}


def told(tmp_path: Path, *words: str) -> Iterator[dict[str, Any]]:
    """Run the commands with faults or kills, and yield what came of each."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.safety.break_and_kill", str(tmp_path), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        timeout=600,
        check=True,
    )
    for line in done.stdout.splitlines():
        yield json.loads(line)


@pytest.mark.parametrize("command", ["render anew", "fmt", "new", "git-setup --shared"])
def test_a_fault_at_any_call_leaves_whole_files_and_one_sentence(tmp_path: Path, command: str) -> None:
    (one,) = told(tmp_path, "--command", command, "--kinds", "all")
    assert one["problems"] == []
    assert {"open", "write", "fsync", "fstat", "close", "unlink"} <= set(one["kinds"])
    assert {"replace", "link"} & set(one["kinds"])
    failed = [int(kind.split()[1]) for kind in one["faults"]]
    assert 2 in failed and 0 in failed  # the last run of all comes through
    assert -9 in failed


def test_a_file_of_a_folder_of_templates_is_whole_or_not_there(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "--command", "compiled templates", "--kinds", "EACCES,kill")
    assert one["problems"] == []
    assert any("package/__pycache__/" in call and "replace" not in call for call in one["trace"])


def test_a_kill_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "--command", "render", "--kills", "12")
    assert one["problems"] == []
    assert one["kills"]["killed"] > 0


def test_what_is_written_in_place_is_seen_to_be_torn(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "--command", "schema", "--kinds", "kill,EIO", "--naive")
    assert "out.txt is neither what it was nor what it should be" in "".join(one["problems"])


def test_nothing_else_of_the_package_writes_files() -> None:
    """A new place that writes by itself would be one whose calls nobody breaks."""
    found = {
        (name, node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id)
        for module in sorted((ROOT / "postmortem").rglob("*.py"))
        if (name := module.relative_to(ROOT / "postmortem").as_posix()) not in FLOOR
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name))
    }
    assert {one for one in found if one[1] in MAKING} == KNOWN
    assert {name for name, call in found if call == "open" and name.startswith("cli/")} == {
        "cli/ci_comment.py",  # an address
    }
