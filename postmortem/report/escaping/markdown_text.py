"""Escaping for Markdown by context, so that an author's text stays text wherever the page puts it."""

from __future__ import annotations

import re
from functools import lru_cache

from postmortem.ground.urls import followed

ZERO_WIDTH = "\u200b"
_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029 ]+")
_SIGNS = str.maketrans({char: f"\\{char}" for char in "\\`*[]|~$"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_COLON = re.compile(r":(?=//|[0-9_]*[a-z+-][a-z0-9_+-]*:)")
_WWW = re.compile(r"(?i)\b(www)\.")
_SIGIL = re.compile(r"([@#](?=\w)|!(?=\d))")
_REFERENCE = re.compile(r"&(?=#|\w+;)")
_ISSUE = re.compile(r"(?i)\b(GH)-(?=\d)")
_IN_A_LINK = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\(.)", re.DOTALL)
"""What a link's text is made of beside plain signs: code as it stands, and signs behind a backslash."""
_BRACKETS = {"[": "&#91;", "]": "&#93;"}
_BLOCK_START = re.compile(r"^(?:[#+=-]|:(?=-)|\d{1,9}(?=[.)](?:\s|$)))")
# Text in which none of these stands is what it will be: most texts are, and need no further look.
_TO_ESCAPE = re.compile(
    r"[\\`*\[\]|~$&<>_@#!\x00-\x1f\x7f-\xa0\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
    r"|:[0-9]*[a-z/+-]|^[ +=-]|^\d+[.)]|  | $|[wW]\.|[hH]-"
)
_MOST_KEPT = 1024
"""Texts whose escaped form is kept: a report says the same times and links the same sources many times."""


class Safe(str):
    """Text that has passed an escaper and may stand in Markdown as it is."""

    __slots__ = ()


def inline(text: str) -> Safe:
    """Escape plain text for one line of Markdown: no markup, no mention, no reference, no line end."""
    if not _TO_ESCAPE.search(text):
        return Safe(text)
    line = _BREAKS.sub(" ", _GONE.sub("", text)).strip()
    line = _SIGIL.sub(r"\1" + ZERO_WIDTH, line)
    line = _ISSUE.sub(r"\1" + ZERO_WIDTH + "-", line)
    line = _COLON.sub(r"\:", line.translate(_SIGNS))
    line = _UNDERSCORE.sub(r"\_", line) if "_" in line else line
    line = _WWW.sub(r"\1\.", line)
    return Safe(_BLOCK_START.sub(_quoted_start, line))


def _quoted_start(match: re.Match[str]) -> str:
    start = match[0]
    return f"{start}\\" if start.isdigit() else f"\\{start}"


@lru_cache(maxsize=_MOST_KEPT)
def firm(text: str) -> Safe:
    """Keep worded times and amounts on one line: blanks become no-break spaces, dashes do not break."""
    return Safe(inline(text).replace(" ", "&nbsp;").replace("–", "\u2060–\u2060"))


def code(text: str) -> Safe:
    """Show text as a code span, as it stands. A `|` cannot be had in one inside a table: then plain text."""
    line = _BREAKS.sub(" ", _GONE.sub("", text)).strip()
    if not line or "|" in line:
        return inline(line)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return Safe(f"{fence}{pad}{line}{pad}{fence}")


@lru_cache(maxsize=_MOST_KEPT)
def safe_url(url: str) -> str | None:
    """Return an address that a reader may follow, percent-encoded for Markdown; None for any other.

    Allowed are http and https with a host and without a user, mailto, `#` and relative addresses.
    """
    return followed(url.strip())


def link(text: Safe, url: str | None) -> Safe:
    """Link text that is escaped already; the text alone where the address is none to follow."""
    target = safe_url(url) if url is not None else None
    if target is None:
        return text
    # An address is meant as it stands, and a renderer would read `&lt;` in it as a `<`.
    return Safe(f"[{_within_a_link(text)}]({_REFERENCE.sub('&amp;', target)})")


def _within_a_link(text: Safe) -> str:
    """Write escaped brackets by number: some readers take backslashes off first, and see a picture then."""
    return _IN_A_LINK.sub(lambda found: _BRACKETS.get(found[2], found[0]), text) if "\\" in text else text


def anchor(id: str) -> Safe:
    """Return an empty anchor to link to; ids are slugs, anything else in them is dropped."""
    return Safe(f'<a id="{fragment(id)}"></a>')


def fragment(id: str) -> str:
    """Return an id as a fragment of an address: letters, digits, `-` and `_`."""
    return re.sub(r"[^A-Za-z0-9_]", "-", id)


def joined(parts: list[Safe] | tuple[Safe, ...], between: str = ", ") -> Safe:
    """Join escaped texts with a separator of our own."""
    return Safe(between.join(parts))
