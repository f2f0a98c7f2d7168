"""Which tests can notice a mutation: those that run its lines, or a line that uses what it defines."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from tests.mutation.mutants import Mutant

Lines = dict[str, dict[int, list[str]]]
"""By file and line, the tests that ran it."""


class Reach:
    """The tests that ran each line, and the lines that use each name of a module or a class."""

    def __init__(self, root: Path, lines: Lines) -> None:
        self._root = root
        self._lines = lines
        self._used: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._leads_to: dict[str, set[str]] = defaultdict(set)
        for file in lines:
            self._index(file, ast.parse(Path(file).read_text(encoding="utf-8")))

    def tests_of(self, mutant: Mutant) -> set[str]:
        """Return the tests that can notice a mutant."""
        file = str(self._root / mutant.path)
        if mutant.around.outermost is not None:
            ran = self._lines.get(file, {})
            found = {test for line in mutant.lines for test in ran.get(line, ())}
        else:
            found = {
                test for name in self._closed(mutant.around.defines) for test in self._tests_by_name(name)
            }
        return found - {""}

    def others_made_from(self, mutant: Mutant) -> set[str]:
        """Return the names whose values were made, at import, from those that a mutant defines."""
        if mutant.around.outermost is not None:
            return set()
        return self._closed(mutant.around.defines) - set(mutant.around.defines)

    def _tests_by_name(self, name: str) -> set[str]:
        return {test for file, line in self._used[name] for test in self._lines[file].get(line, ())}

    def _closed(self, names: tuple[str, ...]) -> set[str]:
        """Return the names and all whose values are made from theirs."""
        found: set[str] = set()
        left = list(names)
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += self._leads_to[name]
        return found

    def _index(self, file: str, tree: ast.Module) -> None:
        for statement in tree.body:
            self._index_statement(file, statement, ())

    def _index_statement(self, file: str, node: ast.stmt, made: tuple[str, ...]) -> None:
        """Note the uses in a statement outside of functions; ``made`` are the classes around it."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = {one for child in node.body for one in ast.walk(child)}
            lines = {one.lineno for one in inner if hasattr(one, "lineno")}
            for one in inner:
                for name in _loaded(one):
                    self._used[name].add((file, getattr(one, "lineno", node.lineno)))
            # What stands in its head takes effect when it is called.
            outer = [node.args, *node.decorator_list]
            for name in {name for part in outer for one in ast.walk(part) for name in _loaded(one)}:
                self._used[name] |= {(file, line) for line in lines}
            self._used[node.name] |= {(file, line) for line in lines}
            return
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                for name in {name for one in ast.walk(base) for name in _loaded(one)}:
                    self._leads_to[name].add(node.name)
            for child in node.body:
                self._index_statement(file, child, (*made, node.name))
            return
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.asname:
                    self._leads_to[alias.name].add(alias.asname)
            return
        stored = {
            one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        }
        for name in {name for one in ast.walk(node) for name in _loaded(one)}:
            self._leads_to[name] |= stored | set(made)


def _loaded(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        return (node.attr,)
    return (node.arg,) if isinstance(node, ast.keyword) and node.arg else ()
