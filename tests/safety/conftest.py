"""The command line in this very process: a hundred attacks need no hundred starts of Python."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.cli.main import run
from tests.conftest import Ran

Told = Callable[..., Ran]

LOG = """\
format: postmortem/1
title: Logins fail
date: 2026-03-01
timezone: Europe/Berlin
status: resolved
audience: public
measures: {users: {title: Users, unit: users, kind: gauge}}
sources: {pager: {title: The pager, reliability: B}, chat: {title: The chat, reliability: B}}
timeline:
  - {id: errors, at: 09:14, kind: impact, what: Logins begin to fail., source: pager}
  - {id: size, at: 09:20, kind: count, what: Many cannot., counts: {users: 40}, source: chat}
  - {id: fixed, at: 09:41, kind: resolved, what: Logins succeed again., source: pager}
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Told:
    """Run one command line in a folder of its own: ``told("check", "log.yaml")``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("POSTMORTEM_NOW", "2026-03-02")

    def command(*arguments: str) -> Ran:
        capfdbinary.readouterr()
        code = run(list(arguments))
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode("utf-8"), err.decode("utf-8"))

    return command


@pytest.fixture
def log() -> str:
    """A sound log of three events."""
    return LOG


def written(folder: Path, text: str, name: str = "log.yaml") -> Path:
    """Put a log into a folder."""
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return place
