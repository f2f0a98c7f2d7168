"""What the harnesses found, each as a case that failed before it was mended."""

from __future__ import annotations

import click
import pytest
from markdown_it import MarkdownIt

from postmortem.cli.moments import zone_name
from postmortem.ground.source_text import SourceText
from postmortem.model import times
from postmortem.read import read
from postmortem.report.escaping import markdown_fields, markdown_text, safe_markdown
from postmortem.report.wording import local
from postmortem.review.layout.arrange import arranged


@pytest.mark.parametrize("address", ["1.@`", "a@b.example", "http://:80/", "https://:/", "mailto:nobody"])
def test_no_output_follows_an_address_that_another_refuses(address: str) -> None:
    assert not safe_markdown.allowed(address)
    assert markdown_text.safe_url(address) is None


@pytest.mark.parametrize(
    "text",
    [
        "!![x](https://example.org/x.png)",
        r"\![x](https://example.org/x.png)",
        "*!*[x](https://a.b)!\\![y](/z)",
        "[!![a](b.png)](c)",
    ],
)
def test_no_sign_before_a_link_makes_it_a_picture(text: str) -> None:
    for written in (markdown_fields.one_line(text), markdown_fields.blocks(text)):
        kinds = [child.type for one in MarkdownIt().parse(written) for child in one.children or ()]
        assert "image" not in kinds, written
        assert "link_open" in kinds


@pytest.mark.parametrize(
    "text",
    [
        "title: a\r \nfrom: b\n",
        "a: b\r\nb: c\nformat: x\r",
        "what: a\nformat: b\r \ntitle: c\n",
        "a:\r\n\rb: c\n",
    ],
)
def test_a_file_of_several_line_ends_is_arranged_at_once(text: str) -> None:
    once = arranged_text(text)
    assert arranged_text(once) == once
    assert once.count(once[-1]) == len(once.splitlines()) == len(text.splitlines())


def arranged_text(text: str) -> str:
    document, findings = read(SourceText("log.yaml", text))
    assert document is not None
    assert findings == ()
    return arranged(document)


@pytest.mark.parametrize("name", ["a/" + "." * 900, "./UTC", "tzdata", "\ud800/x", "a" * 5000, "Europe", ""])
def test_a_zone_that_is_none_is_refused_in_words(name: str) -> None:
    with pytest.raises(click.UsageError, match="there is no zone"):
        zone_name(name)


def test_a_report_tells_times_by_the_zones_that_resolved_them() -> None:
    # The system may have zones of its own, of another year; they would be other objects.
    assert local.zone_of("America/New_York") is times.zone_of("America/New_York")
