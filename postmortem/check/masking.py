"""The text of a log as findings may show it: secrets covered, all columns where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortem.ground.finding import Diagnostic
    from postmortem.ground.place import Span
    from postmortem.ground.source_text import SourceText

SECRET_CODES = frozenset({"PM701", "PM707"})
_SHOWN = 4


def masked(source: SourceText, secrets: Iterable[Span]) -> SourceText:
    """Return a text with every stretch that holds a secret covered but for its first letters."""
    by_line: dict[int, list[tuple[int, int]]] = {}
    lines = list(source.lines) if secrets else []
    for span in secrets:
        for number in range(span.line, min(span.end_line, len(lines)) + 1):
            line = lines[number - 1]
            start = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
            end = span.end_column - 1 if number == span.end_line else len(line)
            first = start + min(_SHOWN, max(end - start, 0) // 4) if number == span.line else start
            by_line.setdefault(number, []).append((first, end))
    if not by_line:
        return source
    from postmortem.ground.source_text import SourceText

    for number, stretches in by_line.items():
        lines[number - 1] = _covered(lines[number - 1], stretches)
    return SourceText(source.file, "\n".join(lines))


def silent(
    diagnostics: Iterable[Diagnostic], source: SourceText, secrets: Iterable[Span]
) -> list[Diagnostic]:
    """Return findings that say no secret in full: ids and keys are what findings name things by."""
    diagnostics = list(diagnostics)
    told = "\n".join(text for one in diagnostics for text in _words_of(one))
    hidden = {
        value: f"{value[: min(_SHOWN, len(value) // 4)]}..."
        for span in secrets
        if span.line == span.end_line
        if (value := source.lines[span.line - 1][span.column - 1 : span.end_column - 1]) and value in told
    }

    def said(text: str) -> str:
        for value, short in hidden.items():
            text = text.replace(value, short)
        return text

    def quiet(one: Diagnostic) -> Diagnostic:
        related = tuple(replace(note, message=said(note.message)) for note in one.related)
        return replace(
            one, message=said(one.message), label=said(one.label), help=said(one.help), related=related
        )

    return [quiet(one) for one in diagnostics] if hidden else diagnostics


def _words_of(one: Diagnostic) -> tuple[str, ...]:
    return (one.message, one.label, one.help, *(note.message for note in one.related))


def _covered(line: str, stretches: list[tuple[int, int]]) -> str:
    """Return a line with stars in some stretches of it; made once, for one line may hold thousands."""
    parts: list[str] = []
    at = 0
    for first, end in sorted(stretches):
        if end > at:
            first = max(first, at)
            parts += (line[at:first], "*" * (end - first))
            at = end
    return "".join((*parts, line[at:]))
