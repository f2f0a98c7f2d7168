"""Real logs from their text to their timeline: bounds, conflicts, rulings, order, zero, as-of."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from textwrap import dedent, indent

import pytest

from postmortem.check.check import check
from postmortem.ground.finding import Diagnostic, severity_of
from postmortem.read import decode, locate, read
from postmortem.resolve.resolve import resolve
from postmortem.resolve.timeline import Distance, ResolvedEvent, Timeline

ZONE = timezone(timedelta(hours=-4))
MINUTE = 60_000_000
HEAD = """\
format: postmortem/1
title: A test
date: 2023-05-24
timezone: America/New_York
status: resolved
"""
SOURCES = """\
sources:
  nbc: {title: One}
  guardian: {title: Two}
  ahead: {title: Its clock runs ahead, clock: +90s}
  loose: {title: Its clock may be off, clock: ±2m}
"""


class Resolved:
    """A log's text, its timeline and the findings of its resolution at their places."""

    def __init__(
        self, timeline_text: str, head: str = "", as_of: str | None = None, sources: str = SOURCES
    ) -> None:
        body = indent(dedent(timeline_text).strip("\n"), "  ")
        self.text = f"{HEAD}{dedent(head)}{sources}timeline:\n{body}\n"
        source, found = decode("log.yaml", self.text.encode())
        assert source is not None
        document, more = read(source)
        assert document is not None
        checked = check(document)
        assert [one for one in (*found, *more, *checked.findings) if severity_of(one.code) == "error"] == []
        assert checked.incident is not None
        moment = None if as_of is None else at(as_of)
        self.timeline: Timeline
        self.timeline, findings = resolve(checked.incident, moment)
        self.findings: list[Diagnostic] = [locate(one, source, document) for one in findings]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.findings]

    def __getitem__(self, key: str) -> ResolvedEvent:
        event = self.timeline.event(key)
        assert event is not None
        return event

    def at(self, key: str) -> tuple[str | None, str | None, str | None]:
        bounds = self[key].at
        return clock(bounds.earliest), clock(bounds.latest), clock(bounds.nominal)

    def end(self, key: str) -> tuple[str | None, str | None, str | None]:
        bounds = self[key].end
        assert bounds is not None
        return clock(bounds.earliest), clock(bounds.latest), clock(bounds.nominal)

    def apart(self, first: str, second: str) -> Distance:
        keys = self.timeline.keys
        one, other = first.removesuffix(".end"), second.removesuffix(".end")
        return self.timeline.distances.between(
            (keys[one], first.endswith(".end")), (keys[other], second.endswith(".end"))
        )

    def order(self) -> list[tuple[str, str]]:
        return [(one.key, one.order) for one in self.timeline.events]

    def words(self, one: Diagnostic) -> str:
        """Return the text that a finding points at."""
        assert one.span.line == one.span.end_line
        return self.text.splitlines()[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]


def at(text: str) -> int:
    moment = datetime.fromisoformat(f"2023-05-24T{text}").replace(tzinfo=ZONE)
    return int(moment.timestamp()) * 1_000_000


def clock(value: int | None) -> str | None:
    if value is None:
        return None
    return datetime.fromtimestamp(value / 1_000_000, ZONE).strftime("%H:%M:%S")


def test_a_relative_time_is_as_sure_as_what_it_counts_from_but_its_distance_is_exact() -> None:
    log = Resolved("""
        - {id: x, at: about 18:00, what: Begin.}
        - {id: y, at: x + 20m, what: Later.}
    """)
    assert log.at("y") == ("18:15:00", "18:26:00", "18:20:00")
    apart = log.apart("x", "y")
    assert (apart.low, apart.high, apart.nominal, apart.named) == (
        20 * MINUTE,
        20 * MINUTE,
        20 * MINUTE,
        True,
    )
    assert [step.text for step in apart.proof_low] == ["x + 20m"]
    assert log.findings == []


def test_a_claim_about_a_later_event_tightens_an_earlier_one() -> None:
    log = Resolved("""
        - {id: x, at: 18:00 to 18:30, what: Begin.}
        - {id: y, at: at least 10m after x, what: Later.}
        - {id: z, at: "18:20, after y", what: Last.}
    """)
    assert log.at("x") == ("18:00:00", "18:11:00", "18:11:00")
    assert [step.text for step in log["x"].at.proof_latest] == ["18:20, after y", "at least 10m after x"]
    assert [step.event for step in log["x"].at.proof_latest] == ["z", "y"]
    assert log["x"].at.named is False


