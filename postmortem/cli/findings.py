"""Findings of judged logs in the form asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from postmortem.cli.console import at_terminal, wants_ascii, wants_colour, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.flow import Judged
    from postmortem.report.facts.facts import Facts


def say_withheld(several: Sequence[Facts]) -> None:
    """Say on standard error how much is not public, for a form that has no room for it."""
    from postmortem.cli.console import say
    from postmortem.report.wording.withheld import withheld_words

    for facts in several:
        if words := withheld_words(facts):
            say(f"{facts.name}: {words}" if len(several) > 1 else words)


def worded(
    judged: Sequence[Judged], format_: str, color: str, *, to_file: bool, messages: bool = False
) -> str:
    """Return the findings of all logs as text; ``messages``: for standard error, beside a report."""
    from postmortem.report.findings.examined import Examined
    from postmortem.report.findings.forms import findings_as

    files = [
        Examined(
            each.file,
            each.excerpts,
            each.diagnostics,
            events=len(each.incident.timeline) if each.incident else 0,
            sources=len(each.incident.sources) if each.incident else 0,
            ignored=each.ignored,
        )
        for each in judged
    ]
    stream = sys.stderr if messages else sys.stdout
    return findings_as(
        format_,
        files,
        colour=not to_file and wants_colour(color, stream),
        columns=width_of(stream) if not to_file and at_terminal(stream) else None,
        ascii_only=not to_file and wants_ascii(stream),
    )
