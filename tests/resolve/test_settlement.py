"""Which statements hold, which ruling acts and which has nothing to do, and what is told of the rest."""

from __future__ import annotations

import pytest

from postmortem.model.stated import Base, Bound
from postmortem.resolve import settlement
from postmortem.resolve.rulings import Ruled, Rulings
from postmortem.resolve.settlement import Contradiction, Party, Settlement
from tests.resolve.test_random_networks import Net, Told, weighed
from tests.resolve.test_resolve import Resolved

OPEN = "{open: true, because: Nobody knows.}"
FOR_NBC = "{prefer: nbc, because: It was there.}"
FOR_GUARDIAN = "{prefer: guardian, because: It was there.}"


def settled(*told: Told, opened: int | None = None) -> Settlement:
    """Return what is made of these statements; ``opened`` is the event whose ruling is open."""
    events = 1 + max(one.event for one in told)
    ended = frozenset(one.event for one in told if one.point.endswith(".end"))
    ruled = {} if opened is None else {opened: Ruled((), "")}
    return weighed(Net(events, (), told, ended), Rulings(ruled, frozenset(), ())).settlement


def about(log: Resolved) -> dict[str, list[str]]:
    """Return what is settled by rulings, by event."""
    events = (*log.timeline.events, *log.timeline.undated)
    return {one.key: [conflict.about for conflict in one.conflicts] for one in events if one.conflicts}


def test_a_contradiction_names_its_parties_its_miss_and_what_is_left_out() -> None:
    result = settled(
        Told(0, 0, "0", (("zero", 20, 20),), ()),
        Told(0, 0, "0.end", (("zero", 10, 10), ("1", 0, None)), ()),
        Told(1, 1, "1", (("zero", 3, 3),), ()),
    )
    parties = (Party(0, Bound(None, 20, 20, 20, 0, 1)), Party(1, Bound(None, 10, 10, 10, 0, 1)))
    assert result.contradictions == (Contradiction(parties, 10, 1),)
    assert result.kept == frozenset({0, 2})
    assert result.applied == frozenset()
    assert result.opened is None


def test_where_nothing_is_open_nothing_is_opened() -> None:
    assert settled(Told(0, 0, "0", (("zero", 20, 20),), ())).opened is None


def test_what_contradicts_all_claims_of_an_open_start_is_told_with_all_of_them() -> None:
    result = settled(
        Told(0, 0, "0", (("zero", 0, 1),), ()),
        Told(1, 0, "0", (("zero", 10, 11),), ()),
        Told(2, 1, "1", (("0", 120, 120),), ()),
        Told(3, 1, "1", (("zero", 5, 6),), ()),
        opened=0,
    )
    parties = (
        Party(0, Bound(None, 0, 1, 0, 0, 1)),
        Party(1, Bound(None, 10, 11, 10, 0, 1)),
        Party(2, Bound(Base("e0"), 120, 120, 120, 0, 1)),
        Party(3, Bound(None, 5, 6, 5, 0, 1)),
    )
    assert result.contradictions == (Contradiction(parties, 114, 1),)
    assert result.kept == frozenset({2, 3})
    assert result.applied == frozenset({(0, "at")})
    assert isinstance(result.applied, frozenset)


def test_what_can_be_spared_against_an_open_start_is_not_told() -> None:
    # The end of 1 is too early by what its own claim says; that event 0 says so too, and more, is not needed.
    result = settled(
        Told(0, 0, "0", (("zero", 30, 31),), ()),
        Told(1, 1, "1", (("2", 120, 120),), ()),
        Told(1, 1, "1.end", (("zero", None, 51), ("0", None, 10)), ()),
        Told(2, 2, "2", (("zero", 0, 1),), ()),
        Told(3, 2, "2", (("zero", 10, 11),), ()),
        opened=2,
    )
    (one,) = result.contradictions
    assert [(party.number, party.bound.start) for party in one.parties] == [(1, 0), (2, 0), (3, 0), (4, 0)]
    assert (one.miss, one.rejected) == (69, 4)


