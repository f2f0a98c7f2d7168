"""Texts as those see them who read the page: entities named, escapes, marks and signs unseen gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from postmortem.check.personal import Trace
    from postmortem.check.secrets import Secret

Found = TypeVar("Found", "Secret", "Trace")

_SIGNS = "&\\*~`"
# What shows as nothing, and comes along when text is copied: soft hyphens, joiners, blanks of no width,
# selectors, tags, and the signs that turn the direction of text.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[*~`]")


def as_read(text: str) -> str:
    """Return what a reader of Markdown sees of a text, roughly: `a\\@**b**&period;net` as an address."""
    if any(sign in text for sign in _SIGNS):
        if "&" in text:
            from html import unescape

            text = unescape(text)
        text = _MARKS.sub("", text)
    return text if text.isascii() else _UNSEEN.sub("", text)


def looked_through(text: str, look: Callable[[str], Iterable[Found]]) -> Iterator[tuple[Found, str, bool]]:
    """Yield what is found in a text, the words that it is, and whether they are written so.

    What only its readers see comes last: it stands nowhere in the text as it is written.
    """
    for one in look(text):
        yield one, text[one.start : one.end], True
    seen = as_read(text)
    if seen != text:
        for one in look(seen):
            if (words := seen[one.start : one.end]) not in text:
                yield one, words, False
