"""Text in columns of a terminal: how wide characters are, wrapping, padding, and plain ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_AS_PICTURE = "\ufe0f"
"""Makes a picture two columns wide of the sign before it."""
_SEEN = "\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"
"""Format characters that terminals show."""
_BLANKS = re.compile(r"[ \t\n]+")
_ASCII = {
    "–": "-", "—": "-", "≈": "~", "→": "->", "±": "+-", "·": "-", "…": "...", "‘": "'", "’": "'", "“": '"',
    "”": '"', "┃": "|", "●": "o", "◌": "~", "├": "[", "┤": "]", "─": "-", "▸": ">", "◂": "<", "╞": "{",
    "═": "=", "╡": "}", "„": '"', "‚": "'", "«": '"', "»": '"', "ä": "ae", "ö": "oe", "ü": "ue",
    "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "\u00a0": " ", "\u2060": "", "−": "-", "×": "x",
}  # fmt: skip


def width(text: str) -> int:
    """Return how many columns a text takes: wide characters two, combining and joining ones none."""
    if text.isascii():
        return len(text)
    return sum(size for _, size in _sizes(text))


def sizes(text: str) -> Iterator[int]:
    """Yield how many columns each character adds."""
    return (size for _, size in _sizes(text))


def padded(text: str, columns: int) -> str:
    """Fill a text with blanks to so many columns."""
    return text + " " * max(0, columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """Break a text at blanks (not at no-break ones) into lines of so many columns; longer words are cut."""
    lines: list[str] = []
    line, used = "", 0
    for word in _BLANKS.split(text.strip(" \t\n")):
        size = width(word)
        if line and used + 1 + size > columns:
            lines.append(line)
            line, used = "", 0
        while size > columns:
            head = _cut(word, columns)
            lines.append(head)
            word = word[len(head) :]
            size = width(word)
        if not word:
            continue
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    if line or not lines:
        lines.append(line)
    return lines


def to_ascii(text: str) -> str:
    """Write a text in ASCII: signs by their nearest spelling, accents dropped, the rest as escapes."""
    if text.isascii():
        return text
    return "".join(char if char.isascii() else _spelled(char) for char in text)


def _spelled(char: str) -> str:
    known = _ASCII.get(char)
    if known is not None:
        return known
    plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode("ascii")
    if plain.isprintable() and plain:
        return plain
    return "" if unicodedata.combining(char) else f"\\u{{{ord(char):x}}}"


def _sizes(text: str) -> Iterator[tuple[int, int]]:
    """Yield each character's place and how many columns it adds; where terminals differ, the most."""
    before = 0
    for place, char in enumerate(text):
        size = 2 - before if char == _AS_PICTURE and before else _columns(char)
        yield place, size
        before = size if size else before


def _columns(char: str) -> int:
    if char.isascii() or char in _SEEN:
        return 1
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def _cut(word: str, columns: int) -> str:
    used = 0
    for place, size in _sizes(word):
        used += size
        if used > columns:
            return word[: max(1, place)]
    return word
