"""PM227: a text is short enough to be read and shown."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot

LONGEST_TEXT = 64 * 1024
"""Bytes of UTF-8."""


def not_too_long(facts: Facts) -> Iterator[Finding]:
    """Find texts of more than 64 KB."""
    for route, leaf in facts.leaves:
        text = leaf if isinstance(leaf, str) else leaf.text
        # No code point is more than four bytes long.
        size = len(text.encode("utf-8", "surrogatepass")) if len(text) * 4 > LONGEST_TEXT else 0
        if size > LONGEST_TEXT:
            yield Finding(
                "PM227",
                f"{facts.name(route)} is {size // 1024} KB long, and a text holds 64 at most",
                Spot(route, start=0, end=1),
                help="put long material beside the log and link to it",
            )
