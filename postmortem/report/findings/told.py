"""One finding in plain sentences, for places that draw no lines and carets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from postmortem.ground.codes import CODES
from postmortem.ground.finding import Diagnostic
from postmortem.ground.terminal import clean
from postmortem.report.findings.examined import Examined, all_of

_KNOWN_BY = 10_000
"""Code points of a line that a finding is known by: a file may be one line, and the findings thousands."""

_MEANT = re.compile(r"did you mean `([^`\n]{1,80})`\?")


def heading(one: Diagnostic) -> str:
    """Return the code with its short name: ``PM205 bad-time``."""
    return f"{one.code} {CODES[one.code].slug}"


def sentences(one: Diagnostic) -> list[str]:
    """Return all that a finding says besides its place, a line each, safe to show."""
    said = [f"{one.message}{f' ({one.label})' if one.label else ''}"]
    if one.help:
        said.append(f"help: {one.help}")
    said += [f"{note.file}:{note.span.line}:{note.span.column}: {note.message}" for note in one.related]
    return [clean(line, lines=False) for line in said]


def meant(one: Diagnostic) -> str | None:
    """Return the text that would be right in the very place of the finding, where it names one."""
    found = _MEANT.fullmatch(one.label)
    return found[1] if found and one.span.line == one.span.end_line else None


def slashed(file: str) -> str:
    """Return a file's name with forward slashes and without a leading ``./``."""
    return file.replace("\\", "/").removeprefix("./")


def with_fingerprints(files: Iterable[Examined]) -> list[tuple[Diagnostic, str]]:
    """Return all diagnostics, each with a name of its own that stays when lines above it come and go.

    It is made from the code, the file, the sentence and the line's text; alike ones are numbered.
    """
    every, seen, named = list(files), dict[str, int](), []
    sources = {one.file: one.source for one in every}
    for one in all_of(every):
        source = sources.get(one.file)
        line = source.line(one.span.line)[:_KNOWN_BY].strip() if source is not None else ""
        same = "\0".join((one.code, slashed(one.file), one.message, line))
        seen[same] = seen.get(same, 0) + 1
        whole = f"{same}\0{seen[same]}".encode("utf-8", "surrogatepass")
        named.append((one, sha256(whole).hexdigest()))
    return named
