"""`postmortem fmt`: order and spacing, nothing lost, nothing written that was not proven."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

UGLY = """\
# About this log.
format: postmortem/1
status:   resolved
title: Logins fail

# The day of it.
date: 2026-03-01
timezone: UTC
timeline:
  # How it ended.
  - kind: resolved
    what: 'Logins  succeed again.'   # quoted
    at:   09:41
    id: fixed

  # How it began.
  - {what: Logins begin to fail., id: errors, kind: impact, at: 09:14, source: pager}
sources:
  pager:
    kind: alert
    # Its name.
    title: The pager
"""
ARRANGED = """\
# About this log.
format: postmortem/1
title: Logins fail

# The day of it.
date: 2026-03-01
timezone: UTC
status: resolved
sources:
  pager:
    # Its name.
    title: The pager
    kind: alert
timeline:
  # How it ended.
  - id: fixed
    at: 09:41
    kind: resolved
    what: 'Logins  succeed again.'   # quoted

  # How it began.
  - {id: errors, at: 09:14, kind: impact, what: Logins begin to fail., source: pager}
"""
SORTED = (
    ARRANGED[: ARRANGED.index("  # How it ended.")]
    + """\
  # How it began.
  - {id: errors, at: 09:14, kind: impact, what: Logins begin to fail., source: pager}

  # How it ended.
  - id: fixed
    at: 09:41
    kind: resolved
    what: 'Logins  succeed again.'   # quoted
"""
)
BROKEN = "format: postmortem/1\n\ttitle: x\n"
UNKNOWN_KEY = UGLY.replace("status:", "stautus: x\nstatus:")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.yaml"
    path.write_bytes(UGLY.encode())
    return path


def test_a_log_is_arranged_once_and_for_all(run: Run, log: Path) -> None:
    done = run("fmt", "log.yaml")
    assert (done.code, done.out, done.err) == (0, "log.yaml\n", "")
    assert log.read_text(encoding="utf-8") == ARRANGED
    again = run("fmt", "log.yaml")
    assert (again.code, again.out) == (0, "")


def test_the_timeline_is_sorted_when_asked_for(run: Run, log: Path) -> None:
    assert run("fmt", "--sort", "log.yaml").code == 0
    assert log.read_text(encoding="utf-8") == SORTED
    assert run("fmt", "--sort", "--check", "log.yaml").code == 0


def test_check_and_diff_write_nothing(run: Run, log: Path) -> None:
    done = run("fmt", "--check", "log.yaml")
    assert (done.code, done.out) == (1, "log.yaml\n")
    shown = run("fmt", "--diff", "log.yaml")
    assert shown.code == 0
    assert "-status:   resolved\n" in shown.out
    assert "+    title: The pager\n" in shown.out
    assert run("fmt", "--diff", "--check", "log.yaml").code == 1
    assert log.read_bytes() == UGLY.encode()


def test_standard_input_becomes_standard_output(run: Run) -> None:
    done = run("fmt", "-", stdin=UGLY.encode())
    assert (done.code, done.out) == (0, ARRANGED)


def test_line_ends_and_the_byte_order_mark_are_kept(run: Run, log: Path) -> None:
    log.write_bytes(b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    assert run("fmt", "log.yaml").code == 0
    assert log.read_bytes() == b"\xef\xbb\xbf" + ARRANGED.replace("\n", "\r\n").encode()


def test_a_log_that_cannot_be_read_is_left_alone(run: Run, log: Path) -> None:
    log.write_text(BROKEN, encoding="utf-8")
    (log.parent / "other.yaml").write_text(UGLY, encoding="utf-8")
    done = run("fmt", "log.yaml", "other.yaml")
    assert done.code == 1
    assert "PM111" in done.err
    assert log.read_text(encoding="utf-8") == BROKEN
    assert (log.parent / "other.yaml").read_text(encoding="utf-8") == ARRANGED
    empty = run("fmt", "-", stdin=BROKEN.encode())
    assert (empty.code, empty.out) == (1, "")


def test_a_log_with_other_errors_is_arranged_but_not_sorted(run: Run, log: Path) -> None:
    log.write_text(UNKNOWN_KEY, encoding="utf-8")
    assert run("fmt", "--sort", "log.yaml").code == 1
    assert log.read_text(encoding="utf-8") == UNKNOWN_KEY
    assert run("fmt", "log.yaml").code == 0
    assert log.read_text(encoding="utf-8").endswith("stautus: x\n")


def test_a_missing_file_is_2(run: Run) -> None:
    assert run("fmt", "none.yaml").code == 2


def test_a_file_that_may_not_be_written_is_2(run: Run, log: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    (folder / "log.yaml").symlink_to("/dev/full")
    assert run("fmt", "gone/log.yaml").code == 2
