"""Counts of one event: what its claims have in common, whose value is named, who is set aside."""

from __future__ import annotations

from typing import Any

import pytest

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot
from postmortem.ground.record import replace
from postmortem.model.build import understood
from postmortem.model.incident import CountValue, Event, claims_of
from postmortem.model.stated import Quantity, Stated
from postmortem.resolve.counts import Counted, counted
from postmortem.resolve.rulings import Ruled
from postmortem.resolve.timeline import Conflict, ConflictClaim, CountClaim

OPEN = Ruled((), "unknown")


def counts(*claims: tuple[str, str], ruled: Ruled | None = None, share: float = 0.05) -> Counted:
    """Count ``n`` by claims of (source, quantity)."""
    stated: list[dict[str, Any]] = [{"source": [s] if s else [], "counts": {"n": q}} for s, q in claims]
    event = understood(Event, {"what": "Counted.", "component": "room", "claims": stated})
    return counted("x", [(0, event, route, claim) for route, claim in claims_of(event, 0)], share, ruled)


def value(result: Counted) -> tuple[object, ...]:
    (count,) = result.counts
    return count.low, count.high, count.nominal, count.named


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (["600k"], (600_000, 600_000, 600_000, True)),
        (["~600k"], (570_000, 630_000, 600_000, True)),
        (["570k to 600k"], (570_000, 600_000, 585_000, False)),
        (["under 600k"], (None, 600_000, None, False)),
        (["over 700k"], (700_000, None, None, False)),
        (["under 601", "over 600"], (600, 601, 600.5, False)),
        (["~600k", "610k"], (610_000, 610_000, 610_000, True)),
        (["~600k", "over 610k"], (610_000, 630_000, 610_000, False)),
        (["~600k", "570k to 600k"], (570_000, 600_000, 585_000, False)),
        (["~600k", "540k..660k"], (570_000, 630_000, 600_000, True)),
        (["27%"], (0.27, 0.27, 0.27, True)),
        (["+50k/min"], (50_000, 50_000, 50_000, True)),
        (["+50k/min", "+1k/s"], None),
        (["+60k/min", "+1k/s"], (60_000, 60_000, 60_000, True)),
    ],
)
def test_claims_meet_in_what_they_share(claims: list[str], expected: tuple[object, ...] | None) -> None:
    result = counts(*(("a", claim) for claim in claims))
    if expected is None:
        assert [one.code for one in result.findings] == ["PM402"]
        return
    assert result.findings == ()
    assert value(result) == expected
    assert result.counts[0].components == ("room",)
    if result.counts[0].growth is None:
        assert value(counts(*(("a", claim) for claim in reversed(claims)))) == expected


def test_what_is_percent_and_what_grows_is_kept() -> None:
    (share,) = counts(("a", "27%")).counts
    assert (share.percent, share.growth) == (True, None)
    (growth,) = counts(("a", "+1k/s")).counts
    assert (growth.percent, growth.growth) == (False, 1_000_000)


def test_a_quantity_that_was_not_understood_says_nothing() -> None:
    assert counts(("a", "lots")).counts == ()
    assert value(counts(("a", "lots"), ("b", "5"))) == (5, 5, 5, True)


def test_three_values_of_which_two_agree_conflict_as_a_whole() -> None:
    result = counts(("a", "5"), ("", "6"), ("b", "5"))
    (one,) = result.findings
    assert one.message == (
        "the claims on `n` of `x` do not overlap: `a` says `5` and one claim says `6` and `b` says `5`"
    )
    assert [note.message for note in one.related] == ["one claim says `6`", "`b` says `5`"]
    assert value(result)[:2] == (5, 6)


def test_the_preferred_source_stands() -> None:
    result = counts(("a", "5"), ("b", "6"), ("a", "4 to 9"), ruled=Ruled(("a",), "counted by hand"))
    assert result.findings == ()
    assert value(result) == (5, 5, 5, True)
    assert [claim.kept for claim in result.counts[0].claims] == [True, False, True]
    (conflict,) = result.conflicts
    assert (conflict.about, conflict.status, conflict.because) == ("count:n", "ruled", "counted by hand")
    assert [side.kept for side in conflict.claims] == [True, False, True]


def test_a_preferred_source_at_odds_with_itself_settles_nothing() -> None:
    result = counts(("a", "5"), ("a", "6"), ("b", "7"), ruled=Ruled(("a",), "why"))
    assert result.findings[0].message.endswith("; the ruling prefers `a`, but its own claims do not overlap")
    assert result.conflicts == ()


