"""The JSON Schema of the log format: what an editor completes keys and kinds with."""

from __future__ import annotations

from typing import Any, TypeAlias

from postmortem.model.schema_words import TITLES, description

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTITY = "urn:postmortem-log:format:1"
_REF = "#/$defs/"
_SHORT_FORMS = ("Section", "Link", "CountValue", "Quote")
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
    from postmortem.model.incident import Incident

    raw = Incident.model_json_schema(by_alias=True, mode="validation")
    kinds = {"Incident": raw, **raw.pop("$defs")}
    shaped = {name: _object(name, kinds[name]) for name in sorted(kinds)}
    return {
        "$schema": DIALECT,
        "$id": IDENTITY,
        **shaped.pop("Incident"),
        "$defs": shaped,
    }


def _object(name: str, raw: Schema) -> Schema:
    """Return the schema of a map with known keys: titled, described, closed but for ``x-`` keys."""
    shaped: Schema = {"title": TITLES.get(name, name), "type": "object"}
    required = raw.get("required", [])
    if required:
        shaped["required"] = required
    shaped["properties"] = {key: _property(name, key, value) for key, value in raw["properties"].items()}
    shaped["patternProperties"] = {"^x-": {}}
    shaped["additionalProperties"] = False
    return shaped


def _property(name: str, key: str, raw: Schema) -> Schema:
    shaped = dict(_MARKS.get((name, key)) or _value(raw))
    if (name, key) in _LISTS_OF_CODES:
        shaped = _codes()
    default = raw.get("default")
    if default is not None and default != []:
        shaped["default"] = default
    words = description(name, key)
    return {"description": words, **shaped} if words else shaped


def _value(raw: Schema) -> Schema:
    """Return what a value may be: without null, which a log does not have, and with the short forms."""
    if "$ref" in raw:
        kind = raw["$ref"].removeprefix(_REF)
        whole = {"$ref": _REF + kind}
        return {"anyOf": [_TEXT, whole]} if kind in _SHORT_FORMS else whole
    if "anyOf" in raw:
        choices = [_value(one) for one in raw["anyOf"] if one.get("type") != "null"]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    if "enum" in raw or "const" in raw:
        return {"enum": raw.get("enum") or [raw["const"]]}
    if raw.get("type") == "array":
        return _list(raw)
    if raw.get("type") == "object":
        return {
            "type": "object",
            "propertyNames": {"pattern": _SLUG},
            "patternProperties": {"^x-": {}},
            "additionalProperties": _value(raw["additionalProperties"]),
        }
    return {"type": "boolean"} if raw.get("type") == "boolean" else _TEXT


def _list(raw: Schema) -> Schema:
    shaped: Schema = {"type": "array"}
    if "prefixItems" in raw:
        shaped["prefixItems"] = [_value(one) for one in raw["prefixItems"]]
    if "items" in raw:
        shaped["items"] = _value(raw["items"])
    return shaped | {key: raw[key] for key in ("minItems", "maxItems") if key in raw}


def _codes() -> Schema:
    from postmortem.ground.codes import CODES

    known = {"anyOf": [{"enum": list(CODES)}, {"type": "string"}]}
    return {"anyOf": [known, {"type": "array", "items": known}]}
