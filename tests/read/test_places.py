"""Places: routes and parts of scalars become the lines and columns they are written at."""

from __future__ import annotations

import pytest

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Span, Spot
from postmortem.ground.source_text import SourceText
from postmortem.read import locate, read, span_of
from postmortem.read.nodes import Document

LOG = """\
title: Größe 😀 x
timeline:
  - at: ~18:2O ±2m
    source: nbc
    what:
  - [a, {b: c}]
  -
empty: {a: , b}
"""


def document_of(text: str) -> Document:
    document, _ = read(SourceText("log.yaml", text))
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("spot", "span"),
    [
        (Spot(("title",)), (1, 8, 1, 17)),
        (Spot(("title",), key=True), (1, 1, 1, 6)),
        (Spot(("title",), start=6, end=7), (1, 14, 1, 15)),
        (Spot(("title",), start=8), (1, 16, 1, 17)),
        (Spot(("title",), end=5), (1, 8, 1, 13)),
        (Spot(("title",), start=9, end=9), (1, 17, 1, 18)),
        (Spot(("title",), start=4, end=2), (1, 12, 1, 13)),
        (Spot(("title",), start=-3, end=99), (1, 8, 1, 17)),
        (Spot(("timeline", 0, "at"), start=1, end=6), (3, 10, 3, 15)),
        (Spot(("timeline", 0, "source", 0)), (4, 13, 4, 16)),
        (Spot(("timeline", 0, "source", 0), start=1, end=2), (4, 13, 4, 16)),
        (Spot(("timeline", 0, "what")), (5, 5, 5, 9)),
        (Spot(("timeline", 0, "what"), start=0, end=1), (5, 5, 5, 9)),
        (Spot(("timeline", 0, "nope", 3)), (3, 5, 5, 10)),
        (Spot(("timeline", 0, "nope"), key=True), (3, 5, 5, 10)),
        (Spot(("timeline", 1)), (6, 5, 6, 16)),
        (Spot(("timeline", 1), key=True), (6, 5, 6, 16)),
        (Spot(("timeline", 1, 1, "b")), (6, 13, 6, 14)),
        (Spot(("timeline", 1, 5)), (6, 5, 6, 16)),
        (Spot(("timeline", 1, "x")), (6, 5, 6, 16)),
        (Spot(("timeline", -1)), (3, 3, 7, 4)),
        (Spot(("timeline", 2)), (7, 3, 7, 4)),
        (Spot(("empty", "a")), (8, 9, 8, 10)),
        (Spot(("empty", "b")), (8, 14, 8, 15)),
        (Spot(()), (1, 1, 8, 16)),
    ],
)
def test_a_spot(spot: Spot, span: tuple[int, int, int, int]) -> None:
    assert tuple(span_of(document_of(LOG), spot)) == span


def test_a_span_stays() -> None:
    assert span_of(document_of(LOG), Span(1, 2, 3, 4)) == Span(1, 2, 3, 4)


# A scalar as it is written, a part of its text, and the places of all the code points of that part.
PARTS = [
    ("plain 18:2O", "18:2O", (1, 11, 1, 16)),
    ("'it''s 18:2O'", "18:2O", (1, 12, 1, 17)),
    ("'it''s 18:2O'", "'s", (1, 8, 1, 11)),
    ('"a\\tb\\u00e9c\\n d"', "b", (1, 9, 1, 10)),
    ('"a\\tb\\u00e9c\\n d"', "\u00e9", (1, 10, 1, 16)),
    ('"a\\tb\\u00e9c\\n d"', "\u00e9c\n d", (1, 10, 1, 21)),
    ('"a\\tb"', "\t", (1, 7, 1, 9)),
    ('"\\U0001F600x"', "x", (1, 16, 1, 17)),
    ('"a\\\\b\\"c\\/d"', '\\b"c/', (1, 7, 1, 15)),
    ('"a\\r\\nb c"', "c", (1, 13, 1, 14)),
    ('"x\\0y z"', "z", (1, 11, 1, 12)),
    ('"x\\0y z"', "x", (1, 6, 1, 7)),
    ("one\n  two\n\n  three", "two", (2, 3, 2, 6)),
    ("one\n  two\n\n  three", "three", (4, 3, 4, 8)),
    ("one\n  two\n\n  three", "e t", (1, 7, 2, 4)),
    ("one\n  two\n\n  three", "o\nt", (2, 5, 4, 4)),
    ('"one\n  two \\\n  three\n\n  four"', "three", (3, 3, 3, 8)),
    ('"one\n  two \\\n  three\n\n  four"', "four", (5, 3, 5, 7)),
    ("'one\n  tw''o\n\n\n  three'", "'o\n\nt", (2, 5, 5, 4)),
    ("|\n  one\n    two\n\n  three\n", "two", (3, 5, 3, 8)),
    ("|\n  one\n    two\n\n  three\n", "  two\n\n", (3, 3, 5, 1)),
    ("|2- # why\n    one\n  two", "two", (3, 3, 3, 6)),
    (">\n  one\n  two\n\n  three\n    four\n", "two\nthree", (3, 3, 5, 8)),
    (">\n  one\n  two\n\n  three\n    four\n", "four", (6, 5, 6, 9)),
    (">-\n\n  one\n  two", "one", (3, 3, 3, 6)),
]


