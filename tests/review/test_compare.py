"""What a comparison sees, and what it does not take for a change."""

from __future__ import annotations

import pytest

from postmortem.review.counts import summary
from tests.review.conftest import HEAD, Compare

LOG = """\
timeline:
  - {id: start, at: 09:10, kind: impact, what: Logins fail., source: pager}
  - {id: seen, at: 5m after start, kind: detected, what: Somebody notices., source: chat}
  - id: over
    at: 09:41
    kind: resolved
    what: Logins succeed again.
    source: pager
    claims:
      - {source: chat, at: by 09:50}
actions:
  - {id: A1, what: Test it., owner: team}
"""

UNCHANGED = {
    "comments": LOG.replace("timeline:", "timeline:  # what happened"),
    "order of events": """\
timeline:
  - {id: seen, at: 5m after start, kind: detected, what: Somebody notices., source: chat}
  - id: over
    at: 09:41
    kind: resolved
    what: Logins succeed again.
    source: pager
    claims:
      - {source: chat, at: by 09:50}
  - {id: start, at: 09:10, kind: impact, what: Logins fail., source: pager}
actions:
  - {id: A1, what: Test it., owner: team}
""",
    "order of keys": LOG.replace("{id: start, at: 09:10,", "{at: 09:10, id: start,"),
    "layout": LOG.replace(
        "{id: A1, what: Test it., owner: team}", "id: A1\n    what: Test it.\n    owner: team"
    ),
    "another spelling of a time": LOG.replace("09:10", "9:10am").replace("5m after start", "start + 5 min"),
    "quotes": LOG.replace("at: 09:10", 'at: "09:10"').replace("what: Test it.", "what: 'Test it.'"),
    "a folded text": LOG.replace(
        "what: Logins succeed again.", "what: >-\n      Logins succeed\n      again."
    ),
    "a list of one": LOG.replace("source: pager}", "source: [pager]}"),
    "an own claim among the others": LOG.replace(
        "    source: pager\n    claims:\n",
        "    claims:\n      - {source: pager, at: 09:41}\n",
    ).replace("  - id: over\n    at: 09:41\n", "  - id: over\n"),
}


@pytest.mark.parametrize("new", UNCHANGED.values(), ids=UNCHANGED)
def test_what_is_written_otherwise_is_no_change_in_meaning(compared: Compare, new: str) -> None:
    assert new != LOG
    comparison = compared(LOG, new)
    assert comparison.same, summary(comparison)
    assert summary(comparison) == "no change in meaning"


def test_a_moved_event_is_told_with_its_bounds_and_the_metrics_it_shows_in(compared: Compare) -> None:
    comparison = compared(LOG, LOG.replace("at: 09:41", "at: 09:45"))
    (event,) = comparison.events
    assert (event.key, event.moved, event.follows) == ("over", True, False)
    at = next(field for field in event.fields if field.name == "at")
    assert at.before is not None
    assert at.after is not None
    assert (at.before.words, at.after.words) == ("09:41", "09:45")
    assert "time_to_resolve" in event.shows_in
    resolve = next(one for one in comparison.metrics if one.id == "time_to_resolve")
    assert resolve.before is not None
    assert resolve.after is not None
    assert "31 min" in resolve.before.words
    assert "35 min" in resolve.after.words


def test_what_only_follows_another_is_told_apart(compared: Compare) -> None:
    comparison = compared(LOG, LOG.replace("at: 09:10", "at: 09:12"))
    told = {one.key: (one.moved, one.follows) for one in comparison.events}
    assert told == {"start": (True, False), "seen": (True, True)}
    assert summary(comparison).startswith("1 event moved, 1 moved along")


def test_a_small_move_is_told_in_words_that_differ(compared: Compare) -> None:
    comparison = compared(LOG.replace("09:41", "09:41 ±2m"), LOG.replace("09:41", "09:41 ±3m"))
    at = next(field for one in comparison.events for field in one.fields if field.name == "at")
    assert at.before is not None
    assert at.after is not None
    assert at.before.words != at.after.words


def test_added_and_removed(compared: Compare) -> None:
    more = LOG.replace(
        "actions:", "  - {id: extra, at: 09:20, kind: note, what: A restart., source: chat}\nactions:"
    )
    assert [(one.key, one.change) for one in compared(LOG, more).events] == [("extra", "added")]
    assert [(one.key, one.change) for one in compared(more, LOG).events] == [("extra", "removed")]


def test_a_renamed_id_is_the_same_event_and_no_other_change(compared: Compare) -> None:
    comparison = compared(LOG, LOG.replace("start", "begin"))
    (event,) = comparison.events
    assert (event.key, event.was, event.moved) == ("begin", "start", False)
    assert [field.name for field in event.fields] == ["id"]
    assert not comparison.metrics
    assert not comparison.claims


