"""The JSON Schema: complete, described, in step with the models and with what an editor makes of a log."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from postmortem.ground.codes import CODES
from postmortem.model.incident import Incident
from postmortem.model.schema import json_schema
from postmortem.model.schema_words import KEYS, TITLES
from postmortem.model.stating import fields_of

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LOGS = sorted((Path(__file__).parents[2] / "incidents").glob("*.yaml"))
LOG: dict[str, Any] = {
    "format": "postmortem/1",
    "title": 404,
    "date": "2023-05-24",
    "timezone": "America/New_York",
    "status": "resolved",
    "summary": "short",
    "impact": {"text": "long", "audience": "internal"},
    "approx": {"clock": "5m", "count": "5%"},
    "sources": {"press": {"title": "A paper", "kind": "press", "clock": "±2m", "reliability": "B"}},
    "measures": {"people": {"title": "People", "kind": "gauge"}},
    "timeline": [
        {"id": "peak", "at": "18:20", "kind": "count", "what": "Many.", "counts": {"people": 600000}},
        {"what": 1.5, "source": ["press"], "highlight": True, "counts": {"people": {"value": "~600k"}}},
        {"what": "x", "claims": [{"source": "press", "at": "after peak", "x-mark": 1}], "quote": "Oh."},
        {"what": "y", "ruling": {"open": True, "because": "Neither can be checked."}},
    ],
    "series": [{"measure": "people", "points": [["18:20", 1], ["18:21", "2k"]]}],
    "metrics": [{"id": "m", "stat": {"measure": "people", "of": "max", "between": ["peak", "peak.end"]}}],
    "links": ["https://example.org", {"url": "https://example.org", "title": "x"}],
    "checks": {"ignore": "PM302", "because": "x"},
    "x-own": {"any": ["thing"]},
}


class _Core(yaml.SafeLoader):
    """Reads scalars as an editor with YAML 1.2 does: numbers and truth values, and no days."""


_Core.yaml_implicit_resolvers = {}
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$", re.IGNORECASE), list("tTfF")
)
_Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789")
)


def changed(*path: str | int, value: object) -> dict[str, Any]:
    log = copy.deepcopy(LOG)
    at: Any = log
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return log


def test_it_is_a_schema_of_the_dialect_it_names() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"].startswith("urn:")
    assert json_schema() == SCHEMA


def test_a_log_of_every_kind_of_value_validates() -> None:
    VALIDATOR.validate(LOG)


@pytest.mark.parametrize(
    "log",
    [
        changed("sttaus", value="resolved"),
        changed("status", value="done"),
        changed("format", value="postmortem/2"),
        changed("date", value="24 May 2023"),
        changed("timeline", 0, "kind", value="counted"),
        changed("timeline", 0, "txt", value="x"),
        changed("timeline", 0, "id", value="1st"),
        changed("timeline", 0, "what", value=["x"]),
        changed("timeline", 0, "counts", value=["x"]),
        changed("timeline", 3, "ruling", "open", value="maybe"),
        changed("timeline", value={}),
        changed("sources", "press", "titel", value="x"),
        changed("sources", "press", value="A paper"),
        changed("sources", "bad id", value={"title": "x"}),
        changed("impact", value={"txt": "x"}),
        changed("series", 0, "points", value=[["18:20"]]),
        changed("metrics", 0, "stat", "of", value="median"),
    ],
)
def test_what_is_wrong_does_not(log: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(log)


@pytest.mark.parametrize("key", ["format", "title", "status", "timeline"])
def test_what_is_needed_must_be_there(key: str) -> None:
    assert not VALIDATOR.is_valid({name: value for name, value in LOG.items() if name != key})


def objects() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Incident", SCHEMA
    yield from SCHEMA["$defs"].items()


@pytest.mark.parametrize(("name", "shape"), list(objects()))
def test_every_map_is_titled_closed_and_described(name: str, shape: dict[str, Any]) -> None:
    assert shape["title"] == TITLES[name]
    assert shape["additionalProperties"] is False
    assert shape["patternProperties"] == {"^x-": {}}
    for key, value in shape["properties"].items():
        assert value["description"], (name, key)
        assert value["description"].endswith("."), (name, key)


def test_every_row_of_words_is_used() -> None:
    shapes = dict(objects())
    assert set(KEYS) == set(TITLES) == set(shapes)
    for name, words in KEYS.items():
        assert set(words) <= set(shapes[name]["properties"]), name


def test_every_field_of_the_models_is_in_it() -> None:
    assert set(SCHEMA["properties"]) == {field.key for field in fields_of(Incident).values()}


def test_kinds_and_codes_are_completed() -> None:
    event = SCHEMA["$defs"]["Event"]["properties"]
    assert "scheduled" in event["kind"]["enum"]
    assert event["kind"]["default"] == "note"
    ignore = SCHEMA["$defs"]["Checks"]["properties"]["ignore"]
    assert ignore["anyOf"][0]["anyOf"][0]["enum"] == list(CODES)


def test_no_null_stands_in_it() -> None:
    assert "null" not in str(SCHEMA)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
def test_every_log_of_the_project_validates(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        log = yaml.load(file, Loader=_Core)
    VALIDATOR.validate(log)
