"""The tree: texts as they stand, with the place of each."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TypeAlias

import pytest

from postmortem.ground.finding import Finding
from postmortem.ground.place import Span, Spot
from postmortem.ground.source_text import SourceText
from postmortem.read import decode, read, span_of
from postmortem.read.nodes import Document, Mapping, Node, Scalar, Sequence

Read: TypeAlias = Callable[[str], tuple[Document | None, tuple[Finding, ...]]]


def entry(document: Document | None, *route: str | int) -> Node:
    assert document is not None
    node: Node = document.root
    for step in route:
        if isinstance(node, Mapping):
            node = next(value for key, value in node.entries if key.text == step)
        else:
            assert isinstance(node, Sequence) and isinstance(step, int)
            node = node.items[step]
    return node


def plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text


CLOCKS = tuple(
    f"{hour}:{minute}"
    for hour in ["0", "1", "06", "18", "23", "24"]
    for minute in ["0", "5", "08", "20", "59", "60"]
)
OTHERS = """
0:0:0 | 0:0:05 | 0:0:59 | 0:0:60 | 0:0:05.250 | 0:20:0 | 0:20:05 | 0:20:59 | 0:20:60 | 0:20:05.250
1:0:0 | 1:0:05 | 1:0:59 | 1:0:60 | 1:0:05.250 | 1:20:0 | 1:20:05 | 1:20:59 | 1:20:60 | 1:20:05.250
06:0:0 | 06:0:05 | 06:0:59 | 06:0:60 | 06:0:05.250 | 06:20:0 | 06:20:05 | 06:20:59 | 06:20:60
06:20:05.250 | 18:0:0 | 18:0:05 | 18:0:59 | 18:0:60 | 18:0:05.250 | 18:20:0 | 18:20:05 | 18:20:59
18:20:60 | 18:20:05.250 | 23:0:0 | 23:0:05 | 23:0:59 | 23:0:60 | 23:0:05.250 | 23:20:0 | 23:20:05
23:20:59 | 23:20:60 | 23:20:05.250 | 24:0:0 | 24:0:05 | 24:0:59 | 24:0:60 | 24:0:05.250 | 24:20:0
24:20:05 | 24:20:59 | 24:20:60 | 24:20:05.250 | 6:20pm | 6:20 PM | 6:20am | 6:20 a.m. | 6:20Z
6:20 UTC | 06:20pm | 06:20 PM | 06:20am | 06:20 a.m. | 06:20Z | 06:20 UTC | 12:00pm | 12:00 PM
12:00am | 12:00 a.m. | 12:00Z | 12:00 UTC | 2023-05-24 | 2023-5-4 | 2023-05-24 18:20
2023-05-24T18:20 | 2023-05-24T22:20Z | 2023-05-24 18:20-04:00 | 2023-02-30
2023-05-24T18:20:05.000001+05:30 | 20230524 | 20230524T182005Z | 2001-12-14t21:59:43.10-05:00
18:20-04:00 | 18:20 Europe/Paris | +1d 00:10 | about 18:20 | ~18:20 | ~ | ~5m | 18:20 ±2m
18:20 +-2m | 18:20 to 18:25 | between 18:20 and 18:25 | 18:20..18:25 | 18:20 - 18:25 | 18:20 – 18:25
18:20-18:25 | by 18:30 | ..18:30 | after 18:30 | 18:30.. | since 18:30 | T+20m | T+20 ±2m | T-5m
T+20 | T | 20m after X | X + 20m | X - 5m | X + ~20m | X + ..10m | X + 5m.. | X.end
15m to 25m after X | 90s | 20m | 1h30m | 2d | 1.5h | 20 min | -30s | -30s ±60s | +90s | ±2m
after fault, before 18:10 | 600000 | 600_000 | 600,000 | 600k | 1.2M | 1.10 | 0123 | 0o17 | 0x1F
1e3 | 1234e567 | -0 | +5 | .5 | NO | no | No | n | N | YES | y | on | OFF | true | False | null
NULL | None | .inf | -.INF | .nan | 190:20:30 | 1:1 | 1_000:30 | = | <18:30 | <= | 27% | +50k/min
5k+ | 700k.. | 1,5 | ١٨:٢٠ | 18：20
"""
SPELLINGS = (*CLOCKS, *(word for line in OTHERS.strip().splitlines() for word in line.split(" | ")))


def test_there_are_200_spellings() -> None:
    assert len(set(SPELLINGS)) == len(SPELLINGS) >= 200


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_spelling_keeps_its_text(spelling: str, take: Read) -> None:
    for quote, at_key in itertools.product(("", "'", '"'), (False, True)):
        written = f"{quote}{spelling}{quote}"
        document, findings = take(f"{written}: x\n" if at_key else f"at: {written}\n")
        assert findings == ()
        assert document is not None and isinstance(document.root, Mapping)
        ((key, value),) = document.root.entries
        scalar = key if at_key else value
        assert isinstance(scalar, Scalar)
        assert scalar.text == spelling
        start = 1 if at_key else 5
        assert scalar.span == Span(1, start, 1, start + len(written))


def test_places_of_everything(take: Read) -> None:
    document, findings = take(
        "# top\n"
        'title: Größe 😀 "x"\n'
        "list:\n"
        "  - a   # comment\n"
        "  - {b: [c, 'd''e'], f: }\n"
        "what: >-\n"
        "  folded\n"
        "  text\n"
        "\n"
        "next: |+\n"
        "  kept\n"
        "\n"
        "last: two\n"
        "  lines\n"
    )
    assert findings == ()
    assert document is not None
    assert document.root.span == Span(2, 1, 14, 8)
    assert entry(document, "title").span == Span(2, 8, 2, 19)
    assert entry(document, "list").span == Span(4, 3, 5, 26)
    assert entry(document, "list", 0).span == Span(4, 5, 4, 6)
    assert entry(document, "list", 1).span == Span(5, 5, 5, 26)
    assert entry(document, "list", 1, "b").span == Span(5, 9, 5, 20)
    assert entry(document, "list", 1, "b", 1) == Scalar("d'e", Span(5, 13, 5, 19), "single")
    assert entry(document, "list", 1, "f") == Scalar("", Span(5, 24, 5, 24), "plain")
    assert entry(document, "what") == Scalar("folded text", Span(6, 7, 8, 7), "folded")
    assert entry(document, "next") == Scalar("kept\n\n", Span(10, 7, 11, 7), "literal")
    assert entry(document, "last") == Scalar("two lines", Span(13, 7, 14, 8), "plain")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_alike(end: str, take: Read) -> None:
    text = "a: 1\n# c\nb: |\n  x\n  y\nc: 'p\n\n  q'\nd: [é,\n e]\n"
    document, findings = take(text.replace("\n", end))
    same, _ = take(text)
    assert findings == ()
    assert document is not None and same is not None
    assert document.root == same.root
    assert document.source.line(9) == "d: [é,"
    assert entry(document, "b") == Scalar("x\ny\n", Span(3, 4, 5, 4), "literal")


def test_a_byte_order_mark_at_the_start_is_no_column(take: Read) -> None:
    document, findings = take("\ufefftitle: x\n")
    assert findings == ()
    assert entry(document, "title").span == Span(1, 8, 1, 9)


@pytest.mark.parametrize(
    "head", ["", "---\n", "# c\n---\n", "%YAML 1.2\n---\n", "#\n\n%YAML 1.1 # d\n# e\n--- # f\n"]
)
def test_heads_of_documents(head: str, take: Read) -> None:
    document, findings = take(f"{head}a: b\n...\n# after\n")
    assert findings == ()
    assert entry(document, "a").span.line == head.count("\n") + 1


def test_an_escaped_line_end_is_one_character(take: Read) -> None:
    document, _ = take('a: "x\\r\\ny\\rz\\n\\t\\_"\n')
    assert entry(document, "a") == Scalar("x\ny\nz\n\t\xa0", Span(1, 4, 1, 21), "double")


def test_a_key_keeps_what_looks_like_another_type(take: Read) -> None:
    document, _ = take("{1: a, null: b, true: c, 18:20: d, '<<': e}")
    assert document is not None
    assert plain(document.root) == {"1": "a", "null": "b", "true": "c", "18:20": "d", "<<": "e"}


def test_any_root_is_a_tree(take: Read) -> None:
    for text, expected in (
        ("[a, b]", ["a", "b"]),
        ("- a", ["a"]),
        ("just text", "just text"),
        ("''", ""),
        ("{}", {}),
    ):
        document, findings = take(text)
        assert findings == ()
        assert document is not None
        assert plain(document.root) == expected


def test_the_pure_parser_is_taken_where_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    source = SourceText("log.yaml", "a: [b,\tc]\n")
    document, findings = read(source)
    assert (document, findings) == read(source, pure=True)
    assert document is not None
    assert plain(document.root) == {"a": ["b", "c"]}


def test_garbage_is_collected_again_after_reading() -> None:
    import gc

    source = SourceText("log.yaml", "a: b\n")
    read(source)
    assert gc.isenabled()
    gc.disable()
    try:
        read(source)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_direction_controls_are_let_in_where_asked() -> None:
    source, _ = decode("log.yaml", 'a: x\u202ey "z\nb: "\\u2066"\n'.encode())
    assert source is not None
    document, findings = read(source, bidi=True)
    assert findings == ()
    assert document is not None
    assert plain(document.root) == {"a": 'x\u202ey "z', "b": "\u2066"}
    assert [one.code for one in read(source)[1]] == ["PM108", "PM108"]
    assert span_of(document, Spot(("a",))) == Span(1, 4, 1, 10)
