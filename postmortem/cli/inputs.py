"""Paths on the command line: files, folders and `-`, each judged, none left unsaid."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.cli.console import reason
from postmortem.flow import Judged, judge
from postmortem.ground.files import read_capped
from postmortem.ground.finding import Diagnostic
from postmortem.ground.place import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE_CAP = 16 * 1024 * 1024
"""Bytes of one log; more is not read."""


@dataclass(frozen=True, slots=True)
class Input:
    """One log to read: ``shown`` is its name as the user wrote it, ``below`` its path under the folder named."""

    shown: str
    path: Path | None
    below: Path


def expand(paths: Sequence[str]) -> Iterator[Input | Judged]:
    """Yield the logs that paths name, each once, in order; what cannot be read comes as a judged failure."""
    seen: set[str] = set()
    for text in paths:
        for one in _inputs(text):
            key = one.file if isinstance(one, Judged) else str(one.path and one.path.resolve())
            if key not in seen:
                seen.add(key)
                yield one


def judge_all(paths: Sequence[str], as_of: int | None = None) -> Iterator[tuple[Input | None, Judged]]:
    """Yield every log that the paths name, judged; a bad one does not stop the others."""
    for one in expand(paths):
        if isinstance(one, Judged):
            yield None, one
        else:
            yield one, judge_one(one, as_of)


def judge_one(one: Input, as_of: int | None = None) -> Judged:
    """Read one log and judge it."""
    try:
        if one.path is None:
            data = sys.stdin.buffer.read(SIZE_CAP + 1)
        else:
            data = read_capped(one.path, SIZE_CAP + 1)
    except OSError as error:
        return unreadable(one.shown, f"`{one.shown}` cannot be read: {reason(error)}")
    return judge(one.shown, data, one.path.parent if one.path else Path.cwd(), as_of)


def unreadable(file: str, message: str, help: str = "") -> Judged:
    """Return the judgement of a file that could not be read at all."""
    found = Diagnostic("PM100", "error", message, file, Span(1, 1, 1, 1), help=help)
    return Judged(file, None, None, None, None, (found,))


def _inputs(text: str) -> Iterator[Input | Judged]:
    if text == "-":
        yield Input("<stdin>", None, Path("stdin.yaml"))
        return
    path = Path(text)
    if not path.is_dir():
        yield Input(text, path, Path(path.name))
        return
    found = False
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                found = True
                log = Path(folder) / name
                yield Input(str(log), log, log.relative_to(path))
    if not found:
        yield unreadable(
            text,
            f"there is no log in the folder `{text}`",
            "logs are files that end in .yaml or .yml and are not hidden",
        )


def exit_code(judged: Sequence[Judged], strict: bool) -> int:
    """Return what the judgements come to: 70 our fault, 2 unreadable, 1 errors (strict: warnings too), 0 fine."""
    codes = {one.code for each in judged for one in each.diagnostics}
    if codes & {"PM901", "PM902"}:
        return 70
    if "PM100" in codes:
        return 2
    severities = {one.severity for each in judged for one in each.diagnostics}
    return 1 if "error" in severities or (strict and severities) else 0
