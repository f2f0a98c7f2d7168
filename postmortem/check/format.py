"""What the format takes at a place: its keys, its words, its types, read off the models."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from postmortem.check.plain import Plain
from postmortem.ground.place import Route
from postmortem.model.incident import Incident
from postmortem.model.stated import Stated
from postmortem.model.stating import AlsoText, Stating, fields_by_key

_STATED = {
    "TimeExpression": ("a time", "T"),
    "int": ("a duration", "0s"),
    "date": ("a date", "1970-01-01"),
    "Quantity": ("a quantity", "0"),
    "ClockError": ("a clock error", "±0s"),
}
"""What each kind of stated value is called, and a text that stands in for one."""

_EVENT_KEYS = (
    "id",
    "at",
    "until",
    "for",
    "kind",
    "what",
    "component",
    "by",
    "source",
    "counts",
    "claims",
    "ruling",
)


class Taken(NamedTuple):
    """What one place takes: ``type`` without wrappings, and whether a plain text stands for a map or list."""

    type: Any
    also_text: bool = False


def keys_of(cls: type[Stating]) -> tuple[str, ...]:
    """Return the keys that a map of that kind takes, in the order of the format."""
    keys = tuple(fields_by_key(cls))
    if "claims" not in keys:
        return keys
    # In the model an event's own fields come after those it shares with its claims; nobody reads them so.
    return tuple(sorted(keys, key=lambda key: _EVENT_KEYS.index(key) if key in _EVENT_KEYS else len(keys)))


def needed_keys(cls: type[Stating]) -> tuple[str, ...]:
    """Return the keys that a map of that kind cannot do without."""
    return tuple(key for key, field in fields_by_key(cls).items() if field.needed)


def taken_at(route: Route) -> Taken | None:
    """Return what the format takes at ``route``; None where it takes nothing."""
    taken = Taken(Incident)
    for part in route:
        step = _step(taken.type, part)
        if step is None:
            return None
        taken = step
    return taken


def model_at(route: Route) -> type[Stating] | None:
    """Return the kind of map that stands at ``route``; None where none is due."""
    taken = taken_at(route)
    return taken.type if taken is not None and _is_model(taken.type) else None


def due(taken: Taken) -> str:
    """Return in words what a place takes: ``a list``, ``a text or a map``."""
    kind, origin = taken.type, get_origin(taken.type)
    if kind is bool:
        return "`true` or `false`"
    if origin is Stated:
        return _STATED[get_args(kind)[0].__name__][0]
    if origin is dict or _is_model(kind):
        return "a text or a map" if taken.also_text else "a map"
    if origin is tuple and get_args(kind)[-1] is not Ellipsis:
        return f"a list of {len(get_args(kind))}"
    if origin is tuple:
        return "a text or a list of texts" if taken.also_text else "a list"
    return "one word" if origin is Literal else "text"


def words_of(taken: Taken) -> tuple[str, ...]:
    """Return the fixed list of words that a place takes; empty where any text will do."""
    if taken.type is bool:
        return ("true", "false")
    return tuple(get_args(taken.type)) if get_origin(taken.type) is Literal else ()


def stand_in(taken: Taken) -> Plain:
    """Return a value that the place takes, to judge the rest of the log with; it says nothing."""
    kind, origin = taken.type, get_origin(taken.type)
    if origin is Stated:
        return _STATED[get_args(kind)[0].__name__][1]
    if _is_model(kind):
        return {key: stand_in(_unwrapped(fields_by_key(kind)[key].type)) for key in needed_keys(kind)}
    if origin is dict:
        return {}
    if origin is tuple:
        args = get_args(kind)
        return [] if args[-1] is Ellipsis else [stand_in(_unwrapped(one)) for one in args]
    if origin is Literal:
        return str(get_args(kind)[0])
    return "false" if kind is bool else ""


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and get_origin(kind) is None and issubclass(kind, Stating)


def _step(kind: Any, part: str | int) -> Taken | None:
    origin, args = get_origin(kind), get_args(kind)
    if _is_model(kind):
        field = fields_by_key(kind).get(str(part))
        return None if field is None else _unwrapped(field.type)
    if origin is dict:
        return _unwrapped(args[1])
    if origin is tuple and isinstance(part, int):
        if args[-1] is Ellipsis:
            return _unwrapped(args[0])
        return _unwrapped(args[part]) if part < len(args) else None
    return None


def _unwrapped(annotation: Any) -> Taken:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = _unwrapped(args[0])
        return Taken(inner.type, inner.also_text or isinstance(args[1], AlsoText))
    if origin is Union or origin is UnionType:
        return _unwrapped(next(one for one in args if one is not NoneType))
    return Taken(annotation)
