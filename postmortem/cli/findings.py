"""Findings of judged logs in the form asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from postmortem.cli.console import wants_ascii, wants_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.flow import Judged


def worded(
    judged: Sequence[Judged], format_: str, color: str, *, to_file: bool, messages: bool = False
) -> str:
    """Return the findings of all logs as text; ``messages``: for standard error, beside a report."""
    raise NotImplementedError
