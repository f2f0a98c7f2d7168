"""What a public version says of what it leaves out: how much, and nothing else."""

from __future__ import annotations

from postmortem.report.facts.facts import Facts


def withheld_words(facts: Facts) -> str:
    """Say how many entries are not public; '' where nothing was left out."""
    if not facts.withheld:
        return ""
    return facts.clock.language.say("public.withheld", count=facts.withheld)
