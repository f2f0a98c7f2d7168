"""Several at once: writers and readers of one file, an editor and `fmt`: nothing is torn, no edit is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from postmortem.ground import disk
from tests.conftest import ROOT
from tests.safety.conftest import LOG, Told, written

TURNS = int(os.environ.get("POSTMORTEM_KILLS", "30"))
"""How often each writer writes; a night's run takes 1,000."""

WRITER = """
import contextlib, io, json, os, sys
from postmortem.cli.main import run
turns, lines = int(sys.argv[1]), json.loads(sys.argv[2])
codes = []
for turn in range(turns):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        codes.append(run(lines[turn % len(lines)]))
print(json.dumps(codes))
"""
LATER = LOG.replace("Logins fail", "Nobody can log in")


def at_once(
    folder: Path, lines: list[list[str]], watched: tuple[str, ...], writers: int = 2
) -> tuple[list[list[int]], dict[str, set[bytes]]]:
    """Let writers run the command lines by turns; return their exit codes, and all that a reader saw."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(TURNS), json.dumps(lines[number:] + lines[:number])],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        for number in range(writers)
    ]
    seen: dict[str, set[bytes]] = {name: set() for name in watched}
    while any(one.poll() is None for one in running):
        for name in watched:
            seen[name].add((folder / name).read_bytes())
        time.sleep(0.001)
    codes = [json.loads(one.communicate()[0]) for one in running]
    return codes, seen


def test_readers_of_a_report_see_one_whole_version_or_the_other(told: Told, tmp_path: Path) -> None:
    names = ("build/log.html", "build/log.md")
    lines, whole = [], []
    for folder, text in (("one", LOG), ("other", LATER)):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder, text)
        lines.append(["render", f"{folder}/log.yaml"])
        assert told(*lines[-1]).code == 0
        whole.append([(tmp_path / name).read_bytes() for name in names])
    codes, seen = at_once(tmp_path, lines, names)
    assert codes == [[0] * TURNS] * 2
    for number, name in enumerate(names):
        assert seen[name] <= {one[number] for one in whole}
        assert len(seen[name]) == 2
    assert list(tmp_path.rglob("*.tmp")) == []


def test_readers_of_a_log_see_it_as_it_was_or_arranged(told: Told, tmp_path: Path) -> None:
    ugly = LOG.replace("title:", "title:   ").encode()
    place = written(tmp_path, ugly.decode())
    assert told("fmt", "log.yaml").code == 0
    arranged = place.read_bytes()
    written(tmp_path, ugly.decode())
    codes, seen = at_once(tmp_path, [["fmt", "log.yaml"]], ("log.yaml",), writers=3)
    assert seen["log.yaml"] <= {ugly, arranged}
    assert place.read_bytes() == arranged
    # Who comes second is told that the log was changed meanwhile, or finds it arranged.
    assert {code for each in codes for code in each} <= {0, 2}


def test_of_many_that_make_one_log_one_succeeds(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    lines = [["new", "logs/x", "--title", title] for title in ("One", "Other")]
    codes, _ = at_once(tmp_path, lines, (), writers=3)
    assert sorted(code for each in codes for code in each) == [0] + [2] * (3 * TURNS - 1)
    assert [one.name for one in (tmp_path / "logs").iterdir()] == ["x.yaml"]


@pytest.mark.parametrize("replaced", [False, True], ids=["in place", "by another file"])
@pytest.mark.parametrize("step", ["create", "write_all", "flush"])
def test_an_edit_between_reading_and_writing_stands(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, replaced: bool
) -> None:
    place = written(tmp_path, LOG.replace("title:", "title:   "))
    edited = LATER.replace("title:", "title:   ").encode()
    real = getattr(disk, step)

    def edit(*arguments: object) -> object:
        if replaced:
            (tmp_path / "draft").write_bytes(edited)
            (tmp_path / "draft").replace(place)
        else:
            place.write_bytes(edited)
        return real(*arguments)

    monkeypatch.setattr(disk, step, edit)
    ran = told("fmt", "log.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "error: `log.yaml` was changed by somebody else meanwhile; it was left as it is, so run this again\n"
    )
    assert [one.name for one in tmp_path.iterdir()] == ["log.yaml"]
    assert place.read_bytes() == edited
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert told("fmt", "log.yaml").code == 0
    assert b"title: Nobody can log in\n" in place.read_bytes()


def test_an_edit_between_judging_and_writing_stands(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import postmortem.cli.fmt as fmt

    place = written(tmp_path, LOG.replace("title:", "title:   "))
    arranged = fmt._arranged

    def edit(*arguments: object, **named: object) -> object:
        place.write_text(LATER, encoding="utf-8")
        return arranged(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(fmt, "_arranged", edit)
    assert told("fmt", "log.yaml").code == 2
    assert place.read_text(encoding="utf-8") == LATER


def test_a_log_that_went_away_meanwhile_is_not_made_again(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = written(tmp_path, LOG.replace("title:", "title:   "))
    flush = disk.flush

    def gone(number: int) -> None:
        place.unlink()
        flush(number)

    monkeypatch.setattr(disk, "flush", gone)
    assert told("fmt", "log.yaml").code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_slept_for_an_hour_loses_only_its_own(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.txt").write_bytes(b"old")
    flush = disk.flush

    def slept(number: int) -> None:
        flush(number)
        for one in tmp_path.glob(".postmortem-*.tmp"):
            os.utime(one, (time.time() - 3700,) * 2)
            disk.sweep(tmp_path, time.time())

    monkeypatch.setattr(disk, "flush", slept)
    ran = told("explain", "PM205", "-o", "out.txt")
    assert (ran.code, ran.err) == (2, "error: `out.txt` cannot be written: no such file or directory\n")
    assert (tmp_path / "out.txt").read_bytes() == b"old"
