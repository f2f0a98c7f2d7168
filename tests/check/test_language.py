"""Blame and hindsight: the very words are marked, somebody else's words are not, and machines may fail."""

from __future__ import annotations

import pytest

from postmortem.check.blame import loaded_words
from postmortem.flow import judge

HEAD = "format: postmortem/1\ntitle: Logins fail\nstatus: resolved\ndate: 2026-03-01\ntimezone: UTC\n"
LOADED = {
    "It was human error.": ("PM601", "human error"),
    "Caused by Operator  errors": ("PM601", "Operator  errors"),
    "A careless change went out": ("PM601", "careless"),
    "This was negligence": ("PM601", "negligence"),
    "The engineer should have checked": ("PM601", "should have"),
    "We really shouldn't have deployed": ("PM601", "shouldn't have"),
    "The team who ought to have known": ("PM601", "ought to have"),
    "The on-call engineer failed to look": ("PM601", "failed to"),
    "We failed to verify it": ("PM601", "failed to"),
    "Somebody forgot to renew it": ("PM601", "forgot to"),
    "They neglected to ask": ("PM601", "neglected to"),
    "It was the operator's fault": ("PM601", "operator's fault"),
    "He is to blame": ("PM601", "to blame"),
    "The admin made a big mistake": ("PM601", "made a big mistake"),
    "Obviously the cache was full": ("PM602", "Obviously"),
    "It clearly should be larger": ("PM602", "clearly should"),
    "It would have been easy to see": ("PM602", "would have been easy"),
    "In hindsight the limit was low": ("PM602", "In hindsight"),
    "This could have easily been found": ("PM602", "could have easily"),
    "The alert should have been noticed": ("PM602", "should have been noticed"),
    "Anyone would have seen it": ("PM602", "Anyone would have"),
    "All they had to do was look": ("PM602", "All they had to do"),
    "It was obvious that it would fail": ("PM602", "It was obvious"),
}
NEUTRAL = (
    "The alert should have fired after five minutes.",
    "The pod failed to start; two nodes failed to join.",
    "Users failed to log in, and their requests fail to arrive.",
    "We should have a look at the limits; the team should have more than one key, and open access.",
    "The human error messages were rewritten. The error rate rose.",
    "It was not obvious from the graphs, and it wasn't obvious later.",
    'The statement said "human error" and “we failed to see it”.',
    "> It was human error, obviously.",
    "The default was off. A fault in the disk. The default gateway.",
    "The engineers who should now know are told.",
    "Clearly marked buttons. The service would have been restarted at noon.",
)


@pytest.mark.parametrize("text", LOADED)
def test_loaded_words_are_marked_and_nothing_else(text: str) -> None:
    found = [(one.code, text[one.start : one.end]) for one in loaded_words(text)]
    assert found == [LOADED[text]]


@pytest.mark.parametrize("text", NEUTRAL)
def test_neutral_words_are_left_alone(text: str) -> None:
    assert [text[one.start : one.end] for one in loaded_words(text)] == []


def test_every_finding_says_what_to_write_instead() -> None:
    for text in LOADED:
        (found,) = loaded_words(text)
        assert found.label.startswith("neutral: ")
        assert found.help


def test_only_the_logs_own_words_are_looked_at() -> None:
    log = """\
summary: |
  Logins fail.
  The engineer
  failed to see it.
sources: {press: {title: Human error halts logins, note: Obviously a headline.}}
timeline:
  - {what: It was human error., quote: It was human error., stated: "obviously at nine", source: press}
factors:
  - {id: f, what: Somebody forgot to renew it., because: It was obvious.}
actions: [{what: Nobody should have access., verify: Obviously.}]
lessons: {went_wrong: [We failed to look.]}
perspectives: [{who: The vendor, says: It was human error.}]
questions: [{what: Was it obvious?}]
"""
    one = judge("log.yaml", (HEAD + log).encode(), None)
    lines = (HEAD + log).split("\n")
    found = [
        (each.span.line, lines[each.span.line - 1][each.span.column - 1 : each.span.end_column - 1])
        for each in one.diagnostics
    ]
    assert found == [
        (9, "failed to"),
        (12, "human error"),
        (14, "forgot to"),
        (14, "It was obvious"),
        (15, "Obviously"),
        (16, "failed to"),
    ]


def test_overlapping_words_are_said_once() -> None:
    log = "timeline:\n  - {what: The engineer clearly should have been noticed., at: 09:14}\n"
    one = judge("log.yaml", (HEAD + log).encode(), None)
    assert [each.code for each in one.diagnostics] == ["PM602"]
