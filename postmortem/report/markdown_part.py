"""A titled part of the Markdown report."""

from __future__ import annotations

from dataclasses import dataclass

from postmortem.report.markdown_text import Safe


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it."""

    title: Safe
    text: Safe
