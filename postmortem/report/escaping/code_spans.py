"""Markdown that is plain text but for code in backticks: most fields, and they need no parser."""

from __future__ import annotations

import re

_CODE = re.compile(r"`([^`\s](?:[^`\n\\]*[^`\s\\])?)`(?!`)")


def plain_and_code(text: str, markup: re.Pattern[str]) -> list[str] | None:
    """Return the text as parts, every second one code; None where ``markup`` stands outside of code.

    A backtick is markup, too.
    """
    parts = _CODE.split(text)
    return None if markup.search("x".join(parts[::2])) else parts
