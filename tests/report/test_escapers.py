"""The escapers one by one: every sign that means something, alone and in company; no shortcut shows."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from postmortem.ground.budget import TooSlow, within
from postmortem.ground.place import Route
from postmortem.report.escaping import markdown_fields, markdown_text, safe_markdown
from postmortem.report.escaping.as_json import dumped, joined_sources, proof_rows
from postmortem.report.escaping.code_spans import plain_and_code
from postmortem.report.escaping.csv_cells import csv_text, guarded
from postmortem.report.escaping.markdown_text import (
    ZERO_WIDTH,
    Safe,
    code,
    firm,
    fragment,
    inline,
    joined,
    link,
    safe_url,
)
from postmortem.report.escaping.mermaid_text import flow_label, gantt_name, shortened
from postmortem.report.escaping.put import put, strung
from postmortem.resolve.timeline import Step

NEVER = re.compile(r"(?!)")
ALWAYS = re.compile("")
BLANKS = "\t\n\v\f\r\x85\u2028\u2029 "
SIGNS = "\\`*_[]()<>~|!&$#+-=:.,;@^%{}'\"?/ \n\t0123aZé😀wgHmailto"


def some_texts(count: int, longest: int = 7) -> list[str]:
    """Return texts of signs and letters: each sign alone, at both ends and inside, then any company."""
    chance = random.Random(5)
    found = [
        form.format(one) for one in dict.fromkeys(SIGNS) for form in ("{}", "{}a", "a{}", "a{}b", "a {} b")
    ]
    pairs = [f"{form}{one}{two}b" for one in SIGNS for two in SIGNS[:34] for form in ("", "a ")]
    drawn = ("".join(chance.choices(SIGNS, k=chance.randint(2, longest))) for _ in range(count))
    return [*found, *pairs, *drawn]


# Markdown, plain text.


def kept_out(character: str) -> bool:
    """Say whether plain text for Markdown loses a character: no control, no direction, no half pair."""
    number = ord(character)
    if character in BLANKS:
        return False
    turns = 0x202A <= number <= 0x202E or 0x2066 <= number <= 0x2069
    return (
        turns
        or number == 0xFEFF
        or unicodedata.category(character) in ("Cc", "Cs")
        or 0xFFF9 <= number <= 0xFFFB
    )


def test_every_character_of_plain_text_is_kept_escaped_or_left_out() -> None:
    escaped = {one: f"\\{one}" for one in "\\`*[]|~$"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    escaped |= dict.fromkeys(BLANKS, " ")
    for number in range(0x10000):
        one = chr(number)
        kept = "" if kept_out(one) else escaped.get(one, one)
        if one in "@#":
            kept = one + ZERO_WIDTH
        assert inline(f"a{one}b") == f"a{kept}b", hex(number)
        if kept == " ":
            assert inline(f"a{one}{one}b") == "a b"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (" a ", "a"),
        ("a  b", "a b"),
        ("@ a", "@ a"),
        ("a@b", f"a@{ZERO_WIDTH}b"),
        ("@team #12 ## !7 !a", rf"@{ZERO_WIDTH}team #{ZERO_WIDTH}12 ## !{ZERO_WIDTH}7 !a"),
        ("gh-7 xGH-7 GH-x gh7", f"gh{ZERO_WIDTH}-7 xGH-7 GH-x gh7"),
        ("Www.x www", r"Www\.x www"),
        ("wWw.x awww.x", r"wWw\.x awww.x"),
        ("a:b: c", r"a\:b: c"),
        ("10:20:30", "10:20:30"),
        (":+1: :-1: :a_b: :A:", r"\:+1: \:-1: \:a_b: :A:"),
        ("x:1a2:", r"x\:1a2:"),
        ("a:// b:/", r"a\:// b:/"),
        ("a_b _c_ d_ _", r"a_b \_c\_ d\_ \_"),
        ("1_2 _1 é_é", r"1_2 \_1 é_é"),
        ("__a__", r"\_\_a\_\_"),
        ("> a", "&gt; a"),
        ("+ a", r"\+ a"),
        ("= a", r"\= a"),
        ("- a", r"\- a"),
        ("-a", r"\-a"),
        ("# a", r"\# a"),
        (":- a", r"\:- a"),
        (": a", ": a"),
        ("1) a", r"1\) a"),
        ("123456789. a", r"123456789\. a"),
        ("1234567890. a", "1234567890. a"),
        ("1.", r"1\."),
        ("1.5", "1.5"),
        ("a 1. b", "a 1. b"),
        ("a - b", "a - b"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_plain_text_for_markdown(text: str, seen: str) -> None:
    assert inline(text) == seen
    assert isinstance(inline(text), Safe)


def test_the_shortcut_for_plain_text_shows_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        *some_texts(4_000),
        "GH-1",
        "gh-1",
        "www.a",
        "WWW.a",
        "a\u00a0b",
        "a\ufffab",
        "a\ud800b",
        "\u202ea",
    ]
    quick = [inline(text) for text in texts]
    monkeypatch.setattr(markdown_text, "_TO_ESCAPE", ALWAYS)
    assert quick == [inline(text) for text in texts]


def test_a_code_span_is_fenced_by_more_than_it_holds() -> None:
    assert code("a``b`c") == "```a``b`c```"
    assert code("a`") == "`` a` ``"
    assert code(" a ") == "`a`"
    assert code("\x00") == ""
    assert code("a\x00\u2028b") == "`a b`"


def test_firm_texts_and_fragments() -> None:
    assert firm("a – b") == "a&nbsp;\u2060–\u2060&nbsp;b"
    assert firm("a*") == r"a\*"
    assert fragment("aZ09_-") == "aZ09_-"
    assert fragment("é.:/ ") == "-----"
    assert joined([Safe("a"), Safe("b")]) == "a, b"
    assert joined((Safe("a"), Safe("b")), " – ") == "a – b"


def test_a_link_is_encoded_and_one_to_nowhere_is_text() -> None:
    assert link(Safe("a"), None) == "a"
    assert link(Safe("a"), " https://h/x ") == "[a](https://h/x)"
    assert safe_url("https://h/:/?#@!$&'*+,;=%~-._") == "https://h/:/?#@!$&'*+,;=%~-._"
    for one in '()[]"<>`^{}|é':
        encoded = "".join(f"%{byte:02X}" for byte in one.encode())
        assert safe_url(f"a{one}b") == f"a{encoded}b"
    assert safe_url("a\ud800") is None
    assert safe_url("a\ufffab") is None
    assert safe_url("http://[x") is None


# Markdown, an author's own.


@pytest.mark.parametrize("make", [markdown_fields.one_line, markdown_fields.blocks])
def test_the_shortcut_for_simple_fields_shows_nowhere(
    make: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        *some_texts(1_200),
        "`a` b `c|d`",
        "a `b` ",
        " `b`",
        "`a`b`",
        "a https://h/x b",
        "1) a",
        "12. a",
        "7. a",
    ]
    texts = [text for text in texts if text == text.strip()]  # a field of a log has no edges
    quick = [make(text) for text in texts]
    monkeypatch.setattr(markdown_fields, "_MARKUP", ALWAYS)
    monkeypatch.setattr(markdown_fields, "plain_and_code", lambda *_: None)
    for text, one in zip(texts, quick, strict=True):
        assert one == make(text), repr(text)


@pytest.mark.parametrize("make", [safe_markdown.block, safe_markdown.inline, safe_markdown.plain])
def test_the_shortcut_for_simple_html_shows_nowhere(
    make: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        *some_texts(1_200),
        "a\n\nb",
        'a\n\n\n`b` "c"\'s',
        "`a` b",
        "a\nb",
        "שלום\n\nb",
        "a\x00b",
        "1) a",
    ]
    quick = [make(text) for text in texts]
    monkeypatch.setattr(safe_markdown, "plain_and_code", lambda *_: None)
    for text, one in zip(texts, quick, strict=True):
        assert one == make(text), repr(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a", ["a"]),
        ("", [""]),
        ("`a`", ["", "a", ""]),
        ("a `b c` d", ["a ", "b c", " d"]),
        ("`b` `c`", ["", "b", " ", "c", ""]),
        ("a*", None),
        ("`a` *", None),
        ("`a*`", ["", "a*", ""]),
        ("`a\\`", None),
        ("`a", None),
        ("` a`", None),
        ("`a `", None),
        ("`a\nb`", None),
        ("``a``", None),
        ("``a`", None),
        ("`a\\b`", None),
        ("`a``", None),
    ],
)
def test_text_and_code_are_parted_without_a_parser(text: str, parts: list[str] | None) -> None:
    assert plain_and_code(text, re.compile(r"[*`\\]")) == parts


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("# a\n## b\n###### c", "### a\n\n#### b\n\n###### c"),
        ("a\nb", "a\nb"),
        ("a  \nb", "a\\\nb"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("0. a", "1. a"),
        ("10. a\n\n    b", "10. a\n\n    b"),
        ("- a\n\n- b", "- a\n- b"),
        ("-\n- b", "-\n- b"),
        ("- a\n-\n- b", "- a\n-\n- b"),
        ("- > a", "- > a"),
        ("- # a\n  b", "- ### a\n\n  b"),
        ("- | a |\n  | - |\n  | 1 |", "- | a |\n  | -- |\n  | 1 |"),
        ("    a\n    b", "```\na\nb\n```"),
        ("~~~ Py x\na\n~~~", "```py\na\n```"),
        ("```{x}é-1\na\n```", "```x-1\na\n```"),
        ("```math\na\n```", "```\na\n```"),
        ("```geojson\na\n```", "```\na\n```"),
        ("```topojson\na\n```", "```\na\n```"),
        ("```stl\na\n```", "```\na\n```"),
        ("```MERMAID x\na\n```", "```\na\n```"),
        ("~~~\na ```` b\n~~~", "`````\na ```` b\n`````"),
        ("```\na\n\n\n```", "```\na\n```"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("| a | *b* |\n|--|--|\n| `c` | d\\|e |", "| a | *b* |\n| -- | -- |\n| `c` | d\\|e |"),
        ("*a **b** ~~c~~*", "*a **b** ~~c~~*"),
        ("[*a* b](https://h/x)", "[*a* b](https://h/x)"),
        ("[a](https://u@h/x) b", "a b"),
        ("[a]()", "a"),
        ("![](https://h/x.png)", r"[https\://h/x.png](https://h/x.png)"),
        ("![a `b`](x.png)", r"[a \`b\`](x.png)"),
        ("a <b>c</b>", "a &lt;b&gt;c&lt;/b&gt;"),
        ("&amp; &lt;", "&amp; &lt;"),
        ("see https://h/x.", "see <https://h/x>."),
        ("(https://h/a_b)", "(<https://h/a_b>)"),
        ("a https://u@h b", r"a https\://u@" + ZERO_WIDTH + "h b"),
        ("https://h/x* http://h/y!?", "<https://h/x>\\* <http://h/y>!?"),
        ("\n\na\n\n", "a"),
        ("", ""),
        (" a ", "a"),
    ],
)
def test_blocks_of_markdown(text: str, seen: str) -> None:
    assert markdown_fields.blocks(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("*a*\n\n> b\n\n- c", "*a* b c"),
        ("    a*b", r"a\*b"),
        ("| a |\n|--|\n| b |", "a b"),
        ("a\\\nb", "a b"),
        ("---", ""),
        ("`a` and *b*", "`a` and *b*"),
        (" `a` ", "`a`"),
        ("# `a`", "`a`"),
        ("a &amp; `b|c`", "a &amp; b\\|c"),
    ],
)
def test_a_line_of_markdown(text: str, seen: str) -> None:
    assert markdown_fields.one_line(text) == seen


def test_a_field_that_would_take_long_is_shown_as_it_stands() -> None:
    assert not markdown_fields._too_much("*" + "a" * 65_535)
    assert markdown_fields._too_much("*" + "a" * 65_536)
    for make in (markdown_fields.one_line, markdown_fields.blocks):
        assert make("*a* " + "b" * 65_533).startswith(r"\*a\* ")
    for sign in "\\`*_[]<>~|!&":
        assert not markdown_fields._too_much(sign * 4_000 + "(")
        assert markdown_fields._too_much(sign * 4_001)


def test_an_address_in_running_text_is_a_link_with_all_its_signs() -> None:
    for one in "AZaz09._~:/?#@!$&'()*+,;=%-":
        text = f"see http://h/x{one}x and https://h"
        target = safe_url(f"http://h/x{one}x")
        written = "".join(markdown_fields._texts(text))
        assert written == f"see <{target}> and <https://h>", one
    for one in ' <>"[]|\\`{}é':
        assert "<http://h/x>" in "".join(markdown_fields._texts(f"see http://h/x{one}x"))
    assert "".join(markdown_fields._texts("http://h/a.,;:!?'*_~) b")) == "<http://h/a>.,;:!?'\\*\\_\\~) b"


def test_html_is_text_even_if_a_parser_lets_it_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_fields, "_parser", lambda: MarkdownIt("commonmark", {"html": True}))
    assert markdown_fields.blocks("<div>\n<b>x</b>\n</div>\n\na *b*") == (
        "&lt;div&gt; &lt;b&gt;x&lt;/b&gt; &lt;/div&gt;\n\na *b*"
    )
    assert markdown_fields.one_line("a <b>x</b>") == "a &lt;b&gt;x&lt;/b&gt;"
    assert markdown_fields._spans([Token("unknown", "", 0), Token("text", "", 0, content="a")]) == "a"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("[a](b.html)", "[a](../b.html)"),
        ("![a](b.png)", "[a](../b.png)"),
        ("[a](#b)", "[a](#b)"),
        ("[a](/b)", "[a](/b)"),
        ("[a](?b)", "[a](?b)"),
        ("[a](https://h/b)", "[a](https://h/b)"),
        ("[a](mailto:b@h)", "[a](mailto:b@h)"),
    ],
)
def test_relative_addresses_lead_from_where_the_page_is(written: str, seen: str) -> None:
    with markdown_fields.seen_from("../"):
        assert markdown_fields.blocks(written) == seen
    assert markdown_fields.blocks(written) == seen.replace("../", "")


def test_no_sign_before_a_link_makes_a_picture_of_it() -> None:
    assert markdown_fields.blocks("a\\![b](https://h)") == "a\\![b](https://h)"
    assert markdown_fields.blocks("![a](https://h) !![b](https://h)") == ("[a](https://h) \\![b](https://h)")


def test_brackets_within_a_link_are_none_even_to_who_takes_backslashes_off_first() -> None:
    """The reader `marked` does so: `[!\\[x\\](y)](z)` is a picture within a link to it."""
    assert link(inline("![x](https://h/i) \\[`"), "#a") == "[!&#91;x&#93;(https\\://h/i) \\\\&#91;\\`](#a)"
    assert markdown_fields.blocks("[a \\[b\\] `[c] \\[` d](#a)") == "[a &#91;b&#93; `[c] \\[` d](#a)"
    assert link(Safe("a\\*b"), "#a") == "[a\\*b](#a)"
    assert link(inline("[x]"), None) == "\\[x\\]"


# HTML.


def test_every_part_is_escaped_unless_it_is_html_of_ours() -> None:
    class Own:
        def __html__(self) -> str:
            return "<i>"

        def __str__(self) -> str:
            return "no"

    class Text(str):
        pass

    made = put("<b>%s</b>", "&<>\"'")
    assert type(made) is Markup and made == "<b>&amp;&lt;&gt;&#34;&#39;</b>"
    assert put("%s%s", Markup("<i>"), 7) == "<i>7"
    assert put("%s", Own()) == "<i>"
    assert put("%s", Text("<")) == "&lt;"
    assert put("%s", None) == "None"
    assert put("%s", "&lt;") == "&amp;lt;"
    row = strung("<br>", iter([Markup("<i>"), "<", Own(), 7]))
    assert type(row) is Markup and row == "<i><br>&lt;<br><i><br>7"
    for text in some_texts(500):
        assert put("%s", text) == escape(text)


def turned(text: str) -> bool:
    """Say whether a text is kept in its place, since it is written from right to left."""
    return safe_markdown.bidi(text).startswith("<bdi>")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0x0590, 0x08FF),
        (0xFB1D, 0xFDFF),
        (0xFE70, 0xFEFC),
        (0x10800, 0x10FFF),
        (0x1E800, 0x1EFFF),
        (0x200E, 0x200F),
        (0x202A, 0x202E),
        (0x2066, 0x2069),
    ],
)
def test_text_from_right_to_left_is_known_by_its_blocks(first: int, last: int) -> None:
    for number in (first, (first + last) // 2, last):
        assert turned(f"a{chr(number)}b")
    assert not turned(f"a{chr(first - 1)}{chr(last + 1)}b")


def test_letters_from_right_to_left_are_all_known() -> None:
    for number in range(0x110000):
        if unicodedata.bidirectional(chr(number)) in ("R", "AL"):
            assert turned(chr(number)), hex(number)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("a\nb", "<p>a\nb</p>"),
        ("\n\na\n\n\n\nb\n", "<p>a</p>\n<p>b</p>"),
        ("", ""),
        ("a `b<` \"c\" 'd'", "<p>a <code>b&lt;</code> &quot;c&quot; 'd'</p>"),
        ("שלום `a`", '<p dir="auto">שלום <code>a</code></p>'),
        (
            "# שלום\n\n> *a*",
            '<h4 dir="auto">שלום</h4>\n<blockquote dir="auto">\n<p dir="auto"><em>a</em></p>\n</blockquote>',
        ),
        ("# a", "<h4>a</h4>"),
        ("#### a", "<h6>a</h6>"),
        ("~~a~~ **b**", "<p><s>a</s> <strong>b</strong></p>"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("![a](x.png)", '<p><a href="x.png">a</a></p>'),
        ("![](x.png)", '<p><a href="x.png">x.png</a></p>'),
        ("![a](<x y>)", '<p><a href="x%20y">a</a></p>'),
        ("![ a ](x.png)", '<p><a href="x.png">a</a></p>'),
        ("![a\\\nb](x.png)", '<p><a href="x.png">a b</a></p>'),
        ("[a](b 'c \"d\"')", '<p><a href="b" title="c &#34;d&#34;">a</a></p>'),
        ("[a](https://h 'b')", '<p><a href="https://h" title="b" rel="noreferrer">a</a></p>'),
        ("[a](HTTP://h)", '<p><a href="HTTP://h" rel="noreferrer">a</a></p>'),
        ("[a](https://u@h)", "<p>[a](https://u@h)</p>"),
        ("[a](b) c", '<p><a href="b">a</a> c</p>'),
        ("<https://h>", '<p><a href="https://h" rel="noreferrer">https://h</a></p>'),
        ("&copy;", "<p>©</p>"),
        ("a > b ] c ! d - e", "<p>a &gt; b ] c ! d - e</p>"),
        ("a\n=", "<h4>a</h4>"),
        ("a\n-", "<h5>a</h5>"),
        ("a\n> b", "<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>"),
        ("+ a", "<ul>\n<li>a</li>\n</ul>"),
        ("1) a", "<ol>\n<li>a</li>\n</ol>"),
        ("123456789. a", '<ol start="123456789">\n<li>a</li>\n</ol>'),
        ("1234567890. a", "<p>1234567890. a</p>"),
        ("a\tb\n\tc", "<p>a\tb\nc</p>"),
        ("a \n b", "<p>a\nb</p>"),
        (
            "| a |\n|:-:|\n| b |",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
            "<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>",
        ),
    ],
)  # fmt: skip
def test_markdown_as_html(text: str, seen: str) -> None:
    assert safe_markdown.block(text) == seen
    assert isinstance(safe_markdown.block(text), Markup)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a שלום", ["p"]),
        ("*a* שלום", ["p"]),
        ("# שלום", ["h1"]),
        ("## שלום\n### b\n#### c\n##### d\n###### e", ["h2", "h3", "h4", "h5", "h6"]),
        ("> - שלום", ["blockquote", "li"]),
        ("| שלום |\n|:-:|\n| b |", ["th", "td"]),
    ],
)
def test_each_block_from_right_to_left_finds_its_own_direction(text: str, tags: list[str]) -> None:
    page = safe_markdown.block(text, 0)
    assert re.findall(r'<(\w+) dir="auto">', page) == tags
    assert "dir=" not in safe_markdown.block(text.replace("שלום", "a"), 0)
    assert "style" not in page


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a&#x202e;b &amp; *c&rlm;*", "<p>ab &amp; <em>c</em></p>"),
        ("`&#x202e;`\\*", "<p><code>&amp;#x202e;</code>*</p>"),
        ("![a&lrm;b](c.png)", '<p><a href="c.png">ab</a></p>'),
        ('[a](b "c&#x2028;d") [e](f)', '<p><a href="b" title="cd">a</a> <a href="f">e</a></p>'),
        ("~~~x&amp;y&amp;z\na\n~~~", '<pre><code class="language-x">a\n</code></pre>'),
        ("~~~x&#x202e;\n&#x202e;\n~~~", '<pre><code class="language-x">&amp;#x202e;\n</code></pre>'),
        ("*a*\ufeffb", "<p><em>a</em>\ufeffb</p>"),
        ("\u2067*a*&rlm;&#x2028;b", '<p dir="auto">\u2067<em>a</em>\u200fb</p>'),
        (
            '[a](b "&#x202e;&#x2028;c\u2067")',
            '<p dir="auto"><a href="b" title="\u202ec\u2067">a</a></p>',
        ),
    ],
)
def test_what_no_log_may_hold_is_dropped_where_an_entity_names_it(text: str, seen: str) -> None:
    assert safe_markdown.block(text) == seen


def test_headings_stand_below_the_level_that_is_given() -> None:
    assert safe_markdown.block("# *a*", 1) == "<h2><em>a</em></h2>"
    assert safe_markdown.block("# *a*", 5) == "<h6><em>a</em></h6>"


def test_a_picture_at_hand_is_shown_by_its_words() -> None:
    asked: list[tuple[str, str]] = []

    def show(address: str, words: str) -> Markup:
        asked.append((address, words))
        return Markup("<img>") if address == "here.png" else Markup("")

    text = "![a  `b`\n*c*](here.png) ![d](gone.png) ![](here.png)"
    links = '<a href="gone.png">d</a> <a href="here.png">here.png</a>'
    assert safe_markdown.block(text, 3, show) == f"<p><img> {links}</p>"
    assert safe_markdown.inline(text, show) == f"<img> {links}"
    assert asked[:2] == [("here.png", "a  b c"), ("gone.png", "d")]


def test_a_picture_from_nowhere_is_words_even_if_a_parser_lets_it_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(safe_markdown._parser(), "validateLink", lambda _: True)
    assert safe_markdown.block("![a *b*](javascript:x)") == "<p>a b</p>"
    assert safe_markdown.block("![](javascript:x&y)") == "<p>javascript:x&amp;y</p>"


def test_html_on_one_line() -> None:
    assert safe_markdown.inline("a\n b  `c`") == "a b <code>c</code>"
    assert safe_markdown.inline("*a* שלום") == "<bdi><em>a</em> שלום</bdi>"
    assert safe_markdown.inline("שלום") == "<bdi>שלום</bdi>"
    assert safe_markdown.bidi("<a>") == "&lt;a&gt;"
    assert safe_markdown.bidi("<שלום>") == "<bdi>&lt;שלום&gt;</bdi>"


def test_markdown_as_plain_text() -> None:
    assert safe_markdown.plain("a\n`b`") == "a b"
    assert safe_markdown.plain("*a* [b](https://h) ![c *d*](x) `e`") == "a b c d e"
    assert safe_markdown.plain("a *b*\\\nc") == "a b\\ c"
    assert safe_markdown.plain("<i> &amp; *x*") == "<i> & x"
    assert safe_markdown.plain("a ![](x)") == "a"


@pytest.mark.parametrize("make", [safe_markdown.block, safe_markdown.inline, safe_markdown.plain])
def test_a_field_is_not_begun_when_the_time_is_over(make: Callable[[str], str]) -> None:
    with within(0.0), pytest.raises(TooSlow):
        make("a")


def test_a_field_of_html_that_would_take_long_is_shown_as_it_stands() -> None:
    assert not safe_markdown._too_much("é" * 32_768)
    assert safe_markdown._too_much("é" * 32_768 + "b")
    assert not safe_markdown._too_much("\ud800" * 65_536) and safe_markdown._too_much("\ud800" * 65_537)
    for sign in "`*_[]<~!":
        assert not safe_markdown._too_much(sign * 3_000 + "#&")
        assert safe_markdown._too_much(sign * 3_001)
    for lines, bars, much in ((100, 200, False), (59, 339, True), (20_000, 1, False), (20_001, 1, True)):
        table = "|" * bars + "\nx" * (lines - 1)
        assert safe_markdown._too_much(table) is much
    words = "a-b 1. c\n.d) e\n" * 6_000  # no markup, and so nothing to parse
    assert safe_markdown.block(words) == f"<p>{words.strip()}</p>"
    many = "*a*" + "~" * 2_999
    assert safe_markdown.block(many).startswith('<pre dir="auto">*a*~')
    assert safe_markdown.inline(many).startswith("*a*~")
    assert safe_markdown.plain(many) == many


# Tables for spreadsheets, and JSON.


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n\0＝＋－＠"])
def test_a_cell_is_no_formula(sign: str) -> None:
    assert guarded(f"{sign}1+A1") == f"'{sign}1+A1"
    for blank in " \u00a0\u200b\ufeff\u2060":
        assert guarded(f"{blank}{sign}x") == f"'{blank}{sign}x"
    assert guarded(f"a{sign}") == f"a{sign}"


@pytest.mark.parametrize(
    "text", ["", " ", "a", "-1", "+1", "-1.5", "+12.50", "-1e3", "-1.5E-19", "+1e+05", "-190", "+0.09"]
)
def test_a_plain_number_and_a_plain_text_stay(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    "text", ["-1.", "-.5", "-1e", "+1e5x", "-1 ", " -1", "--1", "-1.5.2", "-٣", "-1e1.5"]
)
def test_what_is_not_quite_a_number_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_rows_become_csv_text() -> None:
    rows: list[list[object]] = [["a", None, 7, "=x"], ['"q"', "b,c", -1.5, "d\ne"]]
    assert csv_text(["h", "i", "j", "k"], rows) == 'h,i,j,k\na,,7,\'=x\n"""q""","b,c",-1.5,"d\ne"\n'


def test_json_is_written_one_way() -> None:
    assert (
        dumped({"b": "é\u2028", "a": [1, None]})
        == '{\n  "b": "é\u2028",\n  "a": [\n    1,\n    null\n  ]\n}\n'
    )
    for number in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            dumped({"a": number})
    assert joined_sources(("a", "b")) == "a, b"
    assert joined_sources(()) is None
    lines: dict[Route, int] = {("timeline", 0): 7, ("timeline", 1): 9}
    proof = (Step(("timeline", 0), "first", ("a", "b")), Step(("timeline", 1), "second", ()))
    assert proof_rows(proof, lines.__getitem__) == [
        {"line": 7, "text": "first", "source": "a, b"},
        {"line": 9, "text": "second", "source": None},
    ]


# Mermaid.

WORDS = (
    *("accDescr", "accTitle", "axisFormat", "call", "click", "dateFormat", "excludes", "gantt", "href"),
    *("includes", "inclusiveEndDates", "section", "tickInterval", "title", "todayMarker", "topAxis", "vert"),
    *("weekday", "weekend"),
)


@pytest.mark.parametrize("word", WORDS)
def test_no_name_of_a_bar_is_a_word_of_the_grammar(word: str) -> None:
    assert gantt_name(word) == f"- {word}"
    assert gantt_name(f"{word.upper()} of it") == f"- {word.upper()} of it"
    assert gantt_name(f"the {word}") == f"the {word}"


def test_a_name_of_a_bar_holds_nothing_but_letters_digits_blanks_and_dashes() -> None:
    assert gantt_name("a:b;c#d,e  f\n-g-") == "a b c d e f -g"
    assert gantt_name("--- a") == "a"
    assert gantt_name("e\u0301ü ١ क्षि 😀") == "éü ١ क्षि"
    assert gantt_name("²½ Ⅳ _ ª") == "ª" or gantt_name("²½ Ⅳ _ ª") == ""
    assert gantt_name(";#") == ""
    assert gantt_name("a" * 61) == "a" * 60
    assert gantt_name("a" * 60) == "a" * 60
    assert gantt_name("0 Aa Zz 9 -a") == "0 Aa Zz 9 -a"
    assert gantt_name("aaa bbb", 6) == "aaa"


def test_a_label_of_a_node_is_entities_in_lines() -> None:
    for one in "#\"'`;&<>{}[]()|\\/*_~%@$^=:":
        assert flow_label(f"a{one}b") == f"a#{ord(one)};b"
    assert flow_label("a, b. c! d? e- f+") == "a, b. c! d? e- f+"
    assert flow_label("a\x00\u202eb\n\nc") == "a b c"
    assert flow_label("aaaa " * 6 + "bb") == "aaaa aaaa aaaa aaaa aaaa<br>aaaa bb"
    assert flow_label("a" * 27) == "a" * 26 + "<br>a"
    assert flow_label("a" * 80) == "<br>".join(["a" * 26] * 3 + ["aa"])
    assert flow_label("a" * 81) == "<br>".join(["a" * 26] * 3 + ["aa …"])
    assert flow_label("aa bb cc", 5, 40) == "aa …"
    assert flow_label("aa bb cc", 8, 40) == "aa bb cc"
    assert flow_label("x " * 40 + "yy") == flow_label(("x " * 40).strip() + " …").replace("…", "…")


@pytest.mark.parametrize(
    ("text", "longest", "seen"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "abc"),
        ("ab cd", 4, "ab"),
        ("ab  -cd", 5, "ab"),
        ("ab- cd", 5, "ab"),
        ("a b c d", 5, "a b"),
        ("", 0, ""),
    ],
)
def test_a_text_is_cut_at_a_blank(text: str, longest: int, seen: str) -> None:
    assert shortened(text, longest) == seen


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://e.org/?a=1&b=2", "https://e.org/?a=1&b=2"),
        ("https://e.org/?a=1&lt;b", "https://e.org/?a=1&amp;lt;b"),
        ("https://e.org/?a&#38;b", "https://e.org/?a&amp;#38;b"),
        ("a&b;c", "a&amp;b;c"),
        ("a&;b", "a&;b"),
        ("a&.;b", "a&.;b"),
        ("a&", "a&"),
        ("plain", "plain"),
    ],
)
def test_an_address_in_a_link_is_meant_as_it_stands(url: str, written: str) -> None:
    assert link(inline("x"), url) == f"[x]({written})"
