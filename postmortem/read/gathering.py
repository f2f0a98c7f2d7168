"""Findings as they are gathered while a text is read: each kind up to a cap, the rest counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import ParamSpec

from postmortem.ground.finding import Finding
from postmortem.ground.record import replace

P = ParamSpec("P")

CAP = 100
"""Findings of one code that are told one by one; the last of them says how many more there are."""


class Gathered:
    """The findings of one reading, in the order they came."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(self, finding: Finding) -> None:
        """Keep a finding, or only count it where its kind has reached the cap."""
        self.make(finding.code, lambda: finding)

    def make(self, code: str, maker: Callable[P, Finding], *args: P.args, **kwargs: P.kwargs) -> None:
        """Keep the finding that ``maker`` makes; past the cap it is counted and not even made."""
        if not self.is_full(code):
            self._findings.append(maker(*args, **kwargs))
        self.count(code, 1)

    def count(self, code: str, more: int) -> None:
        """Count ``more`` findings of a kind without making them."""
        self._counts[code] += more

    def is_full(self, code: str) -> bool:
        """Tell whether further findings of this kind would only be counted."""
        return self._counts[code] >= CAP

    def all(self) -> tuple[Finding, ...]:
        """Return the findings kept; the last of a kind that had more says how many more there are."""
        findings = list(self._findings)
        for code, count in self._counts.items():
            if count > CAP:
                last = max(index for index, one in enumerate(findings) if one.code == code)
                more = f"{findings[last].message}; there are {count - CAP:,} more of this kind"
                findings[last] = replace(findings[last], message=more)
        return tuple(findings)
