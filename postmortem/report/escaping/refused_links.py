"""Links in a Markdown text that nobody should follow, for those who may still change the text."""

from __future__ import annotations

import re

from postmortem.ground.urls import refused

# Where an address may begin, and what may be of it: more than the parser takes, so that none is missed.
_ADDRESS = re.compile(r"(?:\]\(|\]:|<)(?=\s*<?([^\s<>]*))")


def refused_links(text: str) -> tuple[str, ...]:
    """Return the addresses of links and images in a Markdown text that reports do not link to, in order."""
    written: list[str] = _ADDRESS.findall(text)
    if not any(refused(one) or "&" in one or "\\" in one for one in written):
        return ()  # all are fine as they are written: the parser would cost a start of the program
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
