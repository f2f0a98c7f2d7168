"""Small turns of phrase that all findings about a log share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

_LONGEST_QUOTE = 60
_MOST_LISTED = 24


def quoted(text: str) -> str:
    """Return an author's text in backticks, shortened where it is long."""
    short = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 3] + "..."
    return f"`{short}`"


def listing(words: Iterable[str]) -> str:
    """Return words side by side, with commas."""
    return ", ".join(words)


def shortlist(words: Collection[str]) -> str:
    """Return words side by side, as many as one line holds, with how many more there are."""
    more = len(words) - _MOST_LISTED
    return listing(islice(words, _MOST_LISTED)) + (f" and {more} more" if more > 0 else "")


def did_you_mean(near: str | None) -> str:
    """Return the label that suggests ``near``, or none."""
    return f"did you mean `{near}`?" if near else ""
