"""The public copy: what of each part goes, what stays, and how much of it is counted as left out."""

from __future__ import annotations

from typing import Any

import pytest

from postmortem.model.build import validate
from postmortem.model.incident import Incident
from postmortem.model.public_copy import PublicCopy, public_copy
from postmortem.model.public_scope import Scope, names_public_parts

OPEN: dict[str, Any] = {"audience": "public"}
SHUT: dict[str, Any] = {"audience": "internal"}


def stated(audience: str | None = "public", **parts: Any) -> Incident:
    head: dict[str, Any] = {
        "format": "postmortem/1",
        "title": "Logins fail",
        "status": "resolved",
        "date": "2026-03-01",
    }
    head |= {"timezone": "UTC", "timeline": []}
    return validate(head | ({"audience": audience} if audience else {}) | parts)


def copied(audience: str | None = "public", **parts: Any) -> PublicCopy:
    return public_copy(stated(audience, **parts))


def sources(**kinds: dict[str, Any]) -> dict[str, Any]:
    return {name: {"title": name} | kind for name, kind in kinds.items()}


@pytest.mark.parametrize("name", ["summary", "impact", "background", "detection", "response", "resolution"])
def test_a_section_is_public_by_its_own_audience_or_by_that_of_the_file(name: str) -> None:
    assert getattr(copied("public", **{name: "text"}).incident, name).text == "text"
    assert copied("public", **{name: "text"}).withheld == 0
    shut = copied("public", **{name: {"text": "text", **SHUT}})
    assert (getattr(shut.incident, name), shut.withheld) == (None, 1)
    inside = copied(None, **{name: "text"})
    assert (getattr(inside.incident, name), inside.withheld) == (None, 1)
    opened = copied(None, **{name: {"text": "text", **OPEN}})
    assert getattr(opened.incident, name).text == "text" and opened.withheld == 0


def test_lessons_go_and_stay_like_a_section() -> None:
    assert copied(lessons={"went_well": ["a"]}).incident.lessons is not None
    shut = copied(lessons={"went_well": ["a"], **SHUT})
    assert (shut.incident.lessons, shut.withheld) == (None, 1)


def test_sources_go_and_stay_by_name() -> None:
    made = copied(sources=sources(a={}, b=SHUT, c=SHUT))
    assert list(made.incident.sources) == ["a"] and made.withheld == 2


def test_an_event_stays_without_the_claims_that_are_not_public() -> None:
    claims = [
        {"source": "open", "at": "10:01"},
        {"source": "shut", "at": "10:02"},
        {"source": "open", "at": "10:03", **SHUT},
        {"source": ["open", "shut"], "at": "10:04"},
        {"source": "nobody", "at": "10:05"},
        {"at": "10:06"},
    ]
    event: dict[str, Any] = {"id": "a", "what": "A.", "at": "10:00", "source": "open", "claims": claims}
    gone = {"what": "B.", "claims": claims, **SHUT}
    made = copied(sources=sources(open={}, shut=SHUT), timeline=[gone, event])
    (kept,) = made.incident.timeline
    assert kept.at is not None and kept.at.text == "10:00"
    assert [one.at.text for one in kept.claims if one.at] == ["10:01", "10:06"]
    assert made.kept["timeline",] == (1,)
    assert made.kept["timeline", 1, "claims"] == (0, 5)
    # One source, one event and four claims.
    assert made.withheld == 6


def test_an_event_whose_own_claim_is_not_public_says_nothing_of_it() -> None:
    said = {
        "at": "10:00",
        "until": "10:30",
        "source": "shut",
        "counts": {"users": "3"},
        "quote": "Oh.",
        "stated": "about ten",
        "known": "11:00",
        "locator": "p. 3",
        "url": "https://example.org",
        "note": "n",
    }
    event: dict[str, Any] = {
        "id": "a",
        "kind": "impact",
        "what": "A.",
        "component": "api",
        "tags": ["t"],
        **said,
    }
    lasting = {"id": "b", "what": "B.", "at": "10:00", "for": "5m", "source": "shut"}
    made = copied(sources=sources(shut=SHUT), timeline=[event, lasting])
    first, second = made.incident.timeline
    assert (first.id, first.kind, first.what, first.component, first.tags) == (
        "a",
        "impact",
        "A.",
        ("api",),
        ("t",),
    )
    for one in (first, second):
        for name in ("at", "until", "for_", "quote", "stated", "known", "locator", "url", "note"):
            assert getattr(one, name) is None
        assert (one.source, one.counts) == ((), {})
    assert made.withheld == 3


