"""One browser for many hostile documents: what is shown to it, and what it saw, a line each way."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread, Timer
from types import TracebackType
from typing import Any

Job = dict[str, Any]
Seen = dict[str, Any]
HERE = Path(__file__).resolve().parent
PATIENCE = 600
"""Seconds after which a browser that says nothing has hung: it is ended, and the test fails."""


class Window:
    """Shows documents to `hostile.mjs`; a context manager that ends what it began."""

    def __init__(self, chromium: str, modules: Path) -> None:
        self._command = ["node", str(HERE / "hostile.mjs"), chromium]
        self._environment = {**os.environ, "POSTMORTEM_NODE_FOLDER": str(modules.parent)}
        self.opened = 0

    def __enter__(self) -> Window:
        self._node = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.close()
        if kind is not None:
            self._node.kill()
        self._node.stdout.close()
        self._node.wait(60)

    def show(self, several: Iterable[list[Job]]) -> Iterator[list[Seen]]:
        """Yield what was seen of each group of documents; the next group is made while one is looked at."""
        sender: Thread | None = None
        for jobs in several:
            waiting, sender = sender, self._send(jobs, sender)
            if waiting is not None:
                yield self._answer()
        if sender is not None:
            yield self._answer()

    def show_one(self, jobs: list[Job]) -> list[Seen]:
        """Return what was seen of one group of documents."""
        (seen,) = self.show([jobs])
        return seen

    def _send(self, jobs: list[Job], before: Thread | None) -> Thread:
        """Send from a thread of its own: the other side may be about to speak, and hears nothing then."""
        self.opened += len(jobs)
        if before is not None:
            before.join(120)
        sender = Thread(target=self._write, args=(json.dumps(jobs).encode() + b"\n",), daemon=True)
        sender.start()
        return sender

    def _write(self, data: bytes) -> None:
        assert self._node.stdin
        self._node.stdin.write(data)
        self._node.stdin.flush()

    def _answer(self) -> list[Seen]:
        assert self._node.stdout
        timer = Timer(PATIENCE, self._node.kill)
        timer.start()
        line = self._node.stdout.readline()
        timer.cancel()
        assert line, "the browser has gone, or said nothing for too long"
        seen: list[Seen] = json.loads(line)
        return seen