def test_proofs_name_field_text_and_sources() -> None:
    log = Resolved("""
        - {id: x, at: 18:00, what: Begin., source: [nbc, guardian]}
        - {id: y, what: Span., at: x, for: 20m, source: nbc}
    """)
    end = log["y"].end
    assert end is not None
    assert [(s.route, s.text, s.sources, s.event) for s in end.proof_latest] == [
        (("timeline", 0, "at"), "18:00", ("nbc", "guardian"), "x"),
        (("timeline", 1, "at"), "x", ("nbc",), "y"),
        (("timeline", 1, "for"), "20m", ("nbc",), "y"),
    ]
    assert log.end("y") == ("18:20:00", "18:21:00", "18:20:00")


def test_an_end_is_known_where_something_speaks_of_it() -> None:
    log = Resolved("""
        - {id: x, at: 18:00, what: Begin.}
        - {id: y, at: 18:10, what: Named.}
        - {id: z, at: 5m after y.end, what: Later.}
    """)
    assert log["x"].end is None
    assert log.end("y") == ("18:10:00", None, None)
    assert log.at("z") == ("18:15:00", None, None)
    assert log.apart("x.end", "y").low is None


def test_two_claims_five_minutes_apart_contradict() -> None:
    log = Resolved("""
        - id: x
          what: Said twice.
          claims:
            - {at: 18:20, source: nbc}
            - {at: after 18:25, source: guardian}
    """)
    (one,) = log.findings
    assert one.code == "PM301"
    assert (
        one.message
        == "on `x`, `nbc` says `18:20` and `guardian` says `after 18:25`: they miss each other by 4 min"
    )
    assert log.words(one) == "18:20"
    assert [note.message for note in one.related] == ["`x` is `after 18:25`, says `guardian`"]
    assert log.at("x") == ("18:20:00", "18:21:00", "18:20:00")
    assert log["x"].conflicts == ()


def test_three_claims_that_only_together_contradict_are_one_finding() -> None:
    log = Resolved("""
        - {id: a, at: 18:00, what: One.}
        - {id: b, at: a + 10m, what: Two., source: nbc}
        - {id: n, at: 18:04, what: Nothing to do with it.}
        - {id: c, at: "18:05:30, after b", what: Three.}
    """)
    (one,) = log.findings
    assert one.message == "these 3 claims cannot all hold: they miss by 4 min 29 s"
    assert log.words(one) == "18:00"
    assert [note.message for note in one.related] == [
        "`b` is `a + 10m`, says `nbc`",
        "`c` is `18:05:30`",
        "`c` is `after b`",
    ]


def test_all_contradictions_are_told_at_once_and_one_wrong_time_is_told_once() -> None:
    log = Resolved("""
        - {id: a, at: 18:00, what: One.}
        - {id: b, at: 18:10, what: Two., claims: [{at: 19:10, source: nbc}]}
        - {id: c, at: 18:20, what: Three.}
        - {id: d, at: "18:20, before a", what: Four.}
        - {id: e, at: 5m after d, what: Five.}
    """)
    assert [log.words(one) for one in log.findings] == ["18:10", "18:00"]
    assert [one.message for one in log.findings] == [
        "on `b`, one claim says `18:10` and `nbc` says `19:10`: they miss each other by 59 min",
        "`a` is `18:00` and `d` is `18:20, before a`, which cannot both hold: they miss each other by 19 min",
    ]
    assert [one.key for one in log.timeline.undated] == ["d", "e"]


def test_an_end_before_its_start_is_told_at_the_end() -> None:
    log = Resolved("- {id: x, at: 18:20, until: 18:10, what: Backwards.}")
    (one,) = log.findings
    assert one.code == "PM301"
    assert one.message == "`x` ends before it begins: it is `18:20` until `18:10`, 9 min too early"
    assert log.words(one) == "18:10"
    assert log.at("x") == ("18:20:00", "18:21:00", "18:20:00")


def test_a_claim_that_contradicts_itself_is_told_at_its_own_place() -> None:
    log = Resolved("""
        - {id: x, at: "after 18:30, before 18:10", what: Impossible.}
        - {id: y, at: y + 5m, what: Itself.}
    """)
    first, second = log.findings
    assert first.message == "`x` cannot be `after 18:30, before 18:10`: that misses by 19 min"
    assert second.message == "`y` is counted from itself"
    assert log.words(second) == "y + 5m"


def test_an_event_without_an_id_is_named_by_its_text() -> None:
    log = Resolved("- {at: 18:20, until: 18:10, what: One two three four five six seven eight.}")
    assert log.findings[0].message.startswith("“One two three four five six…” ends before it begins")


