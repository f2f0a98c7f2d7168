"""Files: read under a cap without waiting, written whole or not at all, whatever breaks on the way."""

from __future__ import annotations

import errno
import os
import random
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from postmortem.ground import disk
from postmortem.ground.disk import sweep
from postmortem.ground.files import (
    ChangedMeanwhile,
    NotAFile,
    TooLarge,
    Unconfirmed,
    append_whole,
    create_whole,
    make_folders,
    read_capped,
    write_whole,
)

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("POSTMORTEM_KILLS", "30"))
"""How often a writer is killed at a random moment; a night's run takes 1,000."""

posix = pytest.mark.skipif(os.name != "posix", reason="the system has no such files")
by_others = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the administrator may write everywhere"
)


@pytest.fixture(autouse=True)
def unswept() -> Iterator[None]:
    disk._swept.clear()
    yield


def temporaries(folder: Path) -> list[Path]:
    return sorted(folder.glob(".postmortem-*.tmp"))


def test_a_file_is_read_up_to_its_cap(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"x" * 3_000_000)
    assert read_capped(path, 3_000_000) == b"x" * 3_000_000
    assert read_capped(str(path), 9_000_000) == b"x" * 3_000_000
    with pytest.raises(TooLarge, match="larger than 2,999,999 bytes") as caught:
        read_capped(path, 2_999_999)
    assert (caught.value.cap, caught.value.errno, caught.value.filename) == (
        2_999_999,
        errno.EFBIG,
        str(path),
    )
    (tmp_path / "empty").write_bytes(b"")
    assert read_capped(tmp_path / "empty", 0) == b""


def test_a_file_that_grows_while_it_is_read_is_still_capped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"x" * 11)
    small = os.stat_result((stat.S_IFREG, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    monkeypatch.setattr(os, "fstat", lambda *_: small)
    with pytest.raises(TooLarge):
        read_capped(path, 10)


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_capped(tmp_path / "nope", 9)
    with pytest.raises(IsADirectoryError):
        read_capped(tmp_path, 9)


@posix
def test_a_pipe_or_device_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(NotAFile, match="not a regular file"):
            read_capped(path, 9)
        with pytest.raises(NotAFile, match="not a regular file"):
            write_whole(path, b"x")


def test_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "new.md"
    write_whole(path, b"text\n")
    assert path.read_bytes() == b"text\n"
    write_whole(str(path), b"")
    assert path.read_bytes() == b""
    write_whole(path, bytes(5_000_000))
    assert path.stat().st_size == 5_000_000
    assert temporaries(tmp_path) == []


@posix
@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_modes(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "new", b"x")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o666 & ~umask
        for mode in (0o600, 0o640, 0o755, 0o666):
            path = tmp_path / f"old{mode}"
            path.write_bytes(b"old")
            path.chmod(mode)
            write_whole(path, b"new")
            assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", mode)
    finally:
        os.umask(before)


@posix
def test_what_is_secret_is_so_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"old")
    path.chmod(0o600)
    seen: list[int] = []
    flush = disk.flush

    def look(number: int) -> None:
        seen.extend(stat.S_IMODE(one.stat().st_mode) for one in temporaries(tmp_path))
        flush(number)

    def write(number: int, data: memoryview) -> int:
        seen.extend(stat.S_IMODE(one.stat().st_mode) for one in temporaries(tmp_path))
        return os.write(number, data)

    monkeypatch.setattr(disk, "flush", look)
    monkeypatch.setattr(disk, "write", write)
    write_whole(path, b"new")
    assert set(seen) == {0o600}


@posix
def test_a_link_is_followed_to_its_target(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "log.yaml"
    target.write_bytes(b"old")
    (tmp_path / "one").symlink_to(target)
    (tmp_path / "two").symlink_to("one")
    write_whole(tmp_path / "two", b"new")
    assert target.read_bytes() == b"new"
    assert not target.is_symlink()
    assert (tmp_path / "two").is_symlink() and (tmp_path / "one").is_symlink()
    (tmp_path / "dangling").symlink_to(tmp_path / "real" / "made")
    write_whole(tmp_path / "dangling", b"made")
    assert (tmp_path / "real" / "made").read_bytes() == b"made"
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OSError, match=r"."):
        write_whole(tmp_path / "loop", b"x")


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "gone" / "log.yaml", b"x")
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, b"x")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match=r"."):
        write_whole(tmp_path / "file" / "log.yaml", b"x")


