"""Harness of escaping: any text as Markdown, HTML, diagram and table cell stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from postmortem.report.escaping import markdown_fields, markdown_text, safe_markdown
from postmortem.report.escaping.csv_cells import csv_text, guarded
from postmortem.report.escaping.mermaid_text import flow_label, gantt_name
from tests.fuzz.harnesses.notations import text_of

_TAGS = frozenset(
    (
        *("p", "em", "strong", "s", "code", "pre", "a", "ul", "ol", "li", "blockquote", "hr", "br", "bdi"),
        *("table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
_VOID = frozenset(("hr", "br"))
_ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}, "code": {"class"}}
_LINK = re.compile(
    r"(?:https?://[^/?#@\\]+(?:[/?#]|\Z)|mailto:|#|(?![/\\]{2})[^:]*(?:[/?#]|\Z))", re.IGNORECASE
)
_MENTION = re.compile(r"(?<![\w`])[@#]\w")
_ZERO_WIDTH = markdown_text.ZERO_WIDTH


def markdown(data: bytes) -> None:
    """Any text is written into every kind of place, and leaves none of them."""
    text = text_of(data)
    for made in (safe_markdown.block(text), safe_markdown.inline(text), safe_markdown.bidi(text)):
        Page(str(made)).judge()
    assert "\n" not in safe_markdown.plain(text)
    _plain_line(text, markdown_text.inline(text))
    for line in (markdown_text.code(text), markdown_fields.one_line(text), markdown_text.firm(text)):
        assert "\n" not in line, line
        _judged(line)
        _in_a_cell(line)
    _judged(markdown_fields.blocks(text))
    _addresses(text)
    _diagrams(text)
    _cells(text)


class Page(HTMLParser):
    """A piece of HTML: every tag is one of ours, closed where it was opened, and leads nowhere else."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.html = html

    def judge(self) -> None:
        """Read it all."""
        self.feed(self.html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, f"<{tag}>"
        for name, value in attrs:
            assert name == "dir" or name in _ATTRIBUTES.get(tag, ()), f"{tag} {name}={value!r}"
            if name == "href":
                assert safe_markdown.allowed(value or ""), value
                assert _LINK.match(value or ""), value
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_comment(self, _data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, _decl: str) -> None:
        raise AssertionError("a declaration")

    def handle_pi(self, _data: str) -> None:
        raise AssertionError("an instruction")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _tokens(text: str) -> Iterator[Token]:
    for token in _parser().parse(text):
        yield token
        yield from token.children or ()


def _judged(text: str) -> None:
    """Prove that Markdown of ours holds no raw HTML, no picture, no mention and no link to anywhere else."""
    linked = 0
    for one in _tokens(text):
        linked += (one.type == "link_open") - (one.type == "link_close")
        assert one.type not in ("html_inline", "html_block", "image"), (one.type, one.content)
        if one.type == "link_open":
            assert _LINK.match(str(one.attrGet("href"))), one.attrGet("href")
        elif one.type == "text" and not linked:
            assert not _MENTION.search(one.content), one.content


def _plain_line(text: str, line: str) -> None:
    """Prove that an escaped text is one line that reads as the text, its blanks and unseen signs apart."""
    assert "\n" not in line
    assert "\r" not in line
    tokens = _parser().parse(line)
    children = [child for one in tokens for child in one.children or ()]
    assert all(one.type in ("text", "text_special") for one in children), [one.type for one in children]
    if line.strip():
        kinds = [one.type for one in tokens]
        assert kinds == ["paragraph_open", "inline", "paragraph_close"], kinds
    read = "".join(one.content for one in children)
    assert _bare(read) == _bare(text), (read, text)


def _bare(text: str) -> str:
    """Return a text without blanks and without what no page shows."""
    return "".join(char for char in text if char.isprintable() and not char.isspace() and char != _ZERO_WIDTH)


def _in_a_cell(line: str) -> None:
    """Prove that a line does not leave the cell of a table."""
    cells = [one for one in _tokens(f"| a | b |\n| -- | -- |\n| {line} | x |\n") if one.type == "td_open"]
    assert len(cells) == 2, (line, len(cells))


def _addresses(text: str) -> None:
    target = markdown_text.safe_url(text)
    if target is None:
        assert markdown_text.link(markdown_text.Safe("x"), text) == "x"
        return
    assert safe_markdown.allowed(target), target
    assert not re.search(r"[\s<>()\[\]`\\\"]", target), target
    links = [
        one for one in _tokens(markdown_text.link(markdown_text.Safe("x"), text)) if one.type == "link_open"
    ]
    assert len(links) == 1, target


def _diagrams(text: str) -> None:
    name = gantt_name(text)
    assert len(name) <= 62
    assert not set(name) & set("#;:,`<>\"'%{}[]()|\\/\n"), name
    label = flow_label(text)
    for piece in label.split("<br>"):
        assert not set(re.sub("#[0-9]+;", "", piece)) & set("\"'`;<>{}[]()|\\&%\n"), label


def _cells(text: str) -> None:
    cell = guarded(text)
    assert cell.lstrip(" ")[:1] not in ("=", "@", "\t", "\r", "\0"), cell
    if text.isprintable():
        assert csv_text(["a"], [[text]]).count("\n") == 2
