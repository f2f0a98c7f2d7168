"""From plain maps, lists and texts to the parts of a log that they state, by the declaration of the format.

Each place of the format gets one function that reads it, made when the first log is read. A value that
does not fit raises its misfit, and each map and list on the way up adds its key to the route; so that
nothing but the values themselves costs time where all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, TypeVar, Union, get_args, get_origin

from postmortem.ground.place import Route
from postmortem.model.incident import Incident
from postmortem.model.stating import AlsoText, Read, Stating, born, fields_of

Part = TypeVar("Part", bound=Stating)
Reader: TypeAlias = Callable[[Any], Any]


class Misfit(NamedTuple):
    """What does not fit at a route: a key that is not known or is missing, or a value of a wrong kind."""

    route: Route
    kind: Literal["unknown", "missing", "wrong"]


class Misfits(ValueError):
    """All that does not fit, in the order of the format; unknown keys of a map come behind its known ones."""

    def __init__(self, misfits: tuple[Misfit, ...]) -> None:
        super().__init__(misfits)
        self.misfits = misfits


def _wrong() -> Misfits:
    return Misfits((Misfit((), "wrong"),))


def validate(data: Mapping[str, object]) -> Incident:
    """Return the incident that plain maps, lists and texts state; raise the Misfits of those that do not."""
    return understood(Incident, data)


def understood(kind: type[Part], data: object) -> Part:
    """Return the part of a log that a plain value states; raise its Misfits."""
    if kind not in _READERS:
        _READERS[kind] = _map(kind)
    part: Part = _READERS[kind](data)
    return part


_READERS: dict[type[Stating], Reader] = {}


def _map(kind: type[Stating]) -> Reader:
    """Return what reads a map of that kind."""
    fields = fields_of(kind)
    readers = {field.key: (name, _reader(field.type)) for name, field in fields.items()}
    needed = tuple(field.key for field in fields.values() if field.needed)
    unsaid = {name: field.default for name, field in fields.items()}
    own = tuple(name for name, default in unsaid.items() if type(default) is dict)
    new = kind.__new__

    def read(value: Any) -> Stating:
        if type(value) is not dict:
            raise _wrong()
        values = unsaid.copy()
        for name in own:
            values[name] = {}
        wrong: dict[str, tuple[Misfit, ...]] = {}
        for key, part in value.items():
            known = readers.get(key)
            if known is None:
                wrong[key] = (Misfit((), "unknown"),)
                continue
            try:
                values[known[0]] = known[1](part)
            except Misfits as misfits:
                wrong[key] = misfits.misfits
        for key in needed:
            if key not in value:
                wrong[key] = (Misfit((), "missing"),)
        if wrong:
            in_order = [key for key in readers if key in wrong]
            in_order += [key for key in wrong if key not in readers]
            raise Misfits(_below((key, wrong[key]) for key in in_order))
        stated: Stating = new(kind)
        born(stated, values)
        return stated

    return read


def _reader(annotation: Any) -> Reader:
    """Return what reads a value of a declared type, or raises its Misfits."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(args[0], args[1])
    if origin is Union or origin is UnionType:
        return _reader(next(one for one in args if one is not NoneType))
    if origin is Literal:
        return _read(_one_of(args))
    if origin is tuple:
        return _list(_reader(args[0])) if args[-1] is Ellipsis else _row(tuple(map(_reader, args)))
    if origin is dict:
        return _names(_reader(args[1]))
    return _text if annotation is str else _map(annotation)


def _marked(annotation: Any, mark: Read | AlsoText) -> Reader:
    if isinstance(mark, Read):
        return _read(mark.value_of)
    read, meant_by = _reader(annotation), mark.meant_by
    return lambda value: read(meant_by(value) if type(value) is str else value)


def _text(value: Any) -> Any:
    if type(value) is not str:
        raise _wrong()
    return value


def _read(value_of: Callable[[str], Any]) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not str:
            raise _wrong()
        try:
            return value_of(value)
        except ValueError:
            raise _wrong() from None

    return read


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    known = {word: word for word in words}

    def word(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return known[text]

    return word


def _list(read: Reader) -> Reader:
    return lambda value: tuple(_each(enumerate(_items(value)), read).values())


def _names(read: Reader) -> Reader:
    """Return what reads a map whose keys are the author's own names."""

    def names(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise _wrong()
        return _each(value.items(), read)

    return names


def _row(readers: tuple[Reader, ...]) -> Reader:
    """Return what reads a list of so many values, each of a kind of its own."""

    def row(value: Any) -> tuple[Any, ...]:
        if len(_items(value)) != len(readers):
            raise _wrong()
        places = zip(readers, value, strict=True)
        return tuple(_each(enumerate(places), lambda place: place[0](place[1])).values())

    return row


def _items(value: Any) -> list[Any]:
    if type(value) is not list:
        raise _wrong()
    items: list[Any] = value
    return items


def _each(parts: Iterable[tuple[Any, Any]], read: Reader) -> dict[Any, Any]:
    """Return what the parts state, by their keys or indices."""
    values: dict[Any, Any] = {}
    wrong: list[tuple[Any, tuple[Misfit, ...]]] = []
    for key, part in parts:
        try:
            values[key] = read(part)
        except Misfits as misfits:
            wrong.append((key, misfits.misfits))
    if wrong:
        raise Misfits(_below(wrong))
    return values


def _below(wrong: Iterable[tuple[Any, tuple[Misfit, ...]]]) -> tuple[Misfit, ...]:
    """Return the misfits of parts with the key or index of each before its route."""
    return tuple(Misfit((key, *one.route), one.kind) for key, misfits in wrong for one in misfits)