def test_a_clock_that_runs_ahead_is_put_right() -> None:
    log = Resolved("- {id: x, at: 18:20:00, source: ahead, what: Said.}")
    assert log.at("x") == ("18:18:30", "18:18:31", "18:18:30")
    assert [(s.route, s.text) for s in log["x"].at.proof_latest] == [
        (("sources", "ahead", "clock"), "+90s"),
        (("timeline", 0, "at"), "18:20:00"),
    ]


def test_a_clock_explains_a_difference_and_tightens_the_other_times_of_its_source() -> None:
    log = Resolved("""
        - {id: x, at: 18:20, source: nbc, what: By two., claims: [{at: 18:22:00, source: loose}]}
        - {id: y, at: 18:30:00, source: loose, what: By one.}
    """)
    assert log.findings == []
    # The loose clock is one to two minutes ahead, since it showed 18:22 within 18:20.
    assert log.at("x") == ("18:20:00", "18:21:00", "18:20:00")
    assert log.at("y") == ("18:28:00", "18:29:01", "18:29:00")
    assert log.apart("x", "y").low == 8 * MINUTE - 1_000_000


def test_a_clock_that_does_not_explain_a_difference_is_part_of_the_contradiction() -> None:
    log = Resolved("""
        - {id: x, at: 18:20, source: nbc, what: By two., claims: [{at: 18:24, source: loose}]}
    """)
    (one,) = log.findings
    assert one.message == (
        "on `x`, `nbc` says `18:20` and `loose` says `18:24`: "
        "they miss each other by 1 min even as far as the clocks may be off"
    )
    assert [note.message for note in one.related] == [
        "`x` is `18:24`, says `loose`",
        "the clock of `loose` is off by `±2m`",
    ]


def test_a_statement_of_several_sources_holds_by_the_clock_of_each() -> None:
    log = Resolved("- {id: x, at: 18:20, source: [nbc, loose], what: Both.}")
    assert log.at("x") == ("18:20:00", "18:21:00", "18:20:00")
    log = Resolved("- {id: x, at: 18:20:00, source: [nbc, ahead], what: Cannot be.}")
    (one,) = log.findings
    assert one.message == (
        "`x` is `18:20:00` by several clocks, which cannot all have shown it: they miss by 1 min 29 s"
    )


def test_a_preferred_source_stands_and_the_others_are_set_aside() -> None:
    log = Resolved("""
        - id: x
          what: Said twice.
          at: 18:20
          source: nbc
          claims:
            - {at: after 18:25, until: 18:40, source: guardian, stated: much later}
          ruling: {prefer: nbc, because: It was there.}
        - {id: y, at: x + 5m, what: Later.}
    """)
    assert log.findings == []
    assert log.at("x") == ("18:20:00", "18:21:00", "18:20:00")
    # What does not conflict keeps all its claims.
    assert log.end("x") == ("18:40:00", "18:41:00", "18:40:00")
    assert log.at("y") == ("18:25:00", "18:26:00", "18:25:00")
    (conflict,) = log["x"].conflicts
    assert (conflict.about, conflict.status, conflict.because) == ("at", "ruled", "It was there.")
    assert [(side.route, side.text, side.stated, side.kept) for side in conflict.claims] == [
        (("timeline", 0, "at"), "18:20", None, True),
        (("timeline", 0, "claims", 0, "at"), "after 18:25", "much later", False),
    ]


def test_an_open_conflict_shows_the_range_that_covers_all() -> None:
    log = Resolved("""
        - {id: s, at: 18:00, what: Begin.}
        - id: x
          what: Said twice.
          at: s + 20m
          source: nbc
          claims: [{at: s + 30m ±1m, source: guardian}]
          ruling: {open: true, because: Nobody knows.}
        - {id: y, at: x + 5m, what: Later.}
    """)
    assert log.findings == []
    assert log.at("x") == ("18:20:00", "18:32:00", "18:26:00")
    assert log["x"].at.named is False
    assert log.at("y") == ("18:25:00", "18:37:00", "18:31:00")
    assert [step.text for step in log["y"].at.proof_latest] == ["18:00", "s + 30m ±1m", "x + 5m"]
    # However uncertain the begin: all claims count from it.
    apart = log.apart("s", "x")
    assert (apart.low, apart.high) == (20 * MINUTE, 31 * MINUTE)
    assert [side.kept for side in log["x"].conflicts[0].claims] == [True, True]


