"""Files: read under a cap, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

_STALE_AFTER = 3600.0
_TEMPORARY_STEM, _TEMPORARY_END = ".postmortem-", ".tmp"
_PIECE = 1 << 20
_swept: set[Path] = set()


class TooLarge(OSError):
    """The file holds more bytes than its reader allows; ``cap`` is how many it allows."""

    def __init__(self, path: str, cap: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {cap:,} bytes", path)
        self.cap = cap


class NotAFile(OSError):
    """The path names a device, a pipe or a socket, which is not read from or written over."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EINVAL, "it is not a regular file", path)


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
        data = _read_up_to(number, cap + 1)
    finally:
        os.close(number)
    if len(data) > cap:
        raise TooLarge(name, cap)
    return data


def write_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Put ``data`` into the file at ``path``, whole or not at all.

    The bytes go into a temporary file of the same folder, are flushed to the disk and then take the file's
    name in one step. A link is followed to its target; an existing file keeps its mode (and its owner,
    where the system lets us), a new one gets what the umask leaves. Raises `OSError` and leaves the old
    file as it was (or the new one, where only the folder could not be flushed); never returns without the
    new one in place.
    """
    target = Path(os.path.realpath(path))
    old = _status_of(target)
    if old is not None:
        _refuse_irregular(str(target), old.st_mode)
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    folder = target.parent
    temporary = folder / f"{_TEMPORARY_STEM}{secrets.token_hex(8)}{_TEMPORARY_END}"
    number = _create(temporary, 0o666 if old is None else 0o600)
    try:
        try:
            _sweep_once(folder, os.fstat(number).st_mtime)
            _write_all(number, data)
            if old is not None:
                _keep_mode(number, old)
            _flush(number)
        finally:
            os.close(number)
        _rename(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(folder)


def sweep(folder: str | os.PathLike[str], now: float) -> None:
    """Delete the temporary files in ``folder`` that an earlier, killed run left over an hour before ``now``.

    ``now`` is in seconds since 1970. Nothing is raised: a sweep that cannot be made can wait.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_TEMPORARY_STEM) and entry.name.endswith(_TEMPORARY_END):
                _delete_if_stale(entry, now)


def _delete_if_stale(entry: os.DirEntry[str], now: float) -> None:
    with contextlib.suppress(OSError):
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(status.st_mode) and now - status.st_mtime > _STALE_AFTER:
            Path(entry.path).unlink()


def _sweep_once(folder: Path, now: float) -> None:
    # Once a run, for a sweep lists the folder, and thousands of files may be written into one. Now is when
    # the new file was made, by the clock of the disk that the old ones lie on.
    if folder not in _swept:
        _swept.add(folder)
        sweep(folder, now)


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


# Each step to the disk is a function of its own, so that a test can make each of them fail.


def _create(temporary: Path, mode: int) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.open(temporary, flags, mode)


def _write(number: int, data: memoryview) -> int:
    return os.write(number, data)


def _write_all(number: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        written = _write(number, left)
        if written <= 0:
            raise OSError(errno.EIO, "nothing more could be written")
        left = left[written:]


def _keep_mode(number: int, old: os.stat_result) -> None:
    if hasattr(os, "fchown"):
        with contextlib.suppress(OSError):
            os.fchown(number, old.st_uid, old.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(number, stat.S_IMODE(old.st_mode))


def _flush(number: int) -> None:
    os.fsync(number)


def _rename(temporary: Path, target: Path) -> None:
    temporary.replace(target)


def _flush_folder(folder: Path) -> None:
    if not _has_folders_to_flush():
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        _flush(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
        # Some network folders cannot be flushed; the file itself is in place.
    finally:
        os.close(number)


def _has_folders_to_flush() -> bool:
    # On Windows a folder cannot be opened, and a rename is on the disk when it returns.
    return os.name != "nt"
