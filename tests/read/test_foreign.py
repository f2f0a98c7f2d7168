"""Foreign hostile inputs: the YAML test suite, and the naughty strings as key, value and comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from postmortem.ground.finding import Finding
from postmortem.read import decode, locate, read
from postmortem.read.nodes import Document, Mapping, Scalar, Sequence

CASE = re.compile(r"^(?:-| ) (?:yaml|fail): ?(.*)$", re.MULTILINE)


def suite(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield each case's name, its text, and whether it is meant to fail."""
    for path in sorted(folder.glob("yaml-test-suite/*.yaml")):
        document, findings = answer(path.read_bytes(), pure=False)
        assert document is not None and findings == (), path
        assert isinstance(document.root, Sequence)
        fails = False
        for number, one in enumerate(document.root.items):
            assert isinstance(one, Mapping)
            fields = {key.text: value for key, value in one.entries}
            text = fields.get("yaml")
            fails = "fail" in fields
            if isinstance(text, Scalar):
                yield f"{path.stem}/{number}", unmarked(text.text), fails


def unmarked(text: str) -> str:
    """Return a case's text with the suite's marks for blanks, tabs and line ends as what they stand for."""
    text = (
        re.sub("—*»", "\t", text.replace("␣", " ").replace("↵", "")).replace("←", "\r").replace("⇔", "\ufeff")
    )
    return text.removesuffix("∎\n")


def answer(data: bytes, *, pure: bool) -> tuple[Document | None, tuple[Finding, ...]]:
    source, findings = decode("log.yaml", data)
    if source is None:
        return None, findings
    document, more = read(source, pure=pure)
    for one in findings + more:
        span = locate(one, source, document).span
        assert 1 <= span.line <= span.end_line <= len(source.lines)
        assert span.column >= 1
        assert span[:2] < span[2:]
    return document, findings + more


def test_the_yaml_test_suite(hostile: Path) -> None:
    cases = list(suite(hostile))
    assert len(cases) >= 400
    refused = 0
    for name, text, fails in cases:
        document, findings = answer(text.encode(), pure=False)
        assert document is not None or findings, name
        assert (document, findings) == answer(text.encode(), pure=True), name
        refused += fails and bool(findings)
    # A handful that the suite calls wrong the faster parser lets pass; they are harmless, as no text is lost.
    assert refused >= 80


def test_naughty_strings_as_key_value_and_comment(hostile: Path) -> None:
    strings = json.loads((hostile / "naughty-strings.json").read_text(encoding="utf-8"))
    assert len(strings) >= 515
    for string in strings:
        written = (
            f"{string}: x\n",
            f"what: {string}\n",
            f"what: x # {string}\nwhy: y\n",
            f"'{string}': x\n",
            f'what: "{string}"\n',
            f"what: |\n  {string}\n",
            f"[{string}]\n",
            f"{{what: {string}}}\n",
            string,
        )
        for text in written:
            document, findings = answer(text.encode("utf-8", "surrogatepass"), pure=False)
            assert document is not None or findings, text
            assert (document, findings) == answer(text.encode("utf-8", "surrogatepass"), pure=True), text


def test_naughty_strings_well_quoted_keep_their_text(hostile: Path) -> None:
    strings = json.loads((hostile / "naughty-strings.json").read_text(encoding="utf-8"))
    kept = 0
    for string in strings:
        escaped = "".join(
            one if one.isprintable() and one not in '"\\' else f"\\U{ord(one):08x}" for one in string
        )
        document, findings = answer(f'what: "{escaped}"\n'.encode("utf-8", "surrogatepass"), pure=False)
        if findings:
            assert {one.code for one in findings} == {"PM108"}, string
            continue
        assert document is not None and isinstance(document.root, Mapping)
        ((_, value),) = document.root.entries
        assert isinstance(value, Scalar)
        assert value.text == string
        kept += 1
    assert kept >= 480
