"""Folders are told from what is none, and gone through in order, however deep."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postmortem.ground.folders import folders_below, is_folder, is_there


@pytest.fixture
def top(tmp_path: Path) -> Path:
    for name in ("z/deep/deeper", "c", ".git/inner", "empty"):
        (tmp_path / name).mkdir(parents=True)
    for name in (
        "b.yaml",
        "a.yaml",
        ".hidden",
        "c/y",
        "c/x",
        "z/one",
        "z/deep/deeper/two",
        ".git/inner/log.yaml",
    ):
        (tmp_path / name).write_bytes(b"")
    for name, target in (("to-c", "c"), ("to-a", "a.yaml"), ("to-nothing", "nothing"), ("round", "round")):
        (tmp_path / name).symlink_to(target)
    return tmp_path


def broken(*_: Any) -> Any:
    raise OSError(errno.EIO, "no")


FOUND = [
    ("", [".hidden", "a.yaml", "b.yaml", "round", "to-a", "to-nothing"]),
    ("c", ["x", "y"]),
    ("empty", []),
    ("z", ["one"]),
    ("z/deep", []),
    ("z/deep/deeper", ["two"]),
]


def below(top: Path, refuse: Callable[[OSError], None] | None = None) -> list[tuple[str, list[str]]]:
    return [(os.path.relpath(folder, top).lstrip("."), names) for folder, names in folders_below(top, refuse)]


def test_folders_come_in_order_with_what_is_no_folder_in_them(top: Path) -> None:
    assert below(top) == FOUND
    assert next(folders_below(top))[0] == str(top)


def test_a_folder_that_cannot_be_listed_is_told_and_left_out(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def scandir(folder: str) -> Any:
        if folder.endswith(("/c", "/z")):
            raise PermissionError(13, "shut", folder)
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    told: list[OSError] = []
    assert below(top, told.append) == [FOUND[0], FOUND[2]]
    assert [one.filename for one in told] == [str(top / "c"), str(top / "z")]
    assert below(top) == [FOUND[0], FOUND[2]]


@pytest.mark.parametrize("number", [errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG])
def test_what_leads_nowhere_is_no_folder_and_is_not_there(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: Any, **__: Any) -> Any:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", nowhere)
        patch.setattr(os, "lstat", nowhere)
        found = is_folder(tmp_path), is_there(tmp_path)
    assert found == (False, False)


def test_a_disk_that_fails_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", broken)
        patch.setattr(os, "lstat", broken)
        with pytest.raises(OSError, match="no"):
            is_folder(tmp_path)
        with pytest.raises(OSError, match="no"):
            is_there(tmp_path)


def test_where_this_user_may_not_look_no_folder_is_seen_and_nothing_is_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EACCES, "shut")

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", shut)
        patch.setattr(os, "lstat", shut)
        assert is_folder(tmp_path) is False
        with pytest.raises(PermissionError):
            is_there(tmp_path)


def test_folders_links_and_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for name in ("file", "folder", "nothing", "to-itself"):
        (tmp_path / f"to-{name}").symlink_to(f"{'to-' if name == 'to-itself' else ''}{name}")
    names = ("file", "folder", "nothing", "to-file", "to-folder", "to-nothing", "to-to-itself")
    assert [name for name in names if is_folder(tmp_path / name)] == ["folder", "to-folder"]
    assert [name for name in names if not is_there(tmp_path / name)] == ["nothing"]