def test_open_conflicts_that_count_from_each_other_are_resolved_in_their_order() -> None:
    log = Resolved("""
        - id: y
          what: Counts from x.
          claims: [{at: x + 5m, source: nbc}, {at: x + 9m, source: guardian}]
          ruling: {open: true, because: Nobody knows.}
        - id: x
          what: Said twice.
          claims: [{at: 18:20, source: nbc}, {at: 18:30, source: guardian}]
          ruling: {open: true, because: Nobody knows.}
    """)
    assert log.findings == []
    assert log.at("x")[:2] == ("18:20:00", "18:31:00")
    assert log.at("y")[:2] == ("18:25:00", "18:40:00")


def test_a_conflict_through_another_event_is_ruled_on_too() -> None:
    text = """
        - id: x
          what: Said once.
          at: 18:20
          source: nbc
          claims: [{at: after a, source: guardian}]
          ruling: RULING
        - {id: a, at: 18:30, what: Sure.}
    """
    preferred = Resolved(text.replace("RULING", "{prefer: guardian, because: It is.}"))
    assert preferred.findings == []
    assert preferred.at("x")[0] == "18:30:00"
    opened = Resolved(text.replace("RULING", "{open: true, because: It is.}"))
    assert opened.findings == []
    # One claim agrees with the rest and one does not: the range covers both, and says so nowhere else.
    assert opened.at("x") == ("18:20:00", None, None)
    assert opened.at("a") == ("18:30:00", "18:31:00", "18:30:00")
    assert opened.apart("x", "a").high == 11 * MINUTE
    assert opened.apart("x", "a").low is None
    assert [step.text for step in opened.apart("x", "a").proof_high] == ["18:20", "18:30"]


def test_what_the_preferred_source_contradicts_elsewhere_stays_a_contradiction() -> None:
    log = Resolved("""
        - {id: a, at: 18:30, what: Sure.}
        - id: x
          what: Said twice.
          at: "18:20, after a"
          source: nbc
          claims: [{at: 18:40, source: guardian}]
          ruling: {prefer: nbc, because: It is.}
    """)
    assert log.codes == ["PM301"]
    assert "guardian" not in log.findings[0].message


def test_a_ruling_without_a_conflict_is_a_warning_and_sets_nothing_aside() -> None:
    log = Resolved("""
        - id: x
          what: Said twice.
          at: 18:20
          source: nbc
          claims: [{at: about 18:20, source: guardian}]
          ruling: {prefer: guardian, because: It is.}
    """)
    assert log.codes == ["PM304"]
    assert log.words(log.findings[0]) == "ruling"
    assert log["x"].conflicts == ()
    assert log.at("x") == ("18:20:00", "18:21:00", "18:20:00")


def test_a_ruling_that_becomes_idle_by_another_is_a_warning() -> None:
    log = Resolved("""
        - id: f
          what: Agrees once the other is ruled on.
          claims: [{at: e + 5m, source: nbc}, {at: 18:25, source: guardian}]
          ruling: {prefer: guardian, because: It is.}
        - id: e
          what: Said twice.
          claims: [{at: 18:30, source: guardian}, {at: 18:20, source: nbc}]
          ruling: {prefer: nbc, because: It is.}
    """)
    assert log.codes == ["PM304"]
    assert log["f"].conflicts == ()
    assert log.at("f") == ("18:25:00", "18:26:00", "18:25:00")


def test_a_ruling_for_a_source_that_does_not_speak_is_one_error() -> None:
    log = Resolved("""
        - id: x
          what: Said twice.
          claims: [{at: 18:20, source: nbc}, {at: 18:40, source: guardian}]
          ruling: {prefer: loose, because: It is.}
    """)
    assert log.codes == ["PM305"]
    assert log.words(log.findings[0]) == "loose"
    assert log.findings[0].help == "its claims cite `guardian`, `nbc`"


def test_a_ruling_for_a_source_that_gives_no_time_leaves_the_contradiction() -> None:
    log = Resolved("""
        - id: x
          what: Said twice.
          claims:
            - {at: 18:20, source: nbc}
            - {at: 18:40, source: guardian}
            - {stated: eventually, source: loose}
          ruling: {prefer: loose, because: It is.}
    """)
    assert log.codes == ["PM301"]


def test_counts_of_one_event_meet() -> None:
    log = Resolved(
        """
        - id: x
          what: Counted.
          at: 18:20
          source: nbc
          counts: {listeners: ~600k}
          claims: [{source: guardian, counts: {listeners: {value: nearly 600k, stated: almost}}}]
    """,
        head="approx: {count: 10%}\nmeasures: {listeners: {title: Listeners}}\n",
    )
    (count,) = log["x"].counts
    assert (count.low, count.high, count.nominal, count.named) == (540_000, 600_000, 600_000, True)
    assert [(c.low, c.high, c.kept, c.stated) for c in count.claims] == [
        (540_000, 660_000, True, None),
        (540_000, 600_000, True, "almost"),
    ]


