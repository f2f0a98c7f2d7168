"""A logo as it stands in a page: a picture's file as a `data:` address, of a few kinds and no great size."""

from __future__ import annotations

import base64
from pathlib import Path

from postmortem.ground.files import TooLarge, read_capped

MOST_BYTES = 128 * 1024
KINDS = "PNG, JPEG, WebP or SVG"


class NoLogo(ValueError):
    """The file cannot be a logo; the text says why, and what would be right."""


def logo_address(path: Path) -> str:
    """Return a picture's `data:` address; `NoLogo` where it is too large or of no such kind, or OSError.

    Its first bytes say what it is, not its name. An SVG is only ever shown as an image: nothing runs in it.
    """
    try:
        data = read_capped(path, MOST_BYTES)
    except TooLarge as error:
        raise NoLogo(f"it holds more than {error.cap // 1024} KiB") from error
    kind = _kind(data)
    if kind is None:
        raise NoLogo(f"it is no picture; a logo is {KINDS}")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "svg+xml" if _is_svg(data) else None


def _is_svg(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        return False
    while text.startswith(("<?", "<!--")):
        close = "?>" if text.startswith("<?") else "-->"
        _, found, text = text.partition(close)
        text = text.lstrip()
        if not found:
            return False
    return text.startswith("<svg") and text[4:5] in (" ", "\n", "\r", "\t", ">")
