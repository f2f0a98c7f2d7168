"""A cursor over one scalar: what the notations of times and durations are read with."""

from __future__ import annotations

import re
from re import Match, Pattern

from postmortem.model.stated import Fault

BLANKS = " \t\n\r\u00a0\u2009\u202f"
LONGEST = 400
"""Code points of a time, duration or quantity: longer is no notation, and is refused before it is read."""

_CHUNK = re.compile(f"[^{BLANKS},]+")


class Misfit(Exception):
    """Why a text does not fit its notation; caught where the reading began, never seen outside."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def misfit(code: str, message: str, span: tuple[int, int], label: str = "", help: str = "") -> Misfit:
    """Return the misfit that says ``message`` of the code points of ``span``."""
    return Misfit(Fault(code, message, *span, label, help))


def proposal(*spellings: str) -> str:
    """Return the label that proposes one spelling, or a choice of them; empty for none."""
    return f"did you mean {' or '.join(f'`{one}`' for one in spellings)}?" if spellings else ""


def phrases(*spoken: str) -> Pattern[str]:
    """Return what matches any of the phrases, however spaced and cased, with the blanks before it."""
    choice = "|".join(phrase.replace(" ", f"[{BLANKS}]+") for phrase in spoken)
    return re.compile(rf"[{BLANKS}]*({choice})(?![A-Za-z0-9_-])", re.ASCII | re.IGNORECASE)


class Scanner:
    """A text and how far it has been read."""

    __slots__ = ("at", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def blank(self) -> bool:
        """Skip blanks, and say whether there were any."""
        before, text = self.at, self.text
        while self.at < len(text) and text[self.at] in BLANKS:
            self.at += 1
        return self.at > before

    def done(self) -> bool:
        """Say whether only blanks are left."""
        self.blank()
        return self.at == len(self.text)

    def peek(self, pattern: Pattern[str]) -> Match[str] | None:
        """Return what ``pattern`` matches here, without going there."""
        return pattern.match(self.text, self.at)

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

    def words(self, spoken: Pattern[str]) -> str | None:
        """Go past the phrase of a `phrases` that stands here, and return it in lower case."""
        found = spoken.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        return " ".join(found[1].lower().split())

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