def test_an_id_that_is_given_later_names_the_same_event(compared: Compare) -> None:
    comparison = compared(LOG.replace("{id: seen, ", "{"), LOG)
    assert [(one.key, one.change) for one in comparison.events] == [("seen", "changed")]


def test_an_event_without_id_is_known_by_its_words(compared: Compare) -> None:
    old = LOG.replace("{id: seen, ", "{")
    comparison = compared(old, old.replace("Somebody notices.", "Somebody in support notices."))
    (event,) = comparison.events
    assert event.change == "changed"
    assert [field.name for field in event.fields] == ["what"]


def test_another_event_without_id_is_another(compared: Compare) -> None:
    old = LOG.replace("{id: seen, ", "{")
    comparison = compared(old, old.replace("Somebody notices.", "The database was restarted twice."))
    assert sorted(one.change for one in comparison.events) == ["added", "removed"]


def test_equal_events_without_ids_pair_up_by_what_they_say(compared: Compare) -> None:
    twice = """\
timeline:
  - {at: 09:10, kind: note, what: A restart., source: pager}
  - {at: 09:20, kind: note, what: A restart., source: pager}
"""
    turned = """\
timeline:
  - {at: 09:20, kind: note, what: A restart., source: pager}
  - {at: 09:10, kind: note, what: A restart., source: pager}
"""
    assert compared(twice, turned).same


def test_claims_are_told_by_their_source(compared: Compare) -> None:
    comparison = compared(LOG, LOG.replace("by 09:50", "by 09:45"))
    (claim,) = comparison.claims
    assert (claim.event, claim.change, claim.source) == ("over", "changed", "chat")
    assert not comparison.events


CONFLICT = LOG.replace("at: by 09:50", "at: 09:55")
RULED = CONFLICT.replace("actions:", "    ruling: {prefer: pager, because: It has a clock.}\nactions:")
OPEN = CONFLICT.replace("actions:", "    ruling: {open: true, because: Nobody can tell.}\nactions:")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (LOG, CONFLICT, ("opened", None, "contradiction")),
        (CONFLICT, RULED, ("settled", "contradiction", "ruled")),
        (CONFLICT, OPEN, ("settled", "contradiction", "open")),
        (OPEN, RULED, ("settled", "open", "ruled")),
        (RULED, OPEN, ("opened", "ruled", "open")),
        (RULED, LOG, ("settled", "ruled", None)),
        (CONFLICT, LOG, ("settled", "contradiction", None)),
        (LOG, RULED, ("opened", None, "ruled")),
    ],
)
def test_conflicts_are_opened_and_settled(
    compared: Compare, old: str, new: str, told: tuple[str, str | None, str | None]
) -> None:
    (conflict,) = compared(old, new).conflicts
    assert conflict.event == "over"
    assert (conflict.change, conflict.before, conflict.after) == told


def test_a_conflict_that_stands_in_both_is_no_change(compared: Compare) -> None:
    assert compared(CONFLICT, CONFLICT.replace("timeline:", "timeline: # as before")).same
    assert not compared(CONFLICT, CONFLICT + "  - {id: A2, what: More.}\n").conflicts


def test_counts_that_conflict_are_told_by_their_measure(compared: Compare) -> None:
    log = HEAD.replace("sources:", "measures: {users: {title: Users}}\nsources:") + LOG.replace(
        "{source: chat, at: by 09:50}", "{source: chat, counts: {users: 5}}"
    )
    clash = log.replace(
        "    source: pager\n    claims:", "    source: pager\n    counts: {users: 9}\n    claims:"
    )
    assert clash != log
    conflicts = compared(log, clash).conflicts
    assert [(one.change, one.about.partition(":")[0]) for one in conflicts] == [("opened", "count")]


def test_the_rest_of_the_log_is_told_by_section(compared: Compare) -> None:
    new = HEAD.replace("status: resolved", "status: mitigated").replace("The chat}", "The chat, kind: chat}")
    new += LOG.replace("owner: team", "owner: platform") + "questions:\n  - what: Why?\n"
    comparison = compared(LOG, new)
    assert [field.name for field in comparison.fields] == ["status"]
    assert [(one.section, one.id, one.change) for one in comparison.things] == [
        ("sources", "chat", "changed"),
        ("actions", "A1", "changed"),
        ("questions", "Why?", "added"),
    ]


def test_a_version_that_is_not_understood_leaves_nothing_compared(compared: Compare) -> None:
    comparison = compared(LOG, HEAD + "timeline: [")
    assert not comparison.compared
    assert not comparison.same
    assert "log.yaml could not be understood" in summary(comparison)
