"""Syntax errors in plain words: what stands there, and what would be right."""

from __future__ import annotations

from postmortem.ground.finding import Finding
from postmortem.read.properties import not_utf8
from postmortem.read.trouble import Trouble, wrong
from postmortem.read.wrong_shapes import SHAPE_JUDGES
from postmortem.read.wrong_texts import TEXT_JUDGES


def explain(
    body: str, error: Exception, last: tuple[int, int] | None = None, opened: int | None = None
) -> Finding:
    """Return the finding for what a parser says of ``body``: in our words, the same for either parser.

    ``last`` is where the last text that was read begins and ends, ``opened`` where the innermost bracket
    that is not yet closed stands.
    """
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    words = str(getattr(error, "context", None)) + str(getattr(error, "problem", error))
    index = min(mark.index, len(body)) if mark is not None else 0
    if isinstance(error, UnicodeDecodeError):  # of a tag, by the faster parser, which does not say where
        words, index = "a tag", not_utf8(body, last[1] if last else 0)
    began = min(context.index, len(body)) if context is not None else index
    trouble = Trouble(body, words, index, began, last, opened)
    for judge in TEXT_JUDGES + SHAPE_JUDGES:
        finding = judge(trouble)
        if finding is not None:
            return finding
    return wrong(trouble.word(index), "this is not YAML", help="check this line and the one above it")
