"""A log's timeline at its edges: no zero, ends nobody speaks of, rulings without a part, what came later."""

from __future__ import annotations

from typing import Any

from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot
from postmortem.model.build import understood
from postmortem.model.incident import Incident
from postmortem.resolve.resolve import resolve
from postmortem.resolve.timeline import Conflict, ConflictClaim
from tests.resolve.test_resolve import Resolved


def incident(*events: dict[str, Any], **more: Any) -> Incident:
    whole: dict[str, Any] = {"format": "postmortem/1", "title": "T", "date": "2023-05-24", "timezone": "UTC"}
    timeline = [{"what": "W."} | one for one in events]
    return understood(Incident, {**whole, "status": "resolved", "timeline": timeline, **more})


def test_without_a_moment_everything_is_shown() -> None:
    log = Resolved("- {id: x, what: W.}\n- {id: y, at: 18:00, known: 19:00, what: W.}")
    assert log.timeline.left_out == 0
    assert set(log.timeline.keys) == {"x", "y"}


def test_no_zero_is_told_at_the_word_that_counts_from_it() -> None:
    help_ = "give one event a clock time, or name the zero with `t0`"
    message = "`T` counts from the incident's zero, but no event has a time of its own to be it"
    for text, start in (("18:20, after T", 7), ("after y, after T", 9), ("T + 5m", 0)):
        timeline, findings = resolve(incident({"id": "x", "at": text}, {"id": "y"}))
        spot = Spot(("timeline", 0, "at"), start=start, end=len(text))
        assert findings == (Finding("PM208", message, spot, help=help_),)
        assert timeline.t0 is None


def test_without_a_zero_all_that_does_not_count_from_it_is_weighed() -> None:
    _, findings = resolve(
        incident({"id": "a", "at": "T + 5m"}, {"id": "x", "at": "y + 5m"}, {"id": "y", "at": "x + 5m"})
    )
    assert [one.code for one in findings] == ["PM208", "PM301"]
    assert findings[1].message == (
        "`x` is `y + 5m` and `y` is `x + 5m`, which cannot both hold: they miss each other by 10 min"
    )


def test_an_event_without_an_id_is_not_the_zero_for_that() -> None:
    log = Resolved("""
        - {at: 18:00, what: W.}
        - {id: hit, at: 18:10, kind: impact, what: W.}
        - {id: y, at: T + 5m, what: W.}
    """)
    assert log.timeline.t0 == "hit"
    assert log.at("y")[0] == "18:15:00"


def test_the_order_of_what_has_no_time_is_not_known() -> None:
    log = Resolved("- {id: x, what: W.}\n- {id: y, what: W.}\n- {id: z, at: 18:00, what: W.}")
    assert [(one.key, one.order) for one in log.timeline.undated] == [
        ("x", "undetermined"),
        ("y", "undetermined"),
    ]
    assert log.order() == [("z", "sure")]


def test_an_end_that_nobody_speaks_of_is_none() -> None:
    log = Resolved("- {id: x, at: 18:00, what: W.}\n- {id: y, at: x + 5m, what: W.}")
    assert log["x"].end is None
    missing = incident(
        {"id": "x", "at": "18:00", "until": "5m after nobody.end"},
        phases=[{"title": "P", "from": "nobody.end", "to": "x.end"}],
    )
    assert [one.key for one in resolve(missing)[0].events] == ["x"]


COUNTED = """
    - id: x
      what: Counted.
      at: 18:20
      source: nbc
      counts: {n: 5}
      claims: [CLAIMS]
      ruling: {prefer: nbc, because: It was there.}
"""
MEASURES = "measures: {n: {title: N}}\n"


def test_counts_that_agree_leave_a_ruling_without_a_conflict() -> None:
    log = Resolved(COUNTED.replace("CLAIMS", "{source: guardian, counts: {n: ~5}}"), head=MEASURES)
    assert log.codes == ["PM304"]
    assert log["x"].conflicts == ()


def test_a_ruling_on_counts_that_cannot_settle_them_is_not_told_to_be_idle() -> None:
    claims = "{source: nbc, counts: {n: 6}}, {source: guardian, counts: {n: 7}}"
    assert Resolved(COUNTED.replace("CLAIMS", claims), head=MEASURES).codes == ["PM402"]


def test_conflicts_of_a_start_and_of_a_count_are_told_in_that_order() -> None:
    claims = "{source: guardian, at: 18:40, stated: later, counts: {n: 7}}"
    log = Resolved(COUNTED.replace("CLAIMS", claims), head=MEASURES)
    first, second = ("timeline", 0), ("timeline", 0, "claims", 0)
    assert log["x"].conflicts == (
        Conflict(
            "at",
            "ruled",
            "It was there.",
            (
                ConflictClaim((*first, "at"), ("nbc",), "18:20", None, True),
                ConflictClaim((*second, "at"), ("guardian",), "18:40", "later", False),
            ),
        ),
        Conflict(
            "count:n",
            "ruled",
            "It was there.",
            (
                ConflictClaim((*first, "counts", "n"), ("nbc",), "5", None, True),
                ConflictClaim((*second, "counts", "n"), ("guardian",), "7", None, False),
            ),
        ),
    )


def test_conflicts_of_a_start_come_before_those_of_an_end() -> None:
    # Twelve times the same, so that no order of chance passes for this one.
    said = "{at: 18:00, until: 19:00, source: nbc}, {at: 18:10, until: 19:10, source: guardian}"
    log = Resolved(
        "".join(
            f"- {{id: x{n}, what: W., claims: [{said}], ruling: {{open: true, because: Nobody knows.}}}}\n"
            for n in range(12)
        )
    )
    assert {tuple(conflict.about for conflict in one.conflicts) for one in log.timeline.events} == {
        ("at", "end")
    }


def test_a_ruling_for_nobody_who_spoke_is_one_error_though_a_clock_takes_part() -> None:
    log = Resolved("""
        - id: x
          what: Said twice.
          claims: [{at: 18:20, source: nbc}, {at: 18:40, source: loose}]
          ruling: {prefer: guardian, because: It is.}
    """)
    assert log.codes == ["PM305"]


def test_what_is_known_so_long_after_an_event_is_known_when_that_surely_came() -> None:
    text = """
        - {id: a, at: about 18:00, known: 17:00, what: W.}
        - {id: b, at: 18:01, known: a + 20m, what: W.}
        - {id: c, at: 18:02, known: a.end + 20m, what: W.}
    """

    def shown(moment: str) -> list[str]:
        return [one.key for one in Resolved(text, as_of=moment).timeline.events]

    assert shown("18:25:59") == ["a"]
    assert shown("18:26:00") == ["a", "b"]
    assert shown("23:59:59") == ["a", "b"]


def test_what_was_not_known_yet_is_not_listed_though_others_count_from_it() -> None:
    text = """
        - {id: hit, at: 18:16, known: 20:00, kind: impact, what: W.}
        - {id: x, at: "18:20, hit + 5m", known: 18:30, what: W.}
    """
    for head in ("", "t0: hit\n"):
        log = Resolved(text, head=head, as_of="19:00:00")
        assert [one.key for one in (*log.timeline.events, *log.timeline.undated)] == ["x"]
        assert log.timeline.t0 == (None if head else "x")
        assert log.timeline.keys == {"x": 1}
