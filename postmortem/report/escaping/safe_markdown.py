"""Authors' Markdown as HTML that can do no harm: no raw HTML, allowed links, images that are at hand."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from postmortem.ground.budget import on_time
from postmortem.ground.characters import forbidden_in, has_right_to_left
from postmortem.ground.urls import refused
from postmortem.report.escaping.code_spans import plain_and_code
from postmortem.report.escaping.put import put

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

Show = Callable[[str, str], Markup]
MOST_BYTES = 65_536
_MOST_SPECIALS = 3_000
_MOST_CELLS = 20_000
_BLOCK_TAG = {"p", "li", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}

# Text in which none of these stands is nothing but paragraphs: the parser would only copy it.
_MARKUP = re.compile(r"[\\`*_\[<&~|#\t\x00]|^[ >+=-]|^\d+[.)]|[ ]$", re.MULTILINE)
# What the parser looks back for: its time grows with the square of their number.
_REL = Markup(' rel="noreferrer"')  # which means noopener, too
_SPECIALS = re.compile(r"[`*_\[\]<~!]")


def allowed(address: str) -> bool:
    """Tell whether a link may lead there: http, https, mailto, a place on the page, or a relative address.

    An address with a user name before the host, a backslash, a blank or a control character may not.
    """
    return not refused(address)


def outside(address: str) -> Markup:
    """Return what a link to another host carries: whoever stands there learns nothing of this page."""
    return _REL if address[:4].lower() == "http" else Markup()


def bidi(text: str) -> Markup:
    """Return a short text escaped, and kept in its place where it is written from right to left."""
    return put("<bdi>%s</bdi>", text) if has_right_to_left(text) else escape(text)


def _written(parts: Sequence[str]) -> Markup:
    """Return such parts as the parser would write them: it leaves apostrophes as they are."""
    out = [put("<code>%s</code>", part) if i % 2 else escape(part) for i, part in enumerate(parts)]
    return Markup("".join(out).replace("&#39;", "'").replace("&#34;", "&quot;"))


def block(text: str, level: int = 3, show: Show | None = None) -> Markup:
    """Return Markdown as HTML blocks; its headings stand below a heading of ``level``.

    A field past 64 KB, or one so full of signs or cells that parsing it takes long, is shown as plain text.
    ``show`` gives a picture's element for its address and words, or '' where it is to be a link.
    """
    on_time()
    text = text.strip("\n")
    paragraphs = [plain_and_code(part, _MARKUP) for part in re.split(r"\n{2,}", text)]
    right_to_left = has_right_to_left(text)
    if all(paragraphs):
        opening = Markup('<p dir="auto">') if right_to_left else Markup("<p>")
        return Markup("\n").join(
            opening + _written(parts) + Markup("</p>") for parts in paragraphs if parts and parts != [""]
        )
    if _too_much(text):
        return put('<pre dir="auto">%s</pre>', text)
    parser = _parser()
    env: MutableMapping[str, Any] = {"show": show}
    tokens = parser.parse(text, env)
    _demote(tokens, level, right_to_left)
    return Markup(parser.renderer.render(tokens, parser.options, env).strip())


def inline(text: str, show: Show | None = None) -> Markup:
    """Return Markdown as HTML without blocks: for headings and cells; ``show`` as for `block`."""
    on_time()
    text = " ".join(text.split())
    parts = plain_and_code(text, _MARKUP)
    if parts:
        made = _written(parts)
    elif _too_much(text):
        return bidi(text)
    else:
        made = Markup(_parser().renderInline(text, {"show": show}))
    return put("<bdi>%s</bdi>", made) if has_right_to_left(text) else made


def plain(text: str) -> str:
    """Return Markdown as the text a reader would see, on one line: for labels in drawings."""
    on_time()
    text = " ".join(text.split())
    parts = plain_and_code(text, _MARKUP)
    if parts:
        return "".join(parts)
    return text if _too_much(text) else _text(_parser().parseInline(text)).strip()


def _text(tokens: Sequence[Token] | None) -> str:
    out = ""
    for token in tokens or ():
        if token.type in ("text", "code_inline"):
            out += token.content
        elif token.type in ("softbreak", "hardbreak"):
            out += " "
        else:
            out += _text(token.children)
    return out


def _too_much(text: str) -> bool:
    return (
        _cells(text) > _MOST_CELLS
        or len(text.encode("utf-8", "replace")) > MOST_BYTES
        or len(_SPECIALS.findall(text)) > _MOST_SPECIALS
    )


def _cells(text: str) -> int:
    """Return how many cells a text may have at most: each row of a table is filled up to its heading."""
    lines = text.split("\n")
    return len(lines) * max(line.count("|") for line in lines)


def _demote(tokens: Sequence[Token], level: int, right_to_left: bool) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + level)}"
        if right_to_left and token.nesting == 1 and token.tag in _BLOCK_TAG:
            token.attrSet("dir", "auto")


@cache
def _parser() -> MarkdownIt:
    """Return the parser, built at its first use: most fragments never need it."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = allowed  # type: ignore[method-assign,assignment]
    parser.core.ruler.push("unseen", _drop_unseen)
    parser.renderer.rules["image"] = _image  # type: ignore[attr-defined]
    parser.renderer.rules["link_open"] = _link  # type: ignore[attr-defined]
    parser.renderer.rules["td_open"] = parser.renderer.rules["th_open"] = _cell  # type: ignore[attr-defined]
    return parser


def _drop_unseen(state: StateCore) -> None:
    """Drop the characters that no log may hold and that an entity still names: `&#x202e;` turns text, too."""
    if "&" in state.src:
        # What stands in the source itself has been let in.
        _without_unseen(state.tokens, bidi=forbidden_in(state.src) is not None)


def _without_unseen(tokens: Sequence[Token], *, bidi: bool) -> None:
    for token in tokens:
        token.content = _seen(token.content, bidi)
        token.info = token.info.partition("&")[0]  # of a fence, whose entities are read when it is written
        if "title" in token.attrs:
            token.attrSet("title", _seen(str(token.attrs["title"]), bidi))
        _without_unseen(token.children or (), bidi=bidi)


def _seen(text: str, bidi: bool) -> str:
    forbidden = forbidden_in(text, bidi=bidi)
    return text if forbidden is None else forbidden.sub("", text)


def _image(tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    """Return an image that is at hand, else a link to it: nothing is fetched when a report is opened."""
    token = tokens[at]
    address = str(token.attrs["src"])
    words = _text(token.children).strip()
    if not allowed(address):
        return str(escape(words or address))
    show: Show | None = env.get("show")
    if show is not None and words and (picture := show(address, words)):
        return str(picture)
    words = words or address
    return str(put('<a href="%s"%s>%s</a>', address, outside(address), words))


def _link(tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """Return the start of a link."""
    token = tokens[at]
    address, title = str(token.attrs["href"]), token.attrs.get("title")
    words = put(' title="%s"', title) if title else Markup()
    return str(put('<a href="%s"%s%s>', address, words, outside(address)))


def _cell(tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """Return a table cell without the style attribute that the page's policy would refuse."""
    direction = ' dir="auto"' if "dir" in tokens[at].attrs else ""
    return f"<{tokens[at].tag}{direction}>"
