"""The validator built by hand and pydantic's own accept, refuse and build the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from postmortem.check.format import keys_of, model_at, stand_in, taken_at
from postmortem.model.build import validate
from postmortem.model.incident import Event, Incident

SOUND: dict[str, Any] = {
    "format": "postmortem/1",
    "title": "A",
    "status": "resolved",
    "summary": "Prose.",
    "people": {"host": {"role": "Host", "public": "true"}},
    "approx": {"clock": "5m", "count": "5%"},
    "sources": {"nbc": {"title": "NBC", "clock": "±2m", "captured": "2023-05-25"}},
    "timeline": [
        {"id": "a", "at": "18:20", "what": "A", "source": "nbc", "counts": {"m": "~5"}, "quote": "Words."},
        {"what": "B", "for": "5m", "claims": [{"at": "18:21", "source": ["nbc"]}], "highlight": "true"},
    ],
    "series": [{"measure": "m", "points": [["18:20", "5"]]}],
    "metrics": [{"id": "m", "stat": {"measure": "m", "of": "max", "between": ["a", "a"]}}],
}

_values = st.recursive(
    st.sampled_from(["", "a", "18:20", "true", "resolved", "public", "5m"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*keys_of(Event), "zz"]), inner, max_size=4)
    ),
    max_leaves=8,
)


def both(data: object) -> tuple[object, object]:
    return _outcome(validate, data), _outcome(Incident.model_validate, data)


def _outcome(build: Any, data: object) -> object:
    try:
        return build(data)
    except ValidationError as fault:
        return sorted((one["type"], one["loc"]) for one in fault.errors())


def test_a_sound_log_is_built_alike_with_the_same_fields_set() -> None:
    ours, theirs = both(SOUND)
    assert isinstance(ours, Incident)
    assert ours == theirs
    assert ours.model_fields_set == theirs.model_fields_set
    assert ours.timeline[1].model_fields_set == {"what", "for_", "claims", "highlight"}


def test_what_is_built_is_frozen() -> None:
    incident = validate(SOUND)
    parts: tuple[Any, ...] = (incident, incident.timeline[0], incident.sources["nbc"])
    for part in parts:
        with pytest.raises(ValidationError, match="frozen"):
            part.title = "other"


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*keys_of(Incident), "zz"]), _values, max_size=8))
def test_anything_is_judged_alike(part: dict[str, object]) -> None:
    ours, theirs = both(SOUND | part)
    assert ours == theirs


def _models() -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    todo: list[tuple[Any, ...]] = [()]
    while todo:
        route = todo.pop()
        taken = taken_at(route)
        if taken is None:
            continue
        cls = model_at(route)
        if cls is not None and cls not in found:
            found.add(cls)
            todo += [(*route, key) for key in keys_of(cls)]
        elif cls is None:
            todo += [(*route, 0)] if str(taken.type).startswith("tuple") else []
            todo += [(*route, "k")] if str(taken.type).startswith("dict") else []
    return found


def test_every_kind_of_map_has_a_stand_in_that_it_takes() -> None:
    models = _models()
    assert len(models) > 20
    for key in keys_of(Incident):
        taken = taken_at((key,))
        assert taken is not None
        assert isinstance(validate(SOUND | {key: stand_in(taken)}), Incident)
