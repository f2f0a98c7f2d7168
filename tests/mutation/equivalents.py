"""Mutants that no test can notice: listed in a file, each with the reason why the change changes nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutants import Mutant


@dataclass(frozen=True)
class Equivalent:
    """One entry: the mutant as `run.py` shows it, and the reason.

    ``becomes`` may be a list: several changes of one line for one reason.
    """

    module: str
    function: str
    was: str
    becomes: tuple[str, ...]
    reason: str

    def covers(self, mutant: Mutant) -> bool:
        """Tell whether this entry speaks of that mutant."""
        same = (self.module, self.function, self.was) == (mutant.path, mutant.function, mutant.was)
        return same and mutant.becomes in self.becomes


def read_equivalents(path: Path) -> tuple[Equivalent, ...]:
    """Return the entries of the file; ValueError for one without a reason."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    found = []
    for row in rows:
        becomes = row["becomes"]
        if len(row["reason"].split()) < 3:
            raise ValueError(f"{row['module']}: `{row['was']}` has no reason")
        changes = (becomes,) if isinstance(becomes, str) else tuple(becomes)
        found.append(Equivalent(row["module"], row.get("function", ""), row["was"], changes, row["reason"]))
    return tuple(found)


def stale(entries: Iterable[Equivalent], mutants: list[Mutant], survived: list[Mutant]) -> list[str]:
    """Return what is wrong with the entries: they speak of a mutant that is not there, or that was killed.

    Only entries of modules that have mutants among ``mutants`` are judged.
    """
    run = {one.path for one in mutants}
    wrong = []
    for entry in entries:
        if entry.module not in run:
            continue
        for becomes in entry.becomes:
            one = Equivalent(entry.module, entry.function, entry.was, (becomes,), entry.reason)
            told = f"{entry.module} {entry.function}: `{entry.was}` -> `{becomes}`"
            if not any(one.covers(mutant) for mutant in mutants):
                wrong.append(f"{told}: there is no such mutant")
            elif not any(one.covers(mutant) for mutant in survived):
                wrong.append(f"{told}: it is killed")
    return wrong
