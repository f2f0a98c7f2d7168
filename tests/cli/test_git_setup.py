"""`postmortem git-setup` with a real git: what `git diff` then shows, and that all of it goes again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.git_repository import Git, new_repository
from tests.cli.test_diff import BAD, LOG, MOVED, UNREADABLE
from tests.conftest import ROOT, Run

PYTHON = {"PYTHONPATH": str(ROOT)}


@pytest.fixture
def git(tmp_path: Path) -> Git:
    repository = new_repository(tmp_path)
    (tmp_path / "log.yaml").write_text(LOG, encoding="utf-8")
    (tmp_path / "other.yml").write_text("a: 1\n", encoding="utf-8")
    repository.commit()
    return repository


def test_git_diff_shows_the_timeline_and_the_metrics(run: Run, tmp_path: Path, git: Git) -> None:
    assert run("git-setup").code == 0
    (tmp_path / "log.yaml").write_text(MOVED, encoding="utf-8")
    (tmp_path / "other.yml").write_text("a: 2\n", encoding="utf-8")
    shown = git("diff", env=PYTHON)
    assert "-T+27m       09:41           resolved    Logins succeed again." in shown
    assert "+T+37m       09:51           resolved    Logins succeed again." in shown
    assert "+Time to resolve: 37 min (36 to 38 min)" in shown
    assert "-a: 1\n+a: 2\n" in shown
    assert "09:51, kind: resolved" in shown


@pytest.mark.parametrize("text", [BAD, UNREADABLE, "\x00\x01", LOG.replace("date: 2026-03-01\n", "")])
def test_a_log_with_errors_is_shown_as_it_is(run: Run, tmp_path: Path, git: Git, text: str) -> None:
    assert run("git-setup").code == 0
    (tmp_path / "log.yaml").write_text(text, encoding="utf-8")
    shown = git("diff", env=PYTHON)
    assert "-Time to resolve" in shown
    assert f"+{text.splitlines()[0]}" in shown or f" {text.splitlines()[0]}" in shown


def test_a_folder_called_postmortem_in_the_repository_is_not_run(run: Run, tmp_path: Path, git: Git) -> None:
    assert run("git-setup").code == 0
    package = tmp_path / "postmortem"
    package.mkdir()
    for name in ("__init__.py", "__main__.py"):
        (package / name).write_text("open('stolen', 'w')\n", encoding="utf-8")
    (tmp_path / "log.yaml").write_text(MOVED, encoding="utf-8")
    assert "+T+37m" in git("diff", env=PYTHON)
    assert not (tmp_path / "stolen").exists()


@pytest.mark.parametrize("options", [(), ("--shared",), ("--shared", "incidents/*.yaml")])
def test_it_says_what_it_does_and_takes_all_of_it_out_again(
    run: Run, tmp_path: Path, git: Git, options: tuple[str, ...]
) -> None:
    config = (tmp_path / ".git/config").read_text(encoding="utf-8")
    done = run("git-setup", *options)
    assert "set diff.postmortem.textconv in the configuration of this repository" in done.out
    place = ".gitattributes" if options else ".git/info/attributes"
    assert f"named the logs in {place}:" in done.out
    assert "diff=postmortem" in (tmp_path / place).read_text(encoding="utf-8")
    written = (tmp_path / place).read_bytes()
    assert run("git-setup", *options).code == 0
    assert (tmp_path / place).read_bytes() == written
    removed = run("git-setup", "--remove")
    assert removed.code == 0
    assert (tmp_path / ".git/config").read_text(encoding="utf-8") == config
    assert not (tmp_path / place).exists()
    assert git("status", "--short") == ""
    assert "there is nothing" in run("git-setup", "--remove").out


def test_what_others_wrote_into_the_attributes_stays(run: Run, tmp_path: Path, git: Git) -> None:
    place = tmp_path / ".gitattributes"
    place.write_bytes(b"*.png binary\r\n# caf\xe9")
    run("git-setup", "--shared")
    assert place.read_bytes().startswith(b"*.png binary\r\n# caf\xe9\n# postmortem")
    run("git-setup", "--remove")
    assert place.read_bytes() == b"*.png binary\r\n# caf\xe9\n"


def test_other_settings_of_the_same_driver_stay(run: Run, tmp_path: Path, git: Git) -> None:
    run("git-setup")
    git("config", "diff.postmortem.xfuncname", "^id")
    run("git-setup", "--remove")
    assert git("config", "diff.postmortem.xfuncname") == "^id\n"


def test_from_a_folder_below_and_from_another_working_tree(run: Run, tmp_path: Path, git: Git) -> None:
    (tmp_path / "below").mkdir()
    assert run("git-setup", cwd=tmp_path / "below").code == 0
    assert (tmp_path / ".git/info/attributes").is_file()
    git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "side")
    assert run("git-setup", "--remove", cwd=tmp_path / "tree").code == 0
    assert not (tmp_path / ".git/info/attributes").exists()


@pytest.mark.parametrize("pattern", ["# x", "a b", "!x", "a\nb diff=other"])
def test_what_is_no_pattern_is_refused(run: Run, tmp_path: Path, git: Git, pattern: str) -> None:
    assert run("git-setup", pattern).code == 2
    assert not (tmp_path / ".git/info/attributes").exists()


def test_outside_a_repository_it_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("git-setup", env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}).code == 2
