"""Series files: where they may lie, and what kind of file they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.ground.files import NotAFile, TooLarge, read_capped
from postmortem.measure.rows import BadFile, csv_rows, json_rows, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postmortem.measure.rows import BadRow, Row

LARGEST_FILE = 64 << 20
ALL_FILES = 128 << 20
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])( *[.:].*)? *", re.IGNORECASE)
_INSIDE = "a series file lies beside its log or in a folder below, and is named relative to it"
_KINDS = "a series file is CSV (`.csv`), JSON Lines (`.jsonl`, `.ndjson`) or Parquet (`.parquet`)"


@dataclass(slots=True)
class Budget:
    """How many bytes of series files one log may still have read: many entries may name one file."""

    left: int = ALL_FILES


def rows_of(name: str, folder: Path | None, budget: Budget) -> Iterator[Row | BadRow]:
    """Return the rows of the file that a log calls ``name``; ``folder`` is the log's own.

    `BadFile` where it may not be read or cannot be; the rows themselves may also raise it, or `NoParquet`.
    """
    kind = name.lower().rpartition(".")[2]
    path = _path(name, folder)
    if kind not in ("csv", "jsonl", "ndjson", "parquet"):
        raise BadFile("is none of the kinds a series can have", _KINDS)
    data = _bytes(path, budget)
    if kind == "parquet":
        from postmortem.measure.parquet import parquet_rows

        return parquet_rows(data)
    return csv_rows(text_of(data)) if kind == "csv" else json_rows(text_of(data))


def _path(name: str, folder: Path | None) -> Path:
    """Return where a file truly lies, links followed; `BadFile` where that is not inside the log's folder."""
    if folder is None:
        raise BadFile("cannot be looked for: this log has no folder", "name the log by its path")
    if not name.isprintable() or "\\" in name or re.match("[A-Za-z]:", name) or name.startswith(("/", "~")):
        raise BadFile("is not named relative to the log's folder", f"{_INSIDE}, with `/` between")
    if any(_DEVICE.fullmatch(part) for part in name.split("/")):
        raise BadFile("has the name of a device", _INSIDE)
    try:
        home = folder.resolve()
        path = (home / name).resolve()
    except (OSError, RuntimeError):
        raise BadFile("leads nowhere", _INSIDE) from None
    if not path.is_relative_to(home):
        raise BadFile("lies outside the log's folder", _INSIDE)
    return path


def _bytes(path: Path, budget: Budget) -> bytes:
    try:
        data = read_capped(path, min(LARGEST_FILE, budget.left))
        budget.left -= len(data)
        return data
    except FileNotFoundError:
        raise BadFile("is not there", _INSIDE) from None
    except IsADirectoryError:
        raise BadFile("is a folder", _KINDS) from None
    except NotAFile:
        raise BadFile("is not a regular file", _KINDS) from None
    except TooLarge as large:
        whose = f"is larger than {LARGEST_FILE >> 20} MiB"
        if large.cap < LARGEST_FILE:
            whose = f"is too much: all series of a log together may have {ALL_FILES >> 20} MiB"
        raise BadFile(whose, "thin it out beforehand") from None
    except PermissionError:
        raise BadFile("may not be read by this user", "give yourself the right to read it") from None
    except OSError as wrong:
        raise BadFile(f"cannot be read: {wrong.strerror or 'the system gives no reason'}") from None
