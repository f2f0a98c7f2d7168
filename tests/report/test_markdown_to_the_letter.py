"""Markdown in a Markdown report, to the letter: each sign of each rule, at its edges and one beyond them."""

from __future__ import annotations

import pytest

from postmortem.report.escaping.code_spans import plain_and_code
from postmortem.report.escaping.markdown_fields import _spans, blocks, one_line, seen_from
from postmortem.report.escaping.markdown_text import Safe, code, fragment, inline, joined, link

EMOJI_NAMES = (
    *(":a:", ":z:", ":+:", ":-:", ":aa:", ":az:", ":a0:", ":a9:", ":a_:", ":a+:", ":a-:"),
    *(":0a:", ":9a:", ":_a:", ":00a:", ":0z-9:", ":+1:", ":-1:", ":_+:"),
)


@pytest.mark.parametrize("name", EMOJI_NAMES)
def test_what_a_forge_takes_for_an_emoji_is_text(name: str) -> None:
    escaped = name.replace("_", r"\_") if name.startswith(":_") or name.endswith("_:") else name
    assert inline(name) == f"\\{escaped}"
    assert inline(f"x {name}") == f"x \\{escaped}"


@pytest.mark.parametrize("text", [":0:", ":09:", "10:20:30", ":A:", ":a b:", ":é:", ":a", "a:", ":a.b:"])
def test_what_is_no_emoji_keeps_its_colons(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a_", r"a\_"),
        ("_", r"\_"),
        ("é_é 9_9", "é_é 9_9"),
        ("a__b", r"a\_\_b"),
        ("+", r"\+"),
        ("=", r"\="),
        ("-", r"\-"),
        ("a = b + c - d", "a = b + c - d"),
        ("12) a", r"12\) a"),
        ("9.", r"9\."),
        ("12.5", "12.5"),
        ("a 12. b", "a 12. b"),
        (" a", "a"),
        ("a ", "a"),
    ],
)
def test_signs_that_mean_something_at_an_edge_alone(text: str, seen: str) -> None:
    assert inline(text) == seen


def test_ids_and_lists_of_texts() -> None:
    assert fragment("AZaz09_-.é") == "AZaz09_---"
    assert joined([Safe("a"), Safe("b")]) == "a, b"
    assert code("a``b") == "```a``b```"
    assert _spans(None) == ""


def test_brackets_in_code_within_a_link_stay_whatever_the_fence() -> None:
    assert link(Safe(r"``a\[`` \["), "#b") == r"[``a\[`` &#91;](#b)"
    assert link(Safe(r"`a` `\]`"), "#b") == r"[`a` `\]`](#b)"


