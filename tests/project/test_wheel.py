"""The wheel, built and installed into a clean environment, renders from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(folder),
            str(ROOT),
        ],
        check=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )
    (found,) = folder.glob("postmortem_log-*.whl")
    return found


def test_the_wheel_holds_templates_and_rule_pages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("templates/report.html.j2", "templates/report.md.j2", "rules/PM205.md", "py.typed"):
        assert f"postmortem/{wanted}" in names
    assert all(name.startswith(("postmortem/", "postmortem_log-")) for name in names)


def test_it_renders_in_a_clean_environment_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    binary = home / "bin"
    subprocess.run([binary / "python", "-m", "pip", "install", "-q", str(wheel)], check=True, timeout=600)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "POSTMORTEM_"))}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    log = ROOT / "incidents" / "desantis.yaml"
    done = subprocess.run(
        [binary / "postmortem", "render", str(log)],
        cwd=elsewhere,
        env=clean,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (elsewhere / "build" / "desantis.html").read_text(encoding="utf-8")
    assert "<!doctype html>" in page[:20].lower()
    assert (elsewhere / "build" / "desantis.md").read_text(encoding="utf-8").startswith("<!--")
    explained = subprocess.run(
        [binary / "postmortem", "explain", "PM205"], cwd=elsewhere, env=clean, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert explained.returncode == 0
    assert "PM205" in explained.stdout
