"""A cursor over one scalar: what the notations of times and durations are read with."""

from __future__ import annotations

import re
from re import Match, Pattern
from typing import TypeAlias

from postmortem.model.stated import Fault

BLANKS = " \t\n\r\u00a0\u2009\u202f"
LONGEST = 400
"""Code points of a time, duration or quantity: longer is no notation, and is refused before it is read."""

Phrases: TypeAlias = dict[str, tuple[tuple[str, ...], ...]]
"""Phrases of words, by their first word."""

_PLAIN = str.maketrans({**dict.fromkeys(BLANKS, " "), "\u2212": "-"})
_LOW = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_WORD = re.compile(r"[a-z]+(?![a-z0-9_-])")
_CHUNK = re.compile("[^ ,]+")
GIVE_OR_TAKE = re.compile(r" *(?:±|\+/?-) *")


class Misfit(Exception):
    """Why a text does not fit its notation; caught where the reading began, never seen outside."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def misfit(code: str, message: str, span: tuple[int, int], label: str = "", help: str = "") -> Misfit:
    """Return the misfit that says ``message`` of the code points of ``span``."""
    return Misfit(Fault(code, message, *span, label, help))


def proposal(*spellings: str) -> str:
    """Return the label that proposes one spelling, or a choice of them; empty for none."""
    return f"did you mean {' or '.join(f'`{one}`' for one in spellings)}?" if spellings else ""


def phrases(*spoken: str) -> Phrases:
    """Return phrases in the form that `Scanner.words` takes; one that begins another stands behind it."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in spoken:
        words = tuple(phrase.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


class Scanner:
    """A text and how far it has been read.

    ``text`` has plain blanks and minus signs in place of their kin, ``low`` small letters too; both are as
    long as what was written, so that places are the same.
    """

    __slots__ = ("at", "low", "text")

    def __init__(self, text: str) -> None:
        if text.isascii():  # most are, and then this comes to the same in a fraction of the time
            self.text = text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
            self.low = self.text.lower()
        else:
            self.text = text.translate(_PLAIN)
            self.low = self.text.translate(_LOW)
        self.at = 0

    def blank(self) -> None:
        """Skip blanks."""
        at = self.at
        text = self.text
        while text[at : at + 1] == " ":
            at += 1
        self.at = at

    def done(self) -> bool:
        """Say whether only blanks are left."""
        self.blank()
        return self.at == len(self.text)

    def peek(self, pattern: Pattern[str]) -> Match[str] | None:
        """Return what ``pattern`` matches here in small letters, without going there."""
        return pattern.match(self.low, self.at)

    def peek_exact(self, pattern: Pattern[str]) -> Match[str] | None:
        """Return what ``pattern`` matches here as it is written, without going there."""
        return pattern.match(self.text, self.at)

    def take(self, pattern: Pattern[str]) -> Match[str] | None:
        """Return what ``pattern`` matches here in small letters, and go past it."""
        found = pattern.match(self.low, self.at)
        if found:
            self.at = found.end()
        return found

    def sign(self, *signs: str) -> str | None:
        """Go past the first of ``signs`` that stands here, and return it."""
        for sign in signs:
            if self.low.startswith(sign, self.at):
                self.at += len(sign)
                return sign
        return None

    def words(self, spoken: Phrases) -> str | None:
        """Go past the first of the phrases that stands here, and return its first word in small letters."""
        before = here = self.at
        low = self.low
        while low[here : here + 1] == " ":
            here += 1
        if not "a" <= low[here : here + 1] <= "z":
            return None  # asked ten times for each time that is read, and mostly of a digit
        first = _WORD.match(low, here)
        for phrase in spoken.get(first[0], ()) if first else ():
            self.at = here
            if all(self._word(word) for word in phrase):
                return phrase[0]
        self.at = before
        return None

    def _word(self, word: str) -> bool:
        self.blank()
        found = _WORD.match(self.low, self.at)
        if found is None or found[0] != word:
            return False
        self.at = found.end()
        return True

    def chunk(self) -> tuple[int, int]:
        """Return where the next run of text without blanks and commas lies.

        At the end of the text, and at a comma, it is the last or next code point that is no blank.
        """
        self.blank()
        found = _CHUNK.match(self.text, self.at)
        if found:
            return found.span()
        last = len(self.text.rstrip(BLANKS))
        start = min(self.at, max(0, last - 1))
        return start, min(start + 1, last)


def whole(text: str) -> tuple[int, int]:
    """Return the span of a text without the blanks around it."""
    stop = len(text.rstrip(BLANKS))
    return min(len(text) - len(text.lstrip(BLANKS)), stop), stop


def shorten(text: str, most: int = 40) -> str:
    """Return a text that fits into a message: on one line, and not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
