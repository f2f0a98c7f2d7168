"""Mutated logs: whatever stands in a file, either parser gives a tree or a finding with its place."""

from __future__ import annotations

import os
import random

import pytest

from postmortem.ground.finding import Finding
from postmortem.ground.place import Span
from postmortem.read import decode, locate, read
from postmortem.read.nodes import Document

ROUNDS = int(os.environ.get("POSTMORTEM_FUZZ", "400"))
"""How many logs are made; a night's run takes 1,000,000."""

LOG = """\
# a log
format: postmortem/1
title: 'It''s "down"'
date: 2023-05-24
timezone: America/New_York
status: resolved
sources:
  nbc: {title: NBC, kind: press, reliability: B, url: https://example.org/a#b}
timeline:
  - id: peak
    at: ~18:20 ±2m
    what: >-
      Nearly 600,000 people

      are in the "first" room.
    counts: {listeners: {value: nearly 600k, stated: "nearly\\t600,000\\u2009!"}, apps: 5k+}
    source: [nbc, owner]
  - id: second
    at: about 20m after peak, before 19:00
    what: |
      literal: text
        - with # signs
    tags: []
  -
    what: "double \\"quoted\\" \\
      text
      here"
    at:
"""

BITS = (
    *"\t\n\r \"'#&*!|>%@`:-?[]{},.~\\0aZé→😀\0\x1b\x85\xa0\u200e\u202e\u2028\ufeff\ufffe\ufdd0",
    *(": ", "- ", "? ", " #", "---\n", "...\n", "%YAML 1.2\n", "%TAG ! x\n", "<<: ", "&a ", "*a ", "!x "),
    *("!!str ", "\r\n", "\n\n", "\n ", "\n\t", "|\n", ">2-\n", "''", '"\\x', '"\\ud800"', "\\", "[[[["),
    *("{a: ", "a: a: ", "\n- "),
)


def mutated(chance: random.Random) -> bytes:
    """Return a log with some of its parts cut, doubled, moved or replaced."""
    text = LOG
    if chance.random() < 0.5:
        lines = LOG.splitlines(keepends=True)
        start = chance.randrange(len(lines))
        text = "".join(lines[start : start + chance.randrange(1, 9)])
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.randrange(0, 9))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + text[to:]
        elif kind == 1:
            text = text[:at] + text[at:to] * 2 + text[to:]
        elif kind == 2:
            text = text[:at] + chance.choice(BITS) + text[to:]
        else:
            text = text[:at] + chance.choice(BITS) + text[at:]
    data = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.05:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.randbytes(chance.randrange(1, 4)) + data[at:]
    return data


def answer(data: bytes, *, pure: bool) -> tuple[Document | None, tuple[Finding, ...]]:
    source, findings = decode("log.yaml", data)
    if source is None:
        return None, findings
    document, more = read(source, pure=pure)
    for finding in (*findings, *more):
        assert_placed(locate(finding, source, document).span, len(source.lines))
    return document, findings + more


def assert_placed(span: Span, lines: int) -> None:
    assert 1 <= span.line <= lines
    assert span.column >= 1
    assert (span.end_line, span.end_column) > (span.line, span.column)
    assert span.end_line <= lines


@pytest.mark.parametrize("seed", range(ROUNDS // 100))
def test_any_bytes_are_answered_alike_by_both_parsers(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        data = mutated(chance)
        document, findings = answer(data, pure=False)
        assert document is not None or findings, data
        assert (document, findings) == answer(data, pure=True), data
