"""Hypothesis strategies for the parts of a log, each fitting the events and names that are there.

Every key of the format is among them: what is drawn is understood in full, though it may contradict itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

Part = dict[str, Any]

TEXTS = (
    *("It fails.", "Logins *begin* to fail, see [the page](https://example.org/a).", '`code` and "quotes"'),
    *(
        "Zwölf Boxkämpfer → Δ 日本語",
        "a: b # c",
        "- not a list",
        "18:20",
        "true",
        "null",
        "{a}",
        "it's",
        "x" * 90,
    ),
    *(
        "one\n\ntwo\n",
        "  blanks  ",
        "1. a\n2. b",
        "| a | b |\n| -- | -- |\n| 1 | 2 |",
        "العربية",
        "!",
        "%x",
        "@you #5",
    ),
)
SOURCES = ("pager", "chat", "press")
MEASURES = ("users", "crashes")
_ROOMS = ("web", "db")
_PEOPLE = ("ann", "bob")
texts = st.sampled_from(TEXTS)
clocks = st.builds("{:02}:{:02}".format, st.integers(8, 11), st.integers(0, 59))
instants = st.builds("2026-03-0{} {}".format, st.integers(1, 3), clocks)
quantities = st.sampled_from(
    ("40", "~1k", "over 300", "600k+", "0", "5 to 7", "1,000", "nearly 600k", "1.5M ± 10k")
)
urls = st.sampled_from(
    ("https://example.org/", "http://example.org/a#b", "notes/a.md", "mailto:a@example.org")
)


def maybe(draw: st.DrawFn, part: Part, **values: st.SearchStrategy[Any]) -> Part:
    """Put some of the optional keys into a part, about a third of them."""
    for name, value in values.items():
        if draw(st.integers(0, 2)) == 0:
            part[name] = draw(value)
    return part


def some(names: Sequence[str]) -> st.SearchStrategy[str | list[str]]:
    """Return one of some names, or a list of them."""
    return st.sampled_from(names) | st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)


@st.composite
def sources(draw: st.DrawFn) -> Part:
    """Draw what the log knows from."""
    return {
        name: maybe(
            draw,
            {"title": draw(texts)},
            kind=st.sampled_from(("telemetry", "chat", "press", "participant")),
            url=urls,
            archived=urls,
            captured=st.just("2026-03-04"),
            published=instants,
            clock=st.sampled_from(("±2m", "+90s", "-30s ±60s", "+0s ±1h")),
            reliability=st.sampled_from("ABCDEF"),
            note=texts,
        )
        for name in SOURCES
    }


@st.composite
def people(draw: st.DrawFn) -> Part:
    """Draw who is spoken of."""
    return {
        name: maybe(draw, {"role": draw(st.sampled_from(("on call", "lead")))}, name=st.just(name.title()))
        for name in _PEOPLE
    }


def measures() -> Part:
    """Return what is counted."""
    return {"users": {"title": "Users", "unit": "users", "kind": "gauge"}, "crashes": {"title": "Crashes"}}


def components() -> Part:
    """Return what was affected."""
    return {"web": {"title": "Web", "kind": "service", "note": "the front"}, "db": {"title": "Database"}}


def times(known: Sequence[str]) -> st.SearchStrategy[str]:
    """Return times of every form: of the clock, and counted from the events that are known."""
    forms = [
        "{}",
        "about {}",
        "by {}",
        "after {}",
        "{} ±2m",
        "2026-03-02 {}",
        "2026-03-01T{}Z",
        "+1d {}",
        "~{}",
    ]
    absolute = st.builds(str.format, st.sampled_from(forms), clocks)
    between = st.builds("{} to 12:{:02}".format, clocks, st.integers(0, 59))
    if not known:
        return absolute | between
    size = st.sampled_from(("5m", "about 20m", "1h30m", "10m to 25m", "90s"))
    name = st.sampled_from(known)
    relative = [
        st.builds("after {}".format, name),
        st.builds("{} after {}".format, size, name),
        st.builds("{} before {}".format, size, name),
        st.builds("within {}m after {}, before 12:30".format, st.integers(1, 90), name),
        st.builds("between {} and {}".format, name, clocks),
    ]
    return st.one_of(absolute, absolute, between, *relative)


@st.composite
def claims(draw: st.DrawFn, known: Sequence[str], most: int = 2) -> Part:
    """Draw what one source says of an event."""
    end = draw(st.sampled_from((None, None, None, "until", "for")))
    claim = maybe(
        draw,
        {"source": draw(some(SOURCES)), "at": draw(times(known))},
        counts=st.dictionaries(st.sampled_from(MEASURES), _counted(), min_size=1, max_size=most),
        quote=texts | st.fixed_dictionaries({"by": st.sampled_from(_PEOPLE), "text": texts}),
        stated=texts,
        known=instants,
        locator=st.just("p. 3"),
        url=urls,
        note=texts,
    )
    if end:
        claim[end] = "20m" if end == "for" else "2026-03-05 10:00"
    return claim


def _counted() -> st.SearchStrategy[str | Part]:
    return quantities | st.fixed_dictionaries({"value": quantities, "stated": texts})


@st.composite
def events(draw: st.DrawFn, name: str, known: Sequence[str]) -> Part:
    """Draw one event with its claims and, now and then, a ruling on them."""
    event = maybe(
        draw,
        {"id": name, "what": draw(texts), **draw(claims(known))},
        kind=st.sampled_from(("impact", "detected", "mitigated", "resolved", "action", "note", "scheduled")),
        component=some(_ROOMS),
        by=st.sampled_from(_PEOPLE),
        claims=st.lists(claims(known), min_size=1, max_size=2),
        highlight=st.sampled_from(("true", "false")),
        tags=some(("one", "two")),
        x_own=st.just({"a": ["b"]}),
    )
    event = {key.replace("x_", "x-"): value for key, value in event.items()}
    if "claims" in event:
        ruling = draw(st.sampled_from((None, "open", "prefer")))
        if ruling == "open":
            event["ruling"] = {"open": "true", "because": draw(texts)}
        elif ruling == "prefer":
            event["ruling"] = {"prefer": event["source"], "because": draw(texts)}
    return event


@st.composite
def series(draw: st.DrawFn) -> list[Part]:
    """Draw measurements that stand in the log itself."""
    minutes = sorted(draw(st.sets(st.integers(0, 59), min_size=1, max_size=5)))
    points = [[f"09:{minute:02}", draw(st.sampled_from(("5", "7.5", "0", "1k")))] for minute in minutes]
    one: Part = {"measure": draw(st.sampled_from(MEASURES)), "points": points}
    return [
        maybe(
            draw, one, component=st.sampled_from(_ROOMS), source=some(SOURCES), step=st.just("1m"), note=texts
        )
    ]


@st.composite
def metrics(
    draw: st.DrawFn, names: Sequence[str], counted: Sequence[str], measured: Sequence[str]
) -> list[Part]:
    """Draw metrics of every kind that the events allow: ``counted`` are those like EVENT.MEASURE."""
    event = st.sampled_from(names)
    kinds: list[st.SearchStrategy[Part]] = [
        st.builds(lambda one, other: {"duration": {"from": one, "to": other}}, event, event)
    ]
    if counted:
        count = st.sampled_from(counted)
        kinds.append(st.builds(lambda one, other: {"ratio": {"of": one, "to": other}}, count, count))
        kinds.append(st.builds(lambda one, other: {"difference": {"of": one, "minus": other}}, count, count))
    if measured:
        kinds.append(
            st.builds(
                lambda of, measure: {"stat": {"measure": measure, "of": of}},
                st.sampled_from(("max", "min", "mean", "p50", "p95", "sum")),
                st.sampled_from(measured),
            )
        )
    found = draw(st.lists(st.one_of(kinds), max_size=3))
    return [maybe(draw, {"id": f"m{at}", **one}, title=texts, note=texts) for at, one in enumerate(found)]


@st.composite
def factors(draw: st.DrawFn, names: Sequence[str]) -> list[Part]:
    """Draw factors that lead to events, or to factors before them."""
    found: list[Part] = []
    for at in range(draw(st.integers(0, 3))):
        ahead = [*names, *(one["id"] for one in found)]
        found.append(
            maybe(
                draw,
                {"id": f"f{at}", "what": draw(texts), "leads_to": draw(some(ahead))},
                kind=st.sampled_from(("trigger", "cause", "contributing", "barrier-failed")),
                evidence=some((*SOURCES, *names)),
                confidence=st.sampled_from(("established", "likely", "suspected")),
                because=texts,
            )
        )
    return found


@st.composite
def actions(draw: st.DrawFn, known: Sequence[str]) -> list[Part]:
    """Draw actions against the factors that are known."""
    found = []
    for at in range(draw(st.integers(0, 2))):
        one = maybe(
            draw,
            {"id": f"a{at}", "what": draw(texts)},
            owner=st.sampled_from(_PEOPLE),
            due=st.just("2027-01-31"),
            status=st.sampled_from(("open", "in-progress", "done")),
            kind=st.sampled_from(("prevent", "detect", "learn")),
            verify=texts,
            url=urls,
            because=texts,
        )
        if known:
            one["addresses"] = draw(some(known))
        found.append(one)
    return found


def perspectives() -> st.SearchStrategy[list[Part]]:
    """Return framing that is told of somebody."""
    one = {"who": st.just("the vendor"), "says": texts, "source": st.sampled_from(SOURCES)}
    return st.lists(st.fixed_dictionaries(one), max_size=2)


def questions() -> st.SearchStrategy[list[Part]]:
    """Return what is still not known."""
    one = {"what": texts, "owner": st.sampled_from(_PEOPLE), "status": st.just("open")}
    return st.lists(st.fixed_dictionaries(one), max_size=2)


def lessons() -> st.SearchStrategy[Part]:
    """Return what went well, wrong, and by luck."""
    many = texts | st.lists(texts, min_size=1, max_size=2)
    return st.fixed_dictionaries({}, optional={"went_well": many, "went_wrong": many, "got_lucky": many})
