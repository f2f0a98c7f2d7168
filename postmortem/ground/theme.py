"""A theme: what an organisation sets once for the look of its reports, as values that are checked already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.record import record

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = (
    "disagree",
    "account",
    "timeline",
    "metrics",
    "factors",
    "actions",
    "perspectives",
    "questions",
    "lessons",
    "evidence",
    "links",
)
"""The sections of a report below its summary, in their usual order."""
START = "summary"
"""What stands first in every report: nothing can be put before it."""


@record
class Block:
    """A text of the organisation's own: a heading and Markdown, after the section ``after``."""

    title: str
    text: str
    after: str


@record
class Theme:
    """How reports look: ``accent`` and ``accent_dark`` are colours `#rrggbb`, ``logo`` is a picture's file.

    ``sections`` is the whole order; ``footer`` and the blocks' texts are Markdown, as safe as a log's own.
    """

    name: str | None = None
    logo: Path | None = None
    accent: str | None = None
    accent_dark: str | None = None
    footer: str | None = None
    sections: tuple[str, ...] = SECTIONS
    blocks: tuple[Block, ...] = ()


PLAIN = Theme()
"""The theme of those who set none."""
