"""A mutant in a process that has not imported the package yet: slower, and right for every mutation.

What was reckoned when a module was imported (tables, defaults, decorated functions) is reckoned anew here,
from the changed code.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutation.children import KILLED, SURVIVED
from tests.mutation.mutants import Module, Mutant
from tests.mutation.session import few_examples

_FIRST = 25
"""Tests that are tried first: most mutants fall to them, and few files need to be collected."""


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        return self._code


class _Finder(MetaPathFinder):
    def __init__(self, module: Module, mutant: Mutant) -> None:
        self._module = module
        self._code = module.compiled(mutant)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname != self._module.name:
            return None
        file = self._module.file
        packaged = [str(Path(file).parent)] if file.endswith("__init__.py") else None
        return spec_from_file_location(
            fullname,
            file,
            loader=_Loader(fullname, file, self._code),
            submodule_search_locations=packaged,
        )


class Chosen:
    """A plugin of pytest that keeps the chosen tests, in their order, and remembers the one that failed."""

    def __init__(self, names: Sequence[str]) -> None:
        self._order = {name: place for place, name in enumerate(names)}
        self.failed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen ones."""
        items[:] = sorted(
            (one for one in items if one.nodeid in self._order), key=lambda one: self._order[one.nodeid]
        )
        few_examples(items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember what failed."""
        if report.failed and not self.failed:
            self.failed = report.nodeid


def tested_afresh(module: Module, mutant: Mutant, names: Sequence[str], root: Path) -> tuple[int, str]:
    """Import the package with the mutant in it, run the tests of those names, and return the verdict."""
    sys.meta_path.insert(0, _Finder(module, mutant))
    for some in (names[:_FIRST], names[_FIRST:]):
        if some:
            chosen = Chosen(some)
            files = list(dict.fromkeys(name.split("::")[0] for name in some))
            code = pytest.main([*options(root), *files], plugins=[chosen])
            if code != pytest.ExitCode.OK:
                return KILLED, chosen.failed or "(the tests cannot be collected)"
    return SURVIVED, ""


def options(root: Path) -> list[str]:
    """Return what pytest is always told here; that hypothesis was imported before is as it should be."""
    quiet = ["-x", "-q", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return [*quiet, "-p", "no:cacheprovider", "--rootdir", str(root), "-c", str(root / "pyproject.toml")]