COUNTED = """
    - id: x
      what: Counted.
      at: 18:20
      source: nbc
      counts: {listeners: 600k}
      claims:
        - {source: guardian, counts: {listeners: 161k}}
        - {source: guardian, counts: {listeners: +50k/min}}
        - {source: nbc, counts: {listeners: +1k/s}}
"""


def test_counts_that_do_not_overlap_conflict_and_growths_only_with_growths() -> None:
    log = Resolved(COUNTED, head="measures: {listeners: {title: Listeners}}\n")
    assert log.codes == ["PM402", "PM402"]
    assert log.findings[0].message == (
        "the claims on `listeners` of `x` do not overlap: `nbc` says `600k` and `guardian` says `161k`"
    )
    assert [note.span.line for note in log.findings[0].related] == [19]
    level, growth = log["x"].counts
    assert (level.low, level.high, level.growth) == (161_000, 600_000, None)
    assert (growth.low, growth.high, growth.growth) == (50_000, 60_000, MINUTE)


@pytest.mark.parametrize(
    ("ruling", "bounds", "kept"),
    [
        ("{prefer: guardian, because: It is.}", (161_000, 161_000, 161_000), [False, True]),
        ("{open: true, because: It is.}", (161_000, 600_000, 380_500), [True, True]),
    ],
)
def test_a_ruling_settles_each_measure(ruling: str, bounds: tuple[int, ...], kept: list[bool]) -> None:
    log = Resolved(
        dedent(COUNTED) + f"  ruling: {ruling}\n", head="measures: {listeners: {title: Listeners}}\n"
    )
    assert log.findings == []
    level = log["x"].counts[0]
    assert (level.low, level.high, level.nominal) == bounds
    assert [claim.kept for claim in level.claims] == kept
    assert [conflict.about for conflict in log["x"].conflicts] == ["count:listeners", "count:listeners"]
    assert log.at("x") == ("18:20:00", "18:21:00", "18:20:00")


def test_events_are_listed_by_nominal_then_earliest_then_as_written() -> None:
    log = Resolved("""
        - {id: late, at: 18:30, what: W.}
        - {id: b, at: 18:20, what: W.}
        - {id: wide, at: about 18:20, what: W.}
        - {id: nothing, what: W.}
        - {id: til, at: by 18:20, what: W.}
        - {id: a, at: 18:20, what: W.}
        - {id: open, at: after 18:25, what: W.}
    """)
    assert log.order() == [
        ("wide", "sure"),
        ("b", "undetermined"),
        ("a", "undetermined"),
        ("til", "undetermined"),
        ("open", "sure"),
        ("late", "undetermined"),
    ]
    assert [one.key for one in log.timeline.undated] == ["nothing"]


def test_what_follows_an_uncertain_event_is_listed_after_it() -> None:
    log = Resolved("""
        - {id: speech, at: after room, what: W.}
        - {id: room, at: about 18:20, what: W.}
        - {id: end, at: "18:20, after speech", what: W.}
    """)
    assert log.order() == [("room", "sure"), ("speech", "sure"), ("end", "sure")]


def test_a_shared_clock_makes_an_order_sure() -> None:
    text = """
        - {id: x, at: 18:20:00, source: SOURCE, what: W.}
        - {id: y, at: 18:20:30, source: loose, what: W.}
    """
    assert Resolved(text.replace("SOURCE", "loose")).order() == [("x", "sure"), ("y", "sure")]
    assert Resolved(text.replace("SOURCE", "nbc")).order() == [("x", "sure"), ("y", "undetermined")]


def test_the_zero_is_the_earliest_impact_else_scheduled_else_the_first() -> None:
    first = "- {id: note, at: 17:00, what: W.}\n"
    scheduled = "- {id: plan, at: 18:00, kind: scheduled, what: W.}\n"
    impacts = "- {id: i2, at: 18:20, kind: impact, what: W.}\n- {id: i1, at: 18:10, kind: impact, what: W.}\n"
    assert Resolved(first).timeline.t0 == "note"
    assert Resolved(first + scheduled).timeline.t0 == "plan"
    assert Resolved(first + scheduled + impacts).timeline.t0 == "i1"
    assert Resolved(first + impacts, head="t0: note\n").timeline.t0 == "note"
    assert Resolved("- {id: x, what: W.}").timeline.t0 is None


