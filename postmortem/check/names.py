"""Names in texts: thousands over thousands of texts, each text held only against those it may hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
"""A word of a name or a text; `_` parts words, for `_Larsen_` is Larsen in italics."""


class Names:
    """Some names, to be found in texts; where two begin at one place, the one that was given first counts."""

    def __init__(self, names: Iterable[str]) -> None:
        words = {name: _WORD.findall(name) for name in names if name}
        often = Counter(word for found in words.values() for word in set(found))
        self._places = {name: number for number, name in enumerate(words)}
        self._wordless = [name for name, found in words.items() if not found]
        # A name is looked for where its rarest word stands: people may all be called Ann.
        self._by_word: dict[str, list[str]] = {}
        for name, found in words.items():
            if found:
                self._by_word.setdefault(min(found, key=lambda word: (often[word], word)), []).append(name)

    def in_text(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where a text holds one of the names as a whole, with any white space between its words."""
        known = self._by_word
        found = [name for word in set(_WORD.findall(text)) for name in known.get(word, ())]
        found += self._wordless
        if found:
            yield from _pattern(tuple(sorted(found, key=self._places.__getitem__))).finditer(text)


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    spelled = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<![^\W_])(?:{spelled})(?![^\W_])")
