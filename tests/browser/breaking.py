"""Breaks every escaper on purpose: what is left to hold is the policy of the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import markupsafe
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from postmortem.report.charts import pen
from postmortem.report.escaping import put, safe_markdown
from postmortem.report.page import html
from postmortem.report.templating.templates import folder


@contextmanager
def broken_escapers() -> Iterator[None]:
    """Let every text through as it is: HTML, attributes, drawings, templates, Markdown with its HTML on."""
    with pytest.MonkeyPatch.context() as patch:
        for passing, escaper in ((Markup, markupsafe.escape), (str, pen.escaped)):
            _everywhere(patch, escaper, passing)
        patch.setattr(put, "_escaped", str)
        patch.setattr(Markup, "escape", classmethod(lambda cls, text: cls(text)))
        patch.setattr(safe_markdown, "_parser", _parser)
        patch.setattr(safe_markdown, "plain_and_code", lambda *_: ())
        _everywhere(patch, safe_markdown.allowed, lambda _: True)
        patch.setattr(html, "environment", lambda **_: _environment())
        yield


def _everywhere(patch: pytest.MonkeyPatch, one: Any, other: Any) -> None:
    """Put another function in the place of one, wherever a module of the report holds it."""
    places = [module for name, module in sys.modules.items() if name.startswith("postmortem.report")]
    found = [(module, name) for module in places for name, value in vars(module).items() if value is one]
    assert found, one
    for module, name in found:
        patch.setattr(module, name, other)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.validateLink = lambda _: True  # type: ignore[method-assign,assignment]
    return parser


@cache
def _environment() -> Environment:
    """Return Jinja as the page has it, but without escaping, and without a place to keep what it compiled."""
    return Environment(
        loader=FileSystemLoader(folder(), encoding="utf-8"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
