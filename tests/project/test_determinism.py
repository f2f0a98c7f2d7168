"""The same bytes out for the same bytes in: over hash seeds, zones, locales, folders, clocks and Pythons.

The normal run takes a few corners of the matrix, with every output of a log in each; `POSTMORTEM_LONG` takes
all of it: 10 seeds x 4 zones x 3 locales x 2 folders, by each Python that is there with its libraries.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

DRIVER = Path(__file__).with_name("every_output.py")
FLAGSHIP = ROOT / "incidents" / "desantis.yaml"
FAULTY = """\
format: postmortem/1
title: Many mistakes
date: 2023-05-24
timezone: America/New_York
status: resolved
titel: x
sources:
  a: {title: A}
  b: {title: B, kind: pres}
timeline:
  - {id: one, at: 18:2O, kind: impact, what: One., source: a}
  - {id: two, at: 18:10, kind: note, what: Two., source: [a, c], claims: [{source: b, at: 18:50}]}
  - {id: two, at: after nowhere, kind: note, what: Three., source: zz, until: 17:00}
  - {id: three, at: after four, kind: note, what: Four., source: b}
  - {id: four, at: after three, kind: note, what: Five., source: b, wat: 1, huh: 2}
factors: [{id: f, what: F., leads_to: [g]}, {id: g, what: G., leads_to: [f]}]
"""
SEEDS = tuple(str(seed) for seed in range(10))
ZONES = ("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Chatham")
LOCALES = ("C", "C.UTF-8", "de_DE.UTF-8")  # one that is not installed must not matter either
FOLDERS = ("beside", "elsewhere")
CORNERS = (
    ("0", "UTC", "C.UTF-8", "beside"),
    ("1", "Pacific/Chatham", "C", "elsewhere"),
    ("7", "America/New_York", "de_DE.UTF-8", "beside"),
)
OF_NAMES = ("check.sarif", "check.gitlab", "diff.text", "diff.json", "diff.md")
"""Forms that hold the name of the log as it was given, or a fingerprint of it: other names, other bytes."""
LONG = bool(os.environ.get("POSTMORTEM_LONG"))


def _outputs(
    log: Path, folder: Path, seed: str, zone: str, locale: str, where: str, python: str = sys.executable
) -> dict[str, str]:
    """Return the digests of all outputs of a log, made under those conditions."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("POSTMORTEM_", "LC_"))}
    kept.pop("PYTHONUTF8", None)
    under = {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LANG": locale,
        "LC_ALL": locale,
        "POSTMORTEM_NOW": "2026-01-01",
        "COLUMNS": "100",
    }
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    beside = where == "beside"
    done = subprocess.run(
        [python, str(DRIVER), log.name if beside else str(log), str(folder)],
        env=kept | under,
        cwd=log.parent if beside else folder.parent,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    told = json.loads(done.stdout)
    assert 70 not in told["codes"].values(), told["codes"]
    digests: dict[str, str] = told["digests"]
    return digests


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("logs")
    faulty = folder / "faulty.yaml"
    faulty.write_text(FAULTY, encoding="utf-8")
    told = FLAGSHIP.read_text(encoding="utf-8")
    earlier = told.replace("kind: impact", "kind: note").replace("before scheduled", "before first-room-ends")
    assert earlier != told, "the earlier version must say something else"
    (folder / "earlier.yaml").write_text(earlier, encoding="utf-8")
    return Path(shutil.copy(FLAGSHIP, folder)), faulty


@pytest.fixture(scope="module")
def expected(logs: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], ...]:
    folder = tmp_path_factory.mktemp("first")
    return tuple(_outputs(log, folder / "out", *CORNERS[0]) for log in logs)


def _conditions() -> Iterator[tuple[str, str, str, str]]:
    yield from itertools.product(SEEDS, ZONES, LOCALES, FOLDERS) if LONG else CORNERS[1:]


@pytest.mark.parametrize("condition", tuple(_conditions()), ids="-".join)
def test_the_same_bytes_under_all_conditions(
    condition: tuple[str, str, str, str],
    logs: tuple[Path, Path],
    expected: tuple[dict[str, str], ...],
    tmp_path: Path,
) -> None:
    assert len(expected[0]) == 6 + 4 + 5 + 3 + 3 + 2, "an output of the sound log is missing"
    assert len(expected[1]) == 5 + 3, "a log with errors gives its findings and its changes, and no report"
    elsewhere = condition[-1] == "elsewhere"
    for log, digests in zip(logs, expected, strict=True):
        found = _outputs(log, tmp_path / "out", *condition)
        if elsewhere:
            _names_no_folder(tmp_path / "out", log.parent, tmp_path)
        assert {name: digest for name, digest in found.items() if not (elsewhere and name in OF_NAMES)} == {
            name: digest for name, digest in digests.items() if not (elsewhere and name in OF_NAMES)
        }


def _names_no_folder(outputs: Path, *folders: Path) -> None:
    for place in sorted(outputs.iterdir()):
        if not place.name.startswith(("check.", "diff.")):  # these name the log as the user named it
            text = place.read_text(encoding="utf-8")
            assert not [folder for folder in folders if str(folder) in text], place.name


def _other_pythons() -> Iterator[str]:
    """Yield other Pythons: those that `POSTMORTEM_PYTHONS` names by path, and those found by name."""
    yield from filter(None, os.environ.get("POSTMORTEM_PYTHONS", "").split(os.pathsep))
    for minor in (11, 12, 13, 14):
        found = shutil.which(f"python3.{minor}")
        if found and sys.version_info[1] != minor:
            yield found


@pytest.mark.parametrize("condition", tuple(_conditions()) if LONG else CORNERS[:1], ids="-".join)
@pytest.mark.parametrize("python", [*_other_pythons()] or [""], ids=lambda path: Path(path).name)
def test_the_same_bytes_from_every_python(
    python: str,
    condition: tuple[str, str, str, str],
    logs: tuple[Path, Path],
    expected: tuple[dict[str, str], ...],
    tmp_path: Path,
) -> None:
    if not python:
        pytest.skip("there is no other Python of 3.11 to 3.14 here; POSTMORTEM_PYTHONS can name some")
    needed = "import click, jinja2, markdown_it, dateutil, yaml"
    if subprocess.run([python, "-c", needed], capture_output=True, timeout=60, check=False).returncode:
        pytest.skip(f"{Path(python).name} is there without the libraries that the project needs")
    out = OF_NAMES if condition[-1] == "elsewhere" else ()
    for log, digests in zip(logs, expected, strict=True):
        found = _outputs(log, tmp_path / "out", *condition, python=python)
        assert {name: one for name, one in found.items() if name not in out} == {
            name: one for name, one in digests.items() if name not in out
        }
