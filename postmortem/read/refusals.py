"""What a log's YAML may not hold though it is well formed: one finding each, in one voice."""

from __future__ import annotations

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Span
from postmortem.read.nodes import Node, Scalar
from postmortem.read.properties import Property

MAX_DEPTH = 32
"""Levels of maps and lists inside each other."""

MAX_NODES = 200_000
"""Texts, maps and lists of one log, beside `MAX_NODES_MORE` for each event of its timeline."""

MAX_NODES_MORE = 8
MAX_EVENTS = 100_000
"""Items of the timeline."""

_SHOWN = 60
_SERIES = "keep dense measurements in a file of their own and name it under `series`"


class Refused(Exception):
    """The reading ends here: ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def nothing_said() -> Finding:
    """Return the finding for a file in which no value stands."""
    advice = "`postmortem new NAME` writes a log to fill in"
    return Finding("PM110", "the file is empty: no log stands in it", Span(1, 1, 1, 2), help=advice)


def second_document(at: Span, first: Span) -> Finding:
    """Return the finding for a document after the first."""
    return Finding(
        "PM106",
        "a second document begins here, and a file holds one log",
        at,
        help="put it into a file of its own, or delete the line `---`",
        related=(Related("the first one begins here", first),),
    )


def tag(found: Property) -> Finding:
    """Return the finding for a tag before a value."""
    return Finding(
        "PM103",
        f"`{short(found.text)}` is a tag, and a log has none: a value is the text that stands there",
        found.span,
        help="delete it; put a text that begins with `!` in quotes",
    )


def anchor(name: str, at: Span, aliases: list[Span]) -> Finding:
    """Return the finding for an anchor, with the places that refer to it."""
    return Finding(
        "PM104",
        f"`&{short(name)}` is an anchor, and a log has none: values are written out",
        at,
        help="write the value out in each place; put a text that begins with `&` in quotes",
        related=tuple(Related("it is used here", alias) for alias in aliases),
    )


def alias(name: str, at: Span) -> Finding:
    """Return the finding for an alias of which there is no anchor."""
    return Finding(
        "PM104",
        f"`*{short(name)}` is an alias, and a log has none",
        at,
        help="write out what is meant; put a text that begins with `*` in quotes",
    )


def merge_key(at: Span) -> Finding:
    """Return the finding for a key `<<`."""
    return Finding(
        "PM105",
        "`<<` merges another map into this one, and a log has no merge keys",
        at,
        help="write the keys out; put the key in quotes where it is only a name",
    )


def key_twice(key: Scalar, first: Scalar) -> Finding:
    """Return the finding for a key that its map has already."""
    name = short(key.text)
    return Finding(
        "PM102",
        f"`{name}` stands twice in one map, in line {first.span.line} and in line {key.span.line}",
        key.span,
        help="keep one of them: which one is meant cannot be guessed",
        related=(Related(f"`{name}` stands here first", first.span),),
    )


def key_not_text(key: Node) -> Finding:
    """Return the finding for a key that is no text: missing, or a list or map."""
    span = key.span
    if isinstance(key, Scalar):
        return Finding("PM112", "the key before this `:` is missing", span, help="write `key: value`")
    return Finding(
        "PM112",
        "a key is plain text, and here a list or a map stands as one",
        Span(span.line, span.column, span.line, span.column + 1),
        help="put a text that begins with `[` or `{` in quotes",
    )


def too_deep(line: int, column: int) -> Finding:
    """Return the finding for maps and lists that stand too deep inside each other."""
    message = f"maps and lists stand inside each other more than {MAX_DEPTH} levels deep here"
    return Finding(
        "PM109", message, Span(line, column, line, column + 1), help="a log needs about six levels"
    )


def too_many_events(span: Span) -> Finding:
    """Return the finding for the first event past the bound."""
    at = Span(span.line, span.column, span.line, span.column + 1)
    return Finding("PM109", f"the timeline has more than {MAX_EVENTS:,} events", at, help=_SERIES)


def too_many_values(line: int, column: int) -> Finding:
    """Return the finding for the first value past the bound."""
    message = (
        f"the log has more than {MAX_NODES:,} values, not counting {MAX_NODES_MORE} for each event; "
        "it was read no further"
    )
    return Finding("PM109", message, Span(line, column, line, column + 1), help=_SERIES)


def too_many_properties(line: int, column: int) -> Finding:
    """Return the finding for a log that is full of tags and anchors."""
    message = "the log is full of tags and anchors, and was read no further"
    return Finding("PM109", message, Span(line, column, line, column + 1), help="a log has none of either")


def short(text: str) -> str:
    """Return a text short enough to stand in a sentence."""
    line = text.replace("\n", " ")
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
