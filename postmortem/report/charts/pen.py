"""The strokes all charts share: short numbers, escaped text, and how wide a text will be."""

from __future__ import annotations

from functools import cache

_NARROW = frozenset("iljtfrI.,:;'|!()[]{}/\\- ·")
_BROAD = frozenset("mwMW@%≈—")
_WIDE_FROM = 0x2E80
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_TABLE = str.maketrans(_ESCAPES)


def escaped(text: str) -> str:
    """Return the text safe for element content and double-quoted attributes."""
    return text.translate(_TABLE)


def short(value: float) -> str:
    """Return a coordinate in whole pixels, which is as fine as a chart is read."""
    return str(round(value))


def width_of(text: str, size: float) -> float:
    """Return about how many pixels the text takes in a common sans at that size."""
    return sum(map(_hundredths, text)) * size / 100


@cache
def _hundredths(letter: str) -> int:
    """Return the width of a letter in hundredths of the font's size: whole numbers add up exactly."""
    if letter in _NARROW:
        return 31
    if letter in _BROAD:
        return 86
    if ord(letter) >= _WIDE_FROM:
        return 102
    return 69 if letter.isupper() else 55


def fitted(text: str, size: float, room: float) -> str:
    """Return the text, cut at a word and marked with an ellipsis where it is wider than ``room`` pixels."""
    if width_of(text, size) <= room:
        return text
    budget = room - width_of("…", size)
    used, cut = 0.0, 0
    for at, letter in enumerate(text):
        used += _hundredths(letter) * size / 100
        if used > budget:
            cut = at
            break
    head = text[:cut].rstrip()
    space = head.rfind(" ")
    if space > len(head) * 0.6:
        head = head[:space]
    return head.rstrip(" ,;:.-") + "…" if head else ""


def text(x: float, y: float, content: str, classes: str = "", anchor: str = "") -> str:
    """Return a text element; ``anchor`` is ``m`` for middle, ``e`` for end, nothing for start."""
    names = " ".join(name for name in (classes, {"m": "tm", "e": "te"}.get(anchor, "")) if name)
    attribute = f' class="{names}"' if names else ""
    return f'<text x="{short(x)}" y="{short(y)}"{attribute}>{escaped(content)}</text>'


def rect(x: float, y: float, width: float, height: float, classes: str) -> str:
    """Return a rectangle."""
    wide, tall = short(max(width, 1)), short(max(height, 1))
    return f'<path class="{classes}" d="M{short(x)} {short(y)}h{wide}v{tall}h-{wide}z"/>'


def path(strokes: str, classes: str) -> str:
    """Return a path."""
    return f'<path class="{classes}" d="{strokes}"/>' if strokes else ""
