"""What all parts of a log share: frozen classes whose annotated names are the keys of a map.

They are the one declaration of the format: `build` reads by it, `schema` and the messages of `check` tell
it. Nothing is imported for them, since every command begins by making thirty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, NoReturn, dataclass_transform


class Read(NamedTuple):
    """Marks a type whose values a function reads from a text; it raises ValueError for a wrong one."""

    value_of: Callable[[str], Any]


class AlsoText(NamedTuple):
    """Marks a map or a list for which a plain text may stand, and says what the text stands for."""

    meant_by: Callable[[str], object]


class Field(NamedTuple):
    """One key of a map: its name in Python, the key in the log, its type as declared, marks and all."""

    name: str
    key: str
    type: Any
    default: Any
    needed: bool

    def unsaid(self) -> Any:
        """Return the value where the log does not say it; a map is a new one each time."""
        return {} if type(self.default) is dict else self.default


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Stating:
    """A part of a log, which nothing changes after its birth.

    A value in a class is a default; without one its key is needed. A name that Python keeps for itself
    ends in an underscore, and its key does not. Called, a class takes values that are understood already.
    """

    __match_args__: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        """Take up the names of the class behind those of its base."""
        cls.__match_args__ = (*cls.__match_args__, *cls.__annotations__)  # type: ignore[misc]

    def __init__(self, **values: Any) -> None:
        """Set what is named, and the rest as where a log does not say it."""
        fields = fields_of(type(self))
        wrong = [name for name in values if name not in fields]
        wrong += [name for name, field in fields.items() if field.needed and name not in values]
        if wrong:
            raise TypeError(f"{type(self).__name__} takes {', '.join(fields)}: not so {', '.join(wrong)}")
        born(self, {name: field.unsaid() for name, field in fields.items()} | values)

    def __eq__(self, other: object) -> bool:
        """Compare what both state."""
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        """Return the same for parts that state the same; raise TypeError where a map is among it."""
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        """Show all that is stated."""
        stated = (f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({', '.join(stated)})"

    def __setattr__(self, name: str, _value: object) -> NoReturn:
        """Refuse."""
        raise AttributeError(f"{type(self).__name__} is what a log states: {name} is set once, at its birth")

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse."""
        raise AttributeError(f"{type(self).__name__} is what a log states: {name} stays")


def born(one: Stating, values: dict[str, Any]) -> None:
    """Give a new part its values: all of its fields, in their order."""
    object.__setattr__(one, "__dict__", values)


def nothing() -> dict[str, Any]:
    """Return the default of a map whose keys are the author's own names."""
    return {}


def fields_of(kind: type[Stating]) -> Mapping[str, Field]:
    """Return the fields of a kind of map by their names, those of its base first."""
    if kind not in _BY_NAME:
        _BY_NAME[kind] = {field.name: field for field in _declared(kind)}
    return _BY_NAME[kind]


def fields_by_key(kind: type[Stating]) -> Mapping[str, Field]:
    """Return the fields of a kind of map by their keys, those of its base first."""
    if kind not in _BY_KEY:
        _BY_KEY[kind] = {field.key: field for field in _declared(kind)}
    return _BY_KEY[kind]


_BY_NAME: dict[type[Stating], Mapping[str, Field]] = {}
_BY_KEY: dict[type[Stating], Mapping[str, Field]] = {}


def _declared(kind: type[Stating]) -> Iterator[Field]:
    for one in reversed(kind.__mro__):
        if one is not Stating and issubclass(one, Stating):
            for name, annotation in one.__annotations__.items():
                needed = not hasattr(kind, name)
                yield Field(name, name.rstrip("_"), annotation, getattr(kind, name, None), needed)
