"""Escaping by context: what stands in Markdown and Mermaid is what the author wrote, and nothing more."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from postmortem.report.escaping.markdown_fields import LONGEST, blocks, one_line
from postmortem.report.escaping.markdown_text import (
    ZERO_WIDTH,
    Safe,
    anchor,
    code,
    firm,
    inline,
    link,
    safe_url,
)
from postmortem.report.escaping.mermaid_text import flow_label, gantt_name, shortened
from postmortem.report.markdown.markdown import escaped_only


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words, 18:20.", "plain words, 18:20."),
        ("a|b", r"a\|b"),
        ("a\\", "a\\\\"),
        ("*x* `y` [z]", r"\*x\* \`y\` \[z\]"),
        ("snake_case _x_", r"snake_case \_x\_"),
        ("<b> & c", "&lt;b&gt; &amp; c"),
        ("a\nb\u2028c", "a b c"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        ("1. x", r"1\. x"),
        ("25.5", "25.5"),
        ("cc @team", f"cc @{ZERO_WIDTH}team"),
        ("fixes #1", f"fixes #{ZERO_WIDTH}1"),
        ("GH-1", f"GH{ZERO_WIDTH}-1"),
        ("https://x.example", r"https\://x.example"),
        ("www.x.example", r"www\.x.example"),
        (":smile:", r"\:smile:"),
        ("\x00a\u202eb", "ab"),
    ],
)
def test_plain_text_is_escaped_for_one_line(text: str, escaped: str) -> None:
    assert inline(text) == escaped


@pytest.mark.parametrize(
    "text", ["a|b", "*x*", "# x", "<b>", "1. x", "[a](b)", "\\", "`", "~~x~~", "x_y_z", "&amp;"]
)
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(inline(text))
    assert [one.type for one in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert "".join(one.content for one in children) == text
    assert all(one.type.startswith("text") for one in children)


@pytest.mark.parametrize(
    ("text", "span"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a|b", r"a\|b"), ("", ""), ("a\nb", "`a b`")],
)
def test_a_code_span_shows_what_stands_there(text: str, span: str) -> None:
    assert code(text) == span


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org", "http://example.org/a?b=c#d", "mailto:a@example.org", "#e1", "a/b.html", "./a",
        "?a:b", "https://[::1]/",
    ],
)  # fmt: skip
def test_an_address_that_may_be_followed_is_kept(url: str) -> None:
    assert safe_url(url) is not None


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "java\nscript:x", "data:text/html,x",
        "vbscript:x", "blob:x", "vscode:x", "file:///x", "//evil.example", "https://u@evil.example",
        "https://u:p@evil.example", "https://", "http:/x", "https:x", "\\\\host", "", " ", "a:b", "http://[x",
        "java\u2028script:x",
    ],
)  # fmt: skip
def test_any_other_address_is_none(url: str) -> None:
    assert safe_url(url) is None
    assert link(Safe("text"), url) == "text"


def test_an_address_cannot_leave_its_brackets() -> None:
    assert link(Safe("x"), 'https://example.org/a(b) c|d"<>`') == "x"
    assert link(Safe("x"), 'https://example.org/a(b)|"<>`') == (
        "[x](https://example.org/a%28b%29%7C%22%3C%3E%60)"
    )


def test_words_of_a_time_stay_on_one_line() -> None:
    assert firm("after 18:20") == "after&nbsp;18:20"
    assert firm("18:18–18:22") == "18:18\u2060–\u206018:22"


def test_an_anchor_is_a_slug() -> None:
    assert anchor('e1"><script>') == '<a id="e1---script-"></a>'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "plain"),
        ("**b** and `c|d` and *e*", r"**b** and c\|d and *e*"),
        ("see [x](https://example.org/a)", "see [x](https://example.org/a)"),
        ("see [x](javascript:alert(1))", r"see \[x\](javascript:alert(1))"),
        ("see https://example.org/a_b.", "see <https://example.org/a_b>."),
        ("![alt](https://example.org/x.png)", "[alt](https://example.org/x.png)"),
        ("![alt](data:image/png;base64,AA)", "[alt](data:image/png;base64,AA)"),
        ("# head\n\ntext\n- one\n- two", "head text one two"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("a  \nb", "a b"),
        ("```\ncode | x\n```", r"code \| x"),
        ("~~gone~~", "~~gone~~"),
    ],
)
def test_a_field_of_markdown_becomes_one_line(text: str, line: str) -> None:
    assert one_line(text) == line.replace("[alt](data:image/png;base64,AA)", "alt")


def test_prose_keeps_its_blocks_below_our_headings() -> None:
    text = (
        "# A\n\ntext\n\n> quote\n\n1. x\n2. y\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```py\ncode\n```\n\n---\n"
    )
    assert blocks(text) == (
        "### A\n\ntext\n\n> quote\n\n1. x\n2. y\n\n| a | b |\n| -- | -- |\n| 1 | 2 |\n\n```py\ncode\n```"
        "\n\n---"
    )


def test_prose_keeps_lists_in_lists() -> None:
    assert blocks("- a\n  - b\n- c\n") == "- a\n  - b\n- c"
    assert blocks("- a\n\n  more\n- c") == "- a\n\n  more\n- c"
    assert blocks("1. a\n   ```\n   x\n   ```") == "1. a\n\n   ```\n   x\n   ```"


def test_prose_cannot_close_its_fence_nor_draw_a_diagram() -> None:
    assert blocks("````mermaid\nx\n```\ny\n````") == "````\nx\n```\ny\n````"


def test_a_field_past_the_bound_is_plain_text() -> None:
    assert one_line("*" * (LONGEST + 1)) == r"\*" * (LONGEST + 1)


def test_slow_markdown_is_answered() -> None:
    from time import perf_counter

    started = perf_counter()
    for text in ("[" * 20_000, "![" * 10_000, "*a_" * 10_000, "> " * 10_000, "`" * 20_000, "<" * 20_000):
        one_line(text)
        blocks(text)
    assert perf_counter() - started < 20


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("First room, degraded", "First room degraded"),
        ("a;b#c:d%e", "a b c d e"),
        ("", ""),
        ("#;:", ""),
        ("title of it", "- title of it"),
        ("Section 1", "- Section 1"),
        ("click me", "- click me"),
        ("Größe 日本", "Größe 日本"),
        ("a\nb", "a b"),
        ("-- x --", "x"),
        ("²①x", "x"),
    ],
)
def test_a_gantt_name_is_letters_digits_blanks_and_hyphens(text: str, name: str) -> None:
    assert gantt_name(text) == name


def test_a_gantt_name_is_cut_at_a_blank() -> None:
    assert shortened("one two three", 9) == "one two"
    assert shortened("onetwothree", 5) == "onetw"


def test_a_flowchart_label_holds_no_sign_of_the_grammar() -> None:
    assert flow_label('a "b" <c> [d] & #e;') == "a #34;b#34; #60;c#62; #91;d#93; #38; #35;e#59;"
    assert flow_label("") == ""
    assert flow_label("word " * 40).endswith("…")


def test_the_template_takes_nothing_unescaped() -> None:
    assert escaped_only(Safe("x")) == "x"
    with pytest.raises(TypeError, match="without an escaper"):
        escaped_only("x")
