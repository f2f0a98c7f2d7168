"""A log is read by the declaration of the format: what fits is built, what does not is told by its route."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.check.format import keys_of, model_at, stand_in, taken_at
from postmortem.ground.record import replace
from postmortem.model.build import Misfits, understood, validate
from postmortem.model.incident import Claim, Event, Incident, Section
from postmortem.model.schema import json_schema
from postmortem.model.stating import Stating

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


def test_a_sound_log_is_built() -> None:
    incident = validate(SOUND)
    assert incident.summary == Section(text="Prose.")
    assert incident.people["host"].public is True
    assert incident.status == "resolved"
    first, second = incident.timeline
    assert first.source == ("nbc",)
    assert first.quote is not None
    assert first.quote.text == "Words."
    assert first.counts["m"].value.text == "~5"
    assert second.for_ is not None
    assert second.for_.value == 300_000_000
    assert (second.kind, second.highlight, second.counts) == ("note", True, {})
    assert second.claims[0].source == ("nbc",)
    points = incident.series[0].points
    assert points is not None
    assert [(at.text, number.text) for at, number in points] == [("18:20", "5")]


def test_what_is_not_said_is_each_part_s_own() -> None:
    first, second = validate(SOUND | {"timeline": [{"what": "A"}, {"what": "A"}]}).timeline
    assert first == second
    assert first.counts is not second.counts
    assert first.counts is not Claim().counts


def test_the_keys_stand_in_the_order_of_the_format() -> None:
    backwards = dict(reversed(SOUND.items()))
    assert list(vars(validate(backwards))) == list(vars(validate(SOUND)))
    assert validate(backwards) == validate(SOUND)


def test_what_is_built_is_frozen() -> None:
    incident = validate(SOUND)
    parts: tuple[Any, ...] = (incident, incident.timeline[0], incident.sources["nbc"])
    for part in parts:
        with pytest.raises(AttributeError, match="title is set once"):
            part.title = "other"
        with pytest.raises(AttributeError, match="what stays"):
            del part.what


def test_a_part_that_is_changed_is_another() -> None:
    event = validate(SOUND).timeline[0]
    other = replace(event, what="B")
    assert (other.what, event.what) == ("B", "A")
    assert other != event
    assert replace(other, what="A") == event
    assert len({Section(text="A"), Section(text="A"), Section(text="B")}) == 2
    assert "what='B'" in repr(other)
    with pytest.raises(TypeError, match="not so zz"):
        replace(event, zz="B")
    with pytest.raises(TypeError, match="not so text"):
        Section()  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"zz": "a"}, ["unknown zz"]),
        ({"title": ["a"]}, ["wrong title"]),
        ({"title": {}}, ["wrong title"]),
        ({"status": "done"}, ["wrong status"]),
        ({"status": ["resolved"]}, ["wrong status"]),
        ({"summary": ["a"]}, ["wrong summary"]),
        ({"summary": {"txt": "a"}}, ["missing summary.text", "unknown summary.txt"]),
        ({"people": {"host": {"public": "yes"}}}, ["wrong people.host.public"]),
        ({"people": ["host"]}, ["wrong people"]),
        ({"tags": {"a": "b"}}, ["wrong tags"]),
        ({"tags": ["a", ["b"], {}]}, ["wrong tags.1", "wrong tags.2"]),
        ({"timeline": "none"}, ["wrong timeline"]),
        ({"timeline": ["a", {"what": "A"}, {}]}, ["wrong timeline.0", "missing timeline.2.what"]),
        ({"timeline": [{"what": "A", "at": ["18:20"]}]}, ["wrong timeline.0.at"]),
        ({"timeline": [{"what": "A", "counts": {"m": ["5"]}}]}, ["wrong timeline.0.counts.m"]),
        ({"series": [{"measure": "m", "points": [["18:20"]]}]}, ["wrong series.0.points.0"]),
        ({"series": [{"measure": "m", "points": [["18:20", "5", "6"]]}]}, ["wrong series.0.points.0"]),
        ({"series": [{"measure": "m", "points": [["18:20", ["5"]]]}]}, ["wrong series.0.points.0.1"]),
        (
            {"zz": "a", "timeline": [{"waht": "A", "kind": "?"}], "title": ["a"]},
            [
                "wrong title",
                "wrong timeline.0.kind",
                "missing timeline.0.what",
                "unknown timeline.0.waht",
                "unknown zz",
            ],
        ),
    ],
)
def test_what_does_not_fit_is_told_by_its_route(part: dict[str, object], expected: list[str]) -> None:
    with pytest.raises(Misfits) as raised:
        validate(SOUND | part)
    told = [f"{one.kind} {'.'.join(map(str, one.route))}" for one in raised.value.misfits]
    assert sorted(told) == sorted(expected)
    assert told == expected


def test_all_that_is_needed_is_asked_for_in_the_order_of_the_format() -> None:
    with pytest.raises(Misfits) as raised:
        validate({})
    assert [one.route for one in raised.value.misfits] == [
        ("format",),
        ("title",),
        ("status",),
        ("timeline",),
    ]


def test_a_part_can_be_read_alone() -> None:
    assert understood(Section, {"text": "Prose."}) == Section(text="Prose.")
    with pytest.raises(Misfits):
        understood(Section, "Prose.")


def _as_an_editor_reads(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_an_editor_reads(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_an_editor_reads(one) for one in value]
    return {"true": True, "false": False}.get(value, value)


def _of_shape_only(schema: Any) -> Any:
    """Return a schema without what it asks of the letters of a text."""
    if isinstance(schema, dict):
        return {key: _of_shape_only(one) for key, one in schema.items() if key != "pattern"}
    return [_of_shape_only(one) for one in schema] if isinstance(schema, list) else schema


_EDITOR = jsonschema.Draft202012Validator(_of_shape_only(json_schema()))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*keys_of(Incident), "zz"]), _values, max_size=8))
def test_anything_is_taken_or_refused_as_by_an_editor_with_the_schema(part: dict[str, object]) -> None:
    log = SOUND | part | {"format": "postmortem/1"}
    try:
        taken = isinstance(validate(log), Incident)
    except Misfits:
        taken = False
    assert taken == _EDITOR.is_valid(_as_an_editor_reads(log))


def _models() -> set[type[Stating]]:
    found: set[type[Stating]] = set()
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
