"""A log with every field of the format, found by walking its model, and a text put into each of them."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml

from postmortem.ground.characters import is_forbidden
from postmortem.model.incident import Incident
from postmortem.model.stating import Stating, fields_by_key
from tests.report_html.conftest import LOG

Route = tuple[str | int, ...]
Fill = Callable[[str], str]

BLOCKS = frozenset(
    (
        *("Section.text", "Event.what", "Quote.text", "Ruling.because", "Factor.what", "Factor.because"),
        *("Action.what", "Perspective.says", "Question.what"),
        *("Lessons.went_well", "Lessons.went_wrong", "Lessons.got_lucky", "Source.note", "Action.because"),
        *("Action.verify", "MetricStated.note", "Claim.note", "Event.note"),
    )
)
"""Fields that are Markdown."""

ADDRESSES = frozenset(f"{one}.url" for one in ("Link", "Source", "Claim", "Event", "Action")) | {
    "Source.archived"
}

NAMES = frozenset(
    (
        *("Incident.id", "Incident.people", "Incident.components", "Incident.measures", "Incident.sources"),
        *("Phase.component", "Claim.source", "Event.source", "Event.component", "Ruling.prefer"),
        *("Claim.counts", "Event.counts", "Series.measure", "Series.component", "Series.source"),
        *("StatOf.measure", "StatOf.component", "MetricStated.id", "Factor.id", "Factor.leads_to"),
        *("Factor.evidence", "Action.id", "Action.addresses", "Perspective.source", "Question.id"),
    )
)
"""Fields that name things of the log: they get the text in front of the name, everywhere alike."""

NOTATION = frozenset(
    (
        *("Incident.format", "Incident.timezone", "Incident.t0", "Event.id", "Series.file", "Checks.ignore"),
        *("Phase.from", "Phase.to", "DurationOf.from", "DurationOf.to", "RatioOf.of", "RatioOf.to"),
        *("DifferenceOf.of", "DifferenceOf.minus", "ReachOf.from", "ReachOf.growth", "StatOf.between"),
        *("Figure.metric", "Figure.count"),
    )
)
"""Fields with a notation, as are all that are no texts at all: times, numbers, words of a list."""

MORE = """
detection: A call came in.
response: A second room was opened.
resolution: The speech was read there.
people: {host: {name: The host, role: Host, public: "true"}, guest: {role: A guest}}
approx: {clock: 2m, duration: 10%, count: 10%}
checks: {ignore: [PM503], because: It is so.}
"""


def whole_log() -> dict[str, Any]:
    """Return a log in which every field of the model stands at least once."""
    stated: dict[str, Any] = yaml.load(LOG, yaml.BaseLoader)
    stated |= yaml.load(MORE, yaml.BaseLoader)
    stated["summary"] = {"text": stated["summary"], "audience": "internal"}
    stated["links"] = [{"url": "https://example.org/article", "title": "An article"}, "https://example.org/b"]
    stated["audience"] = "internal"
    stated["phases"][0] |= {"component": "first"}
    stated["figures"][0] |= {"title": "Start delayed by"}
    stated["components"]["first"] |= {"kind": "room", "note": "The first one."}
    stated["sources"]["air"] |= {"captured": "2023-05-25", "audience": "internal"}
    stated["sources"]["press"] |= {"archived": "https://example.org/copy-2", "note": "A paper."}
    claim = {
        "until": "18:45", "stated": "about twenty", "locator": "p. 3", "url": "https://example.org/p",
        "note": "As told.", "known": "19:10", "audience": "internal",
        "quote": {"by": "A guest", "text": "It went *quiet*."},
    }  # fmt: skip
    stated["timeline"][6]["claims"].append({"source": "data", "at": "about 18:20", **claim})
    stated["timeline"][4]["claims"].append(
        {"source": "air", "at": "18:20", "for": "25m", "counts": {"people": "~600k"}}
    )
    stated["timeline"][9] |= {"for": "10m", "tags": ["press"], "by": "guest", "stated": "in the morning"}
    stated["timeline"][9] |= {
        "locator": "page 1", "url": "https://example.org/s", "note": "A note.", "known": "2023-05-25 11:00",
        "audience": "internal",
    }  # fmt: skip
    stated["series"][0] |= {"component": "first", "note": "Thinned.", "audience": "internal", "step": "1m"}
    stated["series"].append({"measure": "people", "source": "data", "file": "people.csv"})
    stated["metrics"] += [
        {"id": "late", "title": "Late", "duration": {"from": "start", "to": "speech"}, "audience": "public"},
        {"id": "fewer", "title": "Fewer", "difference": {"of": "peak.people", "minus": "many.people"}},
        {"id": "full", "title": "Full",
         "reach": {"from": "peak.people", "growth": "growth.people", "target": "900k"}},
        {"id": "worst", "title": "Worst", "stat": {"measure": "errors", "component": "first", "of": "max",
                                                   "between": ["start", "move"]}},
    ]  # fmt: skip
    stated["factors"][0] |= {"audience": "internal", "because": "Nobody had two."}
    stated["actions"][0] |= {"because": "It failed.", "audience": "internal", "url": "https://example.org/1"}
    stated["lessons"] |= {"audience": "internal"}
    stated["perspectives"][0] |= {"audience": "internal"}
    stated["questions"][0] |= {"id": "Q1", "audience": "internal"}
    return stated


def fields(model: type[Stating] = Incident, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield every field that a text can be put into, of the model and of those in it, as `Model.field`."""
    if model.__name__ in seen:
        return
    for key, field in fields_by_key(model).items():
        inner = list(_models(field.type))
        if not inner or get_origin(_plain(field.type)) is dict:
            yield f"{model.__name__}.{key}"
        for one in inner:
            yield from fields(one, seen | {model.__name__})


