"""What someone may have meant who wrote what does not fit: the nearest spelling that does.

A spelling is proposed only where it was read again, in its place, and fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from re import Match
from typing import NamedTuple, TypeAlias

from postmortem.model.scanner import Misfit, proposal, shorten
from postmortem.model.stated import Fault

Rewrite: TypeAlias = Callable[[Match[str]], tuple[str, ...]]

_MOST_PLACES = 4
"""How often one habit is looked for in a text: enough for a person's text, and a bound on the work."""


class Habit(NamedTuple):
    """One way people write that is not the notation: how to find it, why it does not fit, what may be meant.

    In ``message``, ``{said}`` is what was written.
    """

    pattern: str
    message: str
    rewrite: Rewrite
    help: str
    code: str


def habit(pattern: str, message: str, rewrite: Rewrite | str, help: str = "", code: str = "PM205") -> Habit:
    r"""Return a row of a table; a text as ``rewrite`` is a template in which `\1` is the first group."""
    if isinstance(rewrite, str):
        template = rewrite
        return Habit(pattern, message, lambda found: (found.expand(template),), help, code)
    return Habit(pattern, message, rewrite, help, code)


def nearest_fit(text: str, fault: Fault, habits: tuple[Habit, ...], read: Callable[[str], object]) -> Fault:
    """Return ``fault``, or a better one where a habit explains the text: its span is what to write otherwise.

    ``read`` raises a misfit for a text that does not fit.
    """
    for row in habits:
        for found in islice(re.finditer(row.pattern, text, re.ASCII | re.IGNORECASE), _MOST_PLACES):
            if spellings := tuple(_fitting(text, found, row, read)):
                return _explained(found, row, spellings)
    return fault


def _fitting(text: str, found: Match[str], row: Habit, read: Callable[[str], object]) -> Iterator[str]:
    for spelling in row.rewrite(found):
        try:
            read(text[: found.start()] + spelling + text[found.end() :])
        except Misfit:
            continue
        yield spelling


def _explained(found: Match[str], row: Habit, spellings: tuple[str, ...]) -> Fault:
    said = found[0].strip()
    start = found.start() + found[0].index(said)
    message = row.message.replace("{said}", f"`{shorten(said)}`")
    meant = tuple(spelling.strip() for spelling in spellings)
    label = proposal(*meant) if all(meant) else "leave it out"
    return Fault(row.code, message, start, start + len(said), label, row.help)