def test_a_time_that_counts_from_what_is_not_public_goes_with_its_wording() -> None:
    hidden = {"id": "h", "what": "H.", "at": "10:00", **SHUT}
    shown = {"id": "s", "what": "S.", "at": "09:00"}
    events = [
        {"what": "A.", "at": "after h", "stated": "just after", "known": "after h"},
        {"what": "B.", "at": "after s", "until": "5m after h", "stated": "for a while", "known": "after s"},
        {"what": "C.", "at": "after s", "stated": "later"},
        {"what": "D.", "stated": "some day"},
    ]
    made = copied(timeline=[hidden, shown, *events])
    a, b, c, d = made.incident.timeline[1:]
    assert (a.at, a.stated, a.known) == (None, None, None)
    assert b.at is not None and b.at.text == "after s"
    assert (b.until, b.stated) == (None, None) and b.known is not None
    assert c.at is not None and c.stated == "later"
    assert d.stated == "some day"


@pytest.mark.parametrize(
    ("zero", "shown"),
    [
        ({"t0": "s"}, True),
        ({"t0": "h"}, False),
        ({"t0": "h.end"}, False),
        ({"t0": "s.end"}, True),
        ({"timeline": [{"what": "I.", "kind": "impact", "at": "10:00"}]}, True),
        ({"timeline": [{"what": "I.", "kind": "impact", "at": "10:00", **SHUT}]}, False),
        ({"timeline": [{"what": "P.", "kind": "scheduled", "at": "10:00"}]}, True),
        ({"timeline": [{"what": "P.", "kind": "scheduled", "at": "10:00", **SHUT}]}, False),
        (
            {
                "timeline": [
                    {"what": "I.", "kind": "impact", "at": "10:00"},
                    {"what": "P.", "kind": "scheduled", "at": "10:00", **SHUT},
                ]
            },
            True,
        ),
        (
            {
                "timeline": [
                    {"what": "I.", "kind": "impact", "at": "10:00"},
                    {"what": "I.", "kind": "impact", "at": "10:01", "source": "shut"},
                ]
            },
            False,
        ),
        (
            {
                "timeline": [
                    {
                        "what": "I.",
                        "kind": "impact",
                        "at": "10:00",
                        "claims": [{"at": "10:01", "source": "shut"}],
                    }
                ]
            },
            False,
        ),
        (
            {
                "timeline": [
                    {"what": "I.", "kind": "impact", "at": "10:00", "claims": [{"at": "10:01", **SHUT}]}
                ]
            },
            False,
        ),
        ({}, False),
    ],
)
def test_a_time_from_zero_stays_only_where_zero_is_the_same_in_the_copy(
    zero: dict[str, Any], shown: bool
) -> None:
    events = [{"id": "h", "what": "H.", "at": "09:00", **SHUT}, {"id": "s", "what": "S.", "at": "09:30"}]
    asked = {"what": "Z.", "at": "T+5m"}
    parts = zero | {"timeline": [*zero.get("timeline", []), *events, asked]}
    made = copied(sources=sources(shut=SHUT), **parts)
    last = made.incident.timeline[-1]
    assert (last.at is not None) is shown
    assert made.incident.t0 == (zero.get("t0") if shown else None)


def test_without_impact_zero_stands_where_no_event_is_left_out() -> None:
    made = copied(timeline=[{"what": "A.", "at": "10:00"}, {"what": "Z.", "at": "T+5m"}])
    assert made.incident.timeline[-1].at is not None


PEOPLE = {
    "ann": {"name": "Ann  Lee", "role": "on call", "public": "true"},
    "bob": {"name": "Bob Ray", "role": "database"},
    "cy": {"name": "Cy"},
}


