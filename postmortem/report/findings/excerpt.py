"""Lines of a log with marks under the words that a finding speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.ground.terminal import clean
from postmortem.report.findings.paint import Paint, Tone
from postmortem.report.findings.shown import WIDEST, Shown, shown
from postmortem.report.terminal.columns import width

Show: TypeAlias = Callable[[str, int], Shown]
_LEAST = 40


class Mark(NamedTuple):
    """A stretch of a text with what is said under it."""

    span: Span
    label: str
    primary: bool = False


class Drawn(NamedTuple):
    """One drawn line: a line of the log (``number``), marks under it (``number`` 0), or a gap."""

    number: int
    body: str
    mark: Mark | None = None

    def text(self, width: int, paint: Paint, tone: Tone) -> str:
        """Return the line behind its gutter of ``width`` columns."""
        if self.body == "...":
            return paint.frame("...")
        gutter = paint.frame(f"{self.number or '':>{width}} |")
        if self.mark is None:
            return f"{gutter} {self.body}".rstrip()
        under = (tone if self.mark.primary else paint.frame)(self.body.lstrip(" "))
        return f"{gutter} {' ' * (len(self.body) - len(self.body.lstrip(' ')))}{under}"


def excerpt(
    source: SourceText, marks: Sequence[Mark], columns: int | None = None, *, ascii_only: bool = False
) -> tuple[Drawn, ...]:
    """Return the lines that ``marks`` stand in, each with its marks below it, ``...`` for what is left out.

    A mark that stands alone is shown with the line above it. With their numbers, lines take at most
    ``columns``; without a number, 120 of each are shown.
    """
    gutter = len(str(max(mark.span.line for mark in marks))) + len(" | ")
    widest = WIDEST if columns is None else max(_LEAST, columns - gutter - len("......"))
    room = None if columns is None else max(_LEAST, columns - gutter)
    show = partial(shown, widest=widest, ascii_only=ascii_only)
    drawn: list[Drawn] = []
    last = 0
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.span.line, []).append(mark)
    if len(by_line) == 1:
        last = _above(source, next(iter(by_line)), drawn, show)
    for number in sorted(by_line):
        if last and number > last + 1:
            drawn.append(Drawn(0, "..."))
        drawn.extend(_marked(source.line(number), number, by_line[number], show, room))
        last = number
    return tuple(drawn)


def _above(source: SourceText, number: int, drawn: list[Drawn], show: Show) -> int:
    above = source.line(number - 1)
    if not above[:WIDEST].strip():  # no more of it would be shown
        return 0
    drawn.append(Drawn(number - 1, show(above, 0).text))
    return number - 1


def _marked(line: str, number: int, marks: Iterable[Mark], show: Show, room: int | None) -> Iterable[Drawn]:
    every = sorted(marks, key=lambda mark: (mark.span.column, not mark.primary))
    first = next((mark for mark in every if mark.primary), every[0])
    window = show(line, first.span.column - 1)
    yield Drawn(number, window.text)
    for mark in every:
        for under in _under(mark, window, line, room):
            yield Drawn(0, under, mark)


def _under(mark: Mark, window: Shown, line: str, room: int | None) -> Iterable[str]:
    """Yield what stands under the words: the mark and its label, which goes below where it has no room."""
    start, end = window.columns(mark.span.column - 1, _end(mark.span, line))
    under = " " * start + ("^" if mark.primary else "-") * max(1, end - start)
    label = clean(mark.label, lines=False)
    beside = f"{under} {label}" if label else under
    if not label or room is None or width(beside) <= room:
        yield beside
        return
    yield under
    yield " " * max(0, min(start, room - width(label))) + label


def _end(span: Span, line: str) -> int:
    """Return where a mark ends on its first line, in code points from 0."""
    return span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
