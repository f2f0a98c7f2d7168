"""Findings for a reader at a terminal: the line, a caret under the very word, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from postmortem.ground.finding import Diagnostic, Note
from postmortem.ground.source_text import SourceText
from postmortem.ground.terminal import clean
from postmortem.report.findings.examined import Examined, all_of, summary
from postmortem.report.findings.excerpt import Mark, excerpt
from postmortem.report.findings.paint import painter
from postmortem.report.terminal.columns import to_ascii

_EXPLAINED = ("PM3", "PM4", "PM5", "PM6", "PM7")
"""Codes whose page tells more than their message can: the finding names it."""


def text(
    files: Sequence[Examined], *, colour: bool = False, columns: int | None = None, ascii_only: bool = False
) -> str:
    """Return all findings with their lines, and one closing line of counts.

    ``columns`` is how many of them a terminal has: the lines of the log are cut to it, for one that goes on
    below itself has its marks elsewhere. Sentences are left whole.
    """
    paint, sources = painter(colour), {one.file: one.source for one in files if one.source is not None}
    parts = [
        diagnostic_text(one, sources, colour=colour, columns=columns, ascii_only=ascii_only)
        for one in all_of(files)
    ]
    errors = any(one.severity == "error" for file in files for one in file.diagnostics)
    closing = clean(summary(files), lines=False)
    whole = "\n".join([*parts, (paint.error(closing) if errors else paint.strong(closing)) + "\n"])
    return to_ascii(whole) if ascii_only else whole


def diagnostic_text(
    one: Diagnostic,
    sources: Mapping[str, SourceText],
    *,
    colour: bool = False,
    columns: int | None = None,
    ascii_only: bool = False,
) -> str:
    """Return one finding as a block of lines that ends with a line end."""
    paint, source = painter(colour), sources.get(one.file)
    elsewhere = [note for note in one.related if note.file != one.file or source is None]
    marks = [Mark(one.span, one.label, primary=True)]
    marks += [Mark(note.span, note.message) for note in one.related if note.file == one.file]
    drawn = excerpt(source, marks, columns, ascii_only=ascii_only) if source is not None else ()
    gutter = " " * max((len(str(line.number)) for line in drawn if line.number), default=1)
    tone = paint.error if one.severity == "error" else paint.warning
    lines = [
        f"{tone(f'{one.severity}[{one.code}]')}{paint.strong(': ' + _line(one.message))}",
        f"{gutter}{paint.frame('-->')} {_line(one.file)}{_position(one) if source is not None else ''}",
    ]
    notes = _notes(one, elsewhere, bool(drawn))
    if drawn:
        bar = paint.frame(f"{gutter} |")
        lines += [bar, *(line.text(len(gutter), paint, tone) for line in drawn)]
        lines += [bar] if notes else []
    lines += [f"{gutter} {paint.frame('=')} {note}" for note in notes]
    return "\n".join(lines) + "\n"


def _notes(one: Diagnostic, elsewhere: Sequence[Note], drawn: bool) -> list[str]:
    """Return what is said below the lines: other files, help, where the rule is explained."""
    notes = [
        f"at {_line(note.file)}:{note.span.line}:{note.span.column}: {_line(note.message)}"
        for note in elsewhere
    ]
    if one.label and not drawn:
        notes.append(_line(one.label))
    if one.help:
        notes.append(f"help: {_line(one.help)}")
    if one.code.startswith(_EXPLAINED):
        notes.append(f"docs: postmortem explain {one.code}")
    return notes


def _position(one: Diagnostic) -> str:
    return f":{one.span.line}:{one.span.column}"


def _line(said: str) -> str:
    return clean(said, lines=False)
