"""`postmortem diff` on files, folders and real git repositories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.git_repository import Git, new_repository
from tests.conftest import Run

LOG = """\
format: postmortem/1
title: Logins fail
date: 2026-03-01
timezone: UTC
status: resolved
sources: {pager: {title: The pager}}
timeline:
  - {id: errors, at: 09:14, kind: impact, what: Logins begin to fail., source: pager}
  - {id: fixed, at: 09:41, kind: resolved, what: Logins succeed again., source: pager}
"""
MOVED = LOG.replace("09:41", "09:51")
BAD = LOG.replace("09:41", "09:4l")
UNREADABLE = "timeline: ["


@pytest.fixture
def git(tmp_path: Path) -> Git:
    return new_repository(tmp_path)


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml").replace("_csv", ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_two_files_and_their_exit_codes(run: Run, tmp_path: Path) -> None:
    put(tmp_path, old_yaml=LOG, new_yaml=MOVED, bad_yaml=BAD, torn_yaml=UNREADABLE)
    assert run("diff", "old.yaml", "new.yaml").code == 0
    assert run("diff", "old.yaml", "new.yaml", "--exit-code").code == 1
    assert run("diff", "old.yaml", "old.yaml", "--exit-code").code == 0
    bad = run("diff", "old.yaml", "bad.yaml")
    assert bad.code == 1
    assert "PM205" in bad.err
    fixed = run("diff", "bad.yaml", "new.yaml")
    assert fixed.code == 0
    assert "PM205" not in fixed.err
    torn = run("diff", "torn.yaml", "new.yaml")
    assert torn.code == 1
    assert "torn.yaml could not be understood" in torn.out
    assert "PM101" in torn.err
    assert run("diff", "old.yaml", "none.yaml").code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("old.yaml",),
        ("old.yaml", "old.yaml", "old.yaml"),
        ("-", "-"),
        ("old.yaml", "."),
        ("old.yaml", "--merge-base"),
    ],
)
def test_wrong_usage_is_2(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    put(tmp_path, old_yaml=LOG)
    done = run("diff", *arguments)
    assert done.code == 2
    assert done.out == ""


def test_standard_input_is_a_side(run: Run, tmp_path: Path) -> None:
    put(tmp_path, old_yaml=LOG)
    done = run("diff", "old.yaml", "-", stdin=MOVED.encode())
    assert done.out.startswith("old.yaml → <stdin>: 1 event moved")


def test_json_has_the_keys_of_the_contract(run: Run, tmp_path: Path) -> None:
    put(tmp_path, old_yaml=LOG, new_yaml=MOVED)
    told = json.loads(run("diff", "old.yaml", "new.yaml", "--format", "json").out)
    assert told["format"] == "postmortem.diff/1"
    (event,) = told["events"]
    assert (event["id"], event["change"]) == ("fixed", "changed")
    assert event["fields"]["at"]["before"]["earliest"] == "2026-03-01T09:41:00+00:00"
    assert event["fields"]["at"]["after"]["text"] == "09:51"
    metric = next(one for one in told["metrics"] if one["id"] == "time_to_resolve")
    assert (metric["before"]["nominal"], metric["after"]["nominal"]) == (1620.0, 2220.0)
    assert [(one["event"], one["change"]) for one in told["claims"]] == [("fixed", "changed")]
    assert told["rulings"] == []
    assert told["summary"] == "1 event moved, 3 metrics changed, 1 claim changed"


def test_two_folders_are_compared_by_name(run: Run, tmp_path: Path) -> None:
    put(tmp_path, a__x_yaml=LOG, a__gone_yaml=LOG, b__x_yaml=MOVED, b__sub__new_yaml=LOG)
    done = run("diff", "a", "b")
    assert done.code == 0
    assert "a/x.yaml → b/x.yaml: 1 event moved" in done.out
    assert "a/gone.yaml: log removed" in done.out
    assert "b/sub/new.yaml: new log of 2 events" in done.out
    told = json.loads(run("diff", "a", "b", "--format", "json").out)
    assert len(told["files"]) == 3


def test_a_file_against_a_revision(run: Run, tmp_path: Path, git: Git) -> None:
    put(tmp_path, logs__a_yaml=LOG)
    git.commit()
    git("tag", "v1")
    put(tmp_path, logs__a_yaml=MOVED)
    assert "logs/a.yaml: 1 event moved" in run("diff", "logs/a.yaml", "--base", "v1").out
    git.commit()
    assert "no change in meaning" in run("diff", "logs/a.yaml", "--base", "HEAD").out
    below = run("diff", "a.yaml", "--base", "HEAD~1", cwd=tmp_path / "logs")
    assert "HEAD~1:logs/a.yaml → a.yaml: 1 event moved" in below.out


@pytest.mark.parametrize(
    "revision", ["--output=stolen", "-h", "nope", "HEAD^{tree}", "", "HEAD:logs", "HEAD\n"]
)
def test_what_is_no_revision_is_refused(run: Run, tmp_path: Path, git: Git, revision: str) -> None:
    put(tmp_path, a_yaml=LOG)
    git.commit()
    done = run("diff", "a.yaml", f"--base={revision}")
    assert done.code == 2
    assert not (tmp_path / "stolen").exists()


def test_outside_a_repository_there_is_no_base(run: Run, tmp_path: Path) -> None:
    put(tmp_path, a_yaml=LOG)
    done = run("diff", "a.yaml", "--base", "HEAD", env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert done.code == 2
    assert "git repository" in done.err


def test_a_renamed_log_is_followed(run: Run, tmp_path: Path, git: Git) -> None:
    put(tmp_path, a_yaml=LOG)
    first = git.commit()
    git("mv", "a.yaml", "b.yaml")
    put(tmp_path, b_yaml=MOVED)
    assert "HEAD:a.yaml → b.yaml: 1 event moved" in run("diff", "b.yaml", "--base", "HEAD").out
    assert "HEAD:a.yaml → b.yaml: 1 event moved" in run("diff", ".", "--base", "HEAD").out
    git.commit()
    # Written anew after it was renamed: only its history, step by step, still leads back.
    other = LOG.replace("Logins", "Searches and all that belongs to them").replace("pager", "telephone")
    put(
        tmp_path,
        b_yaml=other + "".join(f"  - {{at: 10:{n:02}, what: Note number {n}.}}\n" for n in range(30)),
    )
    git.commit()
    told = json.loads(run("diff", "b.yaml", "--base", first, "--format", "json").out)
    assert told["old"]["file"] == f"{first}:a.yaml"


def test_new_deleted_untracked_and_hidden_logs(run: Run, tmp_path: Path, git: Git) -> None:
    put(tmp_path, logs__gone_yaml=LOG, logs__same_yaml=LOG.replace("Logins", "Searches"), other__x_yaml=LOG)
    git.commit()
    (tmp_path / "logs/gone.yaml").unlink()
    put(tmp_path, logs__new_yaml="# quite another\n" + MOVED.replace("Logins", "Payments of all kinds"))
    put(tmp_path, **{"logs__.hidden_yaml": LOG}, other__x_yaml=MOVED)
    done = run("diff", "logs", "--base", "HEAD")
    assert done.code == 0
    assert done.out == "HEAD:logs/gone.yaml: log removed\n\nlogs/new.yaml: new log of 2 events\n"
    assert "log removed" in run("diff", "logs/gone.yaml", "--base", "HEAD").out
    assert run("diff", "logs/never.yaml", "--base", "HEAD").code == 2


def test_a_folder_where_nothing_changed(run: Run, tmp_path: Path, git: Git) -> None:
    put(tmp_path, logs__a_yaml=LOG)
    git.commit()
    done = run("diff", "logs", "--base", "HEAD")
    assert (done.code, done.out) == (0, "no log changed\n")


def test_the_merge_base_is_what_a_pull_request_shows(run: Run, tmp_path: Path, git: Git) -> None:
    put(tmp_path, a_yaml=LOG)
    git.commit()
    git("checkout", "--quiet", "-b", "branch")
    put(tmp_path, b_yaml=LOG)
    git.commit()
    git("checkout", "--quiet", "main")
    put(tmp_path, a_yaml=MOVED)
    git.commit()
    git("checkout", "--quiet", "branch")
    assert "a.yaml" in run("diff", ".", "--base", "main").out
    done = run("diff", ".", "--base", "main", "--merge-base")
    assert done.out == "b.yaml: new log of 2 events\n"


SERIES = (
    LOG + "measures: {users: {title: Users}}\nseries:\n  - {measure: users, file: users.csv, source: pager}\n"
)
CSV = "time,value\n2026-03-01T09:14Z,1\n2026-03-01T09:20Z,{}\n"


def test_series_files_are_those_of_the_revision(run: Run, tmp_path: Path, git: Git) -> None:
    put(tmp_path, logs__a_yaml=SERIES, logs__users_csv=CSV.format(5))
    git.commit()
    put(tmp_path, logs__users_csv=CSV.format(9))
    done = run("diff", "logs", "--base", "HEAD")
    assert done.code == 0, done.err
    assert "points: 2 points, 1 to 5 → 2 points, 1 to 9" in done.out


def test_a_series_file_of_a_revision_leads_nowhere_else(run: Run, tmp_path: Path, git: Git) -> None:
    put(tmp_path, logs__a_yaml=SERIES.replace("users.csv", "../secret.csv"), secret_csv=CSV.format(5))
    git.commit()
    put(tmp_path, logs__a_yaml=LOG)
    assert "1 to 5" not in run("diff", "logs/a.yaml", "--base", "HEAD").out


def test_names_that_a_shell_would_run_are_names(run: Run, tmp_path: Path, git: Git) -> None:
    name = "$(touch stolen)`touch stolen`; é.yaml"
    (tmp_path / name).write_text(LOG, encoding="utf-8")
    (tmp_path / ":(top)x.yaml").write_text(LOG, encoding="utf-8")
    git.commit()
    (tmp_path / name).write_text(MOVED, encoding="utf-8")
    for named in (name, "."):
        assert "é.yaml: 1 event moved" in run("diff", named, "--base", "HEAD", "--width", "200").out
    assert "no change in meaning" in run("diff", ":(top)x.yaml", "--base", "HEAD").out
    assert not (tmp_path / "stolen").exists()


def test_a_textconv_or_an_external_diff_of_the_repository_changes_nothing(
    run: Run, tmp_path: Path, git: Git
) -> None:
    put(tmp_path, a_yaml=LOG, **{".gitattributes": "*.yaml diff=evil\n"})
    git.commit()
    git("config", "diff.evil.textconv", "touch stolen; cat")
    git("config", "diff.external", "touch stolen; true")
    put(tmp_path, a_yaml=MOVED)
    assert "1 event moved" in run("diff", ".", "--base", "HEAD").out
    assert not (tmp_path / "stolen").exists()


def test_line_ends_alone_are_no_change(run: Run, tmp_path: Path) -> None:
    put(tmp_path, old_yaml=LOG)
    (tmp_path / "new.yaml").write_bytes(LOG.replace("\n", "\r\n").encode())
    assert "no change in meaning" in run("diff", "old.yaml", "new.yaml").out
