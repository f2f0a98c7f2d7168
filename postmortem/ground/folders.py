"""Folders: what stands at a path, and all that lies below one, however deep."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NOWHERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG)
"""What the system says of a path that leads nowhere; all else says nothing of whether something is there."""


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Tell whether a path leads to a folder; no where this user may not know, `OSError` where the disk fails.

    Python's own functions take a failing disk for a no, or raise for names that are too long.
    """
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116
    except OSError as error:
        if error.errno in (*_NOWHERE, errno.EACCES):
            return False
        raise


def is_there(path: str | os.PathLike[str]) -> bool:
    """Tell whether anything stands at a path, be it a link to nowhere; `OSError` where nobody can say."""
    try:
        os.lstat(path)
    except OSError as error:
        if error.errno in _NOWHERE:
            return False
        raise
    return True


def folders_below(
    top: str | os.PathLike[str], refuse: Callable[[OSError], None] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Yield a folder and all below it, each with the sorted names of what is no folder in it.

    Hidden folders and links to folders are left out, and so are those that cannot be listed, after
    ``refuse`` was told. `os.walk` is the same, but ends where folders lie deeper than Python lets calls be.
    """
    left = [os.fspath(top)]
    while left:
        folder = left.pop()
        names: list[str] = []
        inner: list[str] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not _is_folder(entry):
                        names.append(entry.name)
                    elif not entry.name.startswith(".") and not entry.is_symlink():
                        inner.append(entry.name)
        except OSError as error:
            if refuse is not None:
                refuse(error)
            continue
        yield folder, sorted(names)
        left += [os.path.join(folder, name) for name in sorted(inner, reverse=True)]  # noqa: PTH118


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a circle of links
        return False
