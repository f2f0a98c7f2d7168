"""Said: an English text that knows its phrase, so that a report can say it in another language."""

from __future__ import annotations

from collections.abc import Mapping


class Said(str):
    """A phrase with its placeholders filled: as a text it is English; ``key`` and ``values`` say what of.

    Values may be such texts themselves.
    """

    __slots__ = ("key", "values")

    key: str
    values: Mapping[str, object]

    def __new__(cls, table: Mapping[str, str], key: str, values: Mapping[str, object]) -> Said:
        """Return the phrase of that key of the English table, filled with the values."""
        made = super().__new__(cls, table[key].format_map(values))
        made.key = key
        made.values = values
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[Mapping[str, str], str, Mapping[str, object]]]:
        """Return what a copy is made of: the finished text as its own table."""
        whole = str(self).replace("{", "{{").replace("}", "}}")
        return Said, ({self.key: whole}, self.key, self.values)
