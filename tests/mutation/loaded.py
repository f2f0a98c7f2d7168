"""A mutant put into modules that are imported: its functions get new code, its constants new values."""

from __future__ import annotations

import ast
import gc
import sys
from functools import _lru_cache_wrapper
from types import CodeType, FunctionType
from typing import Any

from tests.mutation.mutants import Module, Mutant


class Loaded:
    """One module of the package as it stands in memory: the functions made from its code, and the caches."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._functions = [
            one
            for one in gc.get_objects()
            if type(one) is FunctionType and one.__code__.co_filename == module.file
        ]

    def put(self, mutant: Mutant) -> bool:
        """Put the mutant in place; False where that cannot be done to a module that is imported."""
        if mutant.around.outermost is not None:
            return self._put_code(mutant)
        return self._put_value(mutant)

    def _put_code(self, mutant: Mutant) -> bool:
        outer = mutant.around.outermost
        assert outer is not None
        line = min([outer.lineno, *(one.lineno for one in outer.decorator_list)])
        codes = dict(_codes(self.module.compiled(mutant)))
        done = False
        for function in self._functions:
            old = function.__code__
            new = codes.get((old.co_qualname, old.co_firstlineno))
            if new is None or new == old:
                continue
            if len(new.co_freevars) != len(old.co_freevars):
                return False
            function.__code__ = new
            done = done or (old.co_firstlineno == line and old.co_name == outer.name)
        return done

    def _put_value(self, mutant: Mutant) -> bool:
        top = mutant.around.top
        space = vars(sys.modules[self.module.name])
        if not isinstance(top, ast.Assign | ast.AnnAssign) or any(one not in space for one in _names(mutant)):
            return False
        with self.module.changed(mutant):
            code = compile(ast.Module([top], []), self.module.file, "exec")
        fresh = dict(space)
        exec(code, fresh)
        for name in _names(mutant):
            old, new = space[name], fresh[name]
            for module in list(sys.modules.values()):
                held: dict[str, Any] = getattr(module, "__dict__", {})
                if str(held.get("__name__", "")).startswith("postmortem") and held.get(name) is old:
                    held[name] = new
        return True


def _names(mutant: Mutant) -> tuple[str, ...]:
    return mutant.around.defines


def _codes(code: CodeType) -> list[tuple[tuple[str, int], CodeType]]:
    found = []
    for one in code.co_consts:
        if isinstance(one, CodeType):
            found += [((one.co_qualname, one.co_firstlineno), one), *_codes(one)]
    return found


def caches() -> list[_lru_cache_wrapper[Any]]:
    """Return every cache of the package: what it holds was reckoned by code without the mutation."""
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper) and (one.__module__ or "").startswith("postmortem")
    ]
