"""The text of one file, by lines, as findings point into it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class SourceText:
    """A file's name as the user gave it, and its text without a byte order mark.

    Lines end at LF, CR LF or CR, and at nothing else, so that a line means the same to all.
    """

    file: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """All lines without their ends; a text that ends with a line end has an empty line after it."""
        return tuple(self.unified.split("\n"))

    @cached_property
    def unified(self) -> str:
        """The text with every line end as LF: lines and columns are those of the file."""
        if "\r" not in self.text:
            return self.text
        return self.text.replace("\r\n", "\n").replace("\r", "\n")

    def line(self, n: int) -> str:
        """Return line ``n``, from 1, without its end; empty where the text has no such line."""
        return self.lines[n - 1] if 0 < n <= len(self.lines) else ""