@pytest.mark.parametrize("text", ["", "a", "`a` b", "a `b` `c`", "x `y*` z"])
def test_code_and_text_are_parted_only_where_no_other_markup_stands(text: str) -> None:
    import re

    parts = plain_and_code(text, re.compile("[`*]"))
    assert parts is not None
    assert "".join(f"`{part}`" if i % 2 else part for i, part in enumerate(parts)) == text
    assert plain_and_code(f"{text}*", re.compile("[`*]")) is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"a\.b", "a.b"),
        ("_a_", "*a*"),
        ("__a__", "**a**"),
        ("*a*", "*a*"),
        ("a] > b | c = d", r"a\] &gt; b \| c = d"),
        ("<a@h.example>", "[a@\u200bh.example](mailto:a@h.example)"),
        ("&copy;", "©"),
        ("~~a~~", "~~a~~"),
        ("  - a", "a"),
        ("+ a", "a"),
        ("- a", "a"),
        ("> a", "a"),
        ("# a", "a"),
        ("12. a", "a"),
        ("12) a", "a"),
        (". a", ". a"),
        ("a\nb", "a b"),
        ("a\\\nb", "a b"),
        ("[a][b]\n\n[b]: https://h/x", "[a](https://h/x)"),
        ("    `a`", r"\`a\`"),
        ("***", ""),
        ("*a*\n\n***\n\n*b*", "*a* *b*"),
        ("`a` \ufeff", "`a`"),
        ("*a* \ufeff", "*a*"),
        ("a https://u@h b https://h/x c", "a https\\://u@\u200bh b <https://h/x> c"),
        ("https:// *a*", r"https\:// *a*"),
    ],
)
def test_markdown_on_one_line_to_the_letter(text: str, seen: str) -> None:
    assert one_line(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\n    a", "a"),
        ("*a*\n\n\ufeff", "*a*"),
        ("# `a` \ufeff", "### `a`"),
        ("<div>\n*a*\n</div>", "&lt;div&gt;\n*a*\n&lt;/div&gt;"),
        ("---\n\n***\n\na", "---\n\n---\n\na"),
        ("- a\n\n---\n\n- b", "- a\n\n---\n\n- b"),
        ("2) a\n3) b", "2. a\n3. b"),
        ("- ```\n  a\n\n  b\n  ```\n- c\n  - d", "- ```\n  a\n\n  b\n  ```\n- c\n  - d"),
        ("-     a\n\n      b", "- ```\n  a\n\n  b\n  ```"),
        ("- | a |\n  | - |\n  - b", "- | a |\n  | -- |\n\n  - b"),
        ("- > - a\n  - b", "- > - a\n\n  - b"),
        ("- # a\n  - b", "- ### a\n\n  - b"),
        ("```az09-_.AZ x y\na\n```", "```az09-az\na\n```"),
        ("~~~ py x y\na\n~~~", "```py\na\n```"),
        ("~~~\n``` a\n`\n~~~", "````\n``` a\n`\n````"),
        ("~~~\n`` a\n~~~", "```\n`` a\n```"),
        ("~~~\n```\n`````\n````\n~~~", "``````\n```\n`````\n````\n``````"),
        ("| a |\n|--|", "| a |\n| -- |"),
        ("| a | b |\n|--|--|\n| |", "| a | b |\n| -- | -- |\n|  |  |"),
        ("![a]()", "a"),
        ("![](<>)", ""),
        ("[a]()", "a"),
        ("see!![a](https://h/x)", r"see\![a](https://h/x)"),
        ("see!![a](x:y)", "see!a"),
        ("*a!*![b](https://h/x)", "*a!*[b](https://h/x)"),
        ("[a ![b](x.png) c](https://h/x) d", "[a [b](x.png) c](https://h/x) d"),
        ("[a](b) [c](d)", "[a](b) [c](d)"),
        ("a **b** *c* ~~d~~ `e`", "a **b** *c* ~~d~~ `e`"),
    ],
)
def test_blocks_of_markdown_to_the_letter(text: str, seen: str) -> None:
    assert blocks(text) == seen


@pytest.mark.parametrize("address", ["b", "b/c", "b/c@d", "b?c@d", "b#c:d", "b/https:", "./b:c"])
def test_an_address_beside_the_log_leads_there_from_any_page(address: str) -> None:
    with seen_from("../"):
        assert blocks(f"[a]({address})") == f"[a](../{address})"
    assert blocks(f"[a]({address})") == f"[a]({address})"


@pytest.mark.parametrize(
    "address", ["http://h/b", "HTTPS://h/b", "https://h/b", "MailTo:a@h", "/b", "?b", "#b", "#b/https:"]
)
def test_an_address_elsewhere_is_the_same_from_any_page(address: str) -> None:
    with seen_from("../"):
        assert blocks(f"[a]({address})") == f"[a]({address})"


@pytest.mark.parametrize("address", ["", "x:y", "1x:y", "a@h", "@h", "//h", "https:h", "mailto:a"])
def test_an_address_that_is_refused_is_refused_from_any_page(address: str) -> None:
    for beside in ("", "../"):
        with seen_from(beside):
            assert blocks(f"[a]({address})") == "a"
            assert blocks(f"![a]({address})") == "a"
