"""Files: read under a cap, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.ground import disk
from postmortem.ground.readings import remember, was_read

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 20


class TooLarge(OSError):
    """The file holds more bytes than its reader allows; ``cap`` is how many it allows."""

    def __init__(self, path: str, cap: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {cap:,} bytes", path)
        self.cap = cap


class NotAFile(OSError):
    """The path names a device, a pipe or a socket, which is not read from or written over."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EINVAL, "it is not a regular file", path)


class ChangedMeanwhile(OSError):
    """Somebody else has changed the file since it was read: what they wrote stands, and nothing else."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EBUSY, "it was changed by somebody else meanwhile", path)


class IsInput(OSError):
    """The file is one that this run has read: what it makes of that may not take its place."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EBUSY, "this run reads it", path)


class Unconfirmed(OSError):
    """The file is in place and whole, but the disk did not confirm that it keeps it."""

    def __init__(self, path: str, cause: OSError) -> None:
        super().__init__(cause.errno, cause.strerror or str(cause), path)


def read_capped(path: str | os.PathLike[str], cap: int) -> bytes:
    """Return the bytes of a regular file of at most ``cap`` bytes.

    Raises `IsADirectoryError` for a folder, `NotAFile` for a device, pipe or socket (without waiting for
    it), `TooLarge` past the cap, and the system's own `OSError` otherwise.
    """
    name = os.fspath(path)
    number = _open_to_read(name)
    try:
        status = os.fstat(number)
        _refuse_irregular(name, status.st_mode)
        if status.st_size > cap:
            raise TooLarge(name, cap)
        remember(status)
        data = _read_up_to(number, cap + 1)
    finally:
        os.close(number)
    if len(data) > cap:
        raise TooLarge(name, cap)
    return data


def text_pieces(path: str | os.PathLike[str]) -> Iterator[str]:
    """Yield a file's text bit by bit, what is no UTF-8 replaced: it may be larger than the memory."""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:  # noqa: PTH123
        while piece := file.read(_PIECE):
            yield piece


def write_whole(path: str | os.PathLike[str], data: bytes, *, instead_of: bytes | None = None) -> None:
    """Put ``data`` into the file at ``path``, whole or not at all.

    The bytes go into a temporary file of the same folder, are flushed to the disk and then take the file's
    name in one step. A link is followed to its target; an existing file keeps its mode (and its owner,
    where the system lets us), a new one gets what the umask leaves. With ``instead_of`` the file is replaced
    only if it still holds those bytes; without, never one that this run has read (a log, a series, settings).
    Raises `ChangedMeanwhile` and `IsInput` there, `Unconfirmed` where the new file is in place but the disk
    did not say so, and `OSError` otherwise, with the old file as it was; never returns without the new one
    in place.
    """
    target = Path(os.path.realpath(path))
    old = _status_of(target)
    if old is not None:
        _refuse_irregular(str(target), old.st_mode)
        if instead_of is None and was_read(old):
            raise IsInput(str(target))
        disk.ask_to_write(target)
    with disk.draft(target.parent, data, old, target) as temporary:
        if instead_of is not None:
            _refuse_changed(str(target), instead_of)
        disk.rename(temporary, target)
    _confirm(target)


def create_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Put ``data`` into a new file at ``path``, whole or not at all, and never over what is there.

    Raises `FileExistsError` where anything is, a link that leads nowhere included; `Unconfirmed` and
    `OSError` as `write_whole` does.
    """
    target = Path(path)
    with disk.draft(target.parent, data, None) as temporary:
        disk.place_anew(temporary, target)
    _confirm(target)


def append_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Add ``data`` to the end of the file at ``path``, or to a device or pipe; what fails is taken back.

    The file stays the same one, since others may have it open to add to it. Raises `OSError`, with a
    regular file as it was before.
    """
    number = disk.open_to_append(path)
    try:
        before = os.fstat(number)
        if not stat.S_ISREG(before.st_mode):
            disk.write_all(number, data)
            return
        try:
            disk.write_all(number, data)
            disk.flush(number)
        except BaseException:
            with contextlib.suppress(OSError):
                os.ftruncate(number, before.st_size)
            raise
    finally:
        os.close(number)


def make_folders(folder: Path) -> None:
    """Make a folder, and those above it that are missing, each on the disk when this returns.

    Raises `OSError`: `FileExistsError` where something else has a folder's name.
    """
    missing: list[Path] = []
    # Not by recursion: a path may be deeper than Python lets calls be.
    while not folder.is_dir():
        missing.append(folder)
        if folder == folder.parent:
            break
        folder = folder.parent
    for one in reversed(missing):
        _make_folder(one)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise
        return
    disk.flush_folder(folder.parent)


def _confirm(target: Path) -> None:
    try:
        disk.flush_folder(target.parent)
    except OSError as error:
        raise Unconfirmed(str(target), error) from error


def _refuse_changed(name: str, was: bytes) -> None:
    try:
        same = read_capped(name, len(was)) == was
    except (FileNotFoundError, TooLarge):
        same = False
    if not same:
        raise ChangedMeanwhile(name)


def _status_of(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _refuse_irregular(name: str, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    if not stat.S_ISREG(mode):
        raise NotAFile(name)


def _open_to_read(name: str) -> int:
    # Without waiting: a pipe that nobody writes to would hold us for ever.
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    )
    return os.open(name, flags)


def _read_up_to(number: int, most: int) -> bytes:
    pieces: list[bytes] = []
    left = most
    while left > 0:
        piece = os.read(number, min(left, _PIECE))
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
