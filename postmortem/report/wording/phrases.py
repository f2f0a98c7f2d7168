"""Languages of reports: their fixed words (what a reader sees and no log says) and how they write numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from postmortem.ground.record import record
from postmortem.ground.said import COUNTING, Said, row
from postmortem.ground.settings import LANGUAGES
from postmortem.report.languages.english import TABLE


@record
class Language:
    """One language of a report: its table of fixed words and how it writes numbers.

    ``group`` parts thousands, ``point`` fractions; ``nouns`` tells that nouns keep their capital in a
    sentence.
    """

    code: str
    group: str
    point: str
    table: dict[str, str]
    nouns: bool = False

    def __hash__(self) -> int:
        """Return the same for the same code: the table is none of it."""
        return hash(self.code)

    def say(self, key: str, /, **values: object) -> str:
        """Return the phrase of that key with its placeholders filled; a key without a row is a KeyError.

        Where it counts things, its row is the one for their number: `KEY.none`, `KEY.one`, else `KEY`.
        """
        phrase = row(self.table, key, values)
        return phrase.format_map(self._filled(values)) if values else phrase

    def inside(self, key: str, /) -> str:
        """Return the phrase of that key as it stands inside a sentence."""
        phrase = self.table[key]
        return phrase if self.nouns else phrase[:1].lower() + phrase[1:]

    def whole(self, number: int) -> str:
        """Write a whole number with the language's mark between thousands."""
        return f"{number:,}".replace(",", self.group)

    def tell(self, text: str) -> str:
        """Return a text in this language if it is a phrase, and as it is if it is the author's own."""
        if not isinstance(text, Said) or text.key not in self.table:
            return text
        return row(self.table, text.key, text.values).format_map(self._filled(text.values))

    def _filled(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self._value(name, value) for name, value in values.items()}

    def _value(self, name: str, value: object) -> object:
        if isinstance(value, int) and name in COUNTING:
            return self.whole(value)
        return self.tell(value) if isinstance(value, str) else value


ENGLISH = Language("en", ",", ".", TABLE)


@cache
def language_of(code: str) -> Language:
    """Return the language of that code, one of `LANGUAGES`."""
    name = LANGUAGES[code]
    if name == "english":
        return ENGLISH
    found = import_module(f"postmortem.report.languages.{name}").LANGUAGE
    assert isinstance(found, Language)
    return found
