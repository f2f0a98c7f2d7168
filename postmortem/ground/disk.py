"""The steps by which bytes come to the disk, each a function, so that a test can make each of them fail."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

_STALE_AFTER = 3600.0
_TEMPORARY_STEM, _TEMPORARY_END = ".postmortem-", ".tmp"
_NO_LINKS = (errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
_NO_FLUSH = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF)
_LIST = "system.posix_acl_access"
_swept: set[Path] = set()


@contextlib.contextmanager
def draft(folder: Path, data: bytes, old: os.stat_result | None, of: Path | None = None) -> Iterator[Path]:
    """Yield a temporary file of the folder that holds ``data``, flushed to the disk.

    It has the mode of ``old``, the status of the file ``of`` whose place it is to take, or what the umask
    leaves. At the end its name goes, if it still has that one.
    """
    temporary = folder / f"{_TEMPORARY_STEM}{os.urandom(8).hex()}{_TEMPORARY_END}"
    number = create(temporary, 0o666 if old is None else 0o600)
    try:
        try:
            sweep_once(folder, os.fstat(number).st_mtime)
            write_all(number, data)
            if old is not None:
                keep_mode(number, old, of)
            flush(number)
        finally:
            os.close(number)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


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


def sweep_once(folder: Path, now: float) -> None:
    """Sweep a folder at the first file that a run writes into it: thousands of files may follow.

    Now is when the new file was made, by the clock of the disk that the old ones lie on.
    """
    if folder not in _swept:
        _swept.add(folder)
        sweep(folder, now)


def create(temporary: Path, mode: int) -> int:
    """Make a file where none is, and open it to write."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.open(temporary, flags, mode)


def ask_to_write(target: Path) -> None:
    """Raise the system's own error where a file may not be written; the rename alone would not ask."""
    os.close(os.open(target, os.O_WRONLY | getattr(os, "O_BINARY", 0)))


def open_to_append(path: str | os.PathLike[str]) -> int:
    """Open a file to write at its end, made if there is none; a pipe that nobody reads is not waited for."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0), 0o666)


def write(number: int, data: memoryview) -> int:
    """Write what the system takes, and return how many bytes those were."""
    return os.write(number, data)


def write_all(number: int, data: bytes) -> None:
    """Write all of ``data``: a system may take a part at a time."""
    left = memoryview(data)
    while left:
        written = write(number, left)
        if written <= 0:
            raise OSError(errno.EIO, "nothing more could be written")
        left = left[written:]


def keep_mode(number: int, old: os.stat_result, of: Path | None = None) -> None:
    """Give an open file the mode of another, and its owner and group as far as the system lets us.

    ``of`` is where the other one lies: its list of who may do what goes with it, for with one the group's
    part of the mode is the most that anyone on the list may, and without it that is what the group may.
    """
    if hasattr(os, "fchown"):
        try:
            os.fchown(number, old.st_uid, old.st_gid)
        except OSError:
            with contextlib.suppress(OSError):
                os.fchown(number, -1, old.st_gid)
    mode = stat.S_IMODE(old.st_mode)
    if of is not None and hasattr(os, "getxattr") and not _keep_list(number, of):
        # Who may see less than before can be helped; what was seen cannot be unseen.
        mode &= ~stat.S_IRWXG
    if hasattr(os, "fchmod"):
        os.fchmod(number, mode)


def _keep_list(number: int, of: Path) -> bool:
    kept = _list_of(of)
    if kept == _list_of(number):
        return True
    try:
        if kept is None:  # the folder's own list has come upon the new file
            os.removexattr(number, _LIST)
        else:
            os.setxattr(number, _LIST, kept)
    except OSError:
        return False
    return True


def _list_of(file: int | Path) -> bytes | None:
    try:
        return os.getxattr(file, _LIST)
    except OSError:  # it has none, or its disk knows of none
        return None


def flush(number: int) -> None:
    """Return when the disk has what was written."""
    os.fsync(number)


def rename(temporary: Path, target: Path) -> None:
    """Give a file another's place in one step."""
    temporary.replace(target)


def place_anew(temporary: Path, target: Path) -> None:
    """Give a file a second name that nothing has yet, in one step; raises FileExistsError where one has."""
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _claim(temporary, target)


def _claim(temporary: Path, target: Path) -> None:
    # A file system without second names: the name is taken by an empty file, and that one replaced.
    os.close(create(target, 0o600))
    try:
        rename(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def flush_folder(folder: Path) -> None:
    """Return when the disk has the names in a folder; one that cannot be opened or flushed is let be."""
    if not has_folders_to_flush():
        return
    try:
        number = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # One may write into a folder that one may not read.
        return
    try:
        flush(number)
    except OSError as error:
        if error.errno not in _NO_FLUSH:
            raise
        # Some network folders cannot be flushed; the file itself is in place.
    finally:
        os.close(number)


def has_folders_to_flush() -> bool:
    """Tell whether folders can be flushed: on Windows none can be opened, and a rename is on the disk."""
    return os.name != "nt"
