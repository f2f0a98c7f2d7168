"""How many findings of one kind are told of a log: past that they are counted, and nobody would read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from postmortem.ground.finding import Diagnostic, Finding
from postmortem.ground.record import replace

MOST_TOLD = 1_000
"""Findings of one code in one log that are told one by one; the last of them says how many more there are."""


def first_of_each(findings: Iterable[Finding]) -> tuple[list[Finding], dict[str, int]]:
    """Return the findings that are told, and for each code that has more of them how many more."""
    counts: Counter[str] = Counter()
    told = []
    for one in findings:
        counts[one.code] += 1
        if counts[one.code] <= MOST_TOLD:
            told.append(one)
    return told, {code: count - MOST_TOLD for code, count in counts.items() if count > MOST_TOLD}


def with_counts(told: Iterable[Diagnostic], more: dict[str, int]) -> list[Diagnostic]:
    """Return diagnostics in their order, the last of each code with how many more of it there are."""
    said = list(told)
    for code, count in more.items():
        last = max(number for number, one in enumerate(said) if one.code == code)
        words = f"{said[last].message}; there are {count:,} more of this kind"
        said[last] = replace(said[last], message=words)
    return said
