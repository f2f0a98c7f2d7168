"""Characters that no log may hold and no console may show raw: one table of them for all floors."""

from __future__ import annotations

import re

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Characters that turn the direction of text (Unicode's Bidi_Control), as a class for a pattern."""

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_LINE_ENDS = "\u2028\u2029"
_NOT_CHARACTERS = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_MARK_INSIDE = "\ufeff"

FORBIDDEN = re.compile(f"[{_CONTROLS}{_LINE_ENDS}{_NOT_CHARACTERS}{_MARK_INSIDE}{BIDI}]")
FORBIDDEN_BUT_BIDI = re.compile(f"[{_CONTROLS}{_LINE_ENDS}{_NOT_CHARACTERS}{_MARK_INSIDE}]")

_NAMES = {
    0x00: "a NUL character",
    0x07: "a bell character",
    0x08: "a backspace",
    0x0B: "a vertical tab",
    0x0C: "a form feed",
    0x1B: "an escape character",
    0x7F: "a delete character",
    0x85: "a next-line character",
    0x2028: "a line separator",
    0x2029: "a paragraph separator",
    0xFEFF: "a byte order mark",
}
_BIDI = re.compile(f"[{BIDI}]")


def name_of(character: str) -> str:
    """Return what a forbidden character is, in words, with its code point: ``a NUL character (U+0000)``."""
    number = ord(character)
    return f"{_kind_of(character, number)} (U+{number:04X})"


def _kind_of(character: str, number: int) -> str:
    if number in _NAMES:
        return _NAMES[number]
    if _BIDI.match(character):
        return "a character that turns the direction of text"
    if 0xD800 <= number <= 0xDFFF:
        return "half of a surrogate pair"
    if number < 0xA0:
        return "a control character"
    return "a code point that is no character"