@pytest.mark.parametrize(
    ("written", "public", "internal"),
    [
        ("ann", "ann", "ann"),
        ("@Ann", "@Ann", "@Ann"),
        ("ann lee", "ann lee", "ann lee"),
        ("bob", "database", None),
        ("BOB  RAY", "database", None),
        ("@bob", "database", None),
        ("cy", None, None),
        ("bobray", "bobray", "bobray"),
        ("the team", "the team", "the team"),
    ],
)
def test_a_person_is_named_by_role_or_not_at_all(
    written: str, public: str | None, internal: str | None
) -> None:
    event: dict[str, Any] = {"what": "A.", "by": written, "quote": {"text": "Oh.", "by": written}, **OPEN}
    parts: dict[str, Any] = {"people": PEOPLE, "timeline": [event]}
    parts |= {"actions": [{"what": "X.", "owner": written, **OPEN}]}
    parts |= {"questions": [{"what": "Q?", "owner": written, **OPEN}]}
    for audience, name in (("public", public), (None, internal)):
        made = copied(audience, **parts).incident
        assert made.timeline[0].by == name
        assert made.timeline[0].quote is not None and made.timeline[0].quote.by == name
        assert made.actions[0].owner == name
        assert made.questions[0].owner == name
        assert list(made.people) == ["ann"]


def test_of_two_people_of_one_name_the_one_who_is_not_public_has_it() -> None:
    both = {"one": {"name": "Sam", "public": "true"}, "two": {"name": "Sam", "role": "network"}}
    for people in (both, dict(reversed(both.items()))):
        assert (
            copied(people=people, timeline=[{"what": "A.", "by": "Sam"}]).incident.timeline[0].by == "network"
        )


def test_authors_are_people_who_are_known_each_once() -> None:
    made = copied(people=PEOPLE, authors=["ann", "bob", "cy", "Somebody Else", "ann", "@bob"])
    assert made.incident.authors == ("ann", "database")


def test_a_perspective_needs_both_its_voice_and_its_source() -> None:
    rows = [
        {"who": "the team", "says": "a"},
        {"who": "the team", "says": "b", "source": "open"},
        {"who": "the team", "says": "c", "source": "shut"},
        {"who": "cy", "says": "d"},
        {"who": "bob", "says": "e"},
        {"who": "the team", "says": "f", **SHUT},
    ]
    made = copied(sources=sources(open={}, shut=SHUT), people=PEOPLE, perspectives=rows)
    assert [(one.who, one.says) for one in made.incident.perspectives] == [
        ("the team", "a"),
        ("the team", "b"),
        ("database", "e"),
    ]
    assert made.kept["perspectives",] == (0, 1, 4) and made.withheld == 4


def test_a_series_goes_with_its_source() -> None:
    rows = [
        {"measure": "users", "points": [["10:00", "1"]]},
        {"measure": "users", "source": "open", "file": "users.csv"},
        {"measure": "users", "source": ["open", "shut"], "points": [["10:00", "1"]]},
        {"measure": "users", "points": [["10:00", "1"]], **SHUT},
    ]
    made = copied(sources=sources(open={}, shut=SHUT), series=rows)
    assert made.kept["series",] == (0, 1) and made.withheld == 3  # two series and a source
    drawn, read = made.incident.series
    assert drawn.points is not None and type(drawn.points) is tuple
    assert [(time.text, value.text) for time, value in drawn.points] == [("10:00", "1")]
    assert (read.points, read.file) == (None, "users.csv")


def test_a_time_of_a_source_or_a_point_stays_only_where_it_counts_from_what_is_public() -> None:
    events = [{"id": "h", "kind": "impact", "what": "H.", **SHUT}, {"id": "s", "what": "S."}]
    points = [["h + 5m", "1"], ["s + 5m", "2"], ["T+7m", "3"], ["10:00", "4"]]
    rows = [{"measure": "users", "points": points, **SHUT}, {"measure": "users", "points": points}]
    times = {"a": "20m after h", "b": "T+5m", "c": "20m after s", "d": "10:00"}
    made = copied(
        timeline=events, series=rows, sources=sources(**{key: {"published": at} for key, at in times.items()})
    )
    shown = {key: one.published and one.published.text for key, one in made.incident.sources.items()}
    assert shown == {"a": None, "b": None, "c": "20m after s", "d": "10:00"}
    (one,) = made.incident.series
    assert one.points is not None
    assert [value.text for _, value in one.points] == ["2", "4"]
    assert made.withheld == 4
    assert made.written(("series", 0, "points", 1, 0)) == ("series", 1, "points", 3, 0)


