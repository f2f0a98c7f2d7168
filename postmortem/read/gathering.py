"""Findings as they are gathered while a text is read: each kind up to a cap, the rest counted."""

from __future__ import annotations

from dataclasses import replace

from postmortem.ground.finding import Finding

CAP = 100
"""Findings of one code that are told one by one; a file with more of a kind is told how many more."""


class Gathered:
    """The findings of one reading, in the order they came."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._counts: dict[str, int] = {}

    def add(self, finding: Finding) -> None:
        """Keep a finding, or only count it where its kind has reached the cap."""
        count = self.counted(finding.code) + 1
        self._counts[finding.code] = count
        if count <= CAP:
            self._findings.append(finding)

    def count(self, code: str, more: int) -> None:
        """Count ``more`` findings of a kind without making them."""
        self._counts[code] = self.counted(code) + more

    def counted(self, code: str) -> int:
        """Return how many findings of a kind there have been so far."""
        return self._counts.get(code, 0)

    def is_full(self, code: str) -> bool:
        """Tell whether further findings of this kind would only be counted."""
        return self.counted(code) >= CAP

    def all(self) -> tuple[Finding, ...]:
        """Return the findings kept; the last of a kind that had more says how many more there are."""
        findings = list(self._findings)
        for code, count in self._counts.items():
            if count > CAP:
                last = max(index for index, one in enumerate(findings) if one.code == code)
                more = f"{findings[last].message}; there are {count - CAP:,} more of this kind"
                findings[last] = replace(findings[last], message=more)
        return tuple(findings)
