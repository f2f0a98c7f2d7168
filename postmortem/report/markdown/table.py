"""Tables in Markdown, made of texts that have passed an escaper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from postmortem.report.escaping.markdown_text import Safe

LEFT, RIGHT = ":--", "--:"


def table(header: Sequence[Safe], align: Sequence[str], rows: Iterable[Sequence[Safe]]) -> Safe:
    """Return a table of GitHub's Markdown; cells are one line each and hold no bare `|`."""
    lines = [_line(header), "| " + " | ".join(align) + " |", *(_line(row) for row in rows)]
    return Safe("\n".join(lines) + "\n")


def _line(cells: Sequence[Safe]) -> str:
    return "| " + " | ".join(cells) + " |"