@pytest.mark.parametrize(("written", "part", "span"), PARTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_part_of_a_scalar(written: str, part: str, span: tuple[int, int, int, int], end: str) -> None:
    document = document_of(f"at: {written}".replace("\n", end))
    text = document.root.entries[0][1].text  # type: ignore[union-attr]
    start = text.index(part)
    assert tuple(span_of(document, Spot(("at",), start=start, end=start + len(part)))) == span


def test_where_a_part_cannot_be_matched_the_whole_is_the_place() -> None:
    document = document_of("a: &x 18:2O\nb: *x\nc: ''\nd: |+\n\n\ne: f\n")
    assert span_of(document, Spot(("b",), start=1, end=2)) == Span(2, 4, 2, 6)
    assert span_of(document, Spot(("c",), start=0, end=1)) == Span(3, 4, 3, 6)
    assert span_of(document, Spot(("d",), start=0, end=1)) == Span(4, 4, 4, 5)


def test_a_part_is_of_a_text_and_a_key_of_a_value_that_is_there() -> None:
    document = document_of("a: {b: c}\nd: 'e'\n")
    assert span_of(document, Spot(("a",), start=0, end=1)) == Span(1, 4, 1, 10)
    assert span_of(document, Spot(("a", "x"), key=True)) == Span(1, 4, 1, 10)
    assert span_of(document, Spot(("a", "b"), key=True)) == Span(1, 5, 1, 6)
    assert span_of(document, Spot(("d",))) == Span(2, 4, 2, 7)
    assert span_of(document, Spot(("d",), start=0)) == Span(2, 5, 2, 6)


def test_a_huge_scalar_is_its_own_place() -> None:
    document = document_of(f"a: {'x' * 200_000}\n")
    assert span_of(document, Spot(("a",), start=5, end=6)) == Span(1, 9, 1, 10)
    document = document_of(f"a: '{'x' * 200_000}'\n")
    assert span_of(document, Spot(("a",), start=5, end=6)) == Span(1, 4, 1, 200_006)


def test_a_finding_is_located_once() -> None:
    document = document_of(LOG)
    finding = Finding(
        "PM205",
        "`18:2O` is no time",
        Spot(("timeline", 0, "at"), start=1, end=6),
        "did you mean `18:20`?",
        "write a clock time",
        (Related("the log begins here", Span(1, 1, 1, 1)), Related("here", Spot(("title",), key=True))),
    )
    one = locate(finding, document.source, document)
    assert (one.code, one.severity, one.message, one.file) == (
        "PM205",
        "error",
        "`18:2O` is no time",
        "log.yaml",
    )
    assert (one.label, one.help) == ("did you mean `18:20`?", "write a clock time")
    assert one.span == Span(3, 10, 3, 15)
    assert [(note.message, note.file, note.span) for note in one.related] == [
        ("the log begins here", "log.yaml", Span(1, 1, 1, 2)),
        ("here", "log.yaml", Span(1, 1, 1, 6)),
    ]


def test_without_a_document_a_route_is_the_start_of_the_file() -> None:
    one = locate(Finding("PM302", "x", Spot(("a",))), SourceText("log.yaml", "abc\n"), None)
    assert (one.severity, one.span) == ("warning", Span(1, 1, 1, 2))


@pytest.mark.parametrize(
    ("text", "span", "seen"), [("ab\n", (1, 3, 1, 3), (1, 2, 1, 3)), ("ab\n", (1, 1, 1, 1), (1, 1, 1, 2))]
)
def test_a_place_of_no_width_gets_one_column(
    text: str, span: tuple[int, int, int, int], seen: tuple[int, int, int, int]
) -> None:
    assert tuple(locate(Finding("PM101", "x", Span(*span)), SourceText("f", text), None).span) == seen