def test_times_from_zero_find_it_among_the_others() -> None:
    log = Resolved("""
        - {id: hit, at: T+5m, kind: impact, what: W.}
        - {id: plan, at: about 18:00, kind: scheduled, what: W.}
    """)
    assert log.timeline.t0 == "plan"
    assert log.at("hit") == ("18:00:00", "18:11:00", "18:05:00")
    assert log.apart("plan", "hit").low == 5 * MINUTE


def test_a_zero_that_counts_from_itself_is_told() -> None:
    log = Resolved("- {id: x, at: T+5m, what: W.}", head="t0: x\n")
    assert [one.message for one in log.findings] == ["`x` is counted from itself"]
    log = Resolved("- {id: x, at: T+5m, what: W.}")
    assert log.codes == ["PM208"]
    assert log.words(log.findings[0]) == "T+5m"
    assert [one.key for one in log.timeline.undated] == ["x"]


def test_as_of_shows_what_was_known_by_then() -> None:
    text = """
        - {id: a, at: 18:00, known: 18:05, what: W.}
        - {id: b, at: 18:01, source: paper, what: W.}
        - {id: c, at: 18:02, known: after 18:00, what: W.}
        - {id: d, at: 18:03, what: W., claims: [{at: 18:03, known: 18:10}]}
        - {id: e, at: 18:04, known: a + 20m, what: W., counts: {n: 5}}
        - {id: f, what: Without any claim.}
    """
    paper = "  paper: {title: P, published: 19:00}\n"

    def shown(moment: str) -> tuple[list[str], int]:
        log = Resolved(text, head="measures: {n: {title: N}}\n", as_of=moment, sources=SOURCES + paper)
        return [one.key for one in (*log.timeline.events, *log.timeline.undated)], log.timeline.left_out

    assert shown("18:05:59") == ([], 2)
    assert shown("18:06:00") == (["a"], 2)
    assert shown("18:11:00") == (["a", "d"], 2)
    assert shown("18:21:00") == (["a", "d", "e"], 2)
    assert shown("19:01:00") == (["a", "b", "d", "e"], 2)


def test_a_time_that_comes_twice_has_bounds_and_no_nominal() -> None:
    log = Resolved("- {id: x, at: 2023-11-05 01:30, what: W.}")
    bounds = log["x"].at
    assert bounds.nominal is None
    assert bounds.earliest is not None
    assert bounds.latest is not None
    assert bounds.latest - bounds.earliest == 61 * MINUTE
    assert [one.key for one in log.timeline.events] == ["x"]


def test_only_an_order_that_two_known_times_leave_open_is_told() -> None:
    text = """
        - {id: a, at: about 18:20, what: W.}
        - {id: b, at: SECOND, what: W.}
    """
    head = "phases: [{title: Down, from: a, to: b}]\nmetrics: [{id: m, duration: {from: a, to: b}}]\n"
    log = Resolved(text.replace("SECOND", "about 18:22"), head=head)
    assert log.codes == ["PM303", "PM303"]
    assert log.findings[0].message == (
        "phase “Down” runs from `a` to `b`, but which came first is not known: "
        "`b` lies between 9 min before and 13 min after `a`"
    )
    for sure in ("18:26", "after a", '"about 18:22, after a"', "after 18:00"):
        assert Resolved(text.replace("SECOND", sure), head=head).findings == []


def test_the_narrowest_claim_gives_the_nominal_time() -> None:
    log = Resolved("""
        - {id: s, at: 18:00 ±30m, what: W.}
        - id: x
          at: 18:10 to 18:40
          what: W.
          claims: [{at: 18:30, source: nbc}, {at: s + 20m, source: guardian}]
    """)
    assert log.at("x") == ("18:30:00", "18:31:00", "18:30:00")
    assert log["x"].at.named


def test_faults_that_check_has_told_are_not_told_again() -> None:
    body = f"{HEAD}timeline:\n  - {{id: x, at: 25:00, until: nobody, known: 26:00, what: W.}}\n"
    source, _ = decode("log.yaml", body.encode())
    assert source is not None
    document, _ = read(source)
    assert document is not None
    incident = check(document).incident
    assert incident is not None
    timeline, findings = resolve(incident)
    assert findings == ()
    assert [one.key for one in timeline.undated] == ["x"]
    earlier, _ = resolve(incident, at("23:00:00"))
    assert (earlier.undated, earlier.left_out) == ((), 0)


