"""Records: small frozen classes with slots, made in a tenth of the time that a dataclass takes.

A command starts for one log and makes a hundred of these classes before it reads a byte; as dataclasses they
cost more than reading, checking and resolving the log together. Type checkers see them as dataclasses.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Return ``cls`` with its annotated names as slots, set once at birth and compared by value.

    Names are positional or keyword arguments in their order; a value in the class is a default. One that is
    a descriptor stays in the class, keeps what it is given in the slot `kept_NAME`, and tells the default.
    What the class says of its own hash stands, and its `__post_init__` may refuse. There is no inheritance
    of fields and no mutable default: what needs those is a dataclass.
    """
    names = tuple(cls.__annotations__)
    space = {key: value for key, value in vars(cls).items() if key not in ("__dict__", "__weakref__")}
    asked = {name for name in names if hasattr(space.get(name), "__set__")}
    defaults = {name: space.pop(name) for name in names if name in space and name not in asked}
    slots = tuple(f"kept_{name}" if name in asked else name for name in names)
    space = {**_SHARED, **space, "__slots__": slots, "__match_args__": names}
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, space)
    made._values = attrgetter(*names) if len(names) > 1 else _single(names[0])
    made.__init__ = _born(made, names, defaults | {name: getattr(made, name) for name in asked})
    made.__init__.__qualname__ = f"{cls.__qualname__}.__init__"
    result: type[T] = made
    return result


def replace(one: T, /, **changes: object) -> T:
    """Return a record (or a dataclass) like ``one`` but for the changes."""
    names: tuple[str, ...] = type(one).__match_args__  # type: ignore[attr-defined]
    return type(one)(**{name: getattr(one, name) for name in names} | changes)


def _born(made: type, names: tuple[str, ...], defaults: dict[str, object]) -> Any:
    """Return the function that sets the slots: written out, since it runs for every record of a log."""
    setters: dict[str, Any] = {f"set_{place}": vars(made)[name].__set__ for place, name in enumerate(names)}
    # Written once for every number of names and then renamed: to compile it for each class costs more
    # than all else that is done here.
    code = _setting(len(names), hasattr(made, "__post_init__")).replace(co_varnames=("self", *names))
    late = tuple(defaults[name] for name in names if name in defaults)
    if any(name not in defaults for name in names[len(names) - len(late) :]):
        raise TypeError(f"{made.__name__}: a name without a default follows one that has one")
    return FunctionType(code, setters, "__init__", late)


@cache
def _setting(many: int, judged: bool) -> CodeType:
    """Return the code of a function that sets so many slots, and then asks `__post_init__`."""
    arguments = ", ".join(f"value_{place}" for place in range(many))
    lines = "".join(f"\n set_{place}(self, value_{place})" for place in range(many))
    lines += "\n self.__post_init__()" if judged else ""
    space: dict[str, Any] = {}
    exec(f"def __init__(self, {arguments}):{lines}", space)
    code: CodeType = space["__init__"].__code__
    return code


def _single(name: str) -> Any:
    return lambda self: (getattr(self, name),)


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self.__class__._values(self) == self.__class__._values(other)


def _hash(self: Any) -> int:
    return hash(self.__class__._values(self))


def _shown(self: Any) -> str:
    pairs = zip(self.__match_args__, self.__class__._values(self), strict=True)
    return f"{self.__class__.__qualname__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"


def _refused(self: Any, name: str, _value: object = None) -> NoReturn:
    raise AttributeError(f"{self.__class__.__name__} is a record: {name} is set once, at its birth")


def _reduced(self: Any) -> tuple[type, tuple[object, ...]]:
    return self.__class__, tuple(self.__class__._values(self))


_SHARED: dict[str, Any] = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _shown,
    "__setattr__": _refused,
    "__delattr__": _refused,
    "__reduce__": _reduced,
}
