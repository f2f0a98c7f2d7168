"""Files, the edges: flags of the system, bytes that are asked for, names, and nothing that stays open."""

from __future__ import annotations

import errno
import os
import re
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postmortem.ground import disk, files
from postmortem.ground.files import (
    NotAFile,
    TooLarge,
    Unconfirmed,
    append_whole,
    create_whole,
    make_folders,
    read_capped,
    text_pieces,
    write_whole,
)

linux = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files cannot be listed")
administrator = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only the administrator may give files away"
)
OLD = 3_700


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208


def broken(*_: Any) -> Any:
    raise OSError(errno.EIO, "no")


@linux
def test_no_file_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.yaml"
    before = open_files()
    write_whole(path, b"old")
    create_whole(tmp_path / "new", b"x")
    append_whole(path, b"more")
    assert read_capped(path, 99) == b"oldmore"
    make_folders(tmp_path / "a" / "b")
    with pytest.raises(TooLarge):
        read_capped(path, 3)
    with pytest.raises(NotAFile):
        read_capped("/dev/null", 3)
    assert open_files() == before
    for name in ("write", "flush"):
        with monkeypatch.context() as patch:
            patch.setattr(disk, name, broken)
            with pytest.raises(OSError, match="no"):
                write_whole(path, b"x")
            with pytest.raises(OSError, match="no"):
                append_whole(path, b"x")
    monkeypatch.setattr(disk, "has_folders_to_flush", lambda: True)
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="no"):
        disk.flush_folder(tmp_path)
    assert open_files() == before


FLAGS: list[tuple[Callable[[Path], Any], int, tuple[str, ...]]] = [
    (lambda path: read_capped(path, 9), os.O_RDONLY, ("O_NONBLOCK", "O_NOCTTY", "O_BINARY")),
    (
        lambda path: disk.create(path.parent / "new", 0o600),
        os.O_WRONLY | os.O_CREAT | os.O_EXCL,
        ("O_NOFOLLOW", "O_BINARY"),
    ),
    (disk.ask_to_write, os.O_WRONLY, ("O_BINARY",)),
    (disk.open_to_append, os.O_WRONLY | os.O_CREAT | os.O_APPEND, ("O_NONBLOCK", "O_NOCTTY", "O_BINARY")),
]


@pytest.mark.parametrize("number", range(len(FLAGS)))
def test_files_are_opened_with_the_flags_that_the_system_has(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, least, wanted = FLAGS[number]
    path = tmp_path / "log.yaml"
    path.write_bytes(b"x")
    seen: list[int] = []
    real = os.open

    def noted(name: Any, flags: int, mode: int = 0o777) -> int:
        seen.append(flags)
        (tmp_path / "new").unlink(missing_ok=True)
        return real(name, least & ~os.O_EXCL, mode)

    monkeypatch.setattr(os, "open", noted)
    names = ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_NOFOLLOW")
    for bit, name in enumerate(names):
        monkeypatch.setattr(os, name, 1 << (40 + bit), raising=False)
    opened(path)
    assert seen == [least | sum(1 << (40 + names.index(name)) for name in wanted)]
    for name in names:
        monkeypatch.delattr(os, name)
    opened(path)
    assert seen[1:] == [least]


def test_a_file_that_says_it_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"x" * 10)
    monkeypatch.setattr(os, "read", broken)
    with pytest.raises(TooLarge):
        read_capped(path, 9)


@pytest.mark.skipif(os.name != "posix", reason="the system has no such modes")
def test_modes_of_new_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        append_whole(tmp_path / "added", b"x")
        create_whole(tmp_path / "created", b"x")
    finally:
        os.umask(before)
    for name in ("added", "created"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o666
    modes: list[int] = []
    create = disk.create

    def noted(path: Path, mode: int) -> int:
        modes.append(mode)
        return create(path, mode)

    def without_names(*_: Any) -> None:
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(disk, "create", noted)
    monkeypatch.setattr(os, "link", without_names)
    create_whole(tmp_path / "claimed", b"x")
    assert modes == [0o666, 0o600]


def test_the_first_fault_is_told_where_a_second_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "the first")

    def without_names(*_: Any) -> None:
        raise OSError(errno.EPERM, "no")

    path = tmp_path / "log.yaml"
    path.write_bytes(b"x")
    with monkeypatch.context() as patch:
        patch.setattr(disk, "write", first)
        patch.setattr(os, "ftruncate", broken)
        with pytest.raises(OSError, match="the first"):
            append_whole(path, b"y")
    monkeypatch.setattr(os, "link", without_names)
    monkeypatch.setattr(disk, "rename", first)
    monkeypatch.setattr(Path, "unlink", broken)
    with pytest.raises(OSError, match="the first"):
        create_whole(tmp_path / "new", b"x")


