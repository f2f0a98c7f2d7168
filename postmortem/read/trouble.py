"""A parser's complaint beside the text it is about, with the questions one asks of such a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Span
from postmortem.ground.record import record

DOCUMENT_DUE = ("expected <document start>", "expected '<document start>'")
"""What either parser says where something stands behind the end of the log."""

_SHOWN = 40
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)
_KEY = re.compile(r" *+(?:- +)*+(?P<key>[^\[{\"'&*!-].*?):(?=[ \t]|$)[ \t]*")


@record
class Trouble:
    """What a parser says is wrong in ``body``: at ``index``, in something that began at ``began``.

    ``words`` are the parser's own, only to tell the kinds apart. ``last`` is where the last text that was
    read before it begins and ends, ``opened`` where the innermost bracket that is not yet closed stands.
    """

    body: str
    words: str
    index: int
    began: int
    last: tuple[int, int] | None
    opened: int | None = None

    @property
    def letter(self) -> str:
        """The character at the trouble, empty at the end of the text."""
        return self.body[self.index : self.index + 1]

    @property
    def before(self) -> str:
        """What stands before the trouble in its line."""
        return self.body[self.start_of_line(self.index) : self.index]

    def says(self, *phrases: str) -> bool:
        """Tell whether the parser's words hold one of these."""
        return any(phrase in self.words for phrase in phrases)

    def start_of_line(self, index: int) -> int:
        """Return where the line of ``index`` begins."""
        return self.body.rfind("\n", 0, index) + 1

    def rest(self, index: int) -> str:
        """Return the line from ``index`` on, without blanks at its end."""
        end = self.body.find("\n", index)
        return self.body[index : end if end >= 0 else len(self.body)].rstrip(" \t")

    def line(self, index: int) -> str:
        """Return the whole line in which ``index`` lies."""
        return self.rest(self.start_of_line(index))

    def number(self, index: int) -> int:
        """Return the number of the line of ``index``, from 1."""
        return self.body.count("\n", 0, index) + 1

    def lines_above(self, index: int) -> Iterator[int]:
        """Yield where the lines above that say something begin, the nearest first."""
        while said := len(self.body[: self.start_of_line(index)].rstrip(" \t\n")):
            index = self.start_of_line(said)
            yield index

    def span(self, index: int, width: int = 1) -> Span:
        """Return the span of ``width`` characters from ``index``, at least one and within its line."""
        line, column = self.number(index), index - self.start_of_line(index) + 1
        return Span(line, column, line, column + max(1, min(width, len(self.rest(index)))))

    def word(self, index: int) -> Span:
        """Return the span of the word at ``index``."""
        return self.span(index, len(self.rest(index).partition(" ")[0]))

    def end_of_quoted(self, index: int) -> int | None:
        """Return where the quoted text that opens at ``index`` ends, or None if it is not closed."""
        match = _QUOTED.match(self.body, index)
        return match.end() if match else None


Judge: TypeAlias = Callable[[Trouble], Finding | None]
"""Looks at a trouble, and returns a finding where it is of the kind that it knows."""


def wrong(
    at: Span,
    message: str,
    *,
    label: str = "",
    help: str = "",
    code: str = "PM101",
    related: tuple[Related, ...] = (),
) -> Finding:
    """Return a finding about YAML itself: `PM101` where no other code fits better."""
    return Finding(code, message, at, label, help, related)


def key_of(line: str) -> tuple[str, int] | None:
    """Return the key that a line begins with, if it does, and where its value begins."""
    match = _KEY.match(line)
    return (match["key"].rstrip(" \t"), match.end()) if match else None


def indent_of(line: str) -> int:
    """Return how many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


def shown(text: str) -> str:
    """Return a text of one line short enough to stand in a sentence."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def in_quotes(text: str) -> str:
    """Return a suggestion to put a text in quotes, or nothing where it is too long to be of help."""
    if len(text) > _SHOWN or '"' in text or "\\" in text:
        return ""
    return f'write `"{text}"`'
