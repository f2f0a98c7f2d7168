"""Syntax errors in plain words: what stands there, and what would be right."""

from __future__ import annotations

from postmortem.ground.finding import Finding
from postmortem.ground.place import Span


def explain(body: str, error: Exception) -> Finding:
    """Return the finding for a parser's error in ``body``."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    index = min(mark.index if mark is not None else 0, len(body))
    line = body.count("\n", 0, index) + 1
    column = index - body.rfind("\n", 0, index)
    return Finding("PM101", str(problem), Span(line, column, line, column + 1))
