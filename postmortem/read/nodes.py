"""The tree that a text is read into: texts, maps and lists that know their places."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from postmortem.ground.place import Span
from postmortem.ground.record import record
from postmortem.ground.source_text import SourceText

Style: TypeAlias = Literal["plain", "single", "double", "literal", "folded"]


class Scalar(NamedTuple):
    """A text as it stands there, whatever it looks like: ``18:20``, ``NO`` and ``1.10`` stay those words.

    ``span`` covers what is written, quotes included; it is of no width where nothing is.
    """

    # A named tuple, not a dataclass: a large log has a million of these, and they are made twice as fast.
    text: str
    span: Span
    style: Style


@record
class Mapping:
    """A map in the order it is written; every key stands in it once."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span


@record
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


Node: TypeAlias = Scalar | Mapping | Sequence


@record
class Document:
    """One log as it is written: its text and the tree of it."""

    source: SourceText
    root: Node
