"""An author's own Markdown inside our page: safe markup is kept, and none leaves its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from postmortem.ground.urls import refused
from postmortem.report.escaping.code_spans import plain_and_code
from postmortem.report.escaping.markdown_text import Safe, code, inline, link, safe_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST = 65_536
_MOST_SIGNS = 4_000
_SIGNS = re.compile(r"[\\`*_\[\]<>~|!&]")
# Text in which none of these stands is one paragraph of plain text: no need for a parser.
_MARKUP = re.compile(r"[\\`*_\[<&~\n]|://|^\s*(?:[-+#>]|\d+[.)])")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_NO_DIAGRAM = ("mermaid", "math", "geojson", "topojson", "stl")
_LOWEST_HEADING = 3
_ELSEWHERE = re.compile(r"(?i)https?:|mailto:|[/#?]")
_BESIDE = ContextVar("beside", default="")


@contextmanager
def seen_from(beside: str) -> Iterator[None]:
    """Write relative addresses as they lead from a page whose way to the log's folder is ``beside``."""
    token = _BESIDE.set(beside)
    try:
        yield
    finally:
        _BESIDE.reset(token)


def _from_here(address: str) -> str:
    if not address or refused(address) or _ELSEWHERE.match(address):
        return address
    return _BESIDE.get() + address


def one_line(text: str) -> Safe:
    """Return an author's Markdown as one line: emphasis, code and links stay, blocks are joined by blanks."""
    if not _MARKUP.search(text) or _too_much(text):
        return inline(text)
    simple = plain_and_code(text, _MARKUP) if text == text.strip() else None
    if simple:
        return Safe(
            "".join(code(part) if i % 2 else _kept_edges(part) for i, part in enumerate(simple)).strip()
        )
    tokens = _parser().parse(text)
    parts = [_spans(one.children) if one.type == "inline" else inline(one.content) for one in tokens]
    return Safe(" ".join(part for part in parts if part))


def blocks(text: str) -> Safe:
    """Return an author's Markdown as blocks of a section: headings go below ours, images become links."""
    if not _MARKUP.search(text.strip()) or _too_much(text):
        return inline(text)
    lines, _ = _block(_parser().parse(text), 0, None)
    return Safe("\n".join(lines).strip("\n"))


def _too_much(text: str) -> bool:
    """Tell whether parsing would take long: then the text is shown as it stands."""
    return len(text) > LONGEST or len(_SIGNS.findall(text)) > _MOST_SIGNS


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _block(tokens: Sequence[Token], at: int, until: str | None) -> tuple[list[str], int]:
    """Write the blocks from ``at`` to the closing token ``until``; return their lines and where it stands."""
    lines: list[str] = []
    while at < len(tokens) and tokens[at].type != until:
        token = tokens[at]
        if lines:
            lines.append("")
        if token.type == "paragraph_open":
            lines += _spans(tokens[at + 1].children, keep_breaks=True).split("\n")
            at += 3
        elif token.type == "heading_open":
            level = min(6, int(token.tag[1]) + _LOWEST_HEADING - 1)
            lines.append("#" * level + " " + _spans(tokens[at + 1].children))
            at += 3
        elif token.type == "blockquote_open":
            inner, at = _block(tokens, at + 1, "blockquote_close")
            lines += [f"> {line}".rstrip() for line in inner]
            at += 1
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            inner, at = _list(tokens, at)
            lines += inner
        elif token.type in ("fence", "code_block"):
            lines += _fence(token)
            at += 1
        elif token.type == "table_open":
            inner, at = _table(tokens, at)
            lines += inner
        elif token.type == "hr":
            lines.append("---")
            at += 1
        else:
            lines.append(inline(token.content))
            at += 1
    return lines, at


def _list(tokens: Sequence[Token], at: int) -> tuple[list[str], int]:
    opening = tokens[at]
    closing = opening.type.replace("open", "close")
    ordered = opening.type.startswith("ordered")
    number = int(opening.attrGet("start") or 1)
    lines: list[str] = []
    at += 1
    while tokens[at].type != closing:
        inner, at = _block(tokens, at + 1, "list_item_close")
        mark = f"{number}. " if ordered else "- "
        number += 1
        indent = " " * len(mark)
        tight = [line for line in inner if line] if _is_tight(tokens, at) else inner
        first, *more = tight or [""]
        lines += [(mark + first).rstrip(), *(indent + line if line else "" for line in more)]
        at += 1
    return lines, at + 1


def _is_tight(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the list item that closes at ``at`` holds plain lines only, and so no blank ones."""
    depth = tokens[at].level
    back = at - 1
    while tokens[back].level > depth:
        if tokens[back].type in ("fence", "code_block", "table_open", "blockquote_open", "heading_open"):
            return False
        if tokens[back].type == "paragraph_open" and not tokens[back].hidden:
            return False
        back -= 1
    return True


def _fence(token: Token) -> list[str]:
    body = token.content.rstrip("\n").split("\n")
    fence = "```"
    while fence in token.content:
        fence += "`"
    info = re.sub(r"[^a-z0-9-]", "", token.info.strip().partition(" ")[0].lower())
    return [fence + ("" if info in _NO_DIAGRAM else info), *body, fence]


def _table(tokens: Sequence[Token], at: int) -> tuple[list[str], int]:
    rows: list[list[str]] = []
    while tokens[at].type != "table_close":
        if tokens[at].type == "tr_open":
            rows.append([])
        elif tokens[at].type == "inline":
            rows[-1].append(_spans(tokens[at].children))
        at += 1
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join("--" for _ in rows[0]) + " |")
    return lines, at + 1


def _spans(tokens: Sequence[Token] | None, *, keep_breaks: bool = False) -> Safe:
    """Write inline tokens: what is markup stays markup, all else is escaped."""
    out = ""
    before: str
    href: str
    for token in tokens or ():
        if token.type == "text":
            out += "".join(_texts(token.content))
        elif token.type == "code_inline":
            out += code(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            hard = "\\" if token.type == "hardbreak" else ""
            out += f"{hard}\n" if keep_breaks else " "
        elif token.type == "image":
            source = _from_here(str(token.attrGet("src")))
            out = _behind(out, link(inline(token.content or source), source))
        elif token.type == "link_open":  # which never stands within another
            before, out, href = out, "", _from_here(str(token.attrGet("href")))
        elif token.type == "link_close":
            out = _behind(before, link(Safe(out), href))
        elif token.type in ("em_open", "em_close"):
            out += "*"
        elif token.type in ("strong_open", "strong_close"):
            out += "**"
        elif token.type in ("s_open", "s_close"):
            out += "~~"
        else:
            out += inline(token.content)
    return Safe(out.strip())


def _behind(before: str, written: Safe) -> str:
    """Put a link behind what stands before it: a `!` there would make it a picture, which is fetched."""
    if before.endswith("!") and written.startswith("["):
        return f"{before[:-1]}\\!{written}"
    return before + written


def _texts(text: str) -> Iterator[str]:
    """Escape running text; addresses of the web in it become links."""
    done = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?'*_~)")
        target = safe_url(address)
        if target is None:
            continue
        yield _kept_edges(text[done : match.start()])
        yield f"<{target}>"
        done = match.start() + len(address)
    yield _kept_edges(text[done:])


def _kept_edges(text: str) -> str:
    """Escape a piece of running text and keep the blanks at its edges, which part it from its neighbours."""
    if not text.strip():
        return " " if text else ""
    lead = " " if text[0].isspace() else ""
    tail = " " if text[-1].isspace() else ""
    return lead + inline(text) + tail