METRICS: list[tuple[dict[str, Any], bool]] = [
    ({"duration": {"from": "s", "to": "s.end"}}, True),
    ({"duration": {"from": "s", "to": "h"}}, False),
    ({"ratio": {"of": "s.users", "to": "h.users"}}, False),
    ({"ratio": {"of": "s.users", "to": "s.users"}}, True),
    ({"difference": {"of": "h.users", "minus": "s.users"}}, False),
    ({"reach": {"from": "s.users", "growth": "h.users", "target": "3"}}, False),
    ({"reach": {"from": "s.users", "growth": "s.users", "target": "3"}}, True),
    ({"stat": {"measure": "users", "of": "max"}}, True),
    ({"stat": {"measure": "users", "of": "max", "between": ["s", "h"]}}, False),
    ({"stat": {"measure": "users", "of": "max", "between": ["s", "s.end"]}}, True),
    ({"duration": {"from": "s", "to": "s.end"}, **SHUT}, False),
]


@pytest.mark.parametrize(("metric", "stays"), METRICS)
def test_a_metric_stays_where_all_its_events_do(metric: dict[str, Any], stays: bool) -> None:
    events = [{"id": "h", "what": "H.", **SHUT}, {"id": "s", "what": "S."}]
    figures = [{"title": "M", "metric": "m"}, {"title": "Own", "metric": "mttr"}]
    made = copied(timeline=events, metrics=[{"id": "m", **metric}], figures=figures)
    assert [one.id for one in made.incident.metrics] == (["m"] if stays else [])
    assert made.kept["figures",] == ((0, 1) if stays else (1,))
    assert [one.title for one in made.incident.figures] == (["M", "Own"] if stays else ["Own"])
    assert made.withheld == (1 if stays else 2)


def test_figures_and_phases_go_with_what_they_refer_to() -> None:
    events = [{"id": "h", "what": "H.", **SHUT}, {"id": "s", "what": "S."}, {"id": "t", "what": "T."}]
    figures = [{"title": "1", "count": "h.users"}, {"title": "2", "count": "s.users"}]
    phases = [
        {"title": "a", "from": "s", "to": "t"},
        {"title": "b", "from": "h", "to": "t"},
        {"title": "c", "from": "s", "to": "h"},
        {"title": "d", "from": "s.end"},
    ]
    made = copied(timeline=events, figures=figures, phases=phases)
    assert [one.title for one in made.incident.figures] == ["2"]
    assert [one.title for one in made.incident.phases] == ["a", "d"]
    assert (made.kept["figures",], made.kept["phases",]) == ((1,), (0, 3))


def test_factors_and_actions_lose_what_leads_to_what_is_not_public() -> None:
    factors = [
        {
            "id": "f",
            "what": "F.",
            "leads_to": ["g", "hidden", "s", "h"],
            "evidence": ["open", "shut", "s", "h"],
        },
        {"id": "g", "what": "G."},
        {"id": "hidden", "what": "N.", **SHUT},
    ]
    actions = [{"what": "X.", "addresses": ["hidden", "f"]}, {"what": "Y.", **SHUT}]
    made = copied(
        sources=sources(open={}, shut=SHUT),
        timeline=[{"id": "h", "what": "H.", **SHUT}, {"id": "s", "what": "S."}],
        factors=factors,
        actions=actions,
        questions=[{"what": "Q?"}, {"what": "R?", **SHUT}],
    )
    first, second = made.incident.factors
    assert (first.leads_to, first.evidence, second.id) == (("g", "s"), ("open", "s"), "g")
    (action,) = made.incident.actions
    assert action.addresses == ("f",)
    assert [one.what for one in made.incident.questions] == ["Q?"]
    assert made.withheld == 5


