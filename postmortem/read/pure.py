"""The parser written in Python, for places without the faster one, brought to the same answers.

The two disagree on tabs between words, on `?` and `:` in flow collections, on tags and on headers of text
blocks. Each method here replaces one of the Python scanner's with the faster one's rule.
"""

from __future__ import annotations

import re
from typing import Any

from yaml.error import Mark
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import (
    DirectiveToken,
    FlowEntryToken,
    FlowSequenceEndToken,
    ScalarToken,
    TagToken,
    ValueToken,
)

from postmortem.read.escapes import ESCAPE
from postmortem.read.properties import is_utf8

_ENDS = "\0\n"
_BLANKS = "\0 \t\n"
_QUOTED = "while scanning a double-quoted scalar"
_BLOCK = "while scanning a block scalar"
_SECOND = ",?[]{}"
_TAG = re.compile(
    r"!<(?:[0-9A-Za-z_;/?:@&=+$.!~*'(),\[\]-]|%[0-9A-Fa-f]{2})+>"
    r"|(!(?:[0-9A-Za-z_-]*!)?)((?:[0-9A-Za-z_;/?:@&=+$.!~*'()-]|%[0-9A-Fa-f]{2})*)"
)


class PureParser(Reader, Scanner, Parser):
    """Parses a text whose line ends are LF and whose characters are all printable."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Pass over blanks, comments and line ends; tabs too, but not where a key may begin."""
        while True:
            blanks = " \t" if self.flow_level or not self.allow_simple_key else " "
            while self.peek() in blanks:
                self.forward()
            if self.peek() == "#":
                self._pass_line()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def parse_flow_sequence_entry_mapping_key(self) -> Any:
        """Read what follows a `?` in a flow list; where no key does, the next sign is lost, as there."""
        scanner: Any = self  # its own methods have no types
        mark = scanner.get_token().end_mark
        if self.check_token(ValueToken, FlowEntryToken, FlowSequenceEndToken):
            mark = scanner.get_token().end_mark
            self.state = self.parse_flow_sequence_entry_mapping_value
            return self.process_empty_scalar(mark)
        self.states.append(self.parse_flow_sequence_entry_mapping_value)
        return scanner.parse_flow_node()

    def scan_directive(self) -> DirectiveToken:
        """Read a directive; one that YAML does not know is an error."""
        if not self.buffer.startswith(("%YAML ", "%TAG "), self.pointer):
            raise ScannerError(
                "while scanning a directive", self.get_mark(), "found unknown name", self.get_mark()
            )
        token: DirectiveToken = super().scan_directive()
        return token

    def scan_line_break(self) -> str:
        """Pass over one line end, if one stands here."""
        if self.peek() != "\n":
            return ""
        self.forward()
        return "\n"

    def scan_plain(self) -> ScalarToken:
        """Read a plain scalar: `?` may stand in it, and in flow collections no `:` before an indicator."""
        start = end = self.get_mark()
        indent = self.indent + 1
        pieces: list[str] = []
        gap = ""
        while self.peek() != "#" and not self._is_marker():
            width = self._plain_width(start)
            if width:
                pieces += (gap, self.prefix(width))
                self.forward(width)
                end = self.get_mark()
            if self.peek() not in " \t\n":
                break
            gap = self._plain_gap(start, indent)
            if not self.flow_level and self.column < indent:
                break
        if self.line != end.line:
            self.allow_simple_key = True
        return ScalarToken("".join(pieces), True, start, end)

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """Read a quoted scalar; an escape for what is no character is an error."""
        start = self.get_mark()
        begin = self.pointer
        try:
            token: ScalarToken = super().scan_flow_scalar(style)
        except (ScannerError, ValueError, OverflowError) as error:
            # A number past the last character is a `ValueError`, and its digits are still ahead.
            end = self.pointer if isinstance(error, ScannerError) else len(self.buffer)
            self._refuse_codes(style, start, begin, end)
            raise
        self._refuse_codes(style, start, begin, self.pointer)
        return token

    def _refuse_codes(self, style: str, start: Any, begin: int, end: int) -> None:
        if style != '"':
            return
        for match in ESCAPE.finditer(self.buffer, begin, end):
            code = int(match.group(2) or match.group(3) or "0", 16)
            if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                index = start.index + match.end() - begin
                mark = Mark(start.name, index, start.line, start.column, start.buffer, start.pointer)
                raise ScannerError(_QUOTED, start, "found invalid Unicode character escape code", mark)

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """Read the signs after `|` or `>`; whatever else stands there is judged with the rest of the line."""
        chomping: bool | None = None
        increment: int | None = None
        while True:
            sign = self.peek()
            if sign in "+-" and chomping is None:
                chomping = sign == "+"
            elif sign in "0123456789" and increment is None:
                increment = int(sign)
                if not increment:
                    raise ScannerError(
                        _BLOCK, start_mark, "found an indentation indicator equal to 0", self.get_mark()
                    )
            else:
                return chomping, increment
            self.forward()

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        """Pass over the rest of a text block's first line: blanks, tabs, a comment."""
        while self.peek() in " \t":
            self.forward()
        if self.peek() == "#":
            self._pass_line()
        if self.peek() not in _ENDS:
            raise ScannerError(
                _BLOCK, start_mark, "did not find expected comment or line break", self.get_mark()
            )
        self.scan_line_break()

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """Read the empty lines before a text block, and find how far its first line is indented."""
        breaks: list[str] = []
        widest = self.column
        end = self.get_mark()
        while True:
            while self.peek() == " ":
                self.forward()
            widest = max(widest, self.column)
            self._refuse_tab()
            if self.peek() != "\n":
                return breaks, widest, end
            breaks += [self.scan_line_break()]
            end = self.get_mark()

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Any]:
        """Read the empty lines within a text block, and the indentation of the line after them."""
        breaks: list[str] = []
        end = self.get_mark()
        while True:
            while self.column < indent and self.peek() == " ":
                self.forward()
            if self.peek() != "\n":
                return breaks, end
            breaks += [self.scan_line_break()]
            end = self.get_mark()

    def scan_tag(self) -> TagToken:
        """Read a tag, up to a blank or, in flow collections, a comma."""
        start = self.get_mark()
        match = _TAG.match(self.buffer, self.pointer)
        assert match is not None  # a tag begins with `!`, and that alone is one
        handle, suffix = match.groups()
        self.forward(len(match.group()))
        if (handle not in (None, "!") and not suffix) or not is_utf8(match.group()):
            raise ScannerError("while parsing a tag", start, "did not find expected tag URI", self.get_mark())
        if self.peek() not in _BLANKS and not (self.flow_level and self.peek() == ","):
            raise ScannerError(
                "while scanning a tag", start, "did not find expected whitespace", self.get_mark()
            )
        return TagToken((handle, match.group()), start, self.get_mark())

    def _plain_width(self, start: Any) -> int:
        """Return how many characters of a plain scalar follow without a blank."""
        width = 0
        while True:
            letter = self.peek(width)
            if letter in _BLANKS or (self.flow_level and letter in ",[]{}"):
                return width
            if letter == ":":
                following = self.peek(width + 1)
                if self.flow_level and following in _SECOND:
                    self.forward(width)
                    problem = "found unexpected ':'"
                    raise ScannerError("while scanning a plain scalar", start, problem, self.get_mark())
                if following in _BLANKS:
                    return width
            width += 1

    def _plain_gap(self, start: Any, indent: int) -> str:
        """Pass over blanks and line ends inside a plain scalar; return what stands for them in its text."""
        blanks = ""
        breaks = 0
        while (letter := self.peek()) in " \t\n":
            if letter == "\n":
                breaks += 1
            elif not breaks:
                blanks += letter
            elif letter == "\t" and self.column < indent:
                problem = "found a tab character that violates indentation"
                raise ScannerError("while scanning a plain scalar", start, problem, self.get_mark())
            self.forward()
        if not breaks:
            return blanks
        return "\n" * (breaks - 1) or " "

    def _is_marker(self) -> bool:
        return self.column == 0 and self.prefix(3) in ("---", "...") and self.peek(3) in _BLANKS

    def _refuse_tab(self) -> None:
        if self.peek() == "\t":
            problem = "found a tab character where an indentation space is expected"
            raise ScannerError(_BLOCK, None, problem, self.get_mark())

    def _pass_line(self) -> None:
        while self.peek() not in _ENDS:
            self.forward()
