"""What the forms of findings are made from: one file, its text and its diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from postmortem.ground.finding import Diagnostic
from postmortem.ground.source_text import SourceText


class Examined(NamedTuple):
    """One file that was judged. ``source`` is None where it could not be read as text.

    ``events`` and ``sources`` count what stands in it, ``ignored`` the findings that its own `checks`
    switched off.
    """

    file: str
    source: SourceText | None
    diagnostics: tuple[Diagnostic, ...]
    events: int = 0
    sources: int = 0
    ignored: int = 0


def all_of(files: Iterable[Examined]) -> list[Diagnostic]:
    """Return the diagnostics of all files, in the order of files, then of places."""
    return [one for file in files for one in sorted(file.diagnostics, key=_place)]


def tally(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """Return how many are errors and how many are warnings."""
    severities = [one.severity for one in diagnostics]
    return severities.count("error"), severities.count("warning")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 error``, ``2 series``."""
    return f"{number} {noun}{'' if number == 1 or noun.endswith('s') else 's'}"


def summary(files: Sequence[Examined]) -> str:
    """Return in one sentence what was found and how much was judged."""
    diagnostics = all_of(files)
    errors, warnings = tally(diagnostics)
    found = [counted(n, noun) for n, noun in ((errors, "error"), (warnings, "warning")) if n]
    events, sources = sum(one.events for one in files), sum(one.sources for one in files)
    judged = f"{counted(events, 'event')}, {counted(sources, 'source')} checked"
    ignored = sum(one.ignored for one in files)
    if ignored:
        judged += f"; {counted(ignored, 'finding')} switched off by `checks`"
    return f"{' and '.join(found) or 'no findings'} in {_where(files)} ({judged})"


def _where(files: Sequence[Examined]) -> str:
    if len(files) == 1:
        return files[0].file
    touched = [one.file for one in files if one.diagnostics]
    if not touched:
        return counted(len(files), "file")
    return f"{touched[0] if len(touched) == 1 else len(touched)} of {counted(len(files), 'file')}"


def _place(one: Diagnostic) -> tuple[object, ...]:
    return (one.span, one.code, one.message)
