"""The tree that a text is read into: texts, maps and lists that know their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from postmortem.ground.place import Span
from postmortem.ground.record import record
from postmortem.ground.source_text import SourceText

if TYPE_CHECKING:
    from postmortem.read.inside import Written

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


_MANY = 16


class Document:
    """One log as it is written: its text and the tree of it."""

    # No record: it remembers what was looked up in it, so that 100,000 findings are placed in linear time.
    __slots__ = ("_found", "_last", "root", "source")

    def __init__(self, source: SourceText, root: Node) -> None:
        self.source = source
        self.root = root
        self._found: dict[int, dict[str, tuple[Scalar, Node]]] = {}
        self._last: tuple[Scalar, Written] | None = None

    def entry(self, holder: Mapping, key: str | int) -> tuple[Scalar, Node] | None:
        """Return the entry of a map of this document that has that key, if it has one."""
        if len(holder.entries) < _MANY:
            return next((entry for entry in holder.entries if entry[0].text == key), None)
        # The tree holds the map as long as this lives, so that no other can come to have its identity.
        found = self._found.get(id(holder))
        if found is None:
            found = self._found[id(holder)] = {entry[0].text: entry for entry in holder.entries}
        return found.get(key)  # type: ignore[arg-type]

    def written(self, scalar: Scalar) -> Written:
        """Return how a scalar of this document is written; remembered for the last one that was asked for."""
        from postmortem.read.inside import Written

        if self._last is None or self._last[0] is not scalar:
            self._last = (scalar, Written(scalar, self.source))
        return self._last[1]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return self.source == other.source and self.root == other.root

    def __hash__(self) -> int:
        return hash((self.source, self.root))
