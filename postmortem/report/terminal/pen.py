"""The pen of terminal texts: safe words, ASCII where it must be, colour where it may be, lines that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem.ground.characters import has_right_to_left
from postmortem.ground.record import record
from postmortem.ground.terminal import clean
from postmortem.report.terminal.columns import to_ascii, width, wrapped

NARROWEST, WIDEST = 60, 200


@record
class Pen:
    """How one text is written: in how many columns, with ASCII only or not, with ANSI colours or not."""

    columns: int
    ascii_only: bool
    colour: bool

    def words(self, text: str) -> str:
        """Return any text on one line, safe for a terminal, in the characters that the place can show."""
        safe = clean(text.replace("\n", " "), lines=False)
        return to_ascii(safe) if self.ascii_only else safe

    def lines(self, text: str, columns: int | None = None, between: str = "\n") -> list[str]:
        """Return any text as safe lines that fit; words from right to left turn nothing around them.

        ``between`` is what stands between parts of the text that must not change places.
        """
        room = self.columns if columns is None else columns
        return [
            between.join(map(self.apart, line.split(between))) for line in wrapped(self.words(text), room)
        ]

    def apart(self, text: str) -> str:
        """Set a text apart from what stands beside it, where it holds words from right to left."""
        return f"\u2068{text}\u2069" if not self.ascii_only and has_right_to_left(text) else text

    def paint(self, text: str, code: str) -> str:
        """Colour a text that has its width already; blanks stay as they are."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text.strip() else text

    def strong(self, text: str) -> str:
        """Return a text in bold."""
        return self.paint(text, "1")

    def pale(self, text: str) -> str:
        """Return a text in a faint colour."""
        return self.paint(text, "2")

    def fitted(self, text: str, columns: int | None = None) -> list[str]:
        """Return a text as lines that fit; one that fits already keeps its blanks."""
        room = self.columns if columns is None else columns
        return [text] if width(text) <= room else wrapped(text, room)

    def kept_whole(self, parts: Sequence[str], between: str) -> Iterator[str]:
        """Fill lines with parts so that none is broken, unless it is longer than a line."""
        line = ""
        for part in parts:
            joined = f"{line}{between}{part}" if line else part
            if line and width(joined) > self.columns:
                yield from self.fitted(line)
                joined = part
            line = joined
        yield from self.fitted(line)


def pen_of(columns: int, *, ascii_only: bool, colour: bool) -> Pen:
    """Return a pen for so many columns, within 60 to 200."""
    return Pen(min(max(columns, NARROWEST), WIDEST), ascii_only, colour)
