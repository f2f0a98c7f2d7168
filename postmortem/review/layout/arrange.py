"""Arranging: a log's text in the order and spacing of the format, proven to say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from postmortem.ground.source_text import SourceText
from postmortem.read import Document, Mapping, Node, Scalar, read
from postmortem.review.layout.blocks import Arranger
from postmortem.review.layout.spacing import held_lines, spaced

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_END = re.compile(r"(?:\r\n|\r|\n)\Z")
_BLANKS = re.compile(r"\s+")


class Unproven(Exception):
    """What was arranged does not say the same as before: it must not be written."""


def arranged(document: Document, timeline: Sequence[int] | None = None) -> str:
    """Return the text of a document that was read without errors, arranged.

    ``timeline`` are the indices of its events in the order they are to stand in; None leaves it.
    Raises `Unproven` where the result would say something else: a fault of ours.
    """
    source = document.source
    lines = _LINE.findall(source.text)
    if not lines or _ends_open(document.root, lines):
        return source.text
    line_end = "\r\n" if lines[0].endswith("\r\n") else "\r" if lines[0].endswith("\r") else "\n"
    lines = [_END.sub(line_end, line) for line in lines]  # of two kinds, a CR and an LF would make one end
    text = "".join(spaced(document, lines))
    again = _read(source.file, text)
    lines = _LINE.findall(text)
    arranger = Arranger(lines, held_lines(again, lines), line_end, timeline)
    text = _trimmed("".join(arranger.whole(again)), again.root, line_end)
    _prove(document, text, timeline)
    return text


def _ends_open(node: Node, lines: Sequence[str]) -> bool:
    """Tell whether the file ends, without a line end, in a block of text, whose last line end counts."""
    if lines[-1].endswith(("\n", "\r")):
        return False
    last = _last(node)
    return last is not None and last.style in ("literal", "folded")


def _last(node: Node) -> Scalar | None:
    while not isinstance(node, Scalar):
        inside = [value for _, value in node.entries] if isinstance(node, Mapping) else list(node.items)
        if not inside:
            return None
        node = inside[-1]
    return node


def _trimmed(text: str, root: Node, line_end: str) -> str:
    """End a text with one line end; blank lines after a block of text may be part of it and stay."""
    if not text.endswith(("\n", "\r")):
        return text + line_end
    if _has_kept_end(root):
        return text
    return text.rstrip("\r\n") + line_end


def _has_kept_end(node: Node) -> bool:
    """Tell whether any block of text stands in a node: which of them is last may just have changed."""
    if isinstance(node, Scalar):
        return node.style in ("literal", "folded") and node.text.endswith("\n")
    inside = [value for _, value in node.entries] if isinstance(node, Mapping) else node.items
    return any(_has_kept_end(one) for one in inside)


def _read(file: str, text: str) -> Document:
    # What was let in once, a character that turns the direction of text, is the same log's now.
    document, findings = read(SourceText(file, text), bidi=True)
    if document is None or findings:
        raise Unproven("what was arranged cannot be read")
    return document


def _prove(document: Document, text: str, timeline: Sequence[int] | None) -> None:
    after = _read(document.source.file, text)
    before, now = _said(document.root), _said(after.root)
    # A timeline that cannot be moved safely (in brackets, on one line) stays as it was.
    if before != now and timeline is not None and isinstance(before, dict) and "timeline" in before:
        style, events = before["timeline"]
        before["timeline"] = style, [events[at] for at in timeline]
    if before != now:
        raise Unproven("what was arranged says something else")
    if _signs(document.source.text) != _signs(text):
        raise Unproven("a sign was lost or added")


def _said(node: Node) -> Any:
    """Return a node by what it says and how its texts are quoted, maps without their order."""
    if isinstance(node, Scalar):
        return node.style, node.text
    if isinstance(node, Mapping):
        return {key.text: (key.style, _said(value)) for key, value in node.entries}
    return [_said(item) for item in node.items]


def _signs(text: str) -> Counter[str]:
    return Counter(_BLANKS.sub("", text))
