"""A titled part of the Markdown report."""

from __future__ import annotations

from postmortem.ground.record import record
from postmortem.report.escaping.markdown_text import Safe


@record
class Part:
    """A heading and what stands under it."""

    title: Safe
    text: Safe
