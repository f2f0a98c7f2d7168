"""The calls by which a command reaches the system, counted, and the n-th of them made to fail or to kill."""

from __future__ import annotations

import builtins
import errno
import io
import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ERRORS = ("ENOSPC", "EIO", "EROFS", "EINTR", "EDQUOT", "EACCES")
"""Faults of the system; the call is not made (but a file is closed all the same)."""

OTHERS = ("late", "short", "kill", "edit", "vanish")
"""The call is made and told to have failed; a write takes half, then the disk is full; the process is killed;
somebody edits the log; the folder of the file goes away."""

EDIT = b"# edited by somebody else\n"
_CALLS = (
    *("open", "close", "read", "write", "fsync", "fdatasync", "truncate", "ftruncate", "lseek"),
    *("stat", "lstat", "fstat", "access", "readlink", "scandir", "listdir", "chmod", "fchmod", "chown"),
    *("fchown", "utime", "link", "symlink", "rename", "replace", "unlink", "remove", "mkdir", "rmdir"),
)
_TEMPORARY = re.compile(r"\.postmortem-[0-9a-f]+\.tmp")


@dataclass
class Broken:
    """A system in which call number ``at`` on something in ``folder`` goes wrong, from 1; 0: none does.

    Every call is told to ``tell``, a file's number: its function and the path, a line each.
    """

    folder: Path
    at: int
    kind: str
    tell: int
    calls: int = 0
    full: bool = False
    numbers: dict[int, str] = field(default_factory=dict)
    real: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def install(self) -> None:
        """Put the broken calls in the place of the system's, for the rest of this process."""
        self.real = {name: getattr(os, name) for name in _CALLS if hasattr(os, name)}
        for name in self.real:
            setattr(os, name, self._broken(name))
        self.real["io.open"] = io.open
        io.open = builtins.open = self._broken("io.open")
        raw = _Raw(self, 1)
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8")

    def _broken(self, name: str) -> Callable[..., Any]:
        real = self.real[name]

        def call(*arguments: Any, **named: Any) -> Any:
            place = self._place(arguments[0] if arguments else None)
            if place is None:
                return real(*arguments, **named)
            if name == "close":
                del self.numbers[arguments[0]]
            done = self.met(name, place, lambda *more: real(*(more or arguments), **named), arguments)
            if name == "open":
                self.numbers[done] = place
            return done

        return call

    def _place(self, thing: Any) -> str | None:
        """Return what a call is about, from the folder; None where it is about something else."""
        if isinstance(thing, int):
            return self.numbers.get(thing)
        if not isinstance(thing, (str, bytes, os.PathLike)):
            return None
        path = os.path.abspath(os.path.join(self.folder, os.fsdecode(thing)))  # noqa: PTH100, PTH118
        inside = path == str(self.folder) or path.startswith(f"{self.folder}/")
        return os.path.relpath(path, self.folder) if inside else None

    def met(self, name: str, place: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Count a call and make it, or let it go wrong."""
        self.calls += 1
        self._say(f"{name} {_TEMPORARY.sub('TEMPORARY', place)}")
        if self.full and name == "write":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self.calls != self.at:
            return call()
        if self.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind in ("edit", "vanish"):
            (self._edit if self.kind == "edit" else self._vanish)()
            return call()
        if self.kind == "short":
            if name != "write":
                return call()
            self.full = True
            data = memoryview(arguments[1])
            return call(arguments[0], data[: max(1, len(data) // 2)])
        if name == "access":
            return False
        if self.kind == "late" or name == "close":
            call()
        number = errno.EIO if self.kind == "late" else getattr(errno, self.kind)
        raise OSError(number, os.strerror(number), place)

    def _say(self, text: str) -> None:
        self.real["write"](self.tell, f"{text}\n".encode())

    def _edit(self) -> None:
        number = self.real["open"](self.folder / "log.yaml", os.O_WRONLY | os.O_APPEND)
        self.real["write"](number, EDIT)
        self.real["close"](number)

    def _vanish(self) -> None:
        for name in ("build", "a", "logs", "out"):
            if (self.folder / name).is_dir():
                self.real["rename"](self.folder / name, self.folder / "tmp" / name)


class _Raw(io.FileIO):
    """Standard output, whose writes are counted like those to files."""

    def __init__(self, broken: Broken, number: int) -> None:
        super().__init__(number, "w", closefd=False)
        self.broken = broken

    def write(self, data: Any) -> int:
        """Write, or fail."""

        def call(*arguments: Any) -> int:
            return super(_Raw, self).write(arguments[-1] if arguments else data)

        done = self.broken.met("write", "standard output", call, (1, data))
        assert isinstance(done, int)
        return done