@by_others
def test_a_read_only_file_or_folder_stays(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        write_whole(path, b"new")
    path.chmod(0o644)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(PermissionError):
            write_whole(path, b"new")
    finally:
        tmp_path.chmod(0o755)
    assert path.read_bytes() == b"old"


def test_a_file_that_may_not_be_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    real = os.open

    def refused(name: Any, flags: int, *mode: int) -> int:
        if Path(name) == path and flags & os.O_WRONLY:
            raise OSError(errno.EROFS, "Read-only file system")
        return real(name, flags, *mode)

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(OSError, match="Read-only"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert temporaries(tmp_path) == []


STEPS = ("create", "write", "keep_mode", "flush", "rename")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_fault_at_a_step_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException
) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")

    def broken(*_: Any) -> Any:
        raise fault

    monkeypatch.setattr(disk, step, broken)
    with pytest.raises(type(fault)):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert temporaries(tmp_path) == []
    if step != "keep_mode":  # a new file has no mode to keep
        with pytest.raises(type(fault)):
            write_whole(tmp_path / "fresh", b"new")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["log.yaml"]


def test_a_fault_when_the_folder_is_flushed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.yaml"
    flush, numbers = os.fsync, []

    def second_fails(code: int) -> Callable[[int], None]:
        def of(number: int) -> None:
            numbers.append(number)
            if stat.S_ISDIR(os.fstat(number).st_mode):
                raise OSError(code, "no")
            flush(number)

        return of

    monkeypatch.setattr(os, "fsync", second_fails(errno.EIO))
    with pytest.raises(Unconfirmed, match="no") as caught:
        write_whole(path, b"new")
    assert (caught.value.errno, caught.value.filename) == (errno.EIO, str(path))
    assert path.read_bytes() == b"new"
    monkeypatch.setattr(os, "fsync", second_fails(errno.EINVAL))
    write_whole(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert len(numbers) == 4


def test_a_write_that_takes_only_a_part_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "write", lambda number, data: os.write(number, data[:3]))
    write_whole(tmp_path / "log.yaml", b"0123456789")
    assert (tmp_path / "log.yaml").read_bytes() == b"0123456789"
    monkeypatch.setattr(disk, "write", lambda *_: 0)
    with pytest.raises(OSError, match="nothing more could be written"):
        write_whole(tmp_path / "log.yaml", b"x")
    assert (tmp_path / "log.yaml").read_bytes() == b"0123456789"


def test_the_order_of_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "log.yaml").write_bytes(b"old")
    done: list[str] = []

    def noted(name: str) -> Callable[..., Any]:
        real = getattr(disk, name)

        def of(*arguments: Any) -> Any:
            done.append(name)
            return real(*arguments)

        return of

    for name in (*STEPS, "flush_folder"):
        monkeypatch.setattr(disk, name, noted(name))
    write_whole(tmp_path / "log.yaml", b"new")
    assert done == ["create", "write", "keep_mode", "flush", "rename", "flush_folder", "flush"]


def test_where_owners_and_folders_are_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    monkeypatch.delattr(os, "fchown", raising=False)
    monkeypatch.delattr(os, "fchmod", raising=False)
    monkeypatch.setattr(disk, "has_folders_to_flush", lambda: False)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_old_temporaries_are_swept_once_a_run(tmp_path: Path) -> None:
    names = (".postmortem-old.tmp", ".postmortem-new.tmp", "postmortem-old.tmp", ".postmortem-old.txt")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
        if "old" in name:
            os.utime(tmp_path / name, (time.time() - 3700,) * 2)
    (tmp_path / ".postmortem-folder.tmp").mkdir()
    os.utime(tmp_path / ".postmortem-folder.tmp", (time.time() - 3700,) * 2)
    write_whole(tmp_path / "log.yaml", b"x")
    left = {one.name for one in tmp_path.iterdir()}
    assert left == {*names[1:], ".postmortem-folder.tmp", "log.yaml"}
    os.utime(tmp_path / ".postmortem-new.tmp", (time.time() - 3700,) * 2)
    write_whole(tmp_path / "log.yaml", b"y")
    assert (tmp_path / ".postmortem-new.tmp").exists()


def test_a_sweep_minds_the_hour_and_raises_nothing(tmp_path: Path) -> None:
    path = tmp_path / ".postmortem-a.tmp"
    path.write_bytes(b"x")
    made = path.stat().st_mtime
    sweep(tmp_path, made + 3600)
    assert path.exists()
    sweep(tmp_path / "gone", made + 3601)
    sweep(tmp_path, made + 3601)
    assert not path.exists()


def test_a_folder_that_may_not_be_read_is_written_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "log.yaml", os.open

    def refused(name: Any, flags: int, *mode: int) -> int:
        if Path(name) == tmp_path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(name, flags, *mode)

    monkeypatch.setattr(os, "open", refused)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


