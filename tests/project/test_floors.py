"""The law of floors: a folder imports only from lower floors and from itself; imports that cost come late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("ground", "read", "model", "check", "resolve", "measure", "report", "flow", "cli")
WINGS = ("review",)
"""Rooms beside the stairs: they import downwards, and only the command line enters them."""
MODULES = sorted((ROOT / "postmortem").rglob("*.py"))


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written in full"
            yield from (f"{node.module}.{one.name}" for one in node.names)


def floor_of(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[1] if parts[0] == "postmortem" and len(parts) > 1 and parts[1] in (*FLOORS, *WINGS) else None


def own_floor(module: Path) -> str | None:
    first = module.relative_to(ROOT / "postmortem").parts[0].removesuffix(".py")
    return first if first in (*FLOORS, *WINGS) else None


def height(room: str) -> int:
    """Wings stand above the last floor of the house proper and below flow and the command line."""
    return FLOORS.index("report" if room in WINGS else room)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_goes_up(module: Path) -> None:
    floor = own_floor(module)
    if floor is None:
        return
    upward = [
        name
        for name in imported(module)
        if (other := floor_of(name)) is not None and height(other) > height(floor)
    ]
    assert upward == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_command_line_enters_a_wing(module: Path) -> None:
    room = own_floor(module)
    entered = {other for name in imported(module) if (other := floor_of(name)) in WINGS and other != room}
    assert not entered or room == "cli"


def test_every_folder_is_a_floor() -> None:
    folders = {path.name for path in (ROOT / "postmortem").iterdir() if (path / "__init__.py").is_file()}
    assert folders == (set(FLOORS) - {"flow"}) | set(WINGS)


def test_check_imports_nothing_that_only_reports_need() -> None:
    script = (
        "import sys, postmortem.flow\n"
        "heavy = {'jinja2', 'markdown_it', 'dateutil', 'pyarrow', 'json'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_version_is_told_with_nothing_imported() -> None:
    script = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "sys.argv = ['postmortem', '--version']\n"
        "import postmortem.__main__ as entrance\n"
        "entrance.main()\n"
        "print(sorted(name for name in set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True, timeout=60
    )
    version, modules = done.stdout.splitlines()
    assert version.startswith("postmortem 0.")
    assert modules == "['__future__', 'postmortem', 'postmortem.__main__']"
