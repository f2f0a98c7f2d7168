"""Rows: series files as text, read strictly line by line, so that one bad row never takes others with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from json import JSONDecoder

Row: TypeAlias = "tuple[int, str | int | Local, str | int | float]"
"""A row's number, time and value: as text where the file writes text; a time as int is an instant."""

Number: TypeAlias = int | float
Bounds: TypeAlias = tuple[Number, Number]

COLUMNS = ("time", "value")
MOST_ROWS = 1_000_000
LARGEST = 1e100
_LONGEST_LINE = 10_000
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)


class Local(NamedTuple):
    """A local time as microseconds from 1970-01-01 00:00 on the clock of the log's own zone."""

    size: int


class NoParquet(Exception):
    """The library that reads Parquet is not installed."""


class BadFile(Exception):
    """A series file of which nothing can be used; the message says why, in the middle of a sentence."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


class BadRow(Exception):
    """A row that says nothing that can be used: its number, the column (None for the whole), and why."""

    def __init__(self, number: int, column: str | None, message: str) -> None:
        super().__init__(message)
        self.number, self.column = number, column


def text_of(data: bytes) -> str:
    """Return the text of a UTF-8 file, a byte order mark left away; `BadFile` where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadFile(f"is not UTF-8 text: byte {wrong.start + 1} cannot be read") from None


def lines_of(text: str) -> list[str]:
    """Return the lines of a text by LF or CRLF only; `BadFile` where there are too many."""
    if text.count("\n") > MOST_ROWS + 1:
        raise too_many()
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line[:-1] if line.endswith("\r") else line for line in lines]


def too_many() -> BadFile:
    """Say that a file holds more rows than a series may have."""
    return BadFile(
        f"holds more than {MOST_ROWS:,} rows", "thin it out beforehand, to one row a second for example"
    )


def csv_rows(text: str) -> Iterator[Row | BadRow]:
    """Yield the rows of a CSV text with a heading of `time` and `value`; other columns are left aside.

    Numbers are those of the file's lines: the heading is line 1. Empty lines are passed over.
    """
    lines = lines_of(text)
    if not lines:
        raise BadFile("is empty", "its first line is `time,value`")
    at, width = _columns(lines[0])
    time, value = at
    plain = width == 2 and at == (0, 1)
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        if plain and '"' not in line and len(line) < _LONGEST_LINE:
            cells = line.split(",")
            if len(cells) == 2:
                yield number, cells[0].strip(" \t"), cells[1].strip(" \t")
                continue
        try:
            found = _cells(line, number)
            if len(found) != width:
                raise BadRow(number, None, f"has {_columns_word(len(found))}, where the heading has {width}")
            yield number, found[time], found[value]
        except BadRow as bad:
            yield bad


def _columns(heading: str) -> tuple[tuple[int, int], int]:
    what = "the first line is the heading `time,value`, with commas between"
    try:
        names = _cells(heading, 1)
    except BadRow as bad:
        raise BadFile(f"has a heading that {bad}", what) from None
    for name in COLUMNS:
        if name not in names:
            raise BadFile(f"has no column `{name}` in its first line", what)
        if names.count(name) > 1:
            raise BadFile(f"has two columns `{name}`", what)
    return (names.index("time"), names.index("value")), len(names)


def _columns_word(count: int) -> str:
    return "1 column" if count == 1 else f"{count} columns"


def _cells(line: str, number: int) -> list[str]:
    """Split one line; a quoted field ends on its own line, so an unclosed quote cannot swallow others."""
    if len(line) > _LONGEST_LINE:
        raise BadRow(number, None, f"is longer than {_LONGEST_LINE:,} characters")
    if '"' not in line:
        return [cell.strip(" \t") for cell in line.split(",")]
    import csv

    try:
        found = next(csv.reader([line], strict=True))
    except csv.Error:
        raise BadRow(number, None, "has a quote that is not closed, or text after one") from None
    return [cell.strip(" \t") for cell in found]


def json_rows(text: str) -> Iterator[Row | BadRow]:
    """Yield the rows of JSON Lines: an object with `time` (a text) and `value` (a number) on each line.

    Other keys are left aside, empty lines passed over.
    """
    from json import JSONDecoder

    decoder = JSONDecoder(
        object_pairs_hook=_object, parse_int=_Digits, parse_float=_Digits, parse_constant=_Digits
    )
    lines = lines_of(text)
    if not lines:
        raise BadFile("is empty", 'each line is like `{"time": "2023-05-24T22:20:00Z", "value": 5}`')
    for number, line in enumerate(lines, 1):
        if not line.strip(" \t"):
            continue
        try:
            yield _json_row(number, line, decoder)
        except BadRow as bad:
            yield bad


def _json_row(number: int, line: str, decoder: JSONDecoder) -> Row:
    if len(line) > _LONGEST_LINE:
        raise BadRow(number, None, f"is longer than {_LONGEST_LINE:,} characters")
    try:
        found = decoder.decode(line)
    except _Twice as twice:
        column = twice.key if twice.key in COLUMNS else None
        raise BadRow(number, column, "stands twice" if column else "has a key twice") from None
    except (ValueError, RecursionError):
        raise BadRow(number, None, "is not JSON") from None
    if not isinstance(found, dict):
        raise BadRow(number, None, "is no object with `time` and `value`")
    for column in COLUMNS:
        if column not in found:
            raise BadRow(number, column, "is not there")
    time, value = found["time"], found["value"]
    if not isinstance(time, str) or isinstance(time, _Digits):
        raise BadRow(number, "time", "is no text; write it like `2023-05-24T22:20:00Z`")
    if not isinstance(value, _Digits):
        raise BadRow(number, "value", "is no number")
    figure = number_of(value)
    if figure is None:
        raise BadRow(number, "value", f"is {shown(value)}, which is no finite number")
    return number, time.strip(" \t"), figure


class _Digits(str):
    """A number of a JSON text as it is written, not yet judged."""

    __slots__ = ()


class _Twice(Exception):
    """A key that stands twice in one object."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return found


def shown(text: str) -> str:
    """Return a foreign text for a message: in backticks, short, with nothing in it that does not print."""
    return f"`{printable(text if len(text) <= 40 else text[:37] + '...')}`"


def printable(text: str) -> str:
    """Return a text with its characters that do not print written out."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def number_of(text: str) -> int | float | None:
    """Return a plain decimal number, whole where it is; None where it is none, not finite, or too large.

    What a float cannot tell from zero is none either.
    """
    if len(text) < 16 and text.isascii() and text.isdigit():
        return int(text)
    if len(text) > 400 or _NUMBER.fullmatch(text) is None:
        return None
    number = float(text)
    if abs(number) > LARGEST or (number == 0 and re.search("[1-9]", re.split("[eE]", text)[0])):
        return None
    digits = text.lstrip("+-")
    if digits.isdigit():
        return int(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
