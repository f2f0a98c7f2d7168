"""Mutants of one module: everything in its code that is changed, one change at a time.

Not mutated, since no behaviour hangs on it or none that the log or the reader sees: docstrings, annotations,
type aliases, imports, `__slots__`, `__all__`, decorators, asserts (they state what types cannot), and wording
(texts for people: words with blanks between them, unless they are compared or looked up).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType

from tests.mutation.expressions import RECKONED, instead_of, is_wording
from tests.mutation.places import Around, Slot, header_lines, header_text

_SEARCHED = {
    "says",
    "phrases",
    "startswith",
    "endswith",
    "split",
    "replace",
    "strip",
    "lstrip",
    "rstrip",
    "join",
}
_SEARCHED |= {"find", "rfind", "count", "index", "partition", "rpartition", "removeprefix", "removesuffix"}
_REGEX_CALLS = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
_EDGE = 60


@dataclass(frozen=True)
class Mutant:
    """One change: ``was`` and ``becomes`` are the statement around it before and after, on one line each."""

    number: int
    path: str
    line: int
    function: str
    was: str
    becomes: str
    slot: Slot
    new: ast.AST
    around: Around

    @property
    def lines(self) -> range:
        """The lines of the statement, without those of the statements inside it."""
        return header_lines(self.around.statement)

    def told(self) -> str:
        """Return the mutant as people read it."""
        where = f"{self.path}:{self.line}" + (f" {self.function}" if self.function else "")
        return f"{where}\n    - {self.was}\n    + {self.becomes}"


class Module:
    """The mutants of one module; its tree is changed and put right again by `compiled`."""

    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        self.file = str(root / path)
        self.name = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        source = (root / path).read_text(encoding="utf-8")
        self.tree = ast.parse(source)
        self.code = compile(self.tree, self.file, "exec")
        self.mutants = list(self._found())

    @contextmanager
    def changed(self, mutant: Mutant) -> Iterator[ast.Module]:
        """Lend the module's tree with that change."""
        old = mutant.slot.get()
        mutant.slot.put(mutant.new)
        try:
            yield self.tree
        finally:
            mutant.slot.put(old)

    def compiled(self, mutant: Mutant) -> CodeType:
        """Return the module's code with that change."""
        with self.changed(mutant) as tree:
            return compile(tree, self.file, "exec")

    def _found(self) -> Iterator[Mutant]:
        seen: set[tuple[int, str, int | None, str]] = set()
        number = 0
        for slot, new, around in changes(self.tree):
            old = slot.get()
            whole = isinstance(old, ast.stmt)
            before = header_text(old if isinstance(old, ast.stmt) else around.statement)
            ast.copy_location(new, old)
            ast.fix_missing_locations(new)
            slot.put(new)
            try:
                after = header_text(new if whole and isinstance(new, ast.stmt) else around.statement)
                code = _code_or_none(self.tree, self.file)
            finally:
                slot.put(old)
            key = (id(slot.owner), slot.field, slot.index, after)
            if code is None or code == self.code or key in seen:
                continue
            seen.add(key)
            line = getattr(old, "lineno", around.statement.lineno)
            was, becomes = _trimmed(before, after)
            yield Mutant(number, self.path, line, around.function, was, becomes, slot, new, around)
            number += 1


def _code_or_none(tree: ast.Module, file: str) -> CodeType | None:
    try:
        return compile(tree, file, "exec")
    except (SyntaxError, ValueError, TypeError):
        return None


def _trimmed(before: str, after: str) -> tuple[str, str]:
    """Shorten two long lines to what differs and some of what is around it."""
    if max(len(before), len(after)) <= 2 * _EDGE:
        return before, after
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    head, tail = max(0, first - _EDGE), max(0, last - _EDGE)
    cut = (before[head : len(before) - tail], after[head : len(after) - tail])
    left, right = "…" if head else "", "…" if tail else ""
    return f"{left}{cut[0]}{right}", f"{left}{cut[1]}{right}"


def changes(tree: ast.Module) -> Iterator[tuple[Slot, ast.AST, Around]]:
    """Yield each change of a module: where, what stands there instead, and what lies around it."""
    for index, statement in enumerate(tree.body):
        slot = Slot(tree, "body", index)
        yield from _of_statement(slot, statement, Around(statement, top=statement))


def _of_statement(slot: Slot, node: ast.stmt, around: Around) -> Iterator[tuple[Slot, ast.AST, Around]]:
    if _is_no_code(node):
        return
    inside = around.outermost is not None
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        named = replace(around, names=(*around.names, node.name), defines=(*around.defines, node.name))
        for field in ("defaults", "kw_defaults"):
            yield from _of_list(node.args, field, named)
        deeper = replace(named, outermost=around.outermost or node)
        yield from _of_body(node, "body", deeper)
        return
    if isinstance(node, ast.ClassDef):
        named = replace(around, names=(*around.names, node.name), defines=(*around.defines, node.name))
        yield from _of_body(node, "body", named)
        return
    if not inside:
        around = replace(around, defines=(*around.defines, *_defined(node)))
    for new in _other_statements(node, inside):
        yield slot, new, around
    yield from _of_fields(node, around)


def _of_body(owner: ast.AST, field: str, around: Around) -> Iterator[tuple[Slot, ast.AST, Around]]:
    for index, statement in enumerate(getattr(owner, field)):
        yield from _of_statement(Slot(owner, field, index), statement, replace(around, statement=statement))


