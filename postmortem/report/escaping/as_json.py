"""The one way JSON is written: two blanks, keys in our order, finite numbers, characters as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from postmortem.ground.place import Route
from postmortem.resolve.timeline import Proof

LineOf: TypeAlias = Callable[[Route], int]
"""What tells the line, from 1, at which a route stands in the log."""

Object: TypeAlias = dict[str, object]


def dumped(value: object) -> str:
    """Return a value as JSON text with its final line end."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def proof_rows(proof: Proof, line_of: LineOf) -> list[Object]:
    """Return a proof as rows of line, text and source; several sources are joined, none is null."""
    return [
        {"line": line_of(step.route), "text": step.text, "source": joined_sources(step.sources)}
        for step in proof
    ]


def joined_sources(sources: tuple[str, ...]) -> str | None:
    """Return source ids as one text, null where a claim names none."""
    return ", ".join(sources) or None