RULING = {"prefer": ["open", "shut", "uncited"], "because": "It saw all."}


def test_a_ruling_that_rests_on_public_claims_alone_stays_as_it_is() -> None:
    event: dict[str, Any] = {"what": "A.", "at": "10:00", "source": "open", "ruling": RULING}
    event["claims"] = [{"at": "10:05", "source": "also"}]
    made = copied(sources=sources(open={}, also={}, shut=SHUT, uncited={}), timeline=[event])
    ruling = made.incident.timeline[0].ruling
    assert ruling is not None and ruling.because == "It saw all."
    assert ruling.prefer == ("open", "shut", "uncited")


@pytest.mark.parametrize("own", ["open", "shut"])
def test_a_ruling_that_rests_on_more_keeps_its_verdict_and_not_its_reason(own: str) -> None:
    other = "shut" if own == "open" else "open"
    event: dict[str, Any] = {"what": "A.", "at": "10:00", "source": own, "ruling": RULING}
    event["claims"] = [{"at": "10:05", "source": other}]
    made = copied(sources=sources(open={}, shut=SHUT, uncited={}), timeline=[event])
    ruling = made.incident.timeline[0].ruling
    assert ruling is not None
    assert (ruling.prefer, ruling.open) == (("open",), None)
    assert ruling.because == "The reason rests on what is not public."


def test_a_ruling_for_a_source_whose_claim_is_withheld_becomes_an_open_one() -> None:
    event: dict[str, Any] = {"what": "A.", "at": "10:00", "source": ["open", "shut"], "ruling": RULING}
    event["claims"] = [{"at": "10:05", "source": "also"}]
    made = copied(sources=sources(open={}, also={}, shut=SHUT), timeline=[event])
    ruling = made.incident.timeline[0].ruling
    assert ruling is not None and (ruling.prefer, ruling.open) == ((), True)


def test_a_ruling_for_what_is_not_public_becomes_an_open_one() -> None:
    event: dict[str, Any] = {
        "what": "A.",
        "at": "10:00",
        "source": "open",
        "ruling": {"prefer": "shut", "because": "x"},
    }
    event["claims"] = [{"at": "10:05", "source": "shut"}]
    made = copied(sources=sources(open={}, shut=SHUT), timeline=[event])
    ruling = made.incident.timeline[0].ruling
    assert ruling is not None
    assert (ruling.prefer, ruling.open) == ((), True)
    assert ruling.because == "The reason rests on what is not public."
    assert copied(timeline=[{"what": "A."}]).incident.timeline[0].ruling is None


def test_the_head_of_a_public_log_stays_but_for_its_checks() -> None:
    head: dict[str, Any] = {
        "id": "x",
        "severity": "SEV1",
        "tags": ["t"],
        "related": ["r"],
        "links": ["https://example.org"],
    }
    parts: dict[str, Any] = {
        "components": {"api": {"title": "The API"}},
        "measures": {"users": {"title": "Users"}},
    }
    made = copied(**head, **parts, checks={"ignore": "PM302", "because": "x"}).incident
    assert (made.id, made.severity, made.tags, made.related) == ("x", "SEV1", ("t",), ("r",))
    assert made.links[0].url == "https://example.org"
    assert made.components["api"].title == "The API" and made.measures["users"].title == "Users"
    assert made.checks is None and made.audience == "public"


