"""Folders are gone through in order, however deep, and files read in pieces, whatever stands in them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postmortem.ground import files
from postmortem.ground.files import folders_below, text_pieces, write_whole


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


def test_a_text_comes_in_pieces_as_it_stands(tmp_path: Path) -> None:
    data = b"one\r\ntwo\r" + "\u00e4\n".encode() * 600_000 + b"\xff end"
    (tmp_path / "log").write_bytes(data)
    pieces = list(text_pieces(tmp_path / "log"))
    assert "".join(pieces) == data.decode("utf-8", "replace")
    assert 1 < len(pieces) < 5 and max(map(len, pieces)) <= 1 << 20


def test_a_file_keeps_its_mode_where_no_list_is_to_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"old")
    path.chmod(0o664)

    def none(*_: Any) -> Any:
        raise OSError(95, "not supported")

    with monkeypatch.context() as patch:
        for name in ("getxattr", "setxattr", "removexattr"):
            patch.setattr(os, name, none, raising=False)
        write_whole(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o664)
    with monkeypatch.context() as patch:
        for name in ("getxattr", "setxattr", "removexattr"):
            patch.delattr(os, name, raising=False)
        write_whole(path, b"newer")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"newer", 0o664)


def test_no_text_is_read_by_the_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*names: Any, encoding: str | None = None, **more: Any) -> Any:
        text: Any = open
        return text(*names, encoding=encoding or "latin-1", **more)

    monkeypatch.setattr(files, "open", opened, raising=False)
    (tmp_path / "log").write_bytes("\u00e4".encode())
    assert list(text_pieces(tmp_path / "log")) == ["\u00e4"]
