"""Whatever the texts of a log hold, the page keeps its structure: no tag, attribute or address of theirs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postmortem.ground.characters import forbidden_in

CONTEXT = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", '"><b>x', "'><b>x",
    "</style><script>alert(1)</script>", "</script><script>alert(1)</script>", "<!-- x", "--> x", "]]>",
    "&lt;script&gt;", "&#60;script&#62;", '" onmouseover="alert(1)', "' onfocus='alert(1)", "` onclick=`x`",
    "{{ 7*7 }}", "{% raw %}", "{# x #}", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))", "[x](data:text/html,<script>alert(1)</script>)", "[x](blob:x)",
    "[x](vscode://x)", "[x](//evil.example)", "[x](https://user@evil.example)", "[x](\\\\evil.example)",
    "[x](/\\evil.example)", "<javascript:alert(1)>",
    "![x](https://evil.example/beacon.png)", "![x](data:image/svg+xml,<svg>)",
    "[x]: https://evil.example\n\n![x]", "<https://user:pw@evil.example>", "x\n\n# y", "| a |\n| - |\n| b |",
    "```\n</code></pre><script>x</script>\n```", "<a href=//evil.example>x</a>",
    "\u202etxt.exe", "a\u2028b", "%s %d %(x)s",
)  # fmt: skip
TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "svg",
        "defs",
        "pattern",
        "path",
        "lineargradient",
        "stop",
        "mask",
        "circle",
        "header",
        "div",
        "b",
        "nav",
        "fieldset",
        "legend",
        "label",
        "input",
        "span",
        "main",
        "section",
        "p",
        "time",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "figure",
        "text",
        "tspan",
        "rect",
        "use",
        "g",
        "figcaption",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "q",
        "ul",
        "ol",
        "li",
        "kbd",
        "i",
        "small",
        "footer",
        "script",
        "blockquote",
        "em",
        "strong",
        "pre",
        "br",
        "wbr",
        "hr",
        "del",
        "bdi",
        "abbr",
        "u",
    ]
)
ATTRIBUTES = frozenset(
    [
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "id",
        "href",
        "rel",
        "aria-label",
        "aria-labelledby",
        "aria-hidden",
        "aria-live",
        "focusable",
        "width",
        "height",
        "patternunits",
        "patterntransform",
        "d",
        "offset",
        "stop-color",
        "stop-opacity",
        "fill",
        "r",
        "x",
        "y",
        "cx",
        "cy",
        "rx",
        "viewbox",
        "role",
        "maskcontentunits",
        "datetime",
        "title",
        "type",
        "checked",
        "scope",
        "stroke-dasharray",
        "paint-order",
        "data-t",
        "data-l",
        "data-utc",
        "data-copied",
        "data-local",
        "data-keys",
        "dir",
        "start",
        "colspan",
    ]
)
ADDRESS = re.compile(r"#|https?://[^/@?#\\]+(?:[/?#]|$)|mailto:|(?!//|[^/?#]*:)[^\\]*$", re.IGNORECASE)


def _foreign() -> list[str]:
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile"
    if not folder.is_dir():
        return []
    naughty: list[str] = json.loads((folder / "naughty-strings.json").read_text(encoding="utf-8"))
    fixtures = (folder / "dompurify-fixtures.mjs.txt").read_text(encoding="utf-8")
    quoted = re.findall(r'"payload": ("(?:[^"\\\n]|\\.)*")', fixtures)
    return [*naughty, *(json.loads(one, strict=False) for one in quoted)]


def _texts() -> list[str]:
    foreign = [one.encode("utf-8", "ignore").decode() for one in _foreign()]
    chosen = foreign if os.environ.get("POSTMORTEM_LONG") else foreign[::40]
    # What may not stand in a log at all is stopped at the door, and never comes here.
    return [one for one in (*CONTEXT, *chosen) if one.strip() and not forbidden_in(one)]


def filled(stated: Any, text: str) -> Any:
    """Put a text into every text field of the log."""
    stated["title"] = stated["severity"] = stated["summary"] = stated["impact"] = stated["background"] = text
    stated["authors"] = stated["tags"] = stated["related"] = [text]
    stated["people"]["host"]["role"] = text
    stated["links"] = [{"url": text, "title": text}, text]
    for part in ("components", "measures", "sources"):
        for one in stated[part].values():
            one |= {"title": text, "note": text} if part != "measures" else {"title": text, "unit": text}
    stated["sources"]["press"] |= {"url": text, "archived": text}
    for one in (*stated["phases"], *stated["figures"]):
        one["title"] = text
    for one in stated["timeline"]:
        one |= {"what": text, "stated": text, "locator": text, "url": text, "tags": [text], "note": text}
    stated["timeline"][2] |= {"by": text, "quote": {"by": text, "text": text}}
    stated["timeline"][4]["counts"]["people"]["stated"] = text
    for number in (4, 6):
        stated["timeline"][number]["ruling"]["because"] = text
    for one in stated["metrics"]:
        one |= {"title": text, "note": text}
    for one in stated["factors"]:
        one |= {"what": text, "because": text}
    for one in stated["actions"]:
        one |= {"what": text, "owner": text, "verify": text, "url": text}
    stated["perspectives"][0] |= {"who": text, "says": text}
    stated["questions"][0] |= {"what": text, "owner": text, "status": text}
    stated["lessons"] = {name: [text] for name in ("went_well", "went_wrong", "got_lucky")}
    return stated


@pytest.mark.parametrize("text", _texts())
def test_no_text_breaks_out(text: str, log: Any, render: Callable[..., str], parse: Any, page: str) -> None:
    made = render(filled(log, text), file=text)
    tree = parse(made)
    for tag, attributes in tree.tags:
        assert tag in TAGS, tag
        assert attributes.keys() <= ATTRIBUTES, (tag, attributes.keys() - ATTRIBUTES)
        if "href" in attributes:
            assert ADDRESS.match(str(attributes["href"])), attributes["href"]
    for name in ("style", "script"):
        assert re.findall(rf"<{name}>.*?</{name}>", made, re.DOTALL) == re.findall(
            rf"<{name}>.*?</{name}>", page, re.DOTALL
        )


def test_a_plain_text_stands_as_it_is_in_every_field(
    log: Any, render: Callable[..., str], parse: Any
) -> None:
    text = 'Tom & "Jerry" <b> it\'s'
    tree = parse(render(filled(log, text)))
    assert sum(text in said for _, said in tree.texts) > 60
