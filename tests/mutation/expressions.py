"""Mutations of expressions: what may stand in place of one, each wrong in one respect."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.mutation.places import Around
from tests.mutation.regexes import regex_mutations

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_CALLED = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "sorted": "list",
    "startswith": "endswith",
    "endswith": "startswith",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
    "lower": "upper",
    "upper": "lower",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "partition": "rpartition",
    "rpartition": "partition",
    "find": "rfind",
    "rfind": "find",
    "split": "rsplit",
    "rsplit": "split",
    "match": "search",
    "fullmatch": "match",
    "search": "match",
    "append": "extend",
    "floor": "ceil",
    "ceil": "floor",
}
_PASSED_ON = {"sorted", "reversed", "abs", "tuple", "frozenset", "set", "list", "round", "int"}
_SELF_PASSED_ON = {"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "copy"}
_WORDING = re.compile(r"[^\W\d_][`'\",;:.)]* [`'\"(]*[^\W\d_]|[^\W\d_]{2}[`,;:.]? $|^ [^\W\d_]{2}")
"""Wording is text for people: words with blanks between them."""


def instead_of(node: ast.AST, around: Around) -> Iterator[ast.AST]:
    """Yield what may stand in place of an expression."""
    if isinstance(node, ast.Compare):
        yield from _compares(node)
    elif isinstance(node, ast.BoolOp):
        yield from _both(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in RECKONED:
        yield ast.BinOp(node.left, RECKONED[type(node.op)](), node.right)
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value, around)
    elif isinstance(node, ast.Slice):
        yield from _slices(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        yield ast.FormattedValue(node.value, node.conversion, None)


def is_wording(text: str) -> bool:
    """Tell whether a text is for people: then its words are no business of a mutation."""
    return _WORDING.search(text) is not None


def _compares(node: ast.Compare) -> Iterator[ast.AST]:
    for index, op in enumerate(node.ops):
        for other in _COMPARED[type(op)]:
            ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)


def _both(node: ast.BoolOp) -> Iterator[ast.AST]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield ast.BoolOp(other, node.values)
    for index in range(len(node.values)):
        rest = node.values[:index] + node.values[index + 1 :]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _constants(value: object, around: Around) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
        if value:
            yield ast.Constant(value - 1)
    elif isinstance(value, bytes):
        yield ast.Constant(b"" if value else b"?!")
    elif isinstance(value, str):
        yield from (ast.Constant(one) for one in _texts(value, around))


def _texts(text: str, around: Around) -> Iterator[str]:
    if around.regex:
        yield from regex_mutations(text)
        return
    if not around.code and is_wording(text):
        return
    yield "" if text else "?!"
    strange = sum(not one.isalnum() for one in text)
    if 2 <= len(text) <= 60 and strange * 2 >= len(text):
        yield from (text[:index] + text[index + 1 :] for index in range(len(text)))
    ways = text.split("|")
    if len(ways) > 2:
        yield from ("|".join(ways[:index] + ways[index + 1 :]) for index in range(len(ways)))


def _slices(node: ast.Slice) -> Iterator[ast.AST]:
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)
    if node.step is not None:
        yield ast.Slice(node.lower, node.upper, None)


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    func = node.func
    if isinstance(func, ast.Name):
        if func.id in _CALLED:
            yield ast.Call(ast.Name(_CALLED[func.id], ast.Load()), node.args, node.keywords)
        if func.id in _PASSED_ON and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
            yield node.args[0]
        if func.id == "suppress":
            yield ast.Call(func, [], [])
    elif isinstance(func, ast.Attribute):
        splits_once = len(node.args) + len(node.keywords) > 1
        if func.attr in _CALLED and (splits_once or "split" not in func.attr):
            other = ast.Attribute(func.value, _CALLED[func.attr], ast.Load())
            yield ast.Call(other, node.args, node.keywords)
        if func.attr in _SELF_PASSED_ON:
            yield func.value
        if func.attr == "suppress":
            yield ast.Call(func, [], [])
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None and not (
            isinstance(keyword.value, ast.Constant | ast.JoinedStr) and keyword.arg in ("help", "label")
        ):
            yield ast.Call(func, node.args, node.keywords[:index] + node.keywords[index + 1 :])
