"""The JSON Schema of the log format: what an editor completes keys and kinds with."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from postmortem.model.incident import Incident
from postmortem.model.schema_words import TITLES, description
from postmortem.model.stating import AlsoText, Field, Stating, fields_of

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTITY = "urn:postmortem-log:format:1"
_REF = "#/$defs/"
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_LISTS_OF_CODES = (("Checks", "ignore"),)
_SLUG = "^[A-Za-z][A-Za-z0-9_-]*$"
_MARKS: dict[tuple[str, str], Schema] = {
    ("Incident", "format"): {"enum": ["postmortem/1"]},
    ("Incident", "date"): {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "examples": ["2023-05-24"],
    },
    ("Incident", "timezone"): {
        "type": "string",
        "examples": [
            "UTC",
            "America/New_York",
            "America/Los_Angeles",
            "Europe/London",
            "Europe/Paris",
            "Asia/Tokyo",
        ],
    },
    ("Event", "id"): {"type": "string", "pattern": _SLUG},
}


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of log format 1.

    Unknown keys are marked, keys that begin with ``x-`` are let in everywhere. A text may be anything that
    an editor reads as a number or a truth value, since the log itself takes every plain scalar as text.
    """
    kinds: dict[str, type[Stating]] = {}
    _gather(Incident, kinds)
    shaped = {name: _object(kinds[name]) for name in sorted(kinds)}
    return {
        "$schema": DIALECT,
        "$id": IDENTITY,
        **shaped.pop("Incident"),
        "$defs": shaped,
    }


def _gather(annotation: Any, kinds: dict[str, type[Stating]]) -> None:
    """Find all kinds of maps that a declared type leads to, by their names."""
    if isinstance(annotation, type) and issubclass(annotation, Stating):
        if annotation.__name__ not in kinds:
            kinds[annotation.__name__] = annotation
            for field in fields_of(annotation).values():
                _gather(field.type, kinds)
        return
    for part in get_args(annotation):
        _gather(part, kinds)


def _object(kind: type[Stating]) -> Schema:
    """Return the schema of a map with known keys: titled, described, closed but for ``x-`` keys."""
    name, fields = kind.__name__, fields_of(kind).values()
    shaped: Schema = {"title": TITLES.get(name, name), "type": "object"}
    needed = [field.key for field in fields if field.needed]
    if needed:
        shaped["required"] = needed
    shaped["properties"] = {field.key: _property(name, field) for field in fields}
    shaped["patternProperties"] = {"^x-": {}}
    shaped["additionalProperties"] = False
    return shaped


def _property(name: str, field: Field) -> Schema:
    shaped = dict(_MARKS.get((name, field.key)) or _value(field.type))
    if (name, field.key) in _LISTS_OF_CODES:
        shaped = _codes()
    if not field.needed and field.default not in (None, (), {}):
        shaped["default"] = field.default
    words = description(name, field.key)
    return {"description": words, **shaped} if words else shaped


def _value(annotation: Any) -> Schema:
    """Return what a value may be: without null, which a log does not have, and with the short forms."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        whole = _value(args[0])
        return {"anyOf": [_TEXT, whole]} if isinstance(args[1], AlsoText) else whole
    if origin is Union or origin is UnionType:
        return _value(next(one for one in args if one is not NoneType))
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return _list(args)
    if origin is dict:
        return {
            "type": "object",
            "propertyNames": {"pattern": _SLUG},
            "patternProperties": {"^x-": {}},
            "additionalProperties": _value(args[1]),
        }
    if annotation is bool:
        return {"type": "boolean"}
    return {"$ref": _REF + annotation.__name__} if issubclass(origin or annotation, Stating) else _TEXT


def _list(items: tuple[Any, ...]) -> Schema:
    if items[-1] is Ellipsis:
        return {"type": "array", "items": _value(items[0])}
    places = [_value(one) for one in items]
    return {"type": "array", "prefixItems": places, "minItems": len(places), "maxItems": len(places)}


def _codes() -> Schema:
    from postmortem.ground.codes import CODES

    known = {"anyOf": [{"enum": list(CODES)}, {"type": "string"}]}
    return {"anyOf": [known, {"type": "array", "items": known}]}
