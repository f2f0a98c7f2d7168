"""Whole readings, to the letter: what each text of `readings.txt` becomes, and all that is said of it.

`POSTMORTEM_RECORD=1` writes the readings anew, for a change that is meant.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from postmortem.ground.finding import Finding
from postmortem.ground.place import Place, Span
from postmortem.ground.source_text import SourceText
from postmortem.read import read
from postmortem.read.nodes import Mapping, Node, Scalar, Sequence

FILE = Path(__file__).with_name("readings.txt")


def place(at: Place) -> str:
    assert isinstance(at, Span)
    return "{}:{}-{}:{}".format(*at)


def tree(node: Node, route: str = "") -> Iterator[str]:
    """Yield each node with its route, what it is, its place and its text; of a key the route is its map's."""
    if isinstance(node, Scalar):
        yield f"{route or '.'} {node.style} {place(node.span)} {node.text!r}"
    elif isinstance(node, Mapping):
        yield f"{route or '.'} map {place(node.span)}"
        for number, (key, value) in enumerate(node.entries):
            yield f"{route}/{number} key {key.style} {place(key.span)} {key.text!r}"
            yield from tree(value, f"{route}/{number}")
    else:
        assert isinstance(node, Sequence)
        yield f"{route or '.'} list {place(node.span)}"
        for number, item in enumerate(node.items):
            yield from tree(item, f"{route}/{number}")


def told(finding: Finding) -> Iterator[str]:
    """Yield a finding in all its parts."""
    yield f"{finding.code} {place(finding.at)} {finding.message}"
    if finding.label:
        yield f"    beside it: {finding.label}"
    if finding.help:
        yield f"    help: {finding.help}"
    for one in finding.related:
        yield f"    {place(one.at)} {one.message}"


def reading(text: str, *, pure: bool) -> list[str]:
    document, findings = read(SourceText("log.yaml", text), pure=pure)
    lines = list(tree(document.root)) if document else []
    return lines + [line for one in findings for line in told(one)]


def recorded() -> list[tuple[str, list[str]]]:
    """Return what the file holds: of a heading the line and nothing, of a text its reading."""
    found: list[tuple[str, list[str]]] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "'", '"')):
            found.append((line, []))
        elif line:
            found[-1][1].append(line)
    return found


def chapters() -> dict[str, dict[str, list[str]]]:
    """Return the texts under each heading, with their readings."""
    found: dict[str, dict[str, list[str]]] = {}
    for line, lines in recorded():
        if line.startswith("#"):
            found[line.removeprefix("# ")] = {}
        else:
            found[list(found)[-1]][ast.literal_eval(line)] = lines
    return {heading: texts for heading, texts in found.items() if texts}


CHAPTERS = chapters()


@pytest.mark.parametrize("pure", [False, True], ids=["fast", "pure"])
@pytest.mark.parametrize("heading", CHAPTERS)
def test_texts_are_read_like_this(heading: str, pure: bool) -> None:
    for text, lines in CHAPTERS[heading].items():
        assert (text, reading(text, pure=pure)) == (text, lines)


def test_the_readings_are_written_anew_where_asked() -> None:
    if not os.environ.get("POSTMORTEM_RECORD"):
        assert sum(len(texts) for texts in CHAPTERS.values()) > 390
        return
    written: list[str] = []
    for line, _ in recorded():
        written += ["", line] if written else [line]
        written += [] if line.startswith("#") else reading(ast.literal_eval(line), pure=False)
    FILE.write_text("\n".join(written) + "\n", encoding="utf-8", newline="\n")