@posix
def test_a_group_is_kept_where_an_owner_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    asked: list[tuple[int, int]] = []

    def refused(_: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", refused)
    write_whole(path, b"new")
    status = path.stat()
    assert asked == [(status.st_uid, status.st_gid), (-1, status.st_gid)]
    assert path.read_bytes() == b"new"


def test_what_was_changed_meanwhile_is_left(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    write_whole(path, b"new", instead_of=b"old")
    assert path.read_bytes() == b"new"
    for other in (b"old", b"ne", b"news"):
        with pytest.raises(ChangedMeanwhile, match="changed by somebody else") as caught:
            write_whole(path, b"newer", instead_of=other)
        assert (caught.value.errno, caught.value.filename) == (errno.EBUSY, str(path))
    path.unlink()
    with pytest.raises(ChangedMeanwhile):
        write_whole(path, b"newer", instead_of=b"new")
    assert list(tmp_path.iterdir()) == []


def test_the_change_is_looked_for_last_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, flush = tmp_path / "log.yaml", disk.flush
    path.write_bytes(b"old")

    def edited(number: int) -> None:
        path.write_bytes(b"edited")
        flush(number)

    monkeypatch.setattr(disk, "flush", edited)
    with pytest.raises(ChangedMeanwhile):
        write_whole(path, b"new", instead_of=b"old")
    assert path.read_bytes() == b"edited"
    assert temporaries(tmp_path) == []


def test_a_new_file_never_takes_the_place_of_anything(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    create_whole(path, b"first")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "folder").mkdir()
    for name in ("log.yaml", "dangling", "folder"):
        with pytest.raises(FileExistsError):
            create_whole(tmp_path / name, b"second")
    assert path.read_bytes() == b"first"
    assert path.stat().st_nlink == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["dangling", "folder", "log.yaml"]


@pytest.mark.parametrize("code", [errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP])
def test_where_a_file_has_one_name_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refused(*_: Any) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(os, "link", refused)
    create_whole(tmp_path / "log.yaml", b"first")
    with pytest.raises(FileExistsError):
        create_whole(tmp_path / "log.yaml", b"second")
    assert (tmp_path / "log.yaml").read_bytes() == b"first"
    monkeypatch.setattr(disk, "rename", refused)
    with pytest.raises(OSError, match="no"):
        create_whole(tmp_path / "other.yaml", b"first")
    assert [one.name for one in tmp_path.iterdir()] == ["log.yaml"]


def test_a_link_that_fails_otherwise_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "link", refused)
    with pytest.raises(OSError, match="no"):
        create_whole(tmp_path / "log.yaml", b"first")
    assert list(tmp_path.iterdir()) == []


def test_what_is_added_stands_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    append_whole(path, b"one\n")
    number = path.stat().st_ino
    append_whole(str(path), b"two\n")
    assert (path.read_bytes(), path.stat().st_ino) == (b"one\ntwo\n", number)


def test_what_cannot_be_added_whole_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "summary.md"
    path.write_bytes(b"one\n")
    left = [3]

    def full(number: int, data: memoryview) -> int:
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        return os.write(number, data[: left.pop()])

    monkeypatch.setattr(disk, "write", full)
    with pytest.raises(OSError, match="No space"):
        append_whole(path, b"two\n")
    assert path.read_bytes() == b"one\n"


@posix
def test_something_is_added_to_devices_and_read_pipes(tmp_path: Path) -> None:
    append_whole("/dev/null", b"x")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match=r"."):
        append_whole(pipe, b"nobody reads")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    append_whole(pipe, b"read")
    assert os.read(reader, 9) == b"read"
    os.close(reader)


def test_folders_are_made_and_flushed_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(disk, "flush_folder", flushed.append)
    make_folders(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a/b/c").is_dir()
    assert flushed == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]
    make_folders(tmp_path / "a" / "b")
    assert len(flushed) == 3
    (tmp_path / "file").write_bytes(b"")
    for below in ("", "a/b"):
        with pytest.raises(FileExistsError):
            make_folders(tmp_path / "file" / below)
    monkeypatch.chdir(tmp_path)
    make_folders(Path("d/e"))
    assert (tmp_path / "d/e").is_dir()


def test_a_folder_that_somebody_else_makes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(folder: Path) -> None:
        os.mkdir(folder)  # noqa: PTH102
        raise FileExistsError(errno.EEXIST, "File exists")

    monkeypatch.setattr(Path, "mkdir", made)
    make_folders(tmp_path / "a")
    assert (tmp_path / "a").is_dir()


def test_the_root_that_is_no_folder_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_dir", lambda _: False)
    with pytest.raises(OSError, match=r"."):
        make_folders(Path("/"))


WRITER = """
import sys
from postmortem.ground.files import write_whole
path, size = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
while True:
    for letter in b"ab":
        write_whole(path, bytes([letter]) * size)
"""


@posix
def test_a_killed_writer_never_tears_the_file(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "log.yaml"
    size = 2_000_000
    path.write_bytes(b"a" * size)
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(size)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        data = path.read_bytes()
        assert len(data) == size
        assert len(set(data)) == 1
    for one in temporaries(tmp_path):
        os.utime(one, (time.time() - 3700,) * 2)
    write_whole(path, b"done")
    assert [one.name for one in tmp_path.iterdir()] == ["log.yaml"]
