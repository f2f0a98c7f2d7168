"""Where in a syntax tree a mutation goes: a slot of a node, the statement and the function around it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Slot:
    """A field of a node, or one entry of a field that is a list."""

    owner: ast.AST
    field: str
    index: int | None = None

    def get(self) -> ast.AST:
        """Return what stands there."""
        held = getattr(self.owner, self.field)
        found: ast.AST = held if self.index is None else held[self.index]
        return found

    def put(self, new: ast.AST) -> None:
        """Put something there."""
        if self.index is None:
            setattr(self.owner, self.field, new)
        else:
            getattr(self.owner, self.field)[self.index] = new


@dataclass(frozen=True)
class Around:
    """What a slot lies in: its statement, its functions and classes by name, and what its strings are for."""

    statement: ast.stmt
    names: tuple[str, ...] = ()
    outermost: Function | None = None
    """The function whose code holds it: None at the level of the module or a class."""
    defines: tuple[str, ...] = ()
    """At the level of the module or a class: the names whose value depends on it."""
    code: bool = False
    """A string here is never wording: it is compared, looked up or searched for."""
    regex: bool = False
    """A string here is a regular expression, or a piece of one."""
    top: ast.stmt | None = None
    """The statement of the module that it lies in."""

    @property
    def function(self) -> str:
        """The dotted name of the function or class around it; empty in the module itself."""
        return ".".join(self.names)


def header_lines(statement: ast.stmt) -> range:
    """Return the lines of a statement without those of the statements inside it."""
    inner = [
        one.lineno
        for field in ("body", "orelse", "finalbody", "handlers", "cases")
        for one in getattr(statement, field, [])
        if hasattr(one, "lineno")
    ]
    last = statement.end_lineno or statement.lineno
    if inner:
        last = max(statement.lineno, min(inner) - 1)
    return range(statement.lineno, last + 1)


def header_text(statement: ast.stmt) -> str:
    """Return a statement on one line, without the statements inside it."""
    lines = ast.unparse(statement).splitlines()
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        lines = [one for one in lines if one.startswith(("def ", "async def ", "class "))]
    return lines[0]
