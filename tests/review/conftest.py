"""What the tests of the review share: logs of a few lines, judged and compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortem.flow import judge
from postmortem.review.changes import Comparison
from postmortem.review.compare import compare
from postmortem.review.side import Side

HEAD = """\
format: postmortem/1
title: Logins fail
date: 2026-03-01
timezone: UTC
status: resolved
sources: {pager: {title: The pager}, chat: {title: The chat}}
"""


def side_of(text: str, name: str = "log.yaml") -> Side:
    judged = judge(name, text.encode("utf-8"), None)
    return Side(judged.file, judged.incident, judged.metrics, judged.diagnostics, judged.line_of)


Compare = Callable[[str, str], Comparison]


@pytest.fixture
def compared() -> Compare:
    """Compare two texts of a log; one that begins with `timeline:` gets a head."""

    def of(old: str, new: str) -> Comparison:
        first, second = (HEAD + one if one.startswith("timeline:") else one for one in (old, new))
        return compare(side_of(first), side_of(second))

    return of
