"""Suggestions: the known word that was most likely meant, the same whatever the order of the known ones."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.ground.suggest import nearest

KEYS = tuple(
    """format title id date timezone status review severity audience summary impact background detection
    response resolution authors people tags links related approx t0 phases figures components measures sources
    timeline series metrics factors actions lessons perspectives questions checks at until for kind what
    component by source counts quote stated known locator url claims ruling highlight""".split()  # noqa: SIM905
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("titel", "title"),
        ("tilte", "title"),
        ("titl", "title"),
        ("ttitle", "title"),
        ("Title", "title"),
        ("time-line", "timeline"),
        ("TIME_LINE", "timeline"),
        ("time zone", "timezone"),
        ("soruces", "sources"),
        ("sorce", "source"),
        ("sevrity", "severity"),
        ("sev", "severity"),
        ("perspective", "perspectives"),
        ("wat", "what"),
        ("st", "at"),
        ("a", None),
        ("xyz", None),
        ("", None),
        ("zzzzzzzzzz", None),
        ("t" * 65, None),
        ("title", "title"),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, KEYS) == meant


def test_nothing_known_nothing_near() -> None:
    assert nearest("title", ()) is None
    assert nearest("title", iter(["titles"])) == "titles"


@pytest.mark.parametrize(("word", "known"), [("by", "at"), ("x", "y"), ("ab", "cd")])
def test_short_words_are_not_guessed(word: str, known: str) -> None:
    assert nearest(word, [known]) is None


def test_a_tie_goes_to_the_alphabet() -> None:
    for known in (["cart", "bart", "dart"], ["dart", "cart", "bart"]):
        assert nearest("fart", known) == "bart"
    assert nearest("dert", ["pert", "dort"]) == "dort"


@given(st.lists(st.text("abcd-_A", max_size=6), max_size=12), st.text("abcd-_A", max_size=6), st.randoms())
def test_the_order_of_the_known_does_not_matter(known: list[str], word: str, chance: random.Random) -> None:
    first = nearest(word, known)
    chance.shuffle(known)
    assert nearest(word, known) == first
    assert first is None or first in known


def slow(word: str, other: str) -> int:
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(other) + 1)] for i in range(len(word) + 1)]
    for i in range(1, len(word) + 1):
        for j in range(1, len(other) + 1):
            change = rows[i - 1][j - 1] + (word[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1 and j > 1 and word[i - 1] == other[j - 2] and word[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", min_size=2, max_size=9), st.text("abc", min_size=2, max_size=9))
def test_near_is_few_slips(word: str, other: str) -> None:
    allowed = min(3, max(1, max(len(word), len(other)) // 3))
    starts = min(len(word), len(other)) >= 3 and (word.startswith(other) or other.startswith(word))
    near = slow(word, other) <= allowed or starts
    assert (nearest(word, [other]) == other) == near


def test_a_thousand_names_are_quick() -> None:
    known = [f"event-number-{number}-of-many" for number in range(1000)]
    start = time.process_time()
    assert nearest("event-numbr-517-of-many", known) == "event-number-517-of-many"
    assert time.process_time() - start < 1
