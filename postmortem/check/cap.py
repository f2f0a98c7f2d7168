"""How much is told of one log, findings of a kind and places beside them: past that it is counted, unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from postmortem.ground.finding import Diagnostic, Finding
from postmortem.ground.record import replace

MOST_TOLD = 1_000
"""Findings of one code in one log that are told one by one; the last of them says how many more there are."""

MOST_PLACES = 10_000
"""Places beside the findings of one log that are told in full; past that a finding keeps its ends."""

_ENDS = 5
"""Places at either end of a long proof that are always told."""


def first_of_each(findings: Iterable[Finding]) -> tuple[list[Finding], dict[str, int]]:
    """Return the findings that are told, and for each code that has more of them how many more."""
    counts: Counter[str] = Counter()
    told = []
    places = 0
    for one in findings:
        counts[one.code] += 1
        if counts[one.code] <= MOST_TOLD:
            places += len(one.related)
            told.append(one if places <= MOST_PLACES else _shortened(one))
    return told, {code: count - MOST_TOLD for code, count in counts.items() if count > MOST_TOLD}


def _shortened(one: Finding) -> Finding:
    """Return a finding with the first and the last of the places beside it, and how many are left out."""
    left_out = len(one.related) - 2 * _ENDS
    if left_out <= 0:
        return one
    words = f"{one.message}; {left_out:,} of its {len(one.related):,} other places are left out here"
    return replace(one, message=words, related=one.related[:_ENDS] + one.related[-_ENDS:])


def with_counts(told: Iterable[Diagnostic], more: dict[str, int]) -> list[Diagnostic]:
    """Return diagnostics in their order, the last of each code with how many more of it there are."""
    said = list(told)
    for code, count in more.items():
        last = max(number for number, one in enumerate(said) if one.code == code)
        words = f"{said[last].message}; there are {count:,} more of this kind"
        said[last] = replace(said[last], message=words)
    return said
