"""Series files: where they may lie, and what kind of file they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.ground.files import TooLarge
from postmortem.measure.beside import reader_beside
from postmortem.measure.rows import BadFile, csv_rows, json_rows, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from postmortem.measure.beside import Former
    from postmortem.measure.rows import BadRow, Row

LARGEST_FILE = 64 << 20
ALL_FILES = 128 << 20
_WHAT = "a series file"
_KINDS = "a series file is CSV (`.csv`), JSON Lines (`.jsonl`, `.ndjson`) or Parquet (`.parquet`)"


@dataclass(slots=True)
class Budget:
    """How many bytes of series files one log may still have read: many entries may name one file."""

    left: int = ALL_FILES


def rows_of(name: str, folder: Path | Former | None, budget: Budget) -> Iterator[Row | BadRow]:
    """Return the rows of the file that a log calls ``name``; ``folder`` is the log's own.

    `BadFile` where it may not be read or cannot be; the rows themselves may also raise it, or `NoParquet`.
    """
    kind = name.lower().rpartition(".")[2]
    read = reader_beside(name, folder, _WHAT, _KINDS)
    if kind not in ("csv", "jsonl", "ndjson", "parquet"):
        raise BadFile("is none of the kinds a series can have", _KINDS)
    data = _bytes(read, budget)
    if kind == "parquet":
        from postmortem.measure.parquet import parquet_rows

        return parquet_rows(data)
    return csv_rows(text_of(data)) if kind == "csv" else json_rows(text_of(data))


def _bytes(read: Callable[[int], bytes], budget: Budget) -> bytes:
    try:
        data = read(min(LARGEST_FILE, budget.left))
    except TooLarge as large:
        whose = f"is larger than {LARGEST_FILE >> 20} MiB"
        if large.cap < LARGEST_FILE:
            whose = f"is too much: all series of a log together may have {ALL_FILES >> 20} MiB"
        raise BadFile(whose, "thin it out beforehand") from None
    budget.left -= len(data)
    return data