def test_what_is_left_out_already_takes_no_part_against_an_open_start() -> None:
    result = settled(
        Told(0, 0, "0", (("zero", 60, 61),), ()),
        Told(1, 0, "0", (("1", 120, 120),), ()),
        Told(1, 0, "0.end", (("zero", 5, 5),), ()),
        Told(2, 1, "1", (("zero", 0, 1),), ()),
        Told(3, 1, "1", (("zero", 10, 11),), ()),
        opened=1,
    )
    assert [[party.number for party in one.parties] for one in result.contradictions] == [
        [0, 2],
        [0, 1, 3, 4],
    ]


def test_each_part_of_a_time_that_contradicts_an_open_start_is_told() -> None:
    log = Resolved(f"""
        - id: x
          what: Said twice.
          claims: [{{at: 18:00, source: nbc}}, {{at: 18:10, source: guardian}}]
          ruling: {OPEN}
        - {{id: y, at: "17:00 to 19:00, at least 2h after x", what: W.}}
    """)
    (one,) = log.findings
    assert one.message == "these 3 claims cannot all hold: they miss by 59 min"
    assert [note.message for note in one.related] == [
        "`x` is `18:10`, says `guardian`",
        "`y` is `17:00 to 19:00`",
        "`y` is `at least 2h after x`",
    ]


def test_what_stands_between_two_open_starts_that_cannot_be_is_told_with_the_second() -> None:
    log = Resolved(f"""
        - id: p
          what: Said twice.
          claims: [{{at: 18:00, source: nbc}}, {{at: 18:10, source: guardian}}]
          ruling: {OPEN}
        - {{id: r, at: "at least 2h after p, before q", what: W.}}
        - id: q
          what: Said twice, too early.
          claims: [{{at: 19:00, source: nbc}}, {{at: 19:05, source: guardian}}]
          ruling: {OPEN}
    """)
    (one,) = log.findings
    assert one.message == "these 3 claims cannot all hold: they miss by 54 min"
    assert one.label == "`r` is `at least 2h after p`"
    assert [note.message for note in one.related] == [
        "`q` is `19:00`, says `nbc`",
        "`q` is `19:05`, says `guardian`",
    ]
    assert log.at("p")[:2] == ("18:00:00", "18:11:00")
    assert log.at("q")[:2] == ("19:00:00", "19:06:00")


def test_what_contradicts_a_conflict_that_another_event_brought_to_light_is_told_too() -> None:
    log = Resolved(f"""
        - id: x
          what: Said twice.
          claims: [{{at: 18:00, source: nbc}}, {{at: after a, source: guardian}}]
          ruling: {OPEN}
        - {{id: a, at: 18:30, what: W.}}
        - {{id: z, what: W., claims: [{{at: x + 2h, source: nbc}}, {{at: 18:05, source: guardian}}]}}
    """)
    (one,) = log.findings
    assert one.message == "these 4 claims cannot all hold: they miss by 1 h 54 min"


def test_of_two_rulings_that_would_do_the_first_acts_and_what_it_sets_aside_asks_no_other() -> None:
    log = Resolved(f"""
        - id: x
          what: Ruled on.
          claims: [{{at: 18:20 to 18:30, source: nbc}}, {{at: 18:25 to 18:40, source: guardian}}]
          ruling: {FOR_GUARDIAN}
        - id: z
          what: Nothing to rule on.
          claims:
            - {{at: after 18:00, source: guardian}}
            - {{at: "18:35 to 18:38, before x", source: nbc}}
            - {{at: "18:36, before x", source: nbc}}
          ruling: {FOR_GUARDIAN}
    """)
    assert log.codes == ["PM304"]
    assert about(log) == {"x": ["at"]}
    assert log.at("z")[:2] == ("18:36:00", "18:37:00")