def test_the_head_of_an_internal_log_goes_but_for_what_its_public_parts_name() -> None:
    kind = {"title": "X", "note": "n", "kind": "service"}
    components = dict.fromkeys(("api", "web", "app", "unnamed"), kind)
    measures = {
        name: {"title": "X", "unit": "u", "kind": "gauge"}
        for name in ("own", "claimed", "drawn", "reckoned", "unnamed")
    }
    event: dict[str, Any] = {"id": "s", "what": "S.", "component": "api", "counts": {"own": "1"}, **OPEN}
    event["claims"] = [{"counts": {"claimed": "2"}, **OPEN}, {"counts": {"unnamed": "2"}}]
    made = copied(
        None,
        id="x",
        severity="SEV1",
        tags=["t"],
        related=["r"],
        links=["https://example.org"],
        figures=[{"title": "F", "count": "s.own"}],
        phases=[{"title": "P", "from": "s"}],
        components=components,
        measures=measures,
        timeline=[event, {"what": "H.", "component": "unnamed", "counts": {"unnamed": "1"}}],
        series=[{"measure": "drawn", "component": "web", "points": [["10:00", "1"]], **OPEN}],
        metrics=[
            {"id": "m", "stat": {"measure": "reckoned", "component": "app", "of": "max"}, **OPEN},
            {"id": "n", "duration": {"from": "s", "to": "s.end"}, **OPEN},
        ],
    ).incident
    assert (made.id, made.severity, made.tags, made.related, made.links) == (None, None, (), (), ())
    assert (made.figures, made.phases) == ((), ())
    assert {name: (one.title, one.kind, one.note) for name, one in made.components.items()} == {
        name: (name, None, None) for name in ("api", "web", "app")
    }
    assert {name: (one.title, one.unit, one.kind) for name, one in made.measures.items()} == {
        name: (name, None, "gauge") for name in ("own", "claimed", "drawn", "reckoned")
    }
    assert made.title == "Logins fail"


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({}, False),
        ({"audience": "public"}, True),
        ({"summary": {"text": "x", **OPEN}}, True),
        ({"resolution": {"text": "x", **OPEN}}, True),
        ({"summary": {"text": "x", **SHUT}}, False),
        ({"lessons": {"went_well": ["a"], **OPEN}}, True),
        ({"sources": {"a": {"title": "A", **OPEN}}}, True),
        ({"timeline": [{"what": "A."}, {"what": "B.", **OPEN}]}, True),
        ({"questions": [{"what": "Q?", **OPEN}]}, True),
        ({"series": [{"measure": "u", **OPEN}]}, True),
        ({"series": [{"measure": "u"}]}, False),
    ],
)
def test_whether_a_log_names_public_parts(parts: dict[str, Any], named: bool) -> None:
    assert names_public_parts(stated(**{"audience": None} | parts)) is named


def test_routes_lead_back_to_the_log() -> None:
    claims = [{"source": "shut"}, {"note": "n"}]
    events = [{"what": "H.", **SHUT}, {"what": "S.", "claims": claims}]
    made = copied(sources=sources(shut=SHUT), timeline=events, links=["https://example.org"])
    assert made.written(("timeline", 0, "at")) == ("timeline", 1, "at")
    assert made.written(("timeline", 0, "claims", 0, "note")) == ("timeline", 1, "claims", 1, "note")
    assert made.written(("timeline", 5)) == ("timeline", 5)
    assert made.written(("timeline", 1)) == ("timeline", 1)
    assert made.written(("links", 0, "url")) == ("links", 0, "url")
    assert made.written(("sources", "shut")) == ("sources", "shut")
    assert made.written(()) == ()
    assert made.written(("timeline", "x")) == ("timeline", "x")


def test_a_copy_is_made_of_tuples_as_an_incident_is() -> None:
    made = copied(
        timeline=[{"id": "a", "what": "A."}],
        figures=[{"title": "F", "count": "a.users"}],
        phases=[{"title": "P", "from": "a"}],
    )
    for name in ("timeline", "figures", "phases", "factors", "authors"):
        assert isinstance(getattr(made.incident, name), tuple)
    assert len(made.incident.figures) == len(made.incident.phases) == 1


def test_a_time_that_is_not_understood_is_not_shown() -> None:
    made = copied(timeline=[{"what": "A.", "at": "18:2O", "stated": "late"}]).incident.timeline[0]
    assert (made.at, made.stated) == (None, None)


def test_what_is_not_declared_is_not_public() -> None:
    scope = Scope(stated(sources=sources(a={}), timeline=[{"id": "s", "what": "S."}, {"what": "T."}]))
    assert scope.cites_public(("a",)) and scope.cites_public(())
    assert not scope.cites_public(("a", "b"))
    assert scope.has_event("s") and scope.has_event("s.end") and scope.has_event("s.users.more")
    assert not scope.has_event("t") and not scope.has_event("")
    assert scope.person(None) is None
