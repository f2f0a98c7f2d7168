"""Bytes to text: UTF-8 and nothing else, or where it is not."""

from __future__ import annotations

from postmortem.ground.finding import Finding
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of one log: more is not judged."""

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_LOOKED_AT = 4096
_CONTROLS = bytes(number for number in range(32) if number not in b"\t\n\r\x0c\x1b")
_SAVE_AS_UTF8 = "save the file as UTF-8"
_OLD_ENCODING = f"{_SAVE_AS_UTF8}; it may be in an older encoding, such as Latin-1 or Windows-1252"
_NOT_TEXT = "a log is a YAML file in UTF-8"


def decode(file: str, data: bytes) -> tuple[SourceText | None, tuple[Finding, ...]]:
    """Return the text of a log's bytes, and what is wrong with its encoding.

    A byte order mark at the start is dropped. Bytes that are not UTF-8 are reported once, at the first of
    them, and stand as U+FFFD in the text, so that the rest can be judged. The text is None where the bytes
    are no text at all, or more than 16 MiB: then no place but the one in the finding can be shown.
    """
    refusal = _refusal(data)
    if refusal is not None:
        return None, (refusal,)
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return SourceText(file, body.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        text = body.decode("utf-8", "replace")
        if text.count("\ufffd") > max(len(text) / 10, 100):
            return None, (_bad_byte(body, error.start, _NOT_TEXT),)
        return SourceText(file, text), (_bad_byte(body, error.start, _OLD_ENCODING),)


def _refusal(data: bytes) -> Finding | None:
    if len(data) > MAX_BYTES:
        return Finding(
            "PM109",
            "the file is larger than 16 MiB",
            Span(1, 1, 1, 2),
            help="keep dense measurements in a file of their own and name it under `series`",
        )
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _other_encoding(name)
    head = data[:_LOOKED_AT]
    zeros = head.count(0)
    if zeros * 3 >= len(head) and len(head) >= 4 and _is_every_other(head):
        return _other_encoding("UTF-16")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls >= 8 and controls * 10 >= len(head) * 3:
        return _not_text(head)
    return None


def _is_every_other(head: bytes) -> bool:
    """Tell whether the zero bytes stand where UTF-16 has them: on one side of each pair only."""
    even, odd = head[::2], head[1::2]
    return (even.count(0) == 0) != (odd.count(0) == 0)


def _other_encoding(name: str) -> Finding:
    return Finding("PM107", f"the file is {name}, and a log is UTF-8", Span(1, 1, 1, 2), help=_SAVE_AS_UTF8)


def _not_text(head: bytes) -> Finding:
    first = next(index for index, byte in enumerate(head) if byte in _CONTROLS)
    try:
        head[:first].decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    line, column = _place(head, first)
    return Finding(
        "PM107",
        f"the file is not text: it holds the byte 0x{head[first]:02X} here, and more like it",
        Span(line, column, line, column + 1),
        help=_NOT_TEXT,
    )


def _bad_byte(body: bytes, index: int, advice: str) -> Finding:
    line, column = _place(body, index)
    return Finding(
        "PM107",
        f"the byte 0x{body[index]:02X} is not UTF-8",
        Span(line, column, line, column + 1),
        help=advice,
    )


def _place(body: bytes, index: int) -> tuple[int, int]:
    """Return line and column, from 1, of the byte at ``index``."""
    before = body[:index].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode("utf-8")) + 1
