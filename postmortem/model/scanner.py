"""A cursor over one scalar: what the notations of times and durations are read with."""

from __future__ import annotations

import re
from re import Match, Pattern

from postmortem.model.stated import Fault

BLANKS = " \t\n\r\u00a0\u2009\u202f"
LONGEST = 400
"""Code points of a time, duration or quantity: longer is no notation, and is refused before it is read."""

_BLANK = re.compile(f"[{BLANKS}]*")
_WORD = re.compile(r"[A-Za-z]+(?![A-Za-z0-9_-])")
_CHUNK = re.compile(f"[^{BLANKS},]+")


class Misfit(Exception):
    """Why a text does not fit its notation; caught where the reading began, never seen outside."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Scanner:
    """A text and how far it has been read."""

    __slots__ = ("at", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def blank(self) -> bool:
        """Skip blanks, and say whether there were any."""
        found = _BLANK.match(self.text, self.at)
        before, self.at = self.at, found.end() if found else self.at
        return self.at > before

    def done(self) -> bool:
        """Say whether only blanks are left."""
        self.blank()
        return self.at == len(self.text)

    def peek(self, pattern: Pattern[str], at: int | None = None) -> Match[str] | None:
        """Return what ``pattern`` matches here (or at ``at``), without going there."""
        return pattern.match(self.text, self.at if at is None else at)

    def take(self, pattern: Pattern[str]) -> Match[str] | None:
        """Return what ``pattern`` matches here, and go past it."""
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def sign(self, *signs: str) -> str | None:
        """Go past the first of ``signs`` that stands here, and return it."""
        for sign in signs:
            if self.text.startswith(sign, self.at):
                self.at += len(sign)
                return sign
        return None

    def word(self) -> str:
        """Return the word of letters that stands here in lower case, or an empty text."""
        found = _WORD.match(self.text, self.at)
        return found[0].lower() if found else ""

    def words(self, *phrases: str) -> str | None:
        """Go past the first of ``phrases`` that stands here, however it is spaced and cased."""
        for phrase in phrases:
            start = self.at
            if all(self._one(word) for word in phrase.split()):
                return phrase
            self.at = start
        return None

    def _one(self, word: str) -> bool:
        self.blank()
        if self.word() != word:
            return False
        self.at += len(word)
        return True

    def chunk(self, at: int | None = None) -> tuple[int, int]:
        """Return where the run of text without blanks and commas begins and ends that stands here."""
        begin = self.at if at is None else at
        found = _CHUNK.match(self.text, begin)
        return (begin, found.end()) if found else (begin, min(begin + 1, len(self.text)))


def whole(text: str) -> tuple[int, int]:
    """Return the span of a text without the blanks around it."""
    bare = text.strip(BLANKS)
    start = len(text) - len(text.lstrip(BLANKS)) if bare else 0
    return start, start + len(bare)


def shorten(text: str, most: int = 40) -> str:
    """Return a text that fits into a message."""
    return text if len(text) <= most else text[: most - 1] + "…"
