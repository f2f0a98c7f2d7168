"""Links that no page makes are told to who wrote them: those, all of those, and in order."""

from __future__ import annotations

import sys

import pytest

from postmortem.ground.urls import refused
from postmortem.report.escaping.refused_links import refused_links
from postmortem.report.escaping.safe_markdown import block


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x](javascript:a)", ["javascript:a"]),
        ("![x](data:a)", ["data:a"]),
        ("<vscode:x>", ["vscode:x"]),
        ("[x][y]\n\n[y]: blob:a", ["blob:a"]),
        ("[x][y]\n\n[y]:\n  blob:a", ["blob:a"]),
        ("[x](  blob:a)", ["blob:a"]),
        ("[x](<blob:a b>)", ["blob:a%20b"]),
        ("[x]( <blob:a>)", ["blob:a"]),
        ("[x](blob&colon;a)", ["blob:a"]),
        ("[x](blob\\:a)", ["blob:a"]),
        ("[x](a\\ b)", []),
        ("[x](blob:b) [y](c) [z](blob:a) [x](blob:b)", ["blob:b", "blob:a"]),
        ("[x](https://h/a) [y](blob:b)", ["blob:b"]),
        ("[x](blob:a<b)", ["blob:a%3Cb"]),
        ("| a |\n| - |\n| [x](blob:y) |", ["blob:y"]),
        ("<div>\n[x](blob:y)\n</div>", ["blob:y"]),
        ("a <b>[x](blob:y)</b>", ["blob:y"]),
        ("`[x](blob:a)`", []),
        ("[x] (blob:a)", []),
        ("[x](https://h/a_(b)) <a@h.example> [y](n.md#z) [z]()", []),
        ("blob:a javascript:b", []),
        ("<mailto:a>b@c", ["mailto:a"]),
        ("[x](mailto:a)b@c", ["mailto:a"]),
        ("[x](a<b:c)", ["a%3Cb:c"]),
        ("[x](a>b:c)", ["a%3Eb:c"]),
        ("[x](<a b:c>)", ["a%20b:c"]),
        ("[x](<a b@c>)", ["a%20b@c"]),
        ("[x](a@b)", ["a@b"]),
        ("[x](https://h)@i/", []),
        ("[x](https://h:80@i/)", ["https://h:80@i/"]),
        ("[x](https://)h/", ["https://"]),
        ("[x](https://h/a\xadb)", []),
        ("[x](a\xadb)", []),
        ("[x](//h)", ["//h"]),
        ("[x](mailto:a@h.example) [y](https://h:80/)", []),
        ("[x](/a '<blob:b>')", []),
        ("", []),
    ],
)
def test_the_links_that_nobody_should_follow(text: str, told: list[str]) -> None:
    assert list(refused_links(text)) == told
    page = block(text)
    assert not any(f'href="{one}"' in page for one in told)


def test_a_text_without_such_an_address_costs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    fine = "[a](https://h/x) <HTTP://az09-.h> [b](c.md) [c](https://h?a:b@c) [d](http://h#a:b)"
    assert refused_links(fine) == ()
    assert refused_links("[a](/b/c?d=e#f)\n\n[d]: e.md\n\n1 < 2 [x] <b> [b](c/d@e) <") == ()
    assert refused_links("[a](https://h) [b][c]\n\n[c]: https://h\n[d]: http://h/") == ()
    for text in ("[a](blob:b)", "[a](&amp;)", "[a](b\\_c)", "[a](https://h/&amp;)", "[a](https://h/\\_)"):
        with pytest.raises(ImportError):
            refused_links(text)


@pytest.mark.parametrize("deep", [5, 19])
def test_a_link_deep_inside_is_told_too(deep: int) -> None:
    text = "> " * deep + "[x](blob:a)"
    assert refused("blob:a")
    assert refused_links(text) == ("blob:a",)
