"""Languages of reports: their fixed words (what a reader sees and no log says) and how they write numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from postmortem.ground.said import Said
from postmortem.ground.settings import LANGUAGES
from postmortem.report.languages.english import TABLE


@dataclass(frozen=True, slots=True)
class Language:
    """One language of a report: its table of fixed words and how it writes numbers.

    ``group`` parts thousands, ``point`` fractions; ``nouns`` tells that nouns keep their capital in a
    sentence.
    """

    code: str
    group: str
    point: str
    table: dict[str, str] = field(repr=False, hash=False)
    nouns: bool = False

    def say(self, key: str, /, **values: object) -> str:
        """Return the phrase of that key with its placeholders filled; a key without a row is a KeyError."""
        phrase = self.table[key]
        return phrase.format(**values) if values else phrase

    def inside(self, key: str, /) -> str:
        """Return the phrase of that key as it stands inside a sentence."""
        phrase = self.table[key]
        return phrase if self.nouns else phrase[:1].lower() + phrase[1:]

    def counted(self, key: str, count: int, /, **values: object) -> str:
        """Return the phrase of that key for so many things: its row `.one` where there is one thing."""
        if count == 1:
            return self.say(f"{key}.one", count="1", **values)
        return self.say(key, count=self.whole(count), **values)

    def whole(self, number: int) -> str:
        """Write a whole number with the language's mark between thousands."""
        return f"{number:,}".replace(",", self.group)

    def tell(self, text: str) -> str:
        """Return a text in this language if it is a phrase, and as it is if it is the author's own."""
        if not isinstance(text, Said) or text.key not in self.table:
            return text
        values = {name: self._value(value) for name, value in text.values.items()}
        return self.table[text.key].format_map(values)

    def _value(self, value: object) -> object:
        if isinstance(value, int):
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
