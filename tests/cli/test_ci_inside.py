"""What the GitHub Action runs, in this very process: what cannot be read, written or reached."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from postmortem.cli import ci_logs
from postmortem.cli.ci_comment import Place, Refused
from postmortem.cli.main import run
from tests.cli.git_repository import new_repository
from tests.cli.test_diff import LOG

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(("GITHUB_", "POSTMORTEM_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("POSTMORTEM_CI_OUTPUT", "out")
    Path("log.yaml").write_text(LOG, encoding="utf-8")
    new_repository(tmp_path).commit()


def refused(capsys: Said) -> str:
    told = capsys.readouterr().err
    assert told.startswith("error: ") and told.count("\n") == 1
    return told


def test_a_run_of_nothing_in_particular(capsys: Said) -> None:
    assert run(["ci", "github", "--comment", "true"]) == 0
    assert sorted(one.name for one in Path("out/reports").iterdir()) == ["log.html", "log.md"]
    assert capsys.readouterr().err == ""


def test_what_cannot_be_written(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    Path("folder").mkdir()
    monkeypatch.setenv("GITHUB_OUTPUT", "folder")
    assert run(["ci", "github"]) == 2
    assert refused(capsys) == "error: the file that GITHUB_OUTPUT names cannot be written: is a directory\n"
    monkeypatch.setenv("POSTMORTEM_CI_OUTPUT", "log.yaml")
    assert run(["ci", "github"]) == 2
    assert refused(capsys) == "error: `log.yaml/reports/log.html` cannot be written: file exists\n"
    assert Path("log.yaml").read_text(encoding="utf-8") == LOG


@pytest.mark.parametrize("payload", [None, "[]", "{"])
def test_an_event_that_is_none(monkeypatch: pytest.MonkeyPatch, capsys: Said, payload: str | None) -> None:
    if payload is not None:
        Path("event.json").write_text(payload, encoding="utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", "event.json")
    assert run(["ci", "github"]) == 2
    assert "the event of this run" in capsys.readouterr().err


def test_which_files_are_logs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path("log.yaml").unlink()
    Path("other.yaml").write_text("a: 1\n", encoding="utf-8")
    Path("loop.yaml").symlink_to("loop.yaml")
    Path("gone.yaml").symlink_to("gone")
    Path("outside.yaml").symlink_to("/etc/hosts")
    assert list(ci_logs._all(())) == []
    Path("other.yaml").unlink()
    for name in ("loop", "gone", "outside"):
        Path(f"{name}.yaml").unlink()
    assert list(ci_logs._all(())) == []
    Path("empty").mkdir()
    assert [one.file for one in ci_logs._all(("nowhere", "empty"))] == ["nowhere", "empty"]
    Path("log.yaml").write_text(LOG, encoding="utf-8")
    for code, many in ((errno.EIO, 1), (errno.ELOOP, 0)):

        def broken(*_: object, code: int = code) -> bytes:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(ci_logs, "read_capped", broken)
        assert len(list(ci_logs._all(()))) == many


def test_comments_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place("https://127.0.0.1:1", "a/b", 7, "a-token", "someone")
    with pytest.raises(Refused, match="refused"):
        place.put("text")
    with pytest.raises(Refused, match="does not begin with https"):
        Place("http://example.org", "a/b", 7, "a-token", "someone").put("text")
    answers: list[Any] = [{}]
    monkeypatch.setattr(Place, "_call", lambda *_: answers[0])
    with pytest.raises(Refused, match="not what it should be"):
        place.put("text")
    answers[0] = [{"id": 1, "body": "another's", "user": None}] * 100
    assert place.put("text", only_anew=True) == "not needed"