def test_what_is_wholly_opposed_to_the_rest_is_shown_as_its_claims_say() -> None:
    log = Resolved("""
        - {id: a, at: 18:00, what: W.}
        - id: x
          what: Said once.
          at: a + 30m
          source: nbc
          ruling: {open: true, because: Nobody knows.}
        - {id: b, at: "18:10, after x", what: W.}
        - {id: y, at: after 18:20, what: W.}
    """)
    assert log.findings == []
    assert log.at("x") == ("18:30:00", "18:31:00", "18:30:30")
    assert [step.text for step in log["x"].at.proof_earliest] == ["18:00", "a + 30m"]
    assert [step.text for step in log["x"].at.proof_latest] == ["18:00", "a + 30m"]
    assert log.at("b") == ("18:10:00", "18:11:00", "18:10:00")
    apart = log.apart("b", "x")
    assert (apart.low, apart.high) == (19 * MINUTE, 21 * MINUTE)
    assert [step.text for step in apart.proof_low] == ["18:10, after x", "18:00", "a + 30m"]
    assert log.order() == [("a", "sure"), ("b", "sure"), ("y", "sure"), ("x", "undetermined")]


def test_an_open_end_that_nothing_bounds_leaves_all_unbounded() -> None:
    log = Resolved("""
        - {id: a, at: 18:00, what: W.}
        - id: x
          what: Said thrice.
          claims:
            - {at: 18:20, source: nbc}
            - {at: before 18:10, source: guardian}
            - {at: after a, source: loose}
          ruling: {open: true, because: Nobody knows.}
    """)
    assert log.at("x") == (None, None, None)
    assert [one.key for one in log.timeline.undated] == ["x"]


def test_a_metric_may_ask_for_an_end_that_nothing_else_speaks_of() -> None:
    log = Resolved(
        """
        - {id: x, at: 18:00, what: W.}
        - {id: y, at: 18:10, what: W.}
        """,
        head="""
        metrics:
          - {id: m, duration: {from: x.end, to: y}}
          - {id: s, stat: {measure: n, of: max, between: [x, y.end]}}
        measures: {n: {title: N}}
        phases: [{title: P, from: y.end}]
        """,
    )
    assert log.end("x") == ("18:00:00", None, None)
    assert log.end("y") == ("18:10:00", None, None)
    assert log.findings == []


def test_the_ends_of_an_event_contradict_in_words_of_their_own() -> None:
    log = Resolved("""
        - id: x
          what: A span.
          at: 18:00
          source: nbc
          until: 18:10
          claims:
            - {for: 30m, source: guardian}
            - {until: 18:40, source: loose}
    """)
    assert [one.message for one in log.findings] == [
        "on `x`, `nbc` says `18:00` until `18:10` and `guardian` says for `30m`: "
        "they miss each other by 19 min",
        "on the end of `x`, `nbc` says `18:10` and `loose` says `18:40`: "
        "they miss each other by 27 min even as far as the clocks may be off",
    ]
    assert log.findings[1].label == "`x` ends `18:10`"


def test_claims_that_follow_each_other_in_a_circle_are_listed_all_the_same() -> None:
    log = Resolved("""
        - {id: b, at: "18:20, after a", what: W.}
        - {id: a, at: "18:20, after b", what: W.}
        - {id: c, at: "18:20, after a", what: W.}
    """)
    assert [key for key, _ in log.order()] == ["b", "a", "c"]
    assert log.apart("a", "b").low == log.apart("a", "b").high == 0


def test_what_ends_before_another_begins_is_listed_before_it() -> None:
    log = Resolved("""
        - {id: late, at: about 18:20, what: W.}
        - {id: span, at: 18:22 ±5m, until: before late, what: W.}
        - {id: after-span, at: 18:16 ±9m, what: W., claims: [{at: after span.end}]}
        - {id: in-it, at: 18:14 ±9m, what: W., claims: [{at: before span.end}]}
    """)
    keys = [key for key, _ in log.order()]
    assert keys.index("span") < keys.index("late")
    assert keys.index("span") < keys.index("after-span")
    assert keys[0] == "in-it"


def test_a_ruling_for_nobody_declared_is_left_to_those_who_judge_references() -> None:
    text = """
    - id: x
      what: Said twice.
      counts: {n: 5}
      claims: [{at: 18:20, source: nbc, counts: {n: 6}}, {at: 18:40, source: guardian}]
      ruling: {prefer: nobody, because: It is.}
    - {id: y, what: W., claims: [{at: 18:20}, {at: 18:40}], ruling: {because: It says nothing.}}
    """
    body = f"{HEAD}measures: {{n: {{title: N}}}}\n{SOURCES}timeline:\n{indent(dedent(text), '  ')}"
    source, _ = decode("log.yaml", body.encode())
    assert source is not None
    document, _ = read(source)
    assert document is not None
    checked = check(document)
    assert sorted(one.code for one in checked.findings if severity_of(one.code) == "error") == [
        "PM208",
        "PM217",
    ]
    assert checked.incident is not None
    _, findings = resolve(checked.incident)
    # What the ruling on `x` should have settled is not told twice; what nobody ruled on is told.
    assert [one.code for one in findings] == ["PM301"]
    assert "`y`" in findings[0].message


