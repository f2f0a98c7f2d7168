"""Links in a Markdown text that nobody should follow, for those who may still change the text."""

from __future__ import annotations

import re

from postmortem.ground.urls import refused

# Where an address may begin, and all that may be of it.
_ADDRESS = re.compile(r"(?:\]\(|\]:|<)(?=\s*(\S*))")
# What the parser takes of such a one is fine as well: it may end at any bracket.
_FINE = re.compile(r"https?://[a-z0-9.-]+(?:[/?#)>][^&]*)?|[^:&<]*", re.IGNORECASE)


def refused_links(text: str) -> tuple[str, ...]:
    """Return the addresses of links and images in a Markdown text that reports do not link to, in order."""
    written: list[str] = _ADDRESS.findall(text)
    if all(_FINE.fullmatch(one) and not refused(one) for one in written):
        return ()  # the parser would cost a start of the program
    from markdown_it import MarkdownIt

    found: list[str] = []

    def kept(address: str) -> bool:
        if refused(address):
            found.append(address)
        return True

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = kept  # type: ignore[method-assign,assignment]
    parser.parse(text)
    return tuple(dict.fromkeys(found))
