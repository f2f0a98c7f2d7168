"""A public version holds no byte of what is internal: a marker in every field that can be, in all forms.

The fields come from the format's own schema, so that a new field is planted too, or fails here by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest

from postmortem.flow import Judged, judge
from postmortem.model.incident import Incident
from postmortem.model.schema import json_schema as schema
from postmortem.model.stating import fields_of
from tests.conftest import Run

TIMELINE = ("text", "json", "md", "csv", "ics", "mermaid")
METRICS = ("text", "json", "md", "csv")


class Plants:
    """Texts that must not be seen: each field gets its own, and what is no free text a value of its own."""

    def __init__(self, mark: str, year: int) -> None:
        self.mark, self.year, self.count = mark, year, 0
        self.defs = schema()["$defs"]

    def text(self) -> str:
        self.count += 1
        return f"{self.mark}{self.count:03}{self.mark}"

    def time(self) -> str:
        self.count += 1
        return f"{self.year}-03-04 05:{self.count % 60:02}:07Z"

    def item(self, name: str, **given: Any) -> dict[str, Any]:
        """Return a value of a model with every field that the schema knows filled, but for those given."""
        made = {}
        for field, kind in self.defs[name]["properties"].items():
            value = given.get(field, ...)
            if value is ...:
                value = self.value(field, kind)
            if value is not None:
                made[field] = value
        unknown = set(given) - set(self.defs[name]["properties"])
        assert not unknown, f"{name} has no {unknown}"
        return made | {"x-planted": self.text()}

    def value(self, field: str, kind: dict[str, Any]) -> Any:
        if field in ("at", "until", "known", "published"):
            return self.time()
        if field in ("captured", "due"):
            return f"{self.year}-05-06"
        if field == "clock":
            return "+977s"
        if field == "step":
            return "977s"
        if field == "url":
            return f"https://{self.mark}.example/{self.text()}"
        if field == "archived":
            return f"https://archive.example/{self.text()}"
        if field == "audience":
            return None
        options = kind.get("anyOf", [kind])
        if any("enum" in one for one in options):
            return next(one for one in options if "enum" in one)["enum"][-1]
        for one in options:
            if "$ref" in one:
                return self.item(one["$ref"].rsplit("/", 1)[1])
        first = options[0]
        if first["type"] == "boolean":
            return "true"
        if first["type"] == "array":
            return [self.text()]
        assert "string" in first["type"], f"say what to plant in `{field}`: {kind}"
        return self.text()


def parts(plants: Plants, series: Path) -> dict[str, Any]:
    """Return one entry of each kind that carries an audience, full of plants, and what they refer to."""
    source, event, factor, metric, room, person, measure = (plants.text() for _ in range(7))
    series.write_text(f"time,value\n{plants.year}-03-04T05:00:00Z,97531\n", encoding="utf-8")
    claim = {
        "source": [source],
        "for": None,
        "counts": {measure: {"value": "97531", "stated": plants.text()}},
    }
    quote = {"text": plants.text(), "by": person}
    claims = [plants.item("Claim", **claim, quote=quote)]
    kinds = {
        "duration": {"from": event, "to": event},
        "ratio": {"of": f"{event}.{measure}", "to": f"{event}.{measure}"},
        "difference": {"of": f"{event}.{measure}", "minus": f"{event}.{measure}"},
        "stat": {"measure": measure, "component": room, "of": "max", "between": [event, event]},
    }
    none = dict.fromkeys((*kinds, "reach"))
    return {
        "sources": {source: plants.item("Source")},
        "people": {person: plants.item("Person", public="false")},
        "components": {room: plants.item("Component")},
        "measures": {measure: plants.item("Measure")},
        "timeline": [
            plants.item(
                "Event", id=event, component=[room], by=person, claims=claims, quote=quote,
                ruling={"open": "true", "because": plants.text()}, **claim,
            )
        ],
        "series": [
            plants.item("Series", measure=measure, component=room, source=[source], points=None,
                         file=series.name),
            plants.item(
                "Series", measure=measure, component=room, source=[source], file=None,
                points=[[plants.time(), "97531"]],
            ),
        ],
        "metrics": [
            plants.item("MetricStated", **(none | {"id": metric, "duration": kinds["duration"]})),
            *(
                plants.item("MetricStated", **(none | {"id": plants.text(), name: one}))
                for name, one in kinds.items()
                if name != "duration"
            ),
        ],
        "factors": [plants.item("Factor", id=factor, leads_to=[event], evidence=[source, event])],
        "actions": [plants.item("Action", addresses=[factor], owner=person)],
        "perspectives": [plants.item("Perspective", source=source, who=person)],
        "questions": [plants.item("Question", owner=person)],
        "refs": {"source": source, "event": event, "factor": factor, "metric": metric, "measure": measure,
                 "person": person, "room": room},
    }  # fmt: skip


def shown(refs: dict[str, str]) -> dict[str, Any]:
    """Return public entries that refer to what is not public wherever a reference can stand."""
    event = refs["event"]
    return {
        "sources": {
            "pager": {"title": "The pager", "published": f"20m after {event}", "audience": "public"}
        },
        "timeline": [
            {
                "id": "errors", "at": "09:14", "kind": "impact", "what": "Logins begin to fail.",
                "source": "pager", "by": refs["person"], "audience": "public", "component": ["front"],
                "counts": {"users": "~1k"}, "quote": {"text": "It is down.", "by": refs["person"]},
                "claims": [{"audience": "public", "source": "pager", "at": "09:14"}],
            },
            {"id": "next", "at": f"after {event}", "stated": f"after {event}", "what": "It happens.",
             "source": "pager", "audience": "public"},
            {"id": "fixed", "at": "09:41", "kind": "resolved", "what": "Logins succeed again.",
             "source": "pager", "audience": "public"},
        ],
        "factors": [
            {"id": "surge", "what": "Twice the usual load.", "leads_to": [refs["factor"], event, "errors"],
             "evidence": [refs["source"], event, "pager"], "audience": "public"}
        ],
        "actions": [
            {"what": "Shed load.", "owner": refs["person"], "addresses": [refs["factor"], "surge"],
             "audience": "public"}
        ],
        "perspectives": [
            {"source": "pager", "who": "The vendor", "says": "It was our network.", "audience": "public"}
        ],
        "questions": [{"what": "What is not known?", "owner": refs["person"], "audience": "public"}],
        "metrics": [
            {"id": "own", "duration": {"from": "errors", "to": "fixed"}, "audience": "public"},
            {"id": "crossing", "duration": {"from": event, "to": "fixed"}, "audience": "public"},
        ],
        "series": [
            {"measure": "users", "component": "front", "source": "pager", "audience": "public",
             "points": [["09:20", "900"], [f"{event} + 5m", "97531"]]}
        ],
    }  # fmt: skip


def head(audience: str) -> dict[str, Any]:
    return {
        "format": "postmortem/1", "title": "Logins fail", "date": "2026-03-01", "timezone": "Europe/Berlin",
        "status": "resolved", "audience": audience,
        "components": {"front": {"title": "The front"}}, "measures": {"users": {"title": "Users"}},
    }  # fmt: skip


def merged(*several: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for one in several:
        for key, value in one.items():
            if isinstance(value, dict) and key in whole:
                whole[key] = whole[key] | value
            elif isinstance(value, list) and key in whole:
                whole[key] = whole[key] + value
            else:
                whole[key] = value
    return whole


def public_file(plants: Plants, folder: Path) -> dict[str, Any]:
    """Return a public log with an internal entry of each kind."""
    planted = parts(plants, folder / "planted.csv")
    refs = planted.pop("refs")
    for name in (
        "sources",
        "timeline",
        "series",
        "metrics",
        "factors",
        "actions",
        "perspectives",
        "questions",
    ):
        entries = planted[name].values() if isinstance(planted[name], dict) else planted[name]
        for one in entries:
            one["audience"] = "internal"
    # What carries no audience is public in a public log, so it is named by what may be seen.
    text = json.dumps(planted)
    for name, seen in (("room", "front"), ("measure", "users")):
        text = text.replace(refs[name], seen)
    planted = json.loads(text)
    del planted["components"], planted["measures"]
    role = {refs["person"]: planted["people"][refs["person"]] | {"role": "the on-call engineer"}}
    sections = {
        name: {"text": plants.text(), "audience": "internal"}
        for name in ("summary", "impact", "background", "detection", "response", "resolution")
    }
    internal_claim = {
        "source": [refs["source"]],
        "at": "09:15",
        "stated": plants.text(),
        "audience": "internal",
    }
    whole = merged(head("public"), shown(refs), planted, sections, {"people": role})
    whole["timeline"][0]["claims"] += [internal_claim]
    whole["timeline"][0]["ruling"] = {"open": "true", "because": plants.text()}
    return whole | {
        "lessons": plants.item("Lessons") | {"audience": "internal"},
        "authors": [refs["person"]],
        "t0": refs["event"],
        "phases": [{"title": plants.text(), "from": refs["event"], "to": "fixed"}],
        "figures": [
            {"title": plants.text(), "metric": refs["metric"]},
            {"title": "Users", "count": "errors.users"},
        ],
        "checks": {"ignore": ["PM303"], "because": plants.text()},
        "x-note": plants.text(),
    }


def internal_file(plants: Plants, folder: Path) -> dict[str, Any]:
    """Return an internal log, every key of it planted, with a public entry of each kind."""
    planted = parts(plants, folder / "planted.csv")
    refs = planted.pop("refs")
    whole = merged(head("internal"), shown(refs), planted)
    for name, kind in schema()["properties"].items():
        if name not in whole and name not in ("t0", "phases", "figures", "checks", "approx", "links"):
            whole[name] = plants.value(name, kind)
    whole["components"]["front"] = plants.item("Component")
    whole["measures"]["users"] = plants.item("Measure", kind="gauge")
    return whole | {
        "id": plants.text(),
        "t0": refs["event"],
        "links": [plants.item("Link")],
        "phases": [{"title": plants.text(), "from": "errors", "to": "fixed"}],
        "figures": [{"title": plants.text(), "metric": "time_to_resolve"}],
        "checks": {"ignore": ["PM303"], "because": plants.text()},
    }


CASES = {"public log, internal entries": public_file, "internal log, public entries": internal_file}


class Told(NamedTuple):
    """A judged log, every form of every output of it, and how many texts were planted in it."""

    one: Judged
    outputs: dict[str, str]
    planted: int


@cache
def told(case: str, audience: Any, mark: str = "zqx", year: int = 1987) -> Told:
    plants = Plants(mark, year)
    with TemporaryDirectory() as name:
        log = CASES[case](plants, Path(name))
        text = f"# {plants.text()}\n{json.dumps(log, indent=1)}\n# {plants.text()}\n"
        one = judge("log.yaml", text.encode(), Path(name), audience)
        assert one.sound, one.diagnostics
        return Told(one, dict(outputs(one)), plants.count)


def outputs(one: Judged) -> Iterator[tuple[str, str]]:
    from importlib import import_module

    from postmortem.report.explain.explain import explain, things
    from postmortem.report.facts.gather import gather
    from postmortem.report.markdown.markdown import markdown
    from postmortem.report.metrics.as_json import metrics_json
    from postmortem.report.page.html import html
    from postmortem.report.report_json import report_json

    assert one.metrics is not None
    facts = gather(one.metrics, "log", withheld=one.withheld)
    yield "html", html(facts, one.line_of, "log.yaml", one.withheld or 0)
    yield "md", markdown(facts, one.line_of)
    yield "json", report_json(facts, one.line_of)
    for name in TIMELINE:
        form = "markdown" if name == "md" else name
        name = f"timeline_{form}"
        render = getattr(import_module(f"postmortem.report.timeline.as_{form}"), name)
        yield name, render(facts, one.line_of) if name.endswith("json") else render(facts)
    for name in METRICS:
        form = "markdown" if name == "md" else name
        name = f"metrics_{form}"
        render = getattr(import_module(f"postmortem.report.metrics.as_{form}"), name)
        yield name, metrics_json([(facts, one.line_of)]) if name.endswith("json") else render([facts])
    for thing in things(facts):
        for form in ("text", "json"):
            answer = explain(facts, thing, one.line_of, form)
            assert answer is not None
            yield f"explain {thing} {form}", answer


def seen_in(text: str) -> set[str]:
    """Return the plants that a text shows, however its lines are cut."""
    whole = text + re.sub(r"\s", "", text)
    return set(re.findall(r"zqx\d{3}|1987|97531|zqx", whole, re.IGNORECASE))


@pytest.mark.parametrize("case", CASES)
def test_what_is_internal_shows_in_no_byte_of_any_form(case: str) -> None:
    seen = {name: seen_in(text) for name, text in told(case, "public").outputs.items()}
    assert {name: marks for name, marks in seen.items() if marks} == {}


@pytest.mark.parametrize("case", CASES)
def test_what_is_planted_would_show(case: str) -> None:
    whole = told(case, "internal")
    seen = set[str]().union(*(seen_in(text) for text in whole.outputs.values()))
    assert {"1987", "97531"} <= seen
    assert len(seen) > 0.6 * whole.planted


@pytest.mark.parametrize("case", CASES)
def test_the_public_bytes_do_not_depend_on_what_is_internal(case: str) -> None:
    assert told(case, "public").outputs == told(case, "public", "wvk", 1991).outputs


@pytest.mark.parametrize("case", CASES)
def test_what_is_public_is_there_and_what_is_not_is_counted(case: str) -> None:
    public = told(case, "public")
    count = public.one.withheld
    assert count is not None
    assert count > 10
    for name, text in public.outputs.items():
        plain = re.sub(r"\s+", " ", text.replace("\r\n ", ""))
        if name.startswith(("timeline", "html", "md", "json")):
            assert "Logins begin to fail" in plain, name
        if "csv" not in name:
            assert f"{count} entries are not public" in plain or f'"withheld": {count}' in plain, name


def test_every_field_is_planted_or_cannot_be_internal() -> None:
    known = set(schema()["properties"])
    assert known == {field.key for field in fields_of(Incident).values()}


def test_a_log_that_names_no_public_part_is_refused_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    log = {**head("internal"), "timeline": [{"what": "Logins fail.", "at": "09:14"}]}
    (tmp_path / "log.yaml").write_text(json.dumps(log), encoding="utf-8")
    done = run("render", "log.yaml", "--audience", "public")
    assert (done.code, done.out) == (1, "")
    assert "PM710" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["log.yaml"]
    assert run("render", "log.yaml", env={"POSTMORTEM_AUDIENCE": "public"}).code == 1
    (tmp_path / "postmortem.toml").write_text('audience = "public"\n', encoding="utf-8")
    for command in ("render", "timeline", "metrics"):
        assert run(command, "log.yaml").code == 1
    assert run("render", "log.yaml", "--audience", "internal").code == 0


def test_the_count_of_what_is_not_public_is_said_beside_csv(run: Run, tmp_path: Path) -> None:
    hidden = {"what": "Hidden.", "at": "09:10", "audience": "internal"}
    log = {**head("public"), "timeline": [hidden, {"what": "Logins fail.", "at": "09:14"}]}
    (tmp_path / "log.yaml").write_text(json.dumps(log), encoding="utf-8")
    for command in ("timeline", "metrics"):
        done = run(command, "log.yaml", "--format", "csv", "--audience", "public")
        assert (done.code, done.err) == (0, "1 entry is not public\n")


def test_lines_are_those_of_the_log(tmp_path: Path) -> None:
    log = """\
format: postmortem/1
title: Logins fail
date: 2026-03-01
timezone: Europe/Berlin
status: resolved
audience: public
timeline:
  - {at: 09:10, what: Hidden., audience: internal}
  - {id: first, at: 09:14, what: Seen.}
  - {at: 09:16, what: Hidden., audience: internal}
  - {id: second, at: before first, what: Seen too., claims: [{at: 09:20}]}
"""
    one = judge("log.yaml", log.encode(), tmp_path, "public")
    (found,) = one.diagnostics
    assert found.code == "PM301"
    assert {found.span.line, *(note.span.line for note in found.related)} == {9, 11}
    assert one.line_of(("timeline", 1)) == 11
