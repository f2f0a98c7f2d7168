"""One group of modules put to the test: every mutant in memory first, and what survives there afresh."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

from tests.mutation.children import KILLED, Children
from tests.mutation.fresh import options, tested_afresh
from tests.mutation.groups import UNFIT
from tests.mutation.mutants import Module, Mutant
from tests.mutation.session import EXAMPLES, Mapping, in_memory
from tests.mutation.store import Store

_FIRST_IMPORTED = (
    *("hypothesis", "hypothesis.strategies", "yaml", "jinja2"),
    *("markdown_it", "dateutil.parser", "zoneinfo", "html.parser", "coverage", "jsonschema", "fractions"),
)


def prepare() -> None:
    """Import what is slow, all but the package, and settle hypothesis: each child inherits it."""
    for name in _FIRST_IMPORTED:
        with suppress(ImportError):
            import_module(name)
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    os.environ["POSTMORTEM_TEST_EXAMPLES"] = str(EXAMPLES)


Key = tuple[str, int]
Row = tuple[Key, int, str, list[str]]


class Trial:
    """Modules and the tests that are to notice, of the project that lies at ``root``."""

    def __init__(
        self, root: Path, modules: Sequence[str], tests: Sequence[str], jobs: int, kept: Path | None = None
    ) -> None:
        self._root = root
        self._tests = [path for path in tests if (root / path).exists()]
        self._jobs = jobs
        self._modules = {path: Module(root, path) for path in modules}
        self.mutants = [one for module in self._modules.values() for one in module.mutants]
        self._store = Store(kept, list(self._modules.values()))

    def killed(self, tried: Sequence[Mutant]) -> dict[Key, str]:
        """Try the mutants; return the key of each that was killed, with the test that failed."""
        known, name = self._store.known(), self._store.name
        found = {key_of(one): known[name(one)] for one in tried if name(one) in known}
        tried = [one for one in tried if key_of(one) not in found]
        rows = self._in_memory(tried) if tried else []
        found |= {key: test for key, verdict, test, _ in rows if verdict == KILLED}
        late = {key: names for key, verdict, _, names in rows if verdict != KILLED and names}
        by_key = {key_of(one): one for one in tried}
        order = list(late)
        children = Children(self._jobs)
        killers: dict[str, list[str]] = {}

        def note(ended: Iterable[tuple[int, int, str]]) -> None:
            for number, verdict, test in ended:
                if verdict == KILLED:
                    mutant = by_key[order[number]]
                    found[order[number]] = test
                    self._store.keep(mutant, test)
                    near = killers.setdefault(mutant.path, [])
                    near[:] = [test, *(one for one in near if one != test)][:15]

        for number, key in enumerate(order):
            asked = set(late[key])
            first = [one for one in killers.get(key[0], ()) if one in asked]
            names = list(dict.fromkeys([*first, *late[key]]))
            note(children.start(number, self._afresh(by_key[key], names), 30 + len(names) * 0.1))
        note(children.wait())
        return found

    def _afresh(self, mutant: Mutant, names: list[str]) -> Callable[[], tuple[int, str]]:
        return lambda: tested_afresh(self._modules[mutant.path], mutant, names, self._root)

    def _in_memory(self, tried: Sequence[Mutant]) -> list[Row]:
        """Run pytest in a child that maps the tests and tries each mutant; return what it found of each."""
        with tempfile.TemporaryDirectory() as folder:
            out, log = Path(folder) / "rows", Path(folder) / "log"
            pid = os.fork()
            if pid == 0:
                self._session(tried, out, log)
            _, status = os.waitpid(pid, 0)
            if status or not out.exists():
                raise SystemExit(log.read_text(encoding="utf-8")[-5_000:])
            lines = out.read_text(encoding="utf-8").splitlines()
        rows = (json.loads(line) for line in lines)
        return [((path, number), verdict, test, names) for path, number, verdict, test, names in rows]

    def _session(self, tried: Sequence[Mutant], out: Path, log: Path) -> None:
        code = 1
        try:
            number = os.open(log, os.O_WRONLY | os.O_CREAT, 0o600)
            os.dup2(number, 1)
            os.dup2(number, 2)
            modules = list(self._modules.values())
            chosen = {key_of(one) for one in tried}
            plugin = Mapping(self._root, in_memory(modules, chosen, self._jobs, out, self._root, self._store))
            asked = [*options(self._root), "-s", "-k", f"not ({UNFIT})", *self._tests]
            code = int(pytest.main(asked, plugins=[plugin]))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)


def key_of(mutant: Mutant) -> Key:
    """Return what names a mutant from one run to the next of the same code."""
    return mutant.path, mutant.number
