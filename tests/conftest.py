"""What all tests share: the real command line, and where foreign data is read in place."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Ran:
    """What one run of the command gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the real command in a folder of its own: ``run("check", "log.yaml", stdin=..., env=...)``."""

    def command(
        *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None, cwd: Path | None = None
    ) -> Ran:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("POSTMORTEM_")}
        clean.pop("NO_COLOR", None)
        clean |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"} | (env or {})
        done = subprocess.run(
            [sys.executable, "-m", "postmortem", *arguments],
            input=stdin,
            capture_output=True,
            cwd=cwd or tmp_path,
            env=clean,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return command


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of foreign data beside the checkout; a test that needs it is skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip("the folder of foreign data is not beside this checkout")
    return SHARED
