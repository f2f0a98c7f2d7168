"""The tree as it grows: one step for each kind of event, with what the format refuses told on the way."""

from __future__ import annotations

import re
from typing import Any

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Span
from postmortem.read.door import MASK, forbidden_character
from postmortem.read.escapes import forbidden_escapes
from postmortem.read.gathering import Gathered
from postmortem.read.nodes import Mapping, Node, Scalar, Sequence, Style
from postmortem.read.properties import properties

MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_NODES_MORE_AN_EVENT = 8
MAX_EVENTS = 100_000
_SHOWN = 60

_TO_COLON = re.compile(r"(?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*+:")
_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}


class Refused(Exception):
    """The reading ends here: ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Frame:
    """A map or list that is still open."""

    __slots__ = (
        "at_value",
        "column",
        "entries",
        "is_block",
        "is_map",
        "is_timeline",
        "items",
        "key",
        "keys",
        "last",
        "line",
    )

    def __init__(self, is_map: bool, is_block: bool, line: int, column: int) -> None:
        self.is_map = is_map
        self.is_block = is_block
        self.is_timeline = False
        self.line = line
        self.column = column
        self.items: list[Node] = []
        self.entries: list[tuple[Scalar, Node]] = []
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None
        self.at_value = False
        self.last: Span | None = None


class Tree:
    """One document's tree under construction, fed with a parser's events in order."""

    def __init__(self, body: str, gathered: Gathered, forbidden: re.Pattern[str]) -> None:
        self._body = body
        self._gathered = gathered
        self._forbidden = forbidden
        self._masked = MASK in body
        self._frames: list[Frame] = []
        self._anchors: dict[str, tuple[Span, list[Span]]] = {}
        self._strays: list[tuple[str, Span]] = []
        self._last: Any = None
        self._anchored: dict[str, Scalar] = {}
        self._root: Node | None = None
        self._first: Span | None = None
        self._left = MAX_NODES
        self._events = 0
        self.is_done = False

    def last_text(self) -> tuple[int, int] | None:
        """Return where in the text the last value read begins and ends, if it is written out."""
        if self._last is None or self._last.start_mark.index >= self._last.end_mark.index:
            return None
        return self._last.start_mark.index, self._last.end_mark.index

    def root(self) -> Node | None:
        """Return the finished tree, or None where the log says nothing."""
        self.tell_anchors()
        root = self._root
        if root is None or (isinstance(root, Scalar) and not root.text and root.style == "plain"):
            self._gathered.add(
                Finding(
                    "PM110",
                    "the file is empty: no log stands in it",
                    Span(1, 1, 1, 2),
                    help="`postmortem new NAME` writes a log to fill in",
                )
            )
            return None
        return root

    def pass_over(self, event: Any) -> None:
        """Take an event that adds nothing."""

    def document(self, event: Any) -> None:
        """Take the start of a document: a second one ends the reading."""
        mark = event.start_mark
        at = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + (4 if event.explicit else 2))
        if self._first is None:
            self._first = at
            return
        self.is_done = True
        self._gathered.add(
            Finding(
                "PM106",
                "a second document begins here, and a file holds one log",
                at,
                help="put it into a file of its own, or delete the line `---`",
                related=(Related("the first one begins here", self._first),),
            )
        )

    def scalar(self, event: Any) -> None:
        """Take a text."""
        self._last = event
        start, end = event.start_mark, event.end_mark
        style = _STYLES[event.style]
        text: str = event.value
        if not text and style == "plain":
            self._attach_nothing(event)
            return
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        index = start.index
        if event.tag is not None or event.anchor is not None:
            index, line, column = self._content(event, end.index)
            span = Span(line, column, span.end_line, span.end_column)
        if style == "double":
            text = self._judged(text, index, end.index, span)
        elif style in ("literal", "folded"):
            span = self._trimmed(span, index, end.index)
        if self._masked and MASK in text:
            text = text.replace(MASK, "")
        node = Scalar(text, span, style)
        if event.anchor is not None:
            self._anchored[event.anchor] = node
        self._attach(node, span)

    def alias(self, event: Any) -> None:
        """Take an alias: the text it stands for, or nothing where it stands for more than a text."""
        start, end = event.start_mark, event.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        known = self._anchors.get(event.anchor)
        if known is None:
            self._strays.append((event.anchor, span))
        elif len(known[1]) < 10:
            known[1].append(span)
        anchored = self._anchored.get(event.anchor)
        self._attach(None if anchored is None else anchored._replace(span=span), span)

    def open_map(self, event: Any) -> None:
        """Take the start of a map."""
        self._open(event, is_map=True)

    def open_list(self, event: Any) -> None:
        """Take the start of a list."""
        self._open(event, is_map=False)

    def close(self, event: Any) -> None:
        """Take the end of a map or list."""
        frame = self._frames.pop()
        if frame.is_block:
            last = frame.last
            end_line, end_column = (last.end_line, last.end_column) if last else (frame.line, frame.column)
        else:
            mark = event.end_mark
            end_line, end_column = mark.line + 1, mark.column + 1
        span = Span(frame.line, frame.column, end_line, end_column)
        node: Node
        node = Mapping(tuple(frame.entries), span) if frame.is_map else Sequence(tuple(frame.items), span)
        self._attach(node, span)

    def _open(self, event: Any, *, is_map: bool) -> None:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if event.tag is not None or event.anchor is not None:
            _, line, column = self._content(event, len(self._body))
        if len(self._frames) >= MAX_DEPTH:
            at = Span(line, column, line, column + 1)
            message = f"maps and lists stand inside each other more than {MAX_DEPTH} levels deep here"
            raise Refused(Finding("PM109", message, at, help="a log needs about six levels"))
        frame = Frame(is_map, not event.flow_style, line, column)
        if not is_map and len(self._frames) == 1:
            key = self._frames[0].key
            frame.is_timeline = self._frames[0].at_value and key is not None and key.text == "timeline"
        self._frames.append(frame)

    def _attach_nothing(self, event: Any) -> None:
        """Hang an empty value where it is due; the parsers differ on where in a flow map it stands."""
        mark = event.end_mark
        line, column, index = mark.line + 1, mark.column + 1, mark.index
        if event.tag is not None or event.anchor is not None:
            self._content(event, index)
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.is_map and not frame.at_value:
            at = self._place_of_missing_key(index, line)
            self._attach(Scalar("", at, "plain"), at)
            return
        if frame is not None and frame.key is not None and not frame.is_block:
            line, column = self._after_colon(frame.key.span, index, line)
        span = Span(line, column, line, column)
        self._attach(Scalar("", span, "plain"), span)

    def _place_of_missing_key(self, index: int, line: int) -> Span:
        colon = _TO_COLON.match(self._body, index)
        at = colon.end() - 1 if colon else max(self._body.rfind("?", 0, index), 0)
        line += self._body.count("\n", index, at) - self._body.count("\n", at, index)
        column = at - self._body.rfind("\n", 0, at)
        return Span(line, column, line, column + 1)

    def _after_colon(self, key: Span, index: int, line: int) -> tuple[int, int]:
        """Return the place after the colon of a key, or after the key itself; ``index`` lies behind both."""
        start = self._body.rfind("\n", 0, index)
        for _ in range(line - key.end_line):
            start = self._body.rfind("\n", 0, start)
        colon = _TO_COLON.match(self._body, start + key.end_column)
        if colon is None:
            return key.end_line, key.end_column
        breaks = colon.group().count("\n")
        if not breaks:
            return key.end_line, key.end_column + len(colon.group())
        return key.end_line + breaks, len(colon.group()) - colon.group().rfind("\n")

    def _content(self, event: Any, end: int) -> tuple[int, int, int]:
        """Tell of the tags and anchors before a value; return index, line and column of the value itself."""
        start = event.start_mark
        found, place = properties(self._body, start.index, end, start.line + 1, start.column + 1)
        for text, span in found:
            if text.startswith("!"):
                self._gathered.add(
                    Finding(
                        "PM103",
                        f"`{_short(text)}` is a tag, and a log has none: a value is the text that stands",
                        span,
                        help="delete it; put a text that begins with `!` in quotes",
                    )
                )
            else:
                self._anchors[event.anchor] = (span, [])
        return place

    def tell_anchors(self, but_line: int = 0) -> None:
        """Tell of the anchors and aliases there were, but of none in a line of which more is told."""
        for name, span in self._strays:
            if span.line == but_line or self._gathered.is_full("PM104"):
                continue
            self._gathered.add(
                Finding(
                    "PM104",
                    f"`*{_short(name)}` is an alias, and a log has none",
                    span,
                    help="write out what is meant; put a text that begins with `*` in quotes",
                )
            )
        for name, (span, aliases) in self._anchors.items():
            self._gathered.add(
                Finding(
                    "PM104",
                    f"`&{_short(name)}` is an anchor, and a log has none: values are written out",
                    span,
                    help="write the value out in each place; put a text that begins with `&` in quotes",
                    related=tuple(Related("it is used here", alias) for alias in aliases),
                )
            )

    def _judged(self, text: str, index: int, end: int, span: Span) -> str:
        """Return a double-quoted text without forbidden characters that its escapes brought in, each told."""
        text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        if self._forbidden.search(text) is None:
            return text
        raw = self._body[index:end]
        for at, character in forbidden_escapes(raw, span, self._forbidden):
            if self._gathered.is_full("PM108"):
                break
            finding = forbidden_character(character, at)
            self._gathered.add(finding)
        return self._forbidden.sub("", text)

    def _trimmed(self, span: Span, index: int, end: int) -> Span:
        """Return the span of a text block without the blank lines after it."""
        raw = self._body[index:end]
        kept = len(raw.rstrip(" \t\n"))
        breaks = raw.count("\n", 0, kept)
        if not breaks:
            return Span(span.line, span.column, span.line, span.column + kept)
        return Span(span.line, span.column, span.line + breaks, kept - raw.rfind("\n", 0, kept))

    def _attach(self, node: Node | None, span: Span) -> None:
        """Hang a finished value where it belongs; ``node`` is None where nothing can stand for it."""
        self._left -= 1
        if self._left < 0:
            raise Refused(_too_many(span, "values"))
        if not self._frames:
            self._root = node
            return
        frame = self._frames[-1]
        frame.last = span
        if frame.is_map:
            if frame.at_value:
                self._value(frame, node)
            else:
                self._key(frame, node, span)
        elif node is not None:
            frame.items.append(node)
            if frame.is_timeline:
                self._left += MAX_NODES_MORE_AN_EVENT
                self._events += 1
                if self._events > MAX_EVENTS:
                    raise Refused(_too_many(span, "events"))

    def _value(self, frame: Frame, node: Node | None) -> None:
        frame.at_value = False
        if frame.key is not None and node is not None:
            frame.entries.append((frame.key, node))

    def _key(self, frame: Frame, node: Node | None, span: Span) -> None:
        frame.at_value = True
        frame.key = None
        if not isinstance(node, Scalar) or (not node.text and node.style == "plain"):
            if node is not None:
                self._gathered.add(_key_not_text(span, is_empty=isinstance(node, Scalar)))
            return
        first = frame.keys.setdefault(node.text, node)
        if first is not node:
            self._gathered.add(_twice(node, first))
        elif node.text == "<<" and node.style == "plain":
            self._gathered.add(
                Finding(
                    "PM105",
                    "`<<` merges another map into this one, and a log has no merge keys",
                    span,
                    help="write the keys out",
                )
            )
        else:
            frame.key = node


def _twice(key: Scalar, first: Scalar) -> Finding:
    name = _short(key.text)
    return Finding(
        "PM102",
        f"`{name}` stands twice in one map, in line {first.span.line} and in line {key.span.line}",
        key.span,
        help="keep one of them: which one is meant cannot be guessed",
        related=(Related(f"`{name}` stands here first", first.span),),
    )


def _key_not_text(span: Span, *, is_empty: bool) -> Finding:
    if is_empty:
        return Finding("PM112", "the key before this `:` is missing", span, help="write `key: value`")
    return Finding(
        "PM112",
        "a key is plain text, and here a list or a map stands as one",
        Span(span.line, span.column, span.line, span.column + 1),
        help="put a text that begins with `[` or `{` in quotes",
    )


def _too_many(span: Span, what: str) -> Finding:
    at = Span(span.line, span.column, span.line, span.column + 1)
    most = MAX_EVENTS if what == "events" else MAX_NODES
    where = "in the timeline" if what == "events" else "beside its timeline"
    return Finding(
        "PM109",
        f"the log has more than {most:,} {what} {where}; reading stopped here",
        at,
        help="keep dense measurements in a file of their own and name it under `series`",
    )


def _short(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