def _of_list(owner: ast.AST, field: str, around: Around) -> Iterator[tuple[Slot, ast.AST, Around]]:
    for index, node in enumerate(getattr(owner, field)):
        if isinstance(node, ast.AST):  # not a name of `global`, nor a default that is not there
            yield from _of_expression(Slot(owner, field, index), node, around)


def _of_fields(node: ast.AST, around: Around) -> Iterator[tuple[Slot, ast.AST, Around]]:
    for field, value in ast.iter_fields(node):
        if field in (
            "annotation",
            "returns",
            "decorator_list",
            "bases",
            "ctx",
            "op",
            "ops",
            "target",
            "targets",
        ):
            continue
        if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            yield from _of_body(node, field, around)
        elif isinstance(value, list):
            yield from _of_list(node, field, around)
        elif isinstance(value, ast.AST):
            yield from _of_expression(Slot(node, field), value, around)


def _of_expression(slot: Slot, node: ast.AST, around: Around) -> Iterator[tuple[Slot, ast.AST, Around]]:
    around = replace(around, code=around.code or _is_key(slot), regex=around.regex and _is_regex(slot))
    if isinstance(node, ast.JoinedStr):
        yield from _of_template(node, around)
        return
    if isinstance(node, ast.ExceptHandler):
        if node.type is not None:
            yield Slot(node, "type"), ast.Tuple([], ast.Load()), around
        yield from _of_body(node, "body", around)
        return
    if isinstance(node, ast.comprehension):
        yield from _of_comprehension(node, around)
        return
    for new in instead_of(node, around):
        yield slot, new, around
    inner = replace(around, code=_looks_up(node, around), regex=_takes_regex(node, around))
    yield from _of_fields(node, inner)


def _of_comprehension(node: ast.comprehension, around: Around) -> Iterator[tuple[Slot, ast.AST, Around]]:
    yield from _of_expression(Slot(node, "iter"), node.iter, around)
    for index, test in enumerate(node.ifs):
        slot = Slot(node, "ifs", index)
        yield slot, ast.Constant(True), around
        yield slot, ast.Constant(False), around
        yield from _of_expression(slot, test, around)


def _of_template(node: ast.JoinedStr, around: Around) -> Iterator[tuple[Slot, ast.AST, Around]]:
    literal = "x".join(str(one.value) for one in node.values if isinstance(one, ast.Constant))
    worded = is_wording(literal) and not around.code and not around.regex
    for index, part in enumerate(node.values):
        if not isinstance(part, ast.Constant):
            yield from _of_expression(Slot(node, "values", index), part, around)
        elif not worded:
            yield from _of_expression(Slot(node, "values", index), part, replace(around, code=True))


def _other_statements(node: ast.stmt, inside: bool) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Expr | ast.Raise | ast.Delete):
        yield ast.Pass()
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.AugAssign):
        yield ast.Pass()
        if type(node.op) in RECKONED:
            yield ast.AugAssign(node.target, RECKONED[type(node.op)](), node.value)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_sign(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Assign) and inside and not _is_none(node.value):
        simple = isinstance(node.targets[0], ast.Name)
        yield ast.Assign(node.targets, ast.Constant(None), lineno=node.lineno) if simple else ast.Pass()
    elif isinstance(node, ast.If):
        yield ast.If(ast.Constant(True), node.body, node.orelse)
        yield ast.If(ast.Constant(False), node.body, node.orelse)
    elif isinstance(node, ast.While):
        yield ast.While(ast.Constant(False), node.body, node.orelse)
    elif isinstance(node, ast.For):
        yield ast.For(node.target, ast.Tuple([], ast.Load()), node.body, node.orelse, lineno=node.lineno)


def _is_no_code(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    if isinstance(node, ast.AnnAssign):
        return node.value is None or "TypeAlias" in ast.unparse(node.annotation)
    if isinstance(node, ast.Assign):
        made = ast.unparse(node.value)
        return bool({"__slots__", "__all__"} & set(_defined(node))) or made.startswith(
            ("TypeVar(", "NewType(", "ParamSpec(")
        )
    return isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.Pass)


def _defined(node: ast.stmt) -> tuple[str, ...]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return tuple(
        one.id for target in targets if target for one in ast.walk(target) if isinstance(one, ast.Name)
    )


def _is_sign(node: ast.expr) -> bool:
    """Tell whether a value is None or a truth value: that is turned round elsewhere, and None is as false."""
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _called(node: ast.AST) -> str:
    func = node.func if isinstance(node, ast.Call) else None
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _looks_up(node: ast.AST, around: Around) -> bool:
    """Tell whether the strings right inside a node are compared, looked up or searched for."""
    if isinstance(node, ast.Tuple | ast.List):
        return around.code
    return isinstance(node, ast.Compare | ast.Subscript | ast.Set) or _called(node) in _SEARCHED


def _is_key(slot: Slot) -> bool:
    return isinstance(slot.owner, ast.Dict) and slot.field == "keys"


def _takes_regex(node: ast.AST, around: Around) -> bool:
    if isinstance(node, ast.BinOp | ast.JoinedStr):
        return around.regex
    func = node.func if isinstance(node, ast.Call) else None
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == "re"
        and func.attr in _REGEX_CALLS
    )


def _is_regex(slot: Slot) -> bool:
    """Tell whether a slot of a call that takes a regular expression is the expression: its first argument."""
    return not (isinstance(slot.owner, ast.Call | ast.keyword) and (slot.field, slot.index) != ("args", 0))
