"""The text of a log as findings may show it: secrets covered, all columns where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortem.ground.finding import Diagnostic
    from postmortem.ground.source_text import SourceText

SECRET_CODES = frozenset({"PM701", "PM707"})
_SHOWN = 4


def masked(source: SourceText, diagnostics: Iterable[Diagnostic]) -> SourceText:
    """Return a text with every secret that was found in it covered but for its first letters."""
    spans = [one.span for one in diagnostics if one.code in SECRET_CODES]
    if not spans:
        return source
    from postmortem.ground.source_text import SourceText

    lines = list(source.lines)
    for span in spans:
        for number in range(span.line, min(span.end_line, len(lines)) + 1):
            line = lines[number - 1]
            start = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
            end = span.end_column - 1 if number == span.end_line else len(line)
            first = start + min(_SHOWN, max(end - start, 0) // 4) if number == span.line else start
            lines[number - 1] = f"{line[:first]}{'*' * max(end - first, 0)}{line[max(end, first) :]}"
    return SourceText(source.file, "\n".join(lines))