def test_no_more_is_read_than_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"x" * 30)
    small = os.stat_result((stat.S_IFREG, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    monkeypatch.setattr(os, "fstat", lambda *_: small)
    real, asked = os.read, []

    def few(number: int, size: int) -> bytes:
        asked.append(size)
        return real(number, min(size, 4))

    monkeypatch.setattr(os, "read", few)
    with pytest.raises(TooLarge):
        read_capped(path, 9)
    assert asked == [10, 6, 2]
    path.write_bytes(b"x" * 9)
    assert read_capped(path, 9) == b"x" * 9
    asked.clear()
    path.write_bytes(b"x" * 9)
    with pytest.raises(TooLarge):
        read_capped(path, 8)
    assert asked == [9, 5, 1]
    asked.clear()
    assert read_capped(path, 3_000_000) == b"x" * 9
    assert set(asked) == {1 << 20}


def test_a_temporary_name_cannot_be_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []

    def rename(temporary: Path, target: Path) -> None:
        seen.append(temporary)
        temporary.replace(target)

    monkeypatch.setattr(disk, "rename", rename)
    for _ in range(2):
        write_whole(tmp_path / "log.yaml", b"x")
    first, second = (one.name for one in seen)
    assert first != second
    assert re.fullmatch(r"\.postmortem-[0-9a-f]{16}\.tmp", first)
    assert {one.parent for one in seen} == {tmp_path}


def temporary(folder: Path, name: str) -> Path:
    path = folder / f".postmortem-{name}.tmp"
    path.write_bytes(b"x")
    return path


def test_a_sweep_goes_on_past_what_cannot_be_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [temporary(tmp_path, name) for name in "abc"]
    now = paths[0].stat().st_mtime + OLD
    unlink = Path.unlink
    tried: list[Path] = []

    def fails_once(self: Path, missing_ok: bool = False) -> None:
        tried.append(self)
        if len(tried) == 1:
            raise PermissionError(errno.EACCES, "no", str(self))
        unlink(self, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fails_once)
        disk.sweep(tmp_path, now)
    assert [one for one in paths if one.exists()] == tried[:1]


def test_a_sweep_deletes_no_link(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"x")
    link = tmp_path / ".postmortem-link.tmp"
    link.symlink_to(kept)
    disk.sweep(tmp_path, kept.stat().st_mtime + OLD)
    assert link.is_symlink() and kept.exists()


@administrator
def test_the_owner_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    os.chown(path, 12_345, 54_321)
    write_whole(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (12_345, 54_321)


def test_owner_and_mode_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    old = path.stat()
    asked: list[tuple[int, ...]] = []
    monkeypatch.setattr(os, "fchown", lambda *what: asked.append(what), raising=False)
    monkeypatch.setattr(os, "fchmod", lambda *what: asked.append(what), raising=False)
    disk.keep_mode(7, old)
    assert asked == [(7, old.st_uid, old.st_gid), (7, stat.S_IMODE(old.st_mode))]
    asked.clear()

    def refused(*what: int) -> None:
        asked.append(what)
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "fchown", refused)
    disk.keep_mode(7, old)
    assert asked == [(7, old.st_uid, old.st_gid), (7, -1, old.st_gid), (7, stat.S_IMODE(old.st_mode))]
    asked.clear()
    monkeypatch.delattr(os, "fchmod")
    disk.keep_mode(7, old)
    assert len(asked) == 2


def test_folders_are_flushed_but_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert disk.has_folders_to_flush() is (os.name != "nt")
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        windows = disk.has_folders_to_flush()
    assert windows is False
    opened: list[Any] = []
    monkeypatch.setattr(disk, "has_folders_to_flush", lambda: False)
    monkeypatch.setattr(os, "open", lambda *what: opened.append(what))
    disk.flush_folder(tmp_path)
    assert opened == []


@pytest.mark.parametrize("code", ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "EBADF"])
def test_a_folder_that_cannot_be_flushed_is_let_be(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: int) -> None:
        raise OSError(getattr(errno, code), "no")

    monkeypatch.setattr(disk, "flush", fails)
    disk.flush_folder(tmp_path)


@pytest.mark.parametrize("code", ["EPERM", "EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"])
def test_a_system_without_second_names(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise OSError(getattr(errno, code), "no")

    monkeypatch.setattr(os, "link", fails)
    create_whole(tmp_path / "new", b"x")
    assert (tmp_path / "new").read_bytes() == b"x"
    with pytest.raises(FileExistsError):
        create_whole(tmp_path / "new", b"y")
    assert (tmp_path / "new").read_bytes() == b"x"
    assert [one.name for one in tmp_path.iterdir()] == ["new"]


def test_errors_say_what_and_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IsADirectoryError) as folder:
        read_capped(tmp_path, 9)
    assert (folder.value.errno, folder.value.filename) == (errno.EISDIR, str(tmp_path))
    assert folder.value.strerror == os.strerror(errno.EISDIR)
    with pytest.raises(NotAFile) as device:
        read_capped("/dev/null", 9)
    assert (device.value.errno, device.value.filename) == (errno.EINVAL, "/dev/null")
    path = tmp_path / "log.yaml"
    monkeypatch.setattr(disk, "flush_folder", broken)
    with pytest.raises(Unconfirmed) as unsure:
        write_whole(path, b"x")
    assert (unsure.value.errno, unsure.value.strerror) == (errno.EIO, "no")
    assert (unsure.value.filename, path.read_bytes()) == (str(path), b"x")

    def nameless(*_: Any) -> None:
        raise OSError("gone")

    monkeypatch.setattr(disk, "flush_folder", nameless)
    with pytest.raises(Unconfirmed) as unsure:
        create_whole(tmp_path / "other", b"x")
    assert (unsure.value.errno, unsure.value.strerror) == (None, "gone")


def test_a_write_of_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for written in (0, -1):
        monkeypatch.setattr(disk, "write", lambda *_, size=written: size)
        with pytest.raises(OSError, match="nothing more could be written") as caught:
            disk.write_all(9, b"x")
        assert caught.value.errno == errno.EIO
    monkeypatch.setattr(disk, "write", lambda *_: 1)
    disk.write_all(9, b"xyz")
    disk.write_all(9, b"")


ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"


def _list(group: int, mask: int) -> bytes:
    """Return a list by which the user 12345 may read and write, and the file's own group what is told."""
    no_one = 0xFFFFFFFF
    entries = ((1, 6, no_one), (2, 6, 12345), (4, group, no_one), (16, mask, no_one), (32, 0, no_one))
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in entries)


