"""The tree as it grows, fed with a parser's events, with what the format refuses told on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from postmortem.ground.budget import on_time
from postmortem.ground.characters import forbidden_in
from postmortem.ground.place import Span
from postmortem.read import refusals
from postmortem.read.anchors import Anchors
from postmortem.read.door import MASK, forbidden_character
from postmortem.read.escapes import forbidden_escapes
from postmortem.read.gathering import Gathered
from postmortem.read.nodes import Mapping, Node, Scalar, Sequence, Style
from postmortem.read.properties import properties
from postmortem.read.refusals import Refused

_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_AS_WRITTEN: dict[str | None, Style] = {None: "plain", "": "plain", "'": "single"}
_new = tuple.__new__  # what a named tuple's own constructor comes to, without the call around it
_TO_COLON = re.compile(r"(?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*+:")
_LINES_LOOKED_AT = 1000
_LOOKS_UP = 0xFFF  # at the clock, each time that so many values have been read
_MOST_PROPERTIES = 10_000


class _Absent(NamedTuple):
    """Stands where an alias stood for more than a text: nothing can be put there."""

    span: Span


_Child: TypeAlias = Node | _Absent


class _Frame:
    """A map or list that is still open; ``children`` of a map are key, value, key, value."""

    __slots__ = ("children", "column", "is_block", "is_map", "is_timeline", "line")

    def __init__(self, is_map: bool, is_block: bool, is_timeline: bool, line: int, column: int) -> None:
        self.children: list[_Child] = []
        self.is_map = is_map
        self.is_block = is_block
        self.is_timeline = is_timeline
        self.line = line
        self.column = column


class Tree:
    """One document's tree under construction."""

    def __init__(self, body: str, gathered: Gathered, *, bidi: bool) -> None:
        self.anchors = Anchors()
        self._body = body
        self._gathered = gathered
        self._bidi = bidi
        self._is_masked = MASK in body
        self._top: list[_Child] = []
        self._children = self._top
        self._frames: list[_Frame] = []
        self._first: Span | None = None
        self._has_absent = False
        self._events = 0
        self._properties = 0
        self._granted = 0
        self._is_done = False

    def feed(self, next_event: Callable[[], Any]) -> None:
        """Take events until the first document ends; raises `Refused` past a bound."""
        from yaml import events

        steps: dict[type, tuple[Callable[[Any], None], int]] = {
            events.AliasEvent: (self._alias, 1),
            events.MappingStartEvent: (self._open_map, 1),
            events.SequenceStartEvent: (self._open_list, 1),
            events.MappingEndEvent: (self._close, 0),
            events.SequenceEndEvent: (self._close, 0),
            events.DocumentStartEvent: (self._document, 0),
            events.DocumentEndEvent: (self._pass_over, 0),
            events.StreamStartEvent: (self._pass_over, 0),
            events.StreamEndEvent: (self._end, 0),
        }
        scalar: type[Any] = events.ScalarEvent
        as_written = {} if self._is_masked else _AS_WRITTEN
        left = refusals.MAX_NODES
        children = self._children
        while not self._is_done:
            event = next_event()
            if type(event) is scalar:
                left -= 1
                if left < 0:
                    left = self._more(event)
                if not left & _LOOKS_UP:
                    on_time()
                style = as_written.get(event.style)
                # A text that needs no second look is taken here: a large log has a million, and calls add up.
                if style is not None and event.value and event.tag is None and event.anchor is None:
                    start, end = event.start_mark, event.end_mark
                    line, end_line = start.line + 1, end.line + 1
                    span = _new(Span, (line, start.column + 1, end_line, end.column + 1))
                    children.append(_new(Scalar, (event.value, span, style)))
                else:
                    self._scalar(event)
                continue
            step, weight = steps[type(event)]
            left -= weight
            if left < 0:
                left = self._more(event)
            if not left & _LOOKS_UP:
                on_time()
            step(event)
            children = self._children

    def root(self) -> Node | None:
        """Return the finished tree, or None where the log says nothing."""
        self.anchors.tell(self._gathered)
        root = self._top[0] if self._top else None
        if root is None or isinstance(root, _Absent) or (isinstance(root, Scalar) and _is_empty(root)):
            self._gathered.add(refusals.nothing_said())
            return None
        return root

    def last_text(self) -> tuple[int, int] | None:
        """Return where in the text the last value that was read begins and ends, if it is a text."""
        last: _Child | None = self._children[-1] if self._children else None
        while not isinstance(last, Scalar):
            if isinstance(last, Mapping) and last.entries:
                last = last.entries[-1][1]
            elif isinstance(last, Sequence) and last.items:
                last = last.items[-1]
            else:
                return None
        span = last.span
        return self._index(span.line, span.column), self._index(span.end_line, span.end_column)

    def open_bracket(self) -> int | None:
        """Return where in the text the innermost `[` or `{` stands that is not yet closed."""
        for frame in reversed(self._frames):
            at = self._index(frame.line, frame.column)
            if self._body[at : at + 1] in ("[", "{"):
                return at
        return None

    def _index(self, line: int, column: int) -> int:
        rest = self._body.split("\n", line - 1)[-1]
        return len(self._body) - len(rest) + column - 1

    def abandon(self) -> None:
        """Tell of what is no key for a log in the maps that are still open."""
        for frame in self._frames:
            if frame.is_map:
                self._entries(frame.children[: len(frame.children) // 2 * 2])

    def _pass_over(self, event: Any) -> None:
        """Take an event that adds nothing."""

    def _end(self, _event: Any) -> None:
        self._is_done = True

    def _document(self, event: Any) -> None:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        at = Span(line, column, line, column + (3 if event.explicit else 1))
        if self._first is None:
            self._first = at
        else:
            self._is_done = True
            self._gathered.add(refusals.second_document(at, self._first))

    def _more(self, event: Any) -> int:
        """Return how many values are allowed for events of the timeline that were not counted before."""
        is_open = len(self._frames) > 1 and self._frames[1].is_timeline
        seen = self._events + (len(self._frames[1].children) if is_open else 0)
        if seen > refusals.MAX_EVENTS:
            first_past = self._frames[1].children[refusals.MAX_EVENTS - self._events]
            raise Refused(refusals.too_many_events(first_past.span))
        more = refusals.MAX_NODES_MORE * seen - self._granted
        if more <= 0:
            mark = event.start_mark
            raise Refused(refusals.too_many_values(mark.line + 1, mark.column + 1))
        self._granted += more
        return more - 1

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        style = _STYLES[event.style]
        text: str = event.value
        if not text and style == "plain":
            self._empty(event)
            return
        index, line, column = start.index, start.line + 1, start.column + 1
        if event.tag is not None or event.anchor is not None:
            index, line, column = self._content(event)
        span = Span(line, column, end.line + 1, end.column + 1)
        if style == "double":
            text = self._without_forbidden(text, index, end.index, span)
        elif style in ("literal", "folded"):
            span = self._without_blank_end(span, index, end.index)
        node = Scalar(text.replace(MASK, "") if self._is_masked else text, span, style)
        if event.anchor is not None:
            self.anchors.value(event.anchor, node)
        self._children.append(node)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        text = self.anchors.refer(event.anchor, span)
        self._has_absent = self._has_absent or text is None
        self._children.append(_Absent(span) if text is None else text)

    def _open_map(self, event: Any) -> None:
        self._open(event, is_map=True)

    def _open_list(self, event: Any) -> None:
        self._open(event, is_map=False)

    def _open(self, event: Any, *, is_map: bool) -> None:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if event.tag is not None or event.anchor is not None:
            _, line, column = self._content(event)
        if len(self._frames) >= refusals.MAX_DEPTH:
            raise Refused(refusals.too_deep(line, column))
        is_timeline = not is_map and len(self._frames) == 1 and _is_timeline(self._frames[0])
        frame = _Frame(is_map, not event.flow_style, is_timeline, line, column)
        self._frames.append(frame)
        self._children = frame.children

    def _close(self, event: Any) -> None:
        frame = self._frames.pop()
        children = frame.children
        if frame.is_block:
            _, _, end_line, end_column = children[-1].span
        else:
            mark = event.end_mark
            end_line, end_column = mark.line + 1, mark.column + 1
        span = Span(frame.line, frame.column, end_line, end_column)
        self._children = self._frames[-1].children if self._frames else self._top
        if frame.is_map:
            self._children.append(Mapping(self._entries(children), span))
            return
        if frame.is_timeline:
            if self._events + len(children) > refusals.MAX_EVENTS:
                first_past = children[refusals.MAX_EVENTS - self._events]
                raise Refused(refusals.too_many_events(first_past.span))
            self._events += len(children)
        items = [one for one in children if not isinstance(one, _Absent)] if self._has_absent else children
        self._children.append(Sequence(tuple(items), span))  # type: ignore[arg-type]

    def _entries(self, children: list[_Child]) -> tuple[tuple[Scalar, Node], ...]:
        """Return the entries of a map, each key once, and tell of what is no key for a log."""
        keys = children[::2]
        names = {key.text for key in keys if type(key) is Scalar}
        if len(names) == len(keys) and "" not in names and "<<" not in names and not self._has_absent:
            return tuple(zip(keys, children[1::2], strict=True))  # type: ignore[arg-type]
        return self._judged_entries(children)

    def _judged_entries(self, children: list[_Child]) -> tuple[tuple[Scalar, Node], ...]:
        kept: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if isinstance(key, _Absent):
                continue
            if not isinstance(key, Scalar) or _is_empty(key):
                self._gathered.make("PM112", refusals.key_not_text, key)
            elif key.text in kept:
                self._gathered.make("PM102", refusals.key_twice, key, kept[key.text][0])
            elif key.text == "<<" and key.style == "plain":
                self._gathered.make("PM105", refusals.merge_key, key.span)
            elif not isinstance(value, _Absent):
                kept[key.text] = (key, value)
        return tuple(kept.values())

    def _empty(self, event: Any) -> None:
        """Take an empty value; where in a map it stands is found here, for the parsers differ on it."""
        start, mark = event.start_mark, event.end_mark
        if event.tag is not None or event.anchor is not None:
            self._content(event)
        frame = self._frames[-1] if self._frames else None
        span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 1)
        if frame is not None and frame.is_map:
            if len(frame.children) % 2 == 0:
                span = self._place_of_missing_key(start, mark)
            else:
                span = self._after_colon(frame.children[-1].span, mark)
        self._children.append(Scalar("", span, "plain"))

    def _place_of_missing_key(self, start: Any, mark: Any) -> Span:
        """Return the place of the `:` before which, or the `?` after which, a key is due.

        Where none of them stands a key that is only a tag or an anchor has the place of that, ``start``.
        """
        colon = _TO_COLON.match(self._body, mark.index)
        if colon is not None:
            line, column = _moved(mark.line + 1, mark.column + 1, colon.group()[:-1])
            return Span(line, column, line, column + 1)
        at = start.index if start.index < mark.index else max(self._body.rfind("?", 0, mark.index), 0)
        breaks = self._body.count("\n", at, mark.index)
        # A line may be millions of characters long, so that its start is not sought where it is known.
        start = self._body.rfind("\n", 0, at) + 1 if breaks else mark.index - mark.column
        line, column = mark.line + 1 - breaks, at - start + 1
        return Span(line, column, line, column + 1)

    def _after_colon(self, key: Span, mark: Any) -> Span:
        """Return the place after the colon of a key, or after the key itself; ``mark`` lies behind both."""
        place = key.end_line, key.end_column
        lines = mark.line + 1 - key.end_line
        if lines <= _LINES_LOOKED_AT:
            start = mark.index - mark.column
            for _ in range(lines):
                start = self._body.rfind("\n", 0, start - 1) + 1
            colon = _TO_COLON.match(self._body, start + key.end_column - 1)
            if colon is not None:
                place = _moved(key.end_line, key.end_column, colon.group())
        return Span(*place, *place)

    def _content(self, event: Any) -> tuple[int, int, int]:
        """Tell of the tags and anchors before a value; return index, line and column of the value itself."""
        start = event.start_mark
        self._properties += 1
        if self._properties > _MOST_PROPERTIES:
            raise Refused(refusals.too_many_properties(start.line + 1, start.column + 1))
        signs = ("" if event.tag is None else "!") + ("" if event.anchor is None else "&")
        found, place = properties(self._body, (start.index, start.line + 1, start.column + 1), signs)
        for one in found:
            if one.text.startswith("!"):
                self._gathered.make("PM103", refusals.tag, one)
            else:
                self.anchors.name(event.anchor, one.span)
        return place

    def _without_forbidden(self, text: str, index: int, end: int, span: Span) -> str:
        """Return a double-quoted text without forbidden characters that its escapes brought in, each told."""
        if self._body.find("\\", index, end) < 0:
            return text
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        forbidden = forbidden_in(text, bidi=self._bidi)
        if forbidden is None:
            return text
        allowed, more = forbidden.subn("", text)
        more -= text.count(MASK)
        for at, character in forbidden_escapes(self._body[index:end], span, bidi=self._bidi):
            if self._gathered.is_full("PM108"):
                break
            self._gathered.add(forbidden_character(character, at))
            more -= 1
        self._gathered.count("PM108", max(0, more))
        return allowed

    def _without_blank_end(self, span: Span, index: int, end: int) -> Span:
        """Return the span of a text block without the blank lines after it."""
        written = self._body[index:end].rstrip(" \n")
        return Span(span.line, span.column, *_moved(span.line, span.column, written))


def _moved(line: int, column: int, text: str) -> tuple[int, int]:
    """Return the place after ``text`` that begins at a place."""
    breaks = text.count("\n")
    return (line + breaks, len(text) - text.rfind("\n")) if breaks else (line, column + len(text))


def _is_empty(node: Scalar) -> bool:
    return not node.text and node.style == "plain"


def _is_timeline(top: _Frame) -> bool:
    """Tell whether the list that begins now is the log's timeline: ``top`` is its outermost map or list."""
    key = top.children[-1] if top.is_map and len(top.children) % 2 else None
    return isinstance(key, Scalar) and key.text == "timeline"
