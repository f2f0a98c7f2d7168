"""Every form of findings by the command that people and build systems run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postmortem.cli.check import FORMATS
from postmortem.report.findings.forms import FORMS
from tests.conftest import Run

LOG = """\
format: postmortem/1
title: Logins fail
status: resolved
timeline:
  - {id: errors, at: 2026-03-01 09:1OZ, what: Logins begin to fail.}
"""


def test_the_command_names_every_form() -> None:
    assert tuple(FORMS) == FORMATS


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_tells_the_finding(run: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "log.yaml").write_text(LOG, encoding="utf-8")
    done = run("check", "log.yaml", "--format", form)
    assert done.code == 1, done.err
    assert "PM205" in done.out
    if form in ("json", "gitlab", "sarif", "rdjson"):
        json.loads(done.out)


def test_it_goes_to_a_file_whole(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.yaml").write_text(LOG, encoding="utf-8")
    done = run("check", "log.yaml", "--format", "sarif", "-o", "found.sarif")
    assert (done.code, done.out) == (1, "")
    assert json.loads((tmp_path / "found.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
