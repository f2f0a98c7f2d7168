"""Rules of practice and evidence: they wait for the review, and each says one thing once."""

from __future__ import annotations

import pytest

from postmortem.flow import judge
from postmortem.ground.record import replace
from postmortem.ground.settings import STANDARD_POLICY
from postmortem.measure.practice import silent_gap

HEAD = "format: postmortem/1\ntitle: Logins fail\nstatus: resolved\ndate: 2026-03-01\ntimezone: UTC\n"
POOR = """\
sources: {pager: {title: The pager}, chat: {title: The channel}}
timeline:
  - {id: a, what: It begins., at: 09:00, source: pager}
  - {id: b, what: It ends., at: 09:40, kind: resolved}
factors: [{id: one, what: One., kind: cause}]
actions: [{what: Do it.}]
"""
GAPPED = """\
timeline:
  - {id: a, what: It begins., at: 09:00, kind: impact}
  - {id: b, what: It is noticed., at: 09:05, kind: detected}
  - {id: c, what: It is slower., at: 09:08}
  - {id: d, what: It is looked for., at: 09:12}
  - {id: e, what: Still nothing., at: SPAN}
  - {id: f, what: It ends., at: 09:40, kind: resolved}
"""


def codes(text: str, gap: str = "25%") -> list[str]:
    policy = replace(STANDARD_POLICY, silent_gap=gap)
    return [one.code for one in judge("log.yaml", (HEAD + text).encode(), None, policy=policy).diagnostics]


@pytest.mark.parametrize("review", ["in-review", "accepted"])
def test_a_poor_log_in_review_is_told_all_that_it_lacks(review: str) -> None:
    found = codes(f"review: {review}\n{POOR}")
    assert sorted(found) == ["PM401", "PM404", "PM501", "PM502", "PM504", "PM506", "PM508"]


def test_a_draft_is_left_alone() -> None:
    assert codes(POOR) == []
    assert codes("review: draft\n" + POOR) == []


@pytest.mark.parametrize(
    ("span", "gap", "found"),
    [
        ("09:18", "25%", ["PM503"]),
        ("09:18", "60%", []),
        ("09:18", "15m", ["PM503"]),
        ("09:18", "22m", []),
        ("09:22 to 09:30", "25%", []),
        ("after d", "25%", ["PM503"]),
        ("09:18, until: 09:36", "25%", []),
    ],
)
def test_a_gap_is_one_in_which_surely_nothing_is_told(span: str, gap: str, found: list[str]) -> None:
    text = "review: accepted\n" + GAPPED.replace("SPAN", span)
    assert codes(text, gap) == found


def test_what_comes_before_the_impact_or_after_the_end_is_no_gap() -> None:
    text = GAPPED.replace("SPAN", "09:24").replace("timeline:\n", "timeline:\n  - {what: x, at: 02:00}\n")
    assert codes("review: accepted\n" + text + "  - {what: Review., at: 22:00}\n", "90%") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("25%", (25, True)),
        ("30m", (30 * 60_000_000, False)),
        ("0%", None),
        ("101%", None),
        ("x", None),
        ("", None),
    ],
)
def test_how_long_a_silence_may_be(text: str, meant: tuple[int, bool] | None) -> None:
    assert silent_gap(text) == meant


def test_a_dropped_or_finished_action_needs_nothing_more() -> None:
    head = (
        "review: accepted\ntimeline:\n  - {what: x, kind: impact, at: 09:00}\n  - {what: y, kind: detected}\n"
    )
    done = "actions: [{what: a, status: done}, {what: b, status: dropped, because: c}]\n"
    assert codes(head + done) == []
    assert codes(head + "actions: [{what: a, owner: us, due: 2030-01-01}]\n") == ["PM504"]
