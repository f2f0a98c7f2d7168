"""PM224: the log names a format that is known."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.check.words import quoted
from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot

FORMAT = "postmortem/1"


def known(facts: Facts) -> Iterator[Finding]:
    """Find a `format` that is not this one."""
    if facts.incident.format != FORMAT:
        yield Finding(
            "PM224",
            f"{quoted(facts.incident.format)} is not a format that is known here",
            Spot(("format",)),
            label=f"write `{FORMAT}`",
            help="a log of a later format needs a later postmortem",
        )