def test_a_ruling_on_several_claims_that_take_part_comes_before_one_on_a_single_claim() -> None:
    log = Resolved(f"""
        - id: x
          what: One claim of it takes part.
          claims: [{{at: 18:20, source: nbc}}, {{at: 18:00 to 19:00, source: guardian}}]
          ruling: {FOR_GUARDIAN}
        - id: z
          what: Two claims of it take part.
          claims: [{{at: x + 30m, source: nbc}}, {{at: 18:30, source: guardian}}]
          ruling: {FOR_GUARDIAN}
    """)
    assert log.codes == ["PM304"]
    assert about(log) == {"z": ["at"]}


def test_a_ruling_does_not_act_where_only_what_it_prefers_takes_part() -> None:
    log = Resolved(f"""
        - id: first
          what: Ruled on.
          claims: [{{at: 18:20, source: nbc}}, {{at: 18:00 to 19:30, source: guardian}}]
          ruling: {FOR_GUARDIAN}
        - id: x
          what: Its preferred claim is contradicted.
          claims:
            - {{at: 18:10 to 19:00, source: guardian}}
            - {{at: "after 18:40, before first", source: nbc}}
          ruling: {FOR_GUARDIAN}
        - {{id: u, at: "19:30, before x", what: Too late.}}
    """)
    assert [one.message for one in log.findings] == [
        "`x` is `18:10 to 19:00` and `u` is `19:30, before x`, which cannot both hold: "
        "they miss each other by 29 min"
    ]
    assert about(log) == {"first": ["at"]}


IDLE = f"""
    - {{id: g, at: 18:00, what: W.}}
    - id: f
      what: Agrees once the other is ruled on.
      claims: [{{at: e + 5m, source: nbc}}, {{at: 18:20 to 18:28, source: guardian}}]
      ruling: {FOR_GUARDIAN}
    - id: e
      what: Said twice.
      claims: [{{at: g + 30m, source: guardian}}, {{at: 18:20, source: nbc}}]
      ruling: {FOR_NBC}
"""


def test_a_ruling_that_others_make_idle_is_taken_back_with_all_that_it_set_aside() -> None:
    log = Resolved(IDLE)
    assert log.codes == ["PM304"]
    assert about(log) == {"e": ["at"]}
    assert log.at("f") == ("18:25:00", "18:26:00", "18:25:00")


def test_beside_a_contradiction_a_ruling_acts_and_everything_keeps_its_time() -> None:
    log = Resolved(IDLE + "    - {id: w, at: 10:00, what: W., claims: [{at: 11:00}]}\n")
    assert log.codes == ["PM301", "PM304"]
    assert about(log) == {"e": ["at"]}
    assert log.at("w") == ("10:00:00", "10:01:00", "10:00:00")
    assert log.at("f") == ("18:25:00", "18:26:00", "18:25:00")


def test_a_ruling_is_idle_though_what_it_prefers_contradicts_something_else() -> None:
    log = Resolved(f"""
        - {{id: g, at: 18:00, what: W.}}
        - {{id: y, at: 17:00, what: W.}}
        - id: f
          what: Its preferred source contradicts itself.
          claims:
            - {{at: e + 5m, source: nbc}}
            - {{at: before y, source: guardian}}
            - {{at: 18:25, source: guardian}}
          ruling: {FOR_GUARDIAN}
        - id: e
          what: Said twice.
          claims: [{{at: g + 30m, source: guardian}}, {{at: 16:50, source: nbc}}]
          ruling: {FOR_NBC}
    """)
    assert log.codes == ["PM301"]
    assert about(log) == {"e": ["at"]}
    assert log.at("f") == ("16:55:00", "16:56:00", "16:55:00")