def test_a_preferred_source_that_does_not_count_settles_nothing() -> None:
    result = counts(("a", "5"), ("b", "6"), ruled=Ruled(("c",), "why"))
    assert result.findings[0].message.endswith("; the ruling prefers `c`, but it says nothing of `n`")
    # As where nobody ruled: the first of those that are equally narrow gives the nominal.
    assert value(result) == (5, 6, 5, True)


def test_a_quarrel_is_told_at_the_first_value_and_the_others_beside_it() -> None:
    claims = [{"source": [], "counts": {"n": "5"}}, {"source": ["a", "b"], "counts": {"n": "6"}}]
    event = understood(Event, {"what": "Counted.", "claims": claims})
    said = [(3, event, route, claim) for route, claim in claims_of(event, 3)]
    ruled = Ruled(("c", "d"), "why")
    assert counted("x", said, 0.05, ruled).findings == (
        Finding(
            "PM402",
            "the claims on `n` of `x` do not overlap: one claim says `5` and `a` and `b` say `6`"
            "; the ruling prefers `c` and `d`, but it says nothing of `n`",
            Spot(("timeline", 3, "claims", 0, "counts", "n", "value")),
            help="correct one, give each the measure or the moment it means, or rule: "
            "`ruling: {prefer: SOURCE, because: ...}` or `{open: true, because: ...}`",
            related=(
                Related("`a` and `b` say `6`", Spot(("timeline", 3, "claims", 1, "counts", "n", "value"))),
            ),
        ),
    )


def test_what_each_claim_said_is_kept_whole() -> None:
    nothing = {"value": "under 4", "stated": ""}
    said = [{"source": "a", "counts": {"n": {"value": "5", "stated": "five"}}}, {"counts": {"n": nothing}}]
    event = understood(Event, {"what": "Counted.", "claims": said})
    result = counted(
        "x", [(0, event, route, claim) for route, claim in claims_of(event, 0)], 0, Ruled(("a",), "why")
    )
    first, second = (("timeline", 0, "claims", number, "counts", "n") for number in (0, 1))
    assert result.counts[0].claims == (
        CountClaim(first, ("a",), "5", "five", 5, 5, 5, True),
        CountClaim(second, (), "under 4", None, None, 4, None, False),
    )
    assert result.conflicts == (
        Conflict(
            "count:n",
            "ruled",
            "why",
            (
                ConflictClaim(first, ("a",), "5", "five", True),
                ConflictClaim(second, (), "under 4", None, False),
            ),
        ),
    )


def test_what_was_not_understood_leaves_the_other_measures_of_its_claim() -> None:
    event = understood(Event, {"what": "Counted.", "counts": {"m": "lots", "n": "5"}})
    said = [(0, event, route, claim) for route, claim in claims_of(event, 0)]
    assert [one.measure for one in counted("x", said, 0.05, None).counts] == ["n"]


def test_a_value_is_a_share_only_where_all_that_stand_write_it_as_one() -> None:
    (count,) = counts(("a", "27%"), ("b", "0.27")).counts
    assert (count.low, count.high, count.percent) == (0.27, 0.27, False)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity(1, 5, None), (1, 5, 3, False)),
        (Quantity(None, 5, 4), (None, 5, None, False)),
        (Quantity(1, None, 4), (1, None, None, False)),
        (Quantity(60, None, None, growth=60_000_000), (60, None, None, False)),
        (Quantity(None, 60, None, growth=60_000_000), (None, 60, None, False)),
    ],
)
def test_a_value_is_named_by_what_names_one_between_two_ends(
    quantity: Quantity, expected: tuple[object, ...]
) -> None:
    event = understood(Event, {"what": "Counted.", "counts": {"n": "1"}})
    event = replace(event, counts={"n": CountValue(value=Stated("?", quantity))})
    assert value(counted("x", [(0, event, ("timeline", 0), event)], 0.05, None)) == expected


def test_several_sources_that_agree_are_preferred_together() -> None:
    said = (("a", "5 to 8"), ("b", "6 to 9"), ("c", "20"))
    result = counts(*said, ruled=Ruled(("a", "b"), "They agree."))
    (count,) = result.counts
    assert (count.low, count.high) == (6, 8)
    assert [one.kept for one in count.claims] == [True, True, False]
    assert result.findings == ()


def test_an_open_conflict_covers_all() -> None:
    result = counts(("a", "5"), ("b", "over 6"), ruled=OPEN)
    assert result.findings == ()
    assert value(result) == (5, None, None, False)
    assert value(counts(("a", "5"), ("b", "8"), ruled=OPEN)) == (5, 8, 6.5, False)


def test_what_does_not_conflict_is_not_ruled_on() -> None:
    result = counts(("a", "~5"), ("b", "5"), ruled=OPEN)
    assert result.conflicts == ()
    assert value(result) == (5, 5, 5, True)
