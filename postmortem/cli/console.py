"""The console: the one writer of messages and reports, with colour and glyphs as the place allows."""

from __future__ import annotations

import errno
import os
import sys
from typing import BinaryIO, TextIO

from postmortem.ground.terminal import clean

CLOSED = "standard output is closed; nothing could be written to it"


class OutputClosed(Exception):
    """Standard output cannot take the report."""


def say(text: str) -> None:
    """Write one message to standard error, made safe for a terminal and for build logs."""
    _write(sys.stderr, clean(text) + "\n")


def show(text: str) -> None:
    """Write text that is safe already to standard error: whoever made it has cleaned its parts."""
    _write(sys.stderr, text)


def give(report: str | bytes) -> None:
    """Write a report to standard output, text as UTF-8; raises `OutputClosed` where nobody can read it."""
    out = sys.stdout
    if out is None or out.closed:
        raise OutputClosed(CLOSED)
    try:
        binary = getattr(out, "buffer", None)
        if binary is None:
            out.write(report if isinstance(report, str) else report.decode("utf-8", "replace"))
        else:
            out.flush()
            _put(binary, report.encode("utf-8", "backslashreplace") if isinstance(report, str) else report)
        out.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise OutputClosed(f"standard output cannot be written: {reason(error)}") from error


def _put(binary: BinaryIO, data: bytes) -> None:
    # Without a buffer (PYTHONUNBUFFERED) a full disk takes a part and says how much, and no more.
    left = memoryview(data)
    while left:
        written = binary.write(left)
        if not written:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        left = left[written:]


def reason(error: BaseException) -> str:
    """Return the system's own words for an error, without numbers and paths."""
    text = getattr(error, "strerror", None)
    return str(text or error).lower()


def wants_colour(choice: str, stream: TextIO | None = None) -> bool:
    """Tell whether to colour: NO_COLOR wins, then the choice, then whether it is a terminal."""
    stream = stream or sys.stdout
    if os.environ.get("NO_COLOR"):
        return False
    if choice != "auto":
        return choice == "always"
    return os.environ.get("TERM") != "dumb" and at_terminal(stream)


def wants_ascii(stream: TextIO | None = None) -> bool:
    """Tell whether glyphs must fall back to ASCII: where the encoding is not UTF-8."""
    stream = stream or sys.stdout
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    return encoding not in ("utf8", "utf8sig", "cp65001")


def at_terminal(stream: TextIO | None = None) -> bool:
    """Tell whether what is written goes to a terminal."""
    stream = stream or sys.stdout
    return stream is not None and not stream.closed and stream.isatty()


def width_of(stream: TextIO | None = None, *, to_file: bool = False) -> int:
    """Return how many columns the terminal has, within 60 to 200; 100 where there is none, as for a file."""
    if to_file:
        return 100
    stream = stream or sys.stdout
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns[:6]) > 0:
        return max(60, min(200, int(columns[:6])))
    try:
        return max(60, min(200, os.get_terminal_size(stream.fileno()).columns))
    except (OSError, ValueError, AttributeError):
        return 100


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            stream.write(text.encode("ascii", "backslashreplace").decode("ascii"))
        stream.flush()
    except (OSError, ValueError):
        # There is nowhere left to say it; the exit code does.
        return
