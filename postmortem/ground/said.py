"""Said: an English text that knows its phrase, so that a report can say it in another language."""

from __future__ import annotations

from collections.abc import Mapping

COUNTING = ("count", "sourced", "all")
"""Placeholders that say how many things a phrase speaks of; the first that it has decides its form."""
FORMS = {0: ".none", 1: ".one"}
"""Rows for so many things stand under the key with that ending; `.none` only where a number would not do."""


def row(table: Mapping[str, str], key: str, values: Mapping[str, object]) -> str:
    """Return the row of that key for as many things as it counts: `KEY.none`, `KEY.one`, else `KEY`."""
    for name in COUNTING if values else ():
        if name in values:
            number = values[name]
            form = FORMS.get(number) if isinstance(number, int) else None
            return table.get(f"{key}{form}", table[key]) if form else table[key]
    return table[key]


class Said(str):
    """A phrase with its placeholders filled: as a text it is English; ``key`` and ``values`` say what of.

    Values may be such texts themselves.
    """

    __slots__ = ("key", "values")

    key: str
    values: Mapping[str, object]

    def __new__(cls, table: Mapping[str, str], key: str, values: Mapping[str, object]) -> Said:
        """Return the phrase of that key of the English table, filled with the values."""
        filled = {
            name: f"{value:,}" if isinstance(value, int) and name in COUNTING else value
            for name, value in values.items()
        }
        made = super().__new__(cls, row(table, key, values).format_map(filled))
        made.key = key
        made.values = values
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[Mapping[str, str], str, Mapping[str, object]]]:
        """Return what a copy is made of: the finished text as its own table."""
        whole = str(self).replace("{", "{{").replace("}", "}}")
        return Said, ({self.key: whole}, self.key, self.values)