def test_of_two_rulings_of_which_one_is_idle_the_first_is_taken_back() -> None:
    # Twelve times the same, so that no order of chance passes for the order of the file.
    log = Resolved(
        "".join(
            f"""
        - {{id: h{n}, what: W., ruling: {FOR_NBC},
           claims: [{{at: 18:30, source: guardian}}, {{at: before k{n}, source: nbc}}]}}
        - {{id: f{n}, what: W., ruling: {FOR_GUARDIAN},
           claims: [{{at: h{n} + 5m, source: nbc}}, {{at: "18:24:00", source: guardian}}]}}
        - {{id: s{n}, what: W., ruling: {FOR_GUARDIAN},
           claims: [{{at: h{n} + 5m, source: nbc}}, {{at: "18:26:00", source: guardian}}]}}
        - {{id: k{n}, at: "18:22:59", what: W.}}"""
            for n in range(12)
        )
    )
    assert log.codes == ["PM304"] * 12
    assert about(log) == {name: ["at"] for n in range(12) for name in (f"h{n}", f"s{n}")}


def test_open_starts_are_resolved_in_the_order_of_the_file() -> None:
    # Whichever comes second is measured by the first; twelve times, so that it is no chance.
    log = Resolved(
        "".join(
            f"""
        - {{id: p{n}, what: W., ruling: {OPEN},
           claims: [{{at: 18:00, source: nbc}}, {{at: 19:00, source: guardian}}]}}
        - {{id: r{n}, at: "after p{n}, before q{n}", what: W.}}
        - {{id: q{n}, what: W., ruling: {OPEN},
           claims: [{{at: 18:30, source: nbc}}, {{at: 18:40, source: guardian}}]}}"""
            for n in range(12)
        )
    )
    assert log.findings == []
    assert {log.at(f"p{n}")[:2] for n in range(12)} == {("18:00:00", "18:41:00")}


@pytest.mark.parametrize("ruling", [f", ruling: {OPEN}", f", ruling: {FOR_NBC}", ""])
def test_what_agrees_is_not_weighed_claim_by_claim(monkeypatch: pytest.MonkeyPatch, ruling: str) -> None:
    def never(_: object) -> None:
        raise AssertionError("it is taken in one by one")

    monkeypatch.setattr(settlement._Court, "one_by_one", never)
    apart = "18:40" if ruling else "about 18:20"
    log = Resolved(f"""
        - {{id: x, at: 18:20, source: nbc, what: W., claims: [{{at: {apart}, source: guardian}}]{ruling}}}
        - {{id: y, at: x + 5m, what: W.}}
    """)
    assert log.findings == []


def test_all_rulings_that_must_act_are_found_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    went = []
    one_by_one = settlement._Court.one_by_one

    def counted(court: settlement._Court) -> settlement.Taken | None:
        went.append(court)
        return one_by_one(court)

    monkeypatch.setattr(settlement._Court, "one_by_one", counted)
    log = Resolved(f"""
        - id: x
          what: Ruled on.
          claims: [{{at: 18:20, source: nbc}}, {{at: after 18:00, source: guardian}}]
          ruling: {FOR_GUARDIAN}
        - {{id: a, at: "18:35, before x", what: W.}}
        - {{id: b, at: "18:36, before x", what: W.}}
        - id: u
          what: Ruled on too.
          claims: [{{at: 19:00, source: nbc}}, {{at: after v, source: guardian}}]
          ruling: {FOR_GUARDIAN}
        - {{id: v, at: 19:30, what: W.}}
    """)
    assert log.findings == []
    assert about(log) == {"x": ["at"], "u": ["at"]}
    assert len(went) == 1


def test_weighing_looks_at_its_time_every_64_statements_and_at_each_contradiction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = []
    monkeypatch.setattr(settlement, "on_time", lambda: looked.append(1))
    told = [Told(number, number, f"{number}", (("zero", 0, 9),), ()) for number in range(200)]
    settled(*told)
    assert len(looked) == 0
    result = settled(*told, Told(200, 0, "0", (("zero", 50, 50),), ()))
    assert len(result.contradictions) == 1
    assert len(looked) == 4 + 1
