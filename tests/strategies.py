"""Hypothesis strategies for whole logs: valid ones, ones with all there is, nearly valid and hostile ones."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import strategies as st

from postmortem.check.format import keys_of, model_at
from postmortem.model.incident import Incident
from tests import log_parts as parts

Log = dict[str, Any]

_NAMES = ("a", "b", "c", "d")
_SOURCES = ("pager", "chat")
_KINDS = ("impact", "detected", "action", "resolved", "note")
_CLOCKS = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
_HOSTILE = (
    "",
    " ",
    "18:2O",
    "25:00",
    "2023-02-30",
    "~",
    "null",
    "T",
    "a.end",
    "after a",
    "after b",
    "10m after c",
    "between a and b",
    "between d and a",
    "9" * 400,
    "1e999",
    "NaN",
    "-1",
    "<script>alert(1)</script>",
    "a | b",
    "::error::x",
    "##[error]x",
    "=1+1",
    "\u202ex",
    "\x1b[31m",
    "\0",
    "\ud800",
    "\u2028",
    "{{ 7*7 }}",
    "../x",
    "a" * 5_000,
    "[x](javascript:x)",
    "`" * 300,
    "العربية",
    "e\u0301" * 50,
    "true",
    "prefer",
    "public",
    "EST",
    "Europe/Nowhere",
)


def _times(known: tuple[str, ...]) -> st.SearchStrategy[str]:
    absolute = [
        _CLOCKS,
        st.builds("about {}".format, _CLOCKS),
        st.builds("by {}".format, _CLOCKS),
        st.builds("after {}".format, _CLOCKS),
        st.builds("2026-03-01 {}".format, _CLOCKS),
    ]
    if not known:
        return st.one_of(absolute)
    other = st.sampled_from(known)
    relative = [
        st.builds("after {}".format, other),
        st.builds("{}m after {}".format, st.integers(0, 90), other),
        st.builds("about {}m before {}".format, st.integers(1, 90), other),
        st.builds("within {}m after {}".format, st.integers(1, 90), other),
    ]
    return st.one_of(absolute + relative)


@st.composite
def valid_logs(draw: st.DrawFn) -> Log:
    """Draw a log of the right form: it may contradict itself, but every word in it is understood."""
    events: list[Log] = []
    for name in _NAMES[: draw(st.integers(1, len(_NAMES)))]:
        known = tuple(one["id"] for one in events)
        event: Log = {
            "id": name,
            "kind": draw(st.sampled_from(_KINDS)),
            "what": draw(st.sampled_from(("One.", "Two."))),
        }
        event |= {"at": draw(_times(known)), "source": draw(st.sampled_from(_SOURCES))}
        if draw(st.booleans()):
            event["claims"] = [{"source": draw(st.sampled_from(_SOURCES)), "at": draw(_times(known))}]
        if draw(st.integers(0, 3)) == 0:
            event["counts"] = {"users": draw(st.sampled_from(("40", "~1k", "over 300", "600k+", "0")))}
        events.append(event)
    return {
        "format": "postmortem/1",
        "title": "Logins fail",
        "date": "2026-03-01",
        "timezone": draw(st.sampled_from(("UTC", "Europe/Berlin", "America/New_York"))),
        "status": "resolved",
        "measures": {"users": {"title": "Users", "unit": "users", "kind": "gauge"}},
        "sources": {"pager": {"title": "The pager"}, "chat": {"title": "The chat", "clock": "±2m"}},
        "timeline": events,
    }


@st.composite
def whole_logs(draw: st.DrawFn, public: bool = False) -> Log:
    """Draw a log in which any key of the format may stand; with ``public`` everything in it is public.

    Every word is understood and every name is declared, though the claims may contradict each other.
    """
    names = _NAMES[: draw(st.integers(1, len(_NAMES)))]
    timeline = [draw(parts.events(name, names[:at])) for at, name in enumerate(names)]
    counted = [f"{one['id']}.{measure}" for one in timeline for measure in one.get("counts", ())]
    log: Log = {
        "format": "postmortem/1",
        "title": draw(parts.texts).strip(),
        "date": "2026-03-01",
        "timezone": draw(st.sampled_from(("UTC", "Europe/Berlin", "America/New_York"))),
        "status": draw(st.sampled_from(("ongoing", "mitigated", "resolved"))),
        "people": draw(parts.people()),
        "components": parts.components(),
        "measures": parts.measures(),
        "sources": draw(parts.sources()),
        "timeline": timeline,
        "factors": draw(parts.factors(names)),
    }
    series = draw(st.just([]) | parts.series())
    log |= {"series": series} if series else {}
    log["actions"] = draw(parts.actions([one["id"] for one in log["factors"]]))
    log["metrics"] = draw(parts.metrics(names, counted, [one["measure"] for one in series]))
    figure = {"title": "A figure"}
    links = parts.urls | st.fixed_dictionaries({"url": parts.urls, "title": parts.texts})
    counts = [figure | {"count": one} for one in counted[:1]]
    parts.maybe(
        draw,
        log,
        **dict.fromkeys(("summary", "impact", "background", "detection", "response", "resolution"), _prose()),
        id=st.just("logins-fail"),
        review=st.sampled_from(("draft", "in-review", "accepted")),
        severity=st.just("SEV1"),
        authors=st.just(["ann", "bob"]),
        tags=parts.some(("one", "two")),
        links=st.lists(links, max_size=2),
        related=st.just(["another-log"]),
        approx=st.just({"clock": "3m", "duration": "20%", "count": "2%"}),
        t0=st.sampled_from(names),
        phases=st.just([{"title": "Down", "from": names[0], "state": "down", "component": "web"}]),
        figures=st.just([figure | {"metric": "time_to_detect"}, *counts]),
        lessons=parts.lessons(),
        perspectives=parts.perspectives(),
        questions=parts.questions(),
    )
    log["x-own"] = {"anything": [{"at": "all"}]}
    if public:
        log["audience"] = "public"
        log["people"] = {name: one | {"public": "true"} for name, one in log["people"].items()}
    elif draw(st.booleans()):
        log["checks"] = {"ignore": ["PM502", "PM503"], "because": "There was no alert."}
    return log


def _prose() -> st.SearchStrategy[str | Log]:
    return parts.texts | st.fixed_dictionaries({"text": parts.texts})


def _places(value: Any, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [
        *([route] if route else []),
        *(place for key, one in inner for place in _places(one, (*route, key))),
    ]


_ANYTHING = st.recursive(
    st.sampled_from(_HOSTILE),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from((*_NAMES, "at", "source", "x")), inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def nearly_valid_logs(draw: st.DrawFn, most: int = 3) -> Log:
    """Draw a valid log with a few places taken out, replaced, or given a key that is not there."""
    log: Log = json.loads(json.dumps(draw(valid_logs())))
    for _ in range(draw(st.integers(1, most))):
        places = _places(log)
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        holder: Any = log
        for key in way:
            holder = holder[key]
        done = draw(st.sampled_from(("replace", "delete", "double", "add")))
        if done == "replace":
            holder[last] = draw(_ANYTHING)
        elif done == "delete":
            del holder[last]
        elif isinstance(holder, list):
            holder.append(holder[int(last)])
        else:
            holder[draw(st.sampled_from(keys_of(model_at(("timeline", 0)) or Incident)))] = draw(_ANYTHING)
    return log


def hostile_logs() -> st.SearchStrategy[Log]:
    """Return logs of which nothing need be right but the keys of the top level."""
    return st.dictionaries(
        st.sampled_from(keys_of(Incident)), _ANYTHING | st.lists(_ANYTHING, max_size=4), max_size=10
    )


def in_blocks(log: Log) -> str:
    """Return a log as a person would write it: in blocks, its texts in the style that each allows."""
    text = yaml.dump(log, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)
    assert isinstance(text, str)
    return text


class _Plain(yaml.SafeDumper):
    """Writes the same text twice where it stands twice, and no text in quotes for its looks alone."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


_Plain.yaml_implicit_resolvers = {}


def texts_of(logs: st.SearchStrategy[Log]) -> st.SearchStrategy[bytes]:
    """Return logs as the bytes of files: lone surrogates stay, as bytes that are no UTF-8."""
    return logs.map(
        lambda log: json.dumps(log, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    )
