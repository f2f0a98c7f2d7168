"""Places inside a scalar: from code points of its text to lines and columns of what is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from postmortem.ground.characters import is_forbidden
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.read.escapes import ESCAPE, meaning
from postmortem.read.nodes import Scalar

_LONGEST = 100_000
_WHITE = " \t\n"
_BREAK = re.compile("\n")
_MARK = re.compile("''|.", re.DOTALL)


class _Piece(NamedTuple):
    """What one code point of the text is written as: ``start`` to ``end`` of the raw text."""

    character: str
    start: int
    end: int


class Written:
    """How a scalar stands in its source; made once for all the places that are sought in it."""

    def __init__(self, scalar: Scalar, source: SourceText) -> None:
        self._scalar = scalar
        self._raw = _raw(scalar.span, source)
        self._starts = [0, *(found.end() for found in _BREAK.finditer(self._raw))]
        self._pieces: list[_Piece] | None = None
        self._as_it_is = self._raw == scalar.text
        if not self._as_it_is and scalar.text and len(self._raw) <= _LONGEST:
            written = _pieces(self._raw, scalar.style)
            allowed = [piece for piece in written if not is_forbidden(piece.character)]
            self._pieces = _matched(scalar.text, written) or _matched(scalar.text, allowed)

    def part(self, start: int | None, end: int | None) -> Span:
        """Return where code points ``start`` to ``end`` (exclusive) of the scalar's text are written.

        Exact for all that is no white space, in every style; white space that was folded has the place of
        the line end it stands for. The whole scalar where the text cannot be matched with what is written.
        """
        length = len(self._scalar.text)
        first = min(max(start or 0, 0), length)
        last = min(max(length if end is None else end, first), length)
        if self._as_it_is:
            return self._span(first, last)
        pieces = self._pieces
        if pieces is None:
            return self._scalar.span
        begin = pieces[first].start if first < length else pieces[-1].end
        stop = pieces[last - 1].end if last > first else begin
        return self._span(begin, stop)

    def _span(self, begin: int, stop: int) -> Span:
        line, column = self._moved(begin)
        end_line, end_column = self._moved(stop)
        if (line, column) == (end_line, end_column):
            end_column += 1
        return Span(line, column, end_line, end_column)

    def _moved(self, index: int) -> tuple[int, int]:
        breaks = bisect_right(self._starts, index) - 1
        span = self._scalar.span
        return span.line + breaks, index - self._starts[breaks] + (1 if breaks else span.column)


def _raw(span: Span, source: SourceText) -> str:
    lines = [source.line(number) for number in range(span.line, span.end_line + 1)]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def _pieces(raw: str, style: str) -> list[_Piece]:
    """Return the code points that a scalar is written with, without its opening quote or its header."""
    if style == "plain":
        return [_Piece(letter, index, index + 1) for index, letter in enumerate(raw)]
    if style == "single":
        return _single(raw)
    if style == "double":
        return _double(raw)
    body = raw.find("\n") + 1
    return [_Piece(raw[index], index, index + 1) for index in range(body, len(raw))]


def _single(raw: str) -> list[_Piece]:
    return [_Piece(found[0][0], *found.span()) for found in _MARK.finditer(raw, 1)]


def _double(raw: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    index = 1
    while index < len(raw):
        escape = ESCAPE.match(raw, index)
        if escape is None:
            pieces.append(_Piece(raw[index], index, index + 1))
            index += 1
            continue
        pieces.extend(_Piece(letter, index, escape.end()) for letter in meaning(escape))
        index = escape.end()
    return pieces


def _matched(text: str, pieces: list[_Piece]) -> list[_Piece] | None:
    """Return for each code point of ``text`` the piece it is written as, or None where they do not match.

    Folding only adds and takes white space, so that all else stands in both in the same order; between two
    such marks white space is matched one to one where there is as much of it, else with all that is there.
    """
    matched: list[_Piece] = []
    at = 0
    index = 0
    while True:
        stop = index
        while stop < len(text) and text[stop] in _WHITE:
            stop += 1
        blank = at
        while at < len(pieces) and pieces[at].character in _WHITE:
            at += 1
        gap = pieces[blank:at]
        matched.extend(_blanks(text[index:stop], gap, matched))
        if stop == len(text):
            return matched
        if at == len(pieces) or pieces[at].character != text[stop]:
            return None
        matched.append(pieces[at])
        at += 1
        index = stop + 1


def _blanks(text: str, gap: list[_Piece], before: list[_Piece]) -> list[_Piece]:
    """Return the pieces that a run of white space is written as, or all of ``gap`` for each code point."""
    if len(gap) == len(text):
        return gap
    breaks = text.rstrip(" \t")
    tail = len(text) - len(breaks)
    written_breaks = [piece for piece in gap if piece.character == "\n"]
    if breaks and breaks == "\n" * len(written_breaks):
        return written_breaks + gap[len(gap) - tail :]
    start = gap[0].start if gap else (before[-1].end if before else 0)
    end = gap[-1].end if gap else start
    return [_Piece(letter, start, end) for letter in text]
