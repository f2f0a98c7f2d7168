"""Places: where in a text something stands, spoken of as a span or as a route of keys."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from postmortem.ground.record import record

Route: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the top of a document down to a value: ``("timeline", 3, "at")``."""


class Span(NamedTuple):
    """A stretch of text: lines and columns count from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@record
class Spot:
    """A place spoken of as a route, to be turned into a `Span` once, by `postmortem.read`.

    ``key`` points at the key that ends the route instead of its value; ``start`` and ``end``
    are code points inside the scalar's text and narrow the place to a part of it.
    """

    route: Route
    key: bool = False
    start: int | None = None
    end: int | None = None


Place: TypeAlias = Spot | Span