def _put_list(place: Path, name: str, entries: bytes) -> None:
    """Give a file its list; a disk without such lists is nothing that a test could install."""
    try:
        os.setxattr(place, name, entries)
    except (AttributeError, OSError):
        pytest.skip("this disk knows no lists of who may do what")


def test_a_list_of_who_may_do_what_stays_and_none_comes_upon_a_file(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"old")
    place.chmod(0o600)
    _put_list(place, ACCESS, _list(group=0, mask=6))
    write_whole(place, b"new")
    # Without the list a mode of 0660 would let the group read what it could not.
    assert os.getxattr(place, ACCESS) == _list(group=0, mask=6)
    assert stat.S_IMODE(place.stat().st_mode) == 0o660
    os.removexattr(place, ACCESS)
    place.chmod(0o640)
    _put_list(tmp_path, DEFAULT, _list(group=6, mask=6))
    write_whole(place, b"newer")
    assert ACCESS not in os.listxattr(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


def test_a_list_that_cannot_be_kept_leaves_the_group_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"old")
    place.chmod(0o664)

    def got(file: int | Path, _: str) -> bytes:
        if file == place:
            return b"a list"
        raise OSError(errno.ENODATA, "none")

    def refused(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "no")

    monkeypatch.setattr(os, "getxattr", got, raising=False)
    monkeypatch.setattr(os, "setxattr", refused, raising=False)
    write_whole(place, b"new")
    assert (place.read_bytes(), stat.S_IMODE(place.stat().st_mode)) == (b"new", 0o604)


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
