"""Markdown of authors: nothing raw, nowhere unsafe, and the short way gives what the parser gives."""

from __future__ import annotations

import random
import time

import pytest
from markdown_it import MarkdownIt

from postmortem.report.escaping import safe_markdown
from postmortem.report.escaping.safe_markdown import MOST_BYTES, allowed, bidi, block, inline, plain

PIECES = (
    "a", "b ", "`", "` ", "c`d`", " `x` ", "`<b>`", "*", "_", "[", "](", "\n", "\n\n", "  ", "1. ",
    "- ", "<", "&",
    "'", '"', "\\", "#", "é", "x.y", "|", "~~", " ", "=", "\t", "!", "Room 1", "https://example.org",
)  # fmt: skip


def _random_text(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 10)))


def test_the_short_way_gives_what_the_parser_gives() -> None:
    parser = safe_markdown._parser()
    chance = random.Random(20230524)
    for _ in range(4000):
        text = _random_text(chance)
        assert str(block(text, 0)).strip() == parser.render(text.strip("\n")).strip(), repr(text)


def test_a_text_without_markup_never_meets_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> MarkdownIt:
        raise AssertionError("the parser was asked for")

    monkeypatch.setattr(safe_markdown, "_parser", refuse)
    assert block("Plain words, 'quoted' at 18:20.\n\nAnd `code < 3`.") == (
        "<p>Plain words, 'quoted' at 18:20.</p>\n<p>And <code>code &lt; 3</code>.</p>"
    )
    assert inline("one\ntwo `x`") == "one two <code>x</code>"
    assert plain("the `x` thing") == "the x thing"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/a?b#c",
        "mailto:a@example.org",
        "#e-x",
        "docs/a.md",
        "../a?b=c:d",
        "/a",
    ],
)
def test_addresses_that_may_be_linked(address: str) -> None:
    assert allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "blob:x", "vscode://x",
        "//evil.example", "\\\\evil",
        "/\\evil", "https://user@evil.example", "https://u:p@evil.example/", "user@evil.example",
        "java\tscript:x",
        " javascript:x", "https:/\\evil", "file:///etc/passwd", "ftp://x", "https://", "x:y",
    ],
)  # fmt: skip
def test_addresses_that_may_not(address: str) -> None:
    assert not allowed(address)


def test_images_become_links_and_unsafe_ones_words() -> None:
    assert (
        block("![a *b*](https://example.org/x.png)")
        == '<p><a href="https://example.org/x.png" rel="noreferrer">a b</a></p>'
    )
    assert "<img" not in block("![a](data:image/png;base64,AA)")


def test_headings_stand_below_their_section() -> None:
    assert block("# One\n\n###### Six", 3) == "<h4>One</h4>\n<h6>Six</h6>"


def test_table_cells_carry_no_style() -> None:
    assert "style" not in block("| a | b |\n| :- | -: |\n| 1 | 2 |")


def test_right_to_left_blocks_find_their_own_direction() -> None:
    assert block("- *שלום*\n- x").count('dir="auto"') == 2
    assert bidi("שלום") == "<bdi>שלום</bdi>"


def test_a_field_past_its_size_is_shown_as_it_is() -> None:
    text = "*a* <b>" * (MOST_BYTES // 7 + 1)
    assert block(text).startswith('<pre dir="auto">*a* &lt;b&gt;')


@pytest.mark.parametrize(
    "piece", ["[", "*a **b", "`", "![](", "<", "~~a", "> ", "- ", "_a_ ", "[a](", "&amp;", "||"]
)
@pytest.mark.parametrize("size", [MOST_BYTES // 4, MOST_BYTES])
def test_no_field_takes_long(piece: str, size: int) -> None:
    text = piece * (size // len(piece))
    began = time.process_time()
    block(text)
    inline(text)
    plain(text)
    assert time.process_time() - began < 3
