"""Paths on the command line: files, folders and `-`, each judged, none left unsaid."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.cli.console import reason
from postmortem.cli.judging import limit_output, policy_for
from postmortem.flow import Judged, judge
from postmortem.ground.files import TooLarge, read_capped
from postmortem.ground.finding import Diagnostic
from postmortem.ground.folders import folders_below, is_folder
from postmortem.ground.place import Span
from postmortem.ground.readings import remember
from postmortem.ground.record import record
from postmortem.read import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from postmortem.model.incident import Audience


@record
class Input:
    """One log to read: ``shown`` is its name as the user wrote it, ``below`` its path under the folder.

    ``within`` is the folder it was found in, which no link may lead out of; None where the user named it.
    """

    shown: str
    path: Path | None
    below: Path
    within: Path | None = None

    @property
    def leads_out(self) -> bool:
        """Tell whether it is a link to somewhere outside: whose text would be told to who may not read it."""
        if self.within is None or self.path is None:
            return False
        try:
            return not self.path.resolve().is_relative_to(self.within.resolve())
        except (OSError, RuntimeError):
            return True

    @property
    def name(self) -> str:
        """The file's stem: the incident's id where the log gives none."""
        return self.below.stem


def expand(paths: Sequence[str]) -> Iterator[Input | Judged]:
    """Yield the logs that paths name, each once, in order; what cannot be read comes as a judged failure."""
    seen: set[tuple[bool, str]] = set()
    for text in paths:
        for one in inputs_of(text):
            # Not Path.resolve: it raises where links lead in a circle, and reading says that better.
            if isinstance(one, Judged):
                key = (True, one.file)
            else:
                key = (False, "" if one.path is None else os.path.realpath(one.path))
            if key not in seen:
                seen.add(key)
                yield one


def judge_all(paths: Sequence[str], audience: Audience = "internal") -> Iterator[tuple[Input | None, Judged]]:
    """Yield every log that the paths name, judged; a bad one does not stop the others."""
    from postmortem.cli.progress import shown

    for one in shown(list(expand(paths)), lambda one: one.file if isinstance(one, Judged) else one.shown):
        if isinstance(one, Judged):
            yield None, one
        else:
            yield one, judge_one(one, audience)


def judge_file(path: str, color: str, audience: Audience = "internal") -> tuple[Input, Judged]:
    """Return one log, judged and sound; otherwise say what is wrong with it and leave with the exit code."""
    if path and is_folder(path):
        raise click.UsageError(f"{path!r} is a folder; this command takes one log")
    ((one, judged),) = judge_all((path,), audience)
    if one is None or not judged.sound:
        from postmortem.cli.console import show
        from postmortem.cli.findings import worded

        show(worded([judged], "text", color, to_file=False, messages=True))
        raise click.exceptions.Exit(exit_code([judged], strict=False) or 1)
    limit_output(path)
    return one, judged


def judge_one(one: Input, audience: Audience = "internal") -> Judged:
    """Read one log and judge it, whole or as the public may see it, by what is asked of it."""
    if one.leads_out:
        return unreadable(
            one.shown,
            f"`{one.shown}` is a link that leads out of the folder it was found in",
            "name the file itself if it is meant",
        )
    try:
        data = _standard_input() if one.path is None else read_capped(one.path, MAX_BYTES)
    except TooLarge as error:
        return _failed(
            one.shown, "PM109", f"`{one.shown}` holds more than {error.cap:,} bytes; a log is at most 16 MiB"
        )
    except OSError as error:
        return unreadable(one.shown, f"`{one.shown}` cannot be read: {reason(error)}")
    folder = one.path.parent if one.path else Path.cwd()
    return judge(one.shown, data, folder, audience, policy_for(one.shown), may_turn(data, one.shown))


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError(errno.EBADF, "it is closed")
    with contextlib.suppress(OSError, ValueError):
        # A file that comes in this way (`< log.yaml`) is read like any other; what stands in for one is none.
        remember(os.fstat(sys.stdin.fileno()))
    pieces: list[bytes] = []
    left = MAX_BYTES + 1
    while left:
        # What does not block gives what has come so far, and nothing where more is to come.
        piece: bytes | None = sys.stdin.buffer.read(left)
        if piece is None:
            import select

            select.select([sys.stdin], [], [])
            continue
        pieces.append(piece)
        left -= len(piece)
        if not piece or _blocks(sys.stdin):
            break
    return b"".join(pieces)


def _blocks(stream: TextIO) -> bool:
    """Tell whether reading waits for all there is: whoever gave us the stream may have switched that off."""
    try:
        return os.get_blocking(stream.fileno())
    except (AttributeError, OSError, ValueError):
        return True


def may_turn(data: bytes, path: str) -> bool:
    """Tell whether a log of these bytes may turn the direction of its text; few need the question asked."""
    if data.isascii() and b"\\" not in data:
        return False
    from postmortem.cli.judging import bidi_allowed

    return bidi_allowed(path)


def unreadable(file: str, message: str, help: str = "") -> Judged:
    """Return the judgement of a file that could not be read at all."""
    return _failed(file, "PM100", message, help)


def _failed(file: str, code: str, message: str, help: str = "") -> Judged:
    found = Diagnostic(code, "error", message, file, Span(1, 1, 1, 1), help=help)
    return Judged(file, None, None, None, None, (found,))


def inputs_of(text: str) -> Iterator[Input | Judged]:
    """Yield the logs that a path names, links to one another among them; a failure comes as a judged one."""
    if not text:
        # What a shell makes of a variable that is not set; as a path it would be the whole working folder.
        raise click.UsageError("an empty text names no log; for this folder, write .")
    if text == "-":
        yield Input("<stdin>", None, Path("stdin.yaml"))
        return
    path = Path(text)
    if not is_folder(path):
        yield Input(text, path, Path(path.name))
        return
    found = False
    for folder, files in folders_below(path, _refuse):
        for name in files:
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                found = True
                log = Path(folder) / name
                yield Input(str(log), log, log.relative_to(path), path)
    if not found:
        yield unreadable(
            text,
            f"there is no log in the folder `{text}`",
            "logs are files that end in .yaml or .yml and are not hidden",
        )


def _refuse(error: OSError) -> None:
    """Leave no folder out silently that cannot be listed."""
    raise error


def exit_code(judged: Sequence[Judged], strict: bool) -> int:
    """Return what judgements come to: 70 our fault, 2 unreadable, 1 errors (strict: warnings too), 0 fine."""
    codes = {one.code for each in judged for one in each.diagnostics}
    if codes & {"PM901", "PM902"}:
        return 70
    if "PM100" in codes:
        return 2
    severities = {one.severity for each in judged for one in each.diagnostics}
    return 1 if "error" in severities or (strict and severities) else 0