def test_an_event_waits_for_all_that_it_follows() -> None:
    log = Resolved("""
        - {id: c, at: "18:20, after a, after b", what: W.}
        - {id: a, at: 18:20, what: W.}
        - {id: b, at: 18:20, what: W.}
    """)
    assert [key for key, _ in log.order()] == ["a", "b", "c"]


def test_a_distance_from_an_event_to_itself_is_none_at_all() -> None:
    log = Resolved("- {id: x, at: about 18:20, what: W.}")
    apart = log.apart("x", "x")
    assert (apart.low, apart.high, apart.nominal, apart.proof_low) == (0, 0, 0, ())


def test_a_phase_from_an_event_to_itself_has_no_order_to_tell() -> None:
    log = Resolved("- {id: x, at: about 18:20, what: W.}", head="phases: [{title: P, from: x, to: x}]\n")
    assert log.findings == []


OPEN_AMONG_ITSELF = """
    - id: x
      what: Said twice.
      claims: [{at: 18:00, source: nbc}, {at: 18:10, source: guardian}]
      ruling: {open: true, because: Nobody knows.}
    - id: y
      what: Counts from it.
      claims: [{at: 18:05, source: nbc}, {at: x + 2h, source: guardian}]
      RULING
"""


def test_a_ruling_acts_on_what_contradicts_every_claim_of_an_open_conflict() -> None:
    log = Resolved(OPEN_AMONG_ITSELF.replace("RULING", "ruling: {prefer: nbc, because: It was there.}"))
    assert log.findings == []
    assert log.at("x") == ("18:00:00", "18:11:00", "18:05:30")
    assert log.at("y") == ("18:05:00", "18:06:00", "18:05:00")
    assert [side.kept for side in log["y"].conflicts[0].claims] == [True, False]


def test_what_contradicts_every_claim_of_an_open_conflict_is_told_if_nobody_ruled_on_it() -> None:
    log = Resolved(OPEN_AMONG_ITSELF.replace("RULING", "kind: note"))
    (one,) = log.findings
    assert one.message == "these 4 claims cannot all hold: they miss by 1 h 54 min"
    assert [note.message for note in one.related] == [
        "`x` is `18:10`, says `guardian`",
        "`y` is `18:05`, says `nbc`",
        "`y` is `x + 2h`, says `guardian`",
    ]
    assert log.at("x") == ("18:00:00", "18:11:00", "18:05:30")


def test_a_chain_of_open_conflicts_that_cannot_be_is_told_once() -> None:
    log = Resolved("""
        - id: x
          what: Said twice.
          claims: [{at: 18:00, source: nbc}, {at: 18:10, source: guardian}]
          ruling: {open: true, because: Nobody knows.}
        - id: y
          what: Counts from it, twice.
          claims: [{at: x + 2h, source: nbc}, {at: x + 3h, source: guardian}]
          ruling: {open: true, because: Nobody knows.}
        - {id: z, at: "19:00, after y", what: Too early.}
        - {id: far, at: 18:30, what: Has nothing to do with it.}
    """)
    (one,) = log.findings
    assert one.message == "these 3 claims cannot all hold: they miss by 59 min"
    assert log.words(one) == "x + 2h"
    assert log.at("x") == ("18:00:00", "18:11:00", "18:05:30")
    assert log.at("y")[:2] == ("20:00:00", "21:11:00")
    assert log.at("z") == ("19:00:00", "19:01:00", "19:00:00")


def test_an_open_start_that_the_end_contradicts_leaves_both_open() -> None:
    log = Resolved("""
        - id: x
          what: Said thrice.
          claims:
            - {at: 18:00, for: 5m, source: nbc}
            - {at: 18:10, source: guardian}
            - {until: 17:56, source: nbc}
          ruling: {open: true, because: Nobody knows.}
    """)
    assert log.findings == []
    assert [conflict.about for conflict in log["x"].conflicts] == ["at", "end"]
    assert log.at("x") == ("18:00:00", "18:11:00", "18:05:30")
