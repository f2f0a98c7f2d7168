"""Files beside a log: where a name in it truly leads, and that this is inside the log's own folder."""

from __future__ import annotations

import re
from errno import ELOOP
from functools import partial
from posixpath import normpath
from typing import TYPE_CHECKING

from postmortem.ground.files import NotAFile, TooLarge, read_capped
from postmortem.ground.record import record
from postmortem.measure.rows import BadFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])( *[.:].*)? *", re.IGNORECASE)


@record
class Former:
    """The folder of a log as it was at another time, of which no disk tells.

    ``read`` takes the name of a file below it, and how many bytes are wanted at most; it raises what
    `read_capped` does.
    """

    read: Callable[[str, int], bytes]


def inside(what: str) -> str:
    """Return where such a file may lie, as a sentence: ``what`` is `a series file`, `a picture`."""
    return f"{what} lies beside its log or in a folder below, and is named relative to it"


def reader_beside(name: str, folder: Path | Former | None, what: str, kinds: str) -> Callable[[int], bytes]:
    """Return what reads a file beside a log, up to a cap; `BadFile` where it may not lie where it does.

    The reader raises `TooLarge` past the cap, and `BadFile` for all else that stops it.
    """
    if isinstance(folder, Former):
        _refuse_name(name, what)
        place = normpath(name)
        if place.split("/")[0] == "..":
            raise BadFile("lies outside the log's folder", inside(what))
        return partial(_bytes, partial(folder.read, place), what, kinds)
    return partial(_bytes, partial(read_capped, path_beside(name, folder, what)), what, kinds)


def path_beside(name: str, folder: Path | None, what: str) -> Path:
    """Return where a file truly lies, links followed; `BadFile` where that is not inside the log's folder."""
    if folder is None:
        raise BadFile("cannot be looked for: this log has no folder", "name the log by its path")
    _refuse_name(name, what)
    try:
        home = folder.resolve()
        path = (home / name).resolve()
    except (OSError, RuntimeError):
        raise BadFile("leads nowhere", inside(what)) from None
    if not path.is_relative_to(home):
        raise BadFile("lies outside the log's folder", inside(what))
    return path


def _refuse_name(name: str, what: str) -> None:
    if not name.isprintable() or "\\" in name or re.match("[A-Za-z]:", name) or name.startswith(("/", "~")):
        raise BadFile("is not named relative to the log's folder", f"{inside(what)}, with `/` between")
    if any(_DEVICE.fullmatch(part) for part in name.split("/")):
        raise BadFile("has the name of a device", inside(what))


def _bytes(read: Callable[[int], bytes], what: str, kinds: str, cap: int) -> bytes:
    try:
        return read(cap)
    except TooLarge:
        raise
    except FileNotFoundError:
        raise BadFile("is not there", inside(what)) from None
    except IsADirectoryError:
        raise BadFile("is a folder", kinds) from None
    except NotAFile:
        raise BadFile("is not a regular file", kinds) from None
    except PermissionError:
        raise BadFile("may not be read by this user", "give yourself the right to read it") from None
    except OSError as wrong:
        if wrong.errno == ELOOP:
            raise BadFile("leads nowhere", inside(what)) from None
        raise BadFile(f"cannot be read: {wrong.strerror or 'the system gives no reason'}") from None
