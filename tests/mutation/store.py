"""Kills that are remembered from one run to the next, as long as the changed module stays the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.mutants import Module, Mutant

Name = tuple[str, str, int]
"""The digest of a module's text, the mutant as it is told without its line, and which of several alike."""


class Store:
    """A file of kills, one a line; without a path nothing is remembered.

    A kill counts although tests have changed since: it is for work in steps, and a last run begins anew.
    """

    def __init__(self, path: Path | None, modules: Sequence[Module]) -> None:
        self._path = path
        self._names: dict[tuple[str, int], Name] = {}
        for module in modules:
            digest = hashlib.sha256(Path(module.file).read_bytes()).hexdigest()[:16]
            count: dict[str, int] = {}
            for one in module.mutants:
                told = "\n".join((one.path, one.function, one.was, one.becomes))
                self._names[one.path, one.number] = (digest, told, count.setdefault(told, 0))
                count[told] += 1

    def known(self) -> dict[Name, str]:
        """Return the kills of earlier runs, with the test of each."""
        if self._path is None or not self._path.exists():
            return {}
        rows = (json.loads(line) for line in self._path.read_text(encoding="utf-8").splitlines())
        return {(digest, told, number): test for digest, told, number, test in rows}

    def name(self, mutant: Mutant) -> Name:
        """Return what a mutant is remembered by."""
        return self._names[mutant.path, mutant.number]

    def keep(self, mutant: Mutant, test: str) -> None:
        """Remember a kill at once, so that a run that is broken off loses nothing."""
        if self._path is not None:
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps([*self.name(mutant), test]) + "\n")
