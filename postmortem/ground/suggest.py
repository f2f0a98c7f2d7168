"""Suggestions: the known word that an unknown one was most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 64


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to ``word``, or None where none is near.

    The same word in other case or with other joints (``Time-Line`` for ``timeline``) comes first, then the
    fewest slips (a letter too many, missing, wrong, or two swapped; at most one for each three letters),
    then a word that one begins with the other. Ties go to the alphabet, whatever the order of ``known``.
    """
    if not word or len(word) > _LONGEST:
        return None
    plain = _plain(word)
    best: tuple[int, int, str] | None = None
    for other in known:
        if other == word:
            return other
        slips = _nearness(plain, _plain(other))
        if slips is None:
            continue
        rank = (*slips, other)
        if best is None or rank < best:
            best = rank
    return best[2] if best else None


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


def _nearness(word: str, other: str) -> tuple[int, int] | None:
    """Return how near two words are, smaller is nearer, or None where they are not."""
    if word == other:
        return (0, 0)
    allowed = _allowed(word, other)
    if abs(len(word) - len(other)) <= allowed:
        slips = _slips(word, other, allowed)
        if slips <= allowed:
            return (slips, 0 if word[:1] == other[:1] else 1)
    if min(len(word), len(other)) >= 3 and (word.startswith(other) or other.startswith(word)):
        return (_LONGEST, abs(len(word) - len(other)))
    return None


def _allowed(word: str, other: str) -> int:
    shorter = min(len(word), len(other))
    if shorter < 2:
        return 0
    return min(3, max(1, max(len(word), len(other)) // 3))


def _unshared(word: str, other: str) -> int:
    """Return how many letters of ``word`` have none in ``other`` to stand for: each is a slip at least."""
    return sum(max(0, word.count(letter) - other.count(letter)) for letter in set(word))


def _slips(word: str, other: str, most: int) -> int:
    """Return the slips between two words, neighbours swapped being one, or more than ``most``."""
    if max(_unshared(word, other), _unshared(other, word)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        now = [row]
        for column, other_letter in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != other_letter))
            if row > 1 and column > 1 and letter == other[column - 2] and other_letter == word[row - 2]:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most and min(last) > most:
            return most + 1
        before, last = last, now
    return last[-1]
