"""What is shipped: the same wheel from the same source, a whole list of parts, pinned requirements."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests.conftest import ROOT

_KEPT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "dist", "__pycache__", ".*_cache", ".hypothesis", "node_modules", "tests"
)


def _built(source: Path, into: Path, seed: str) -> str:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1684965600", "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"},
        capture_output=True,
        timeout=300,
        check=True,
    )
    (wheel,) = into.glob("*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_wheel_is_the_same_bytes_when_built_again_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    digests = set()
    for seed in ("1", "7"):
        source = tmp_path / f"source-{seed}"
        shutil.copytree(ROOT, source, ignore=_KEPT_OUT)
        digests.add(_built(source, tmp_path / f"dist-{seed}", seed))
    assert len(digests) == 1


def test_the_list_of_parts_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    try:
        distribution("postmortem-log")
    except PackageNotFoundError:
        pytest.skip("the project is not installed here, so that its needs cannot be listed")
    texts = []
    for seed in ("1", "7"):
        place = tmp_path / seed
        subprocess.run(
            [sys.executable, str(ROOT / ".ci" / "sbom.py"), str(place)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            timeout=60,
            check=True,
        )
        texts.append(place.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    names = {one["name"] for one in json.loads(texts[0])["components"]}
    assert {"click", "jinja2", "markupsafe", "markdown-it-py", "mdurl"} <= names
    assert {"python-dateutil", "pyyaml", "tzdata"} <= names


def test_every_development_requirement_is_pinned_with_hashes() -> None:
    text = (ROOT / ".ci" / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " "))
    named = [one for one in entries if re.match(r"[A-Za-z0-9]", one)]
    assert len(named) > 20
    for one in named:
        assert re.match(r"[A-Za-z0-9._-]+(?:\[[a-z,]+\])?==[0-9]", one), one
        assert "--hash=sha256:" in one, one


def test_no_workflow_may_do_more_than_it_must() -> None:
    import yaml

    for place in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        told = yaml.load(place.read_text(encoding="utf-8"), yaml.BaseLoader)
        assert told["permissions"] == {"contents": "read"}, place.name
        assert "pull_request_target" not in told["on"], place.name
        for job in told["jobs"].values():
            assert set(job.get("permissions", {})) <= {"contents", "id-token", "attestations"}, place.name
            for step in job["steps"]:
                assert "${{ github" not in step.get("run", ""), (
                    "data of an event belongs into env, not into a script"
                )


def test_every_action_of_others_is_pinned_by_commit() -> None:
    places = [*(ROOT / ".github" / "workflows").glob("*.yml"), ROOT / "action.yml"]
    used = [one for place in places for one in re.findall(r"uses: (.*)", place.read_text(encoding="utf-8"))]
    assert len(used) > 10
    for one in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) or one.startswith("./"), one


@pytest.mark.parametrize(
    ("command", "places"),
    [
        (["zizmor", "--offline", "--quiet"], [".github", "action.yml"]),
        (
            ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
            [".github/workflows/ci.yml", ".github/workflows/release.yml"],
        ),
        (["check-jsonschema", "--builtin-schema", "vendor.github-actions"], ["action.yml"]),
        (["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"], ["docs/ci/gitlab.yml"]),
    ],
    ids=["safety", "workflows", "action", "GitLab"],
)
def test_what_ci_runs_passes_its_judges(command: list[str], places: list[str]) -> None:
    judge = shutil.which(command[0], path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if judge is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(
        [judge, *command[1:], *places], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
