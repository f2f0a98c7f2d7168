"""The text of one file, by lines, as findings point into it."""

from __future__ import annotations


class SourceText:
    """A file's name as the user gave it, and its text without a byte order mark.

    Lines end at LF, CR LF or CR, and at nothing else, so that a line means the same to all. Two are equal
    where name and text are. Neither changes; the lines are split when they are first asked for.
    """

    __slots__ = ("_file", "_lines", "_text")

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._lines: tuple[str, ...] | None = None

    @property
    def file(self) -> str:
        """The name that messages speak of it by."""
        return self._file

    @property
    def text(self) -> str:
        """All of the text, with the line ends that the file has."""
        return self._text

    @property
    def unified(self) -> str:
        """The text with every line end as LF: lines and columns are those of the file."""
        if "\r" not in self._text:
            return self._text
        return self._text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines without their ends; a text that ends with a line end has an empty line after it."""
        if self._lines is None:
            self._lines = tuple(self.unified.split("\n"))
        return self._lines

    def line(self, n: int) -> str:
        """Return line ``n``, from 1, without its end; empty where the text has no such line."""
        return self.lines[n - 1] if 0 < n <= len(self.lines) else ""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SourceText):
            return NotImplemented
        return (self._file, self._text) == (other._file, other._text)

    def __hash__(self) -> int:
        return hash((self._file, self._text))

    def __repr__(self) -> str:
        return f"SourceText({self._file!r}, {self._text!r})"
