"""PM227: a text is short enough to be read and shown."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.check.walk import texts_of
from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot

LONGEST_TEXT = 64 * 1024
"""Bytes of UTF-8."""


def not_too_long(facts: Facts) -> Iterator[Finding]:
    """Find texts of more than 64 KB."""
    for route, text in texts_of(facts.incident):
        if len(text) * 4 > LONGEST_TEXT and len(text.encode("utf-8", "surrogatepass")) > LONGEST_TEXT:
            size = len(text.encode("utf-8", "surrogatepass")) // 1024
            yield Finding(
                "PM227",
                f"{facts.name(route)} is {size} KB long, and a text holds at most {LONGEST_TEXT // 1024}",
                Spot(route, start=0, end=1),
                help="put long material beside the log and link to it",
            )
