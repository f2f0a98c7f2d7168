"""Escapes of double-quoted texts: what each stands for, and where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.ground.characters import is_forbidden
from postmortem.ground.place import Span

ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {
    "0": "\0",
    "a": "\x07",
    "b": "\x08",
    "t": "\t",
    "n": "\n",
    "v": "\x0b",
    "f": "\x0c",
    "r": "\n",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


def meaning(match: re.Match[str]) -> str:
    """Return the text that an escape stands for, of a CR the LF that is read; for a line end nothing."""
    number = match.group(1) or match.group(2) or match.group(3)
    if number:
        return chr(min(int(number, 16), 0x10FFFF)).replace("\r", "\n")
    letter = match.group(4)
    return "" if letter == "\n" else _LETTERS.get(letter, letter)


def forbidden_escapes(raw: str, span: Span, *, bidi: bool) -> Iterator[tuple[Span, str]]:
    """Yield the place and the character of each escape in ``raw`` that stands for a forbidden one.

    ``raw`` is a double-quoted text as written, from its opening quote; ``span`` is where it stands.
    """
    line, start, column = span.line, 0, span.column
    for match in ESCAPE.finditer(raw):
        character = meaning(match)
        if not is_forbidden(character, bidi=bidi):
            continue
        index = match.start()
        breaks = raw.count("\n", start, index)
        if breaks:
            line += breaks
            start = raw.rfind("\n", start, index) + 1
            column = 1
        at = column + index - start
        yield Span(line, at, line, at + len(match.group())), character
