"""Where templates put data: as text or in a quoted attribute, never in style or script, never unescaped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined, nodes

from postmortem.report.page import html as page_html
from postmortem.report.templating import own_template, templates

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "templates" / "report.html.j2"
PARTS = {"style": "style", "script": "script"}
"""What may stand inside an element that is no text: our own part, and nothing else."""
URLS = frozenset(("href", "src", "action", "formaction", "data", "poster", "cite"))
# Filters that do not take escaping away; `safe` and `tojson` are not among them.
FILTERS = frozenset(("join", "length"))


def _parsed(text: str) -> nodes.Template:
    return Environment(autoescape=True, undefined=StrictUndefined).parse(text)


def _said(node: nodes.Node) -> str:
    """Return a short name of an expression: `page.title`, `one.anchor`, `say()`."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_said(node.node)}.{node.attr}"
    if isinstance(node, nodes.Call):
        return f"{_said(node.node)}()"
    if isinstance(node, nodes.Filter):
        return f"{_said(node.node) if node.node else ''}|{node.name}"
    return type(node).__name__


def _flat(node: nodes.Node) -> Iterator[nodes.Expr | str]:
    """Yield what a template writes, in the order in which it stands there: texts, and expressions."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Output):
        for one in node.nodes:
            yield from _flat(one)
    elif isinstance(node, nodes.Expr):
        yield node
    elif isinstance(
        node, (nodes.For, nodes.If, nodes.Macro, nodes.Template, nodes.AssignBlock, nodes.CallBlock)
    ):
        fields = ("body", "elif_", "else_") if not isinstance(node, nodes.Macro) else ("body",)
        for name in fields:
            for one in getattr(node, name, None) or ():
                yield from _flat(one)


def contexts(text: str) -> list[tuple[str, str]]:
    """Return for each value that a template writes what it is, and where it stands.

    Places are `text`, `attribute NAME`, `unquoted NAME`, `tag`, `comment`, or the name of a raw element.
    """
    out, before = [], ""
    for one in _flat(_parsed(text)):
        if isinstance(one, str):
            before += one
        else:
            out.append((_said(one), _place(before)))
            before += "x"
    return out


_TAG = re.compile(r"<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)


def _place(before: str) -> str:
    for name in ("style", "script", "title", "textarea"):
        if len(re.findall(rf"<{name}[\s>]", before)) > before.count(f"</{name}>"):
            return name
    rest = _TAG.sub("", before)
    if "<!--" in rest:
        return "comment"
    if "<" not in rest:
        return "text"
    tag = rest[rest.rindex("<") :]
    value = re.search(r"([\w-]+)=(\"[^\"]*|'[^']*)\Z", tag)
    if value:
        return f"attribute {value[1]}"
    bare = re.search(r"([\w-]+)=[^\s\"'>]*\Z", tag)
    return f"unquoted {bare[1]}" if bare else "tag"


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("<p>{{ x }}</p>", "text"),
        ('<p title="a {{ x }}">', "attribute title"),
        ("<p title='a {{ x }}'>", "attribute title"),
        ("<p title={{ x }}>", "unquoted title"),
        ("<p {{ x }}>", "tag"),
        ("<style>a{color:{{ x }}}</style>", "style"),
        ("<script>var a = '{{ x }}'</script>", "script"),
        ("<style></style><p>{{ x }}", "text"),
        ("<!-- {{ x }} -->", "comment"),
        ('{% if y %}<p class="{% else %}<b class="{% endif %}{{ x }}', "attribute class"),
    ],
)
def test_the_table_knows_its_contexts(template: str, place: str) -> None:
    assert contexts(template) == [("x", place)]


def test_every_value_of_the_page_is_text_or_stands_in_a_quoted_attribute() -> None:
    found = contexts(PAGE.read_text(encoding="utf-8"))
    assert len(found) > 150
    for said, place in found:
        if place in PARTS:
            assert said == PARTS[place], f"{said} stands in {place}"
        else:
            assert place in ("text", "title") or place.startswith("attribute "), f"{said} stands in {place}"


def test_no_value_stands_in_a_style_or_a_handler() -> None:
    for said, place in contexts(PAGE.read_text(encoding="utf-8")):
        assert not re.match(r"attribute (?:style|on)", place), said


def test_addresses_are_anchors_of_ours_or_a_picture_that_was_looked_into() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in URLS:
        for value in re.findall(rf'(?<![\w-]){name}="([^"]*)"', text):
            assert value.startswith("#") or (name, value) == ("src", "{{ brand.logo }}"), (name, value)
    assert not re.search(r"\starget=", text)


def test_no_filter_takes_escaping_away() -> None:
    for place in sorted((ROOT / "templates").glob("*.j2")):
        tree = _parsed(place.read_text(encoding="utf-8"))
        used = {one.name for one in tree.find_all(nodes.Filter)}
        assert used <= FILTERS, (place.name, used - FILTERS)
        assert not list(tree.find_all(nodes.ScopedEvalContextModifier)), place.name
        assert not list(tree.find_all(nodes.EvalContextModifier)), place.name


def test_every_template_of_html_is_escaped_and_every_name_must_exist() -> None:
    environment = templates.environment(autoescape=True)
    assert "environment(autoescape=True)" in Path(page_html.__file__).read_text(encoding="utf-8")
    assert environment.autoescape is True
    assert environment.undefined is StrictUndefined
    tree = ast.parse(Path(own_template.__file__).read_text(encoding="utf-8"))
    (made,) = [
        one
        for one in ast.walk(tree)
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "ImmutableSandboxedEnvironment"
    ]
    said = {one.arg: ast.unparse(one.value) for one in made.keywords}
    assert said["autoescape"] == "True"
    assert said["undefined"] == "StrictUndefined"


PRODUCERS = frozenset(
    (
        *("account.py", "brand.py", "chart.py", "chart_table.py", "disagreements.py", "html.py", "lens.py"),
        *(
            "metrics.py",
            "page.py",
            "timeline.py",
            "put.py",
            "safe_markdown.py",
            "pictures.py",
            "direction.py",
        ),
    )
)
"""The modules that may call a text finished HTML; each is shown hostile texts in a browser."""


def test_only_named_producers_make_finished_html() -> None:
    for place in sorted((ROOT / "postmortem").rglob("*.py")):
        tree = ast.parse(place.read_text(encoding="utf-8"))
        marks = [
            one
            for one in ast.walk(tree)
            if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "Markup" and one.args
        ]
        if marks:
            assert place.name in PRODUCERS, place


def test_finished_html_is_never_made_of_a_text_put_together_on_the_way() -> None:
    for place in sorted((ROOT / "postmortem").rglob("*.py")):
        for one in ast.walk(ast.parse(place.read_text(encoding="utf-8"))):
            if not isinstance(one, ast.Call) or getattr(one.func, "id", "") not in ("Markup", "put"):
                continue
            first = one.args[0] if one.args else None
            assert not isinstance(first, (ast.JoinedStr, ast.BinOp)), f"{place.name}:{one.lineno}"
