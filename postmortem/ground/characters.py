"""Characters that no log may hold and no console may show raw: one table of them for all floors."""

from __future__ import annotations

import functools
import re

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # all that Unicode calls Bidi_Control
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_LINE_ENDS = "\u2028\u2029"
_NOT_CHARACTERS = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_MARK_INSIDE = "\ufeff"
_ALWAYS = f"{_CONTROLS}{_LINE_ENDS}{_NOT_CHARACTERS}{_MARK_INSIDE}"
# Code points past U+FFFF make a pattern ten times slower, so that they are sought only where there are any.
_FAR = tuple(chr(plane * 0x10000 + 0xFFFE + last) for plane in range(1, 17) for last in (0, 1))

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
    "\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # and the characters that turn it without being letters
)

_ASCII_TEXT = bytes([*b"\t\n\r", *range(0x20, 0x7F)])


def forbidden_in(text: str, *, bidi: bool = False) -> re.Pattern[str] | None:
    """Return a pattern that finds each forbidden character of ``text``, or None where it has none.

    With ``bidi`` characters that turn the direction of text are allowed.
    """
    if text.isascii() and not text.encode("ascii").translate(None, _ASCII_TEXT):
        return None
    pattern = _pattern(bidi, not text.isascii() and any(character in text for character in _FAR))
    return pattern if pattern.search(text) else None


def has_right_to_left(text: str) -> bool:
    """Tell whether a text holds letters that are written from right to left, or turns its direction."""
    return not text.isascii() and bool(_RIGHT_TO_LEFT.search(text))


def is_forbidden(character: str, *, bidi: bool = False) -> bool:
    """Tell whether a log may not hold this character."""
    return _pattern(bidi, True).match(character) is not None


@functools.cache
def _pattern(bidi: bool, far: bool) -> re.Pattern[str]:
    return re.compile(f"[{_ALWAYS}{'' if bidi else _BIDI}{''.join(_FAR) if far else ''}]")


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

_KINDS = {"Cs": "half of a surrogate pair", "Cc": "a control character"}


def name_of(character: str) -> str:
    """Return what a forbidden character is, in words, with its code point: ``a NUL character (U+0000)``."""
    number = ord(character)
    return f"{_kind_of(character, number)} (U+{number:04X})"


def _kind_of(character: str, number: int) -> str:
    if number in _NAMES:
        return _NAMES[number]
    if not is_forbidden(character, bidi=True):
        return "a character that turns the direction of text"
    import unicodedata

    return _KINDS.get(unicodedata.category(character), "a code point that is no character")
