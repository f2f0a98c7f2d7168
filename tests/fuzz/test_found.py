"""What the harnesses found, each as a case that failed before it was mended."""

from __future__ import annotations

import pytest

from postmortem.report.escaping import markdown_text, safe_markdown


@pytest.mark.parametrize("address", ["1.@`", "a@b.example", "http://:80/", "https://:/", "mailto:nobody"])
def test_no_output_follows_an_address_that_another_refuses(address: str) -> None:
    assert not safe_markdown.allowed(address)
    assert markdown_text.safe_url(address) is None
