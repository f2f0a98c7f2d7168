"""What the tests of reading share: logs read from text, by either parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from postmortem.ground.finding import Diagnostic, Finding
from postmortem.read import decode, locate, read
from postmortem.read.nodes import Document

SHARED = Path(__file__).parents[2].parent / "shared"

Read: TypeAlias = Callable[[str], tuple[Document | None, tuple[Finding, ...]]]
Told: TypeAlias = Callable[[str], list[Diagnostic]]


@pytest.fixture(scope="session")
def hostile() -> Path:
    """The folder of hostile inputs beside the project."""
    folder = SHARED / "corpus" / "hostile"
    if not folder.is_dir():
        pytest.skip(f"the shared corpus is not there: {folder}")
    return folder


@pytest.fixture(params=["fast", "pure"])
def take(request: pytest.FixtureRequest) -> Iterator[Read]:
    """Reads a text with one parser, then with the other."""

    def of(text: str) -> tuple[Document | None, tuple[Finding, ...]]:
        source, found = decode("log.yaml", text.encode("utf-8", "surrogatepass"))
        if source is None:
            return None, found
        document, more = read(source, pure=request.param == "pure")
        return document, found + more

    yield of


@pytest.fixture(params=["fast", "pure"])
def told(request: pytest.FixtureRequest) -> Iterator[Told]:
    """Reads a text and returns what there is to say about it, with its places."""

    def of(text: str) -> list[Diagnostic]:
        source, found = decode("log.yaml", text.encode("utf-8", "surrogatepass"))
        assert source is not None
        document, more = read(source, pure=request.param == "pure")
        return [locate(one, source, document) for one in found + more]

    yield of
