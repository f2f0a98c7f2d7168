"""The essence of stated things: what they say, without their spelling, their order and their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from postmortem.model.stated import Stated
from postmortem.model.stating import Stating, fields_of

Renamed: TypeAlias = Mapping[str, str]
"""Ids of events that were renamed: the old one to the new one."""

_PLACES = frozenset(("start", "stop", "half"))
"""Fields of a parsed value that say only where and how it is written; ``half``: with `am` or `pm`."""

_IN_ORDER = frozenset(("between",))
_EVENT_NAMES = frozenset(
    ("t0", "from_", "to", "of", "minus", "between", "leads_to", "evidence", "count", "growth")
)
_NOBODY: Renamed = {}


def essence(thing: Any, renamed: Renamed = _NOBODY, *, without: frozenset[str] = frozenset()) -> Any:
    """Return what a part of a log says, to be compared: equal where only the writing differs.

    Times, durations and quantities count by their value (`6:20pm` is `18:20`), lists as heaps, texts
    without blanks at their ends. ``renamed`` is applied to names of events; ``without`` leaves fields
    of the outermost part out.
    """
    if isinstance(thing, Stating):
        return tuple(
            (name, _field(name, value, renamed))
            for name in fields_of(type(thing))
            if name not in without and (value := getattr(thing, name)) not in (None, (), {})
        )
    return _value(thing, renamed)


def _field(name: str, value: Any, renamed: Renamed) -> Any:
    if renamed and name in _EVENT_NAMES:
        value = _renamed(value, renamed)
    if name in _IN_ORDER and isinstance(value, tuple):
        return tuple(_value(one, renamed) for one in value)
    return _value(value, renamed)


def _renamed(value: Any, renamed: Renamed) -> Any:
    if isinstance(value, tuple):
        return tuple(_renamed(one, renamed) for one in value)
    if isinstance(value, str):
        name, dot, rest = value.partition(".")
        return renamed.get(name, name) + dot + rest
    return value


def _value(value: Any, renamed: Renamed) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Stated):
        return _text(value.text) if value.value is None else _value(value.value, renamed)
    if isinstance(value, Stating):
        return essence(value, renamed)
    if (names := _names_of(value)) is not None:
        return _parts(value, names, renamed)
    if isinstance(value, tuple):
        parts = [_value(one, renamed) for one in value]
        in_order = bool(value) and all(isinstance(one, Stated) for one in value)
        return tuple(parts) if in_order else ("heap", *sorted(parts, key=repr))
    if isinstance(value, dict):
        return tuple((key, _value(value[key], renamed)) for key in sorted(value))
    return value


def _names_of(value: Any) -> tuple[str, ...] | None:
    """Return the names of a parsed value's fields, None where it is no such value."""
    return getattr(type(value), "__match_args__", None)


def _parts(value: Any, names: tuple[str, ...], renamed: Renamed) -> Any:
    """Return a parsed value by its fields, without where in the scalar it was written."""
    return tuple(
        renamed.get(part, part) if name == "event" and isinstance(part, str) else _value(part, renamed)
        for name in names
        if name not in _PLACES
        for part in (getattr(value, name),)
    )


def _text(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
