"""Anchors and aliases of one log: gathered while it is read, told once each when it has been read."""

from __future__ import annotations

from postmortem.ground.place import Span
from postmortem.read.gathering import Gathered
from postmortem.read.nodes import Node, Scalar
from postmortem.read.refusals import alias, anchor

_SHOWN = 10


class Anchors:
    """Which names a log gives to values, and where it refers to them."""

    def __init__(self) -> None:
        self._named: dict[str, tuple[Span, list[Span]]] = {}
        self._again: list[tuple[str, Span]] = []
        self._texts: dict[str, Scalar] = {}
        self._strays: list[tuple[str, Span]] = []

    def name(self, name: str, at: Span) -> None:
        """Take an anchor; a name that is given again is another anchor."""
        if name in self._named:
            self._again.append((name, at))
        else:
            self._named[name] = (at, [])

    def value(self, name: str, node: Scalar) -> None:
        """Take the text that a name was given to."""
        self._texts[name] = node

    def refer(self, name: str, at: Span) -> Node | None:
        """Take an alias; return what stands for it, a text with the alias's place, or None.

        A list or map is never repeated: aliases of aliases of lists grow without bound.
        """
        if name not in self._named:
            self._strays.append((name, at))
        elif len(self._named[name][1]) < _SHOWN:
            self._named[name][1].append(at)
        text = self._texts.get(name)
        return None if text is None else text._replace(span=at)

    def tell(self, gathered: Gathered, but_line: int = 0) -> None:
        """Tell of all of them, but of none in a line of which more is told."""
        for name, (at, aliases) in self._named.items():
            if at.line != but_line:
                gathered.make("PM104", anchor, name, at, aliases)
        for name, at in self._again:
            if at.line != but_line:
                gathered.make("PM104", anchor, name, at, [])
        for name, at in self._strays:
            if at.line != but_line:
                gathered.make("PM104", alias, name, at)
