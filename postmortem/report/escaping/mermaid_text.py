"""Escaping for Mermaid: names that its grammars cannot take for anything but a name."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 45_000
_GANTT_WORDS = re.compile(
    r"(?i)(accdescr|acctitle|axisformat|call|click|dateformat|excludes|gantt|href|includes|inclusiveenddates"
    r"|section|tickinterval|title|todaymarker|topaxis|vert|weekday|weekend)"
)
_FLOW_ENTITIES = {ord(char): f"#{ord(char)};" for char in "#\"'`;&<>{}[]()|\\/*_~%@$^=:"}
_LETTERS = ("L", "Nd", "Mn", "Mc")


def gantt_name(text: str, longest: int = 60) -> str:
    """Return a name of letters, digits, blanks and `-`, no word of the grammar; '' where none are left."""
    kept = "".join(char if _is_plain(char) else " " for char in unicodedata.normalize("NFC", text))
    name = shortened(" ".join(kept.split()).strip("- "), longest)
    return f"- {name}" if _GANTT_WORDS.match(name) else name


def flow_label(text: str, longest: int = 80, width: int = 26) -> str:
    """Return a label for a quoted flowchart node: its punctuation as entities, lines broken at ``width``."""
    import textwrap

    plain = "".join(char if char.isprintable() else " " for char in text)
    whole = " ".join(plain.split())
    cut = shortened(whole, longest)
    lines = textwrap.wrap(cut if cut == whole else f"{cut} …", width)
    return "<br>".join(line.translate(_FLOW_ENTITIES) for line in lines)


def shortened(text: str, longest: int) -> str:
    """Return text of at most ``longest`` characters, cut at a blank where there is one."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    return cut.rsplit(" ", 1)[0].rstrip("- ")


def _is_plain(char: str) -> bool:
    return char == "-" or unicodedata.category(char).startswith(_LETTERS)
