"""What was known by a moment: which claims count, and what is left of an event without them."""

from __future__ import annotations

from typing import Any

from postmortem.model.build import understood
from postmortem.model.incident import Incident, claims_of
from postmortem.model.stated import Base
from postmortem.resolve.approximations import anchor_of, count_share_of
from postmortem.resolve.known import as_known, known_by
from postmortem.resolve.statements import ClaimOf

NOON = 1_684_929_600_000_000
MINUTE = 60_000_000


def incident(*events: dict[str, Any], **more: Any) -> Incident:
    """Return a log of the day whose noon is `NOON`, in UTC."""
    whole: dict[str, Any] = {"format": "postmortem/1", "title": "T", "date": "2023-05-24", "timezone": "UTC"}
    return understood(Incident, {**whole, "status": "resolved", "timeline": list(events), **more})


def claims(log: Incident) -> list[ClaimOf]:
    return [
        (index, event, route, claim)
        for index, event in enumerate(log.timeline)
        for route, claim in claims_of(event, index)
    ]


def shown(log: Incident, moment: int, latest: int | None = None) -> tuple[list[tuple[object, ...]], int]:
    """Return the routes of what was known by then, and how many say nothing of it."""

    def end_of(base: Base) -> int | None:
        return latest

    kept, silent = known_by(moment, log, claims(log), anchor_of(log), end_of)
    return [route for _, _, route, _ in kept], silent


def test_a_claim_is_known_at_the_latest_of_what_its_time_may_be_and_at_that_very_moment() -> None:
    log = incident({"what": "W.", "known": "12:00:00"}, {"what": "W."})
    assert shown(log, NOON + 999_999) == ([], 1)
    assert shown(log, NOON + 1_000_000) == ([("timeline", 0)], 1)


def test_of_two_bounds_on_when_it_was_known_the_earlier_counts() -> None:
    log = incident({"what": "W.", "known": "before 12:30, before 12:10"})
    assert shown(log, NOON + 11 * MINUTE - 1) == ([], 0)
    assert shown(log, NOON + 11 * MINUTE) == ([("timeline", 0)], 0)


def test_one_published_source_is_enough_and_a_source_without_a_date_says_nothing() -> None:
    sources = {
        "a": {"title": "A", "published": "11:00"},
        "b": {"title": "B", "published": "13:00"},
        "c": {"title": "C"},
    }
    log = incident({"what": "W.", "source": ["a", "b", "c"]}, {"what": "W.", "source": "c"}, sources=sources)
    assert shown(log, NOON) == ([("timeline", 0)], 1)


def test_what_is_counted_from_an_event_is_known_when_that_event_has_surely_come() -> None:
    log = incident({"id": "x", "what": "W.", "at": "12:00"}, {"what": "W.", "known": "x + 5m"})
    assert shown(log, NOON + 5 * MINUTE, NOON) == ([("timeline", 1)], 1)
    assert shown(log, NOON + 5 * MINUTE - 1, NOON) == ([], 1)
    assert shown(log, NOON + 5 * MINUTE, None) == ([], 1)


def test_an_event_says_only_what_was_known_and_its_claims_keep_their_places() -> None:
    log = incident(
        {
            "id": "x",
            "what": "W.",
            "at": "12:00",
            "known": "12:30",
            "source": "a",
            "claims": [{"at": "12:01", "known": "12:20"}, {"at": "12:02", "known": "12:10"}],
        },
        sources={"a": {"title": "A"}},
    )
    every = claims(log)
    (first,) = as_known(log, every[2:]).timeline
    assert (first.id, first.at, first.known, first.source) == ("x", None, None, ())
    assert [claim.at and claim.at.text for claim in first.claims] == [None, "12:02"]
    (second,) = as_known(log, every[:2]).timeline
    assert second.at is not None
    assert (second.at.text, second.source) == ("12:00", ("a",))
    assert [claim.at and claim.at.text for claim in second.claims] == ["12:01", None]
    assert as_known(log, every) == log


def test_about_is_as_wide_as_the_log_says() -> None:
    log = incident(approx={"clock": "3m", "duration": "20%", "count": "7%"})
    against = anchor_of(log)
    assert (against.about_clock, against.about_duration, count_share_of(log)) == (3 * MINUTE, 0.2, 0.07)
    assert (str(against.day), against.timezone) == ("2023-05-24", "UTC")


def test_about_is_five_minutes_a_tenth_and_a_twentieth_where_the_log_does_not_say() -> None:
    undated = {"format": "postmortem/1", "title": "T", "status": "resolved", "timeline": []}
    for log in (
        understood(Incident, undated),
        incident(),
        incident(approx={}),
        incident(approx={"clock": "?!", "duration": "?!", "count": "?!"}),
        incident(approx={"duration": "over 20%", "count": "over 7%"}, date="?!"),
    ):
        against = anchor_of(log)
        assert (against.about_clock, against.about_duration) == (5 * MINUTE, 0.1)
        assert count_share_of(log) == 0.05