def _models(annotation: Any) -> Iterator[type[Stating]]:
    if isinstance(annotation, type) and issubclass(annotation, Stating):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for one in get_args(annotation):
            yield from _models(one)


def _plain(annotation: Any) -> Any:
    """Return an annotation without `Annotated` and without the None that may stand for nothing."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [one for one in get_args(annotation) if one is not type(None)]
        return _plain(kept[0]) if len(kept) == 1 else annotation
    return annotation


class Filling:
    """Puts texts into a log; ``filled`` then holds the fields (`Model.field`) that got one, by count.

    ``fill`` is asked for each field: it gets the field's name and what stands there, and returns what is to
    stand there; a key of a map is asked for in the same way.
    """

    def __init__(self, fill: Callable[[str, str], str]) -> None:
        self.fill = fill
        self.filled: dict[str, int] = {}

    def log(self, stated: dict[str, Any]) -> dict[str, Any]:
        """Return the log with every field asked for."""
        made = self._model(Incident, json.loads(json.dumps(stated)))
        assert isinstance(made, dict)
        return made

    def _model(self, model: type[Stating], value: Any) -> Any:
        if not isinstance(value, dict):  # a text that stands for a map with one key
            short = {"Section": "text", "Link": "url", "CountValue": "value", "Quote": "text"}
            return self._text(f"{model.__name__}.{short[model.__name__]}", value)
        out = {}
        for key, field in fields_by_key(model).items():
            if key in value:
                out[key] = self._value(f"{model.__name__}.{key}", _plain(field.type), value[key])
        assert len(out) == len(value), (model, value.keys() - out.keys())
        return out

    def _value(self, name: str, annotation: Any, value: Any) -> Any:
        if isinstance(annotation, type) and issubclass(annotation, Stating):
            return self._model(annotation, value)
        if get_origin(annotation) is dict and isinstance(value, dict):
            inner = _plain(get_args(annotation)[1])
            return {self._text(name, key): self._value(name, inner, one) for key, one in value.items()}
        if isinstance(value, list):
            inner = _plain(get_args(annotation)[0]) if get_origin(annotation) is tuple else annotation
            return [self._value(name, inner, one) for one in value]
        return self._text(name, value)

    def _text(self, name: str, value: Any) -> Any:
        made = self.fill(name, str(value))
        if made != str(value):
            self.filled[name] = self.filled.get(name, 0) + 1
        return made


def is_text(name: str) -> bool:
    """Tell whether a field holds free text: neither a name of something nor a notation of any kind."""
    return name in _FREE


_FREE = BLOCKS | ADDRESSES | {
    *("Incident.title", "Incident.severity", "Incident.authors", "Incident.tags", "Incident.related"),
    *("Person.name", "Person.role", "Link.title", "Phase.title", "Figure.title", "Component.title"),
    *("Component.kind", "Component.note", "Measure.title", "Measure.unit", "Source.title", "Quote.by"),
    *("CountValue.stated", "Claim.stated", "Claim.locator", "Event.stated", "Event.locator", "Event.by"),
    *("Event.tags", "Series.note", "MetricStated.title", "Action.owner", "Perspective.who"),
    *("Question.owner", "Question.status", "Checks.because"),
}  # fmt: skip


def as_bytes(stated: dict[str, Any]) -> bytes:
    """Return a log as the bytes of its file; every text is quoted, whatever it holds."""
    return json.dumps(stated, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


_NARROW = re.compile(r"[iljtfrI.,:;'|!()\[\]{}/\\\- ·`\"]")


def harmless(text: str) -> str:
    """Return a text of the same lengths and lines in which nothing is markup: what others are held to.

    What no log may hold is not there: no page shows it.
    """
    return "".join(_letter(one) for one in text if not is_forbidden(one, bidi=True))


def _letter(one: str) -> str:
    if one.isspace() or one in ".,;":
        return one
    if _NARROW.match(one):
        return "i"
    if one in "mwMW@%≈—":
        return "m"
    if ord(one) >= 0x2E80:
        return "\u6f22"
    return "A" if one.isupper() else "a"
