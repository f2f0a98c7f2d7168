"""Children: each mutant lives in a process of its own, forked when all that is slow has been imported."""

from __future__ import annotations

import os
import resource
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

_MEMORY = 4 << 30
SURVIVED, KILLED, UNFIT = 0, 1, 2
"""What a child says: all tests passed; one failed; it could not be tried, which is no kill."""

Job = Callable[[], tuple[int, str]]
"""What a child does: its verdict, and the test that failed."""


@dataclass
class _Running:
    pid: int
    reads: int
    key: int
    ends: float
    said: bytes = b""


class Children:
    """At most so many children at once; a mutant whose child hangs or dies is killed."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._running: list[_Running] = []

    def start(self, key: int, job: Job, seconds: float) -> Iterator[tuple[int, int, str]]:
        """Start a child, and yield the key, verdict and test of those that ended meanwhile.

        ``seconds`` of a processor are all that it gets; on a busy machine it may take ten times as long.
        """
        while len(self._running) >= self._most:
            yield from self._ended(0.5)
        reads, writes = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reads)
            _live(job, writes, int(seconds) + 1)
        os.close(writes)
        self._running.append(_Running(pid, reads, key, time.monotonic() + 30 + 10 * seconds))
        yield from self._ended(0)

    def wait(self) -> Iterator[tuple[int, int, str]]:
        """Yield what those say that are left."""
        while self._running:
            yield from self._ended(0.5)

    def _ended(self, seconds: float) -> Iterator[tuple[int, int, str]]:
        ready, _, _ = select.select([one.reads for one in self._running], [], [], seconds)
        for one in list(self._running):
            late = time.monotonic() > one.ends
            if one.reads in ready:
                piece = os.read(one.reads, 65_536)
                one.said += piece
                if piece:
                    continue
            elif not late:
                continue
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            os.waitpid(one.pid, 0)
            os.close(one.reads)
            self._running.remove(one)
            verdict, _, test = one.said.decode().partition(" ")
            if verdict:
                yield one.key, int(verdict), test
            else:
                yield one.key, KILLED, "(it hangs)" if late else "(it dies)"


def _live(job: Job, writes: int, seconds: int) -> None:
    """Do the job and end, whatever happens: nothing of the child may go on in the parent's code."""
    verdict, test = UNFIT, ""
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        verdict, test = job()
    finally:
        with suppress(OSError):
            os.write(writes, f"{verdict} {test}".encode())
        os._exit(0)
