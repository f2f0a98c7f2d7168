"""Files beside a log: where a name in it truly leads, and that this is inside the log's own folder."""

from __future__ import annotations

import re
from errno import ELOOP
from typing import TYPE_CHECKING

from postmortem.ground.files import NotAFile, TooLarge, read_capped
from postmortem.measure.rows import BadFile

if TYPE_CHECKING:
    from pathlib import Path

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])( *[.:].*)? *", re.IGNORECASE)


def inside(what: str) -> str:
    """Return where such a file may lie, as a sentence: ``what`` is `a series file`, `a picture`."""
    return f"{what} lies beside its log or in a folder below, and is named relative to it"


def path_beside(name: str, folder: Path | None, what: str) -> Path:
    """Return where a file truly lies, links followed; `BadFile` where that is not inside the log's folder."""
    if folder is None:
        raise BadFile("cannot be looked for: this log has no folder", "name the log by its path")
    if not name.isprintable() or "\\" in name or re.match("[A-Za-z]:", name) or name.startswith(("/", "~")):
        raise BadFile("is not named relative to the log's folder", f"{inside(what)}, with `/` between")
    if any(_DEVICE.fullmatch(part) for part in name.split("/")):
        raise BadFile("has the name of a device", inside(what))
    try:
        home = folder.resolve()
        path = (home / name).resolve()
    except (OSError, RuntimeError):
        raise BadFile("leads nowhere", inside(what)) from None
    if not path.is_relative_to(home):
        raise BadFile("lies outside the log's folder", inside(what))
    return path


def bytes_of(path: Path, cap: int, what: str, kinds: str) -> bytes:
    """Return the bytes of a regular file; `TooLarge` past the cap, `BadFile` for all else that stops it."""
    try:
        return read_capped(path, cap)
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
