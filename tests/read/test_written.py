"""What is written: every escape, every tag and anchor, and every code point of a text at its place."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable

import pytest

from postmortem.ground.budget import TooSlow
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Span, Spot
from postmortem.ground.source_text import SourceText
from postmortem.read import locate, parsing, read, span_of
from postmortem.read.escapes import ESCAPE, forbidden_escapes, meaning
from postmortem.read.nodes import Document, Mapping, Node, Scalar
from postmortem.read.properties import properties

Take = Callable[[str], tuple[Document | None, tuple[Finding, ...]]]

ESCAPES: list[tuple[str, str]] = [
    ("\\0", "\0"),
    ("\\a", "\x07"),
    ("\\b", "\x08"),
    ("\\t", "\t"),
    ("\\n", "\n"),
    ("\\v", "\x0b"),
    ("\\f", "\x0c"),
    ("\\r", "\n"),  # a line end is a line end
    ("\\e", "\x1b"),
    ("\\N", "\x85"),
    ("\\_", "\xa0"),
    ("\\L", "\u2028"),
    ("\\P", "\u2029"),
    ("\\ ", " "),
    ('\\"', '"'),
    ("\\/", "/"),
    ("\\\\", "\\"),
    ("\\\t", "\t"),
    ("\\\n", ""),
    ("\\U0010FFFF", "\U0010ffff"),
    ("\\U00110000", "\U0010ffff"),
    ("\\UFFFFFFFF", "\U0010ffff"),
    ("\\U0001f600", "😀"),
    ("\\u0041", "A"),
    ("\\x41", "A"),
    ("\\x0d", "\n"),
    ("\\U0000000D", "\n"),
]


@pytest.mark.parametrize(("written", "meant"), ESCAPES)
def test_an_escape_stands_for_one_thing(written: str, meant: str) -> None:
    found = ESCAPE.match(written + "0")
    assert found is not None and (found[0], meaning(found)) == (written, meant)


@pytest.mark.parametrize(("sign", "width"), [("x", 2), ("u", 4), ("U", 8)])
def test_an_escape_by_number_has_all_its_digits(sign: str, width: int) -> None:
    for digit in "0123456789abcdefABCDEF":
        for at in range(max(0, width - 4), width):
            number = "0" * at + digit + "0" * (width - at - 1)
            found = ESCAPE.match(f"\\{sign}{number}0")
            assert found is not None and found[0] == f"\\{sign}{number}"
            meant = chr(min(int(number, 16), 0x10FFFF))
            assert meaning(found) == ("\n" if meant == "\r" else meant)
    for digit in "gG@`/:":
        found = ESCAPE.match(f"\\{sign}{'0' * (width - 1)}{digit}")
        assert found is not None and found[0] == f"\\{sign}"


@pytest.mark.parametrize(("written", "meant"), ESCAPES)
def test_an_escape_is_read_as_the_tree_reads_it(written: str, meant: str, take: Take) -> None:
    if written.startswith("\\U") and meant == "\U0010ffff":
        return  # no character at all: told by other tests
    document, findings = take(f'a: "x{written}y"\n')
    assert document is not None and isinstance(document.root, Mapping)
    value = document.root.entries[0][1]
    allowed = meant if not findings else ""
    assert isinstance(value, Scalar) and value.text == f"x{allowed}y"
    if findings:
        assert [(one.code, one.at) for one in findings] == [("PM108", Span(1, 6, 1, 6 + len(written)))]


def test_forbidden_escapes_are_told_where_they_stand() -> None:
    raw = '"a\\0b\n\n \\x00 \\u202e\\\n\\0"'
    found = list(forbidden_escapes(raw, Span(3, 5, 6, 4), bidi=False))
    assert found == [
        (Span(3, 7, 3, 9), "\0"),
        (Span(5, 2, 5, 6), "\0"),
        (Span(5, 7, 5, 13), "\u202e"),
        (Span(6, 1, 6, 3), "\0"),
    ]
    assert [one for _, one in forbidden_escapes(raw, Span(3, 5, 6, 4), bidi=True)] == ["\0", "\0", "\0"]


PROPERTIES: list[tuple[str, str, list[str], str]] = [
    ("!x a", "!", ["!x 1:1-1:3"], "1:4"),
    ("&x a", "&", ["&x 1:1-1:3"], "1:4"),
    ("!x &y a", "!&", ["!x 1:1-1:3", "&y 1:4-1:6"], "1:7"),
    ("&y !x a", "!&", ["&y 1:1-1:3", "!x 1:4-1:6"], "1:7"),
    ("&y !x a", "&", ["&y 1:1-1:3"], "1:4"),
    ("!x !y a", "!", ["!x 1:1-1:3"], "1:4"),
    ("a !x", "!", [], "1:1"),
    ("!<a> b", "!", ["!<a> 1:1-1:5"], "1:6"),
    ("!<> b", "!", ["!<> 1:1-1:4"], "1:5"),
    ("!<a>b>c d", "!", ["!<a> 1:1-1:5"], "1:5"),
    ("!<a b> c", "!", ["!<a 1:1-1:4"], "1:5"),
    ("!<a,[b]> c", "!", ["!<a,[b]> 1:1-1:9"], "1:10"),
    ("! a", "!", ["! 1:1-1:2"], "1:3"),
    ("!x,", "!", ["!x 1:1-1:3"], "1:3"),
    ("!x[", "!", ["!x 1:1-1:3"], "1:3"),
    ("&x]", "&", ["&x 1:1-1:3"], "1:3"),
    ("!x]", "!", ["!x 1:1-1:3"], "1:3"),
    ("& a", "&", ["& 1:1-1:2"], "1:3"),
    ("!x{", "!", ["!x 1:1-1:3"], "1:3"),
    ("!x}", "!", ["!x 1:1-1:3"], "1:3"),
    ("!x\t a", "!", ["!x 1:1-1:3"], "1:5"),
    ("!x\n  a", "!", ["!x 1:1-1:3"], "2:3"),
    ("!x\n\n a", "!", ["!x 1:1-1:3"], "3:2"),
    ("!x # &c\n &y # d\n\n e", "!&", ["!x 1:1-1:3", "&y 2:2-2:4"], "4:2"),
    ("!x #\n#\n\t# e\n &y f", "!&", ["!x 1:1-1:3", "&y 4:2-4:4"], "4:5"),
    ("!x\t#c\n a", "!", ["!x 1:1-1:3"], "2:2"),
    ("!x\n#c\na", "!", ["!x 1:1-1:3"], "3:1"),
    ("!x#a b", "!", ["!x#a 1:1-1:5"], "1:6"),
    ("!x ", "!", ["!x 1:1-1:3"], "1:4"),
]


@pytest.mark.parametrize(("body", "signs", "expected", "then"), PROPERTIES)
def test_tags_and_anchors_stand_before_a_value(body: str, signs: str, expected: list[str], then: str) -> None:
    for lead, line in (("", 1), ("zz", 7)):
        found, (index, end_line, end_column) = properties(lead + body, (len(lead), line, 1), signs)
        shown = [f"{one.text} {one.span.line - line + 1}:{one.span.column}-" for one in found]
        shown = [
            f"{a}{b.span.end_line - line + 1}:{b.span.end_column}" for a, b in zip(shown, found, strict=True)
        ]
        assert shown == expected
        assert f"{end_line - line + 1}:{end_column}" == then
        rest = (lead + body)[index:]
        line_start = (lead + body).rfind("\n", 0, index) + 1
        assert index - line_start + 1 - (len(lead) if line_start == 0 else 0) == end_column
        assert rest == body[len(body) - len(rest) :]


WRITTEN = (
    "plain text 18:2O",
    "'it''s ''18:2O'",
    "''''",
    '"a\\tb\\u00e9c\\n d \\"e\\" \\\\ f"',
    '"one\n  two \\\n  three\n\n\n  four"',
    "'one\n  tw''o\n\n\n  three'",
    "one\n  two\n\n\n  three # why\n",
    "|\n  one\n    two\n\n  three\n",
    "|2-  # why\n    one\n  two",
    ">\n  one\n  two\n\n  three\n    four\n\n  five\n",
    ">+\n\n\n  one\n\n\n",
    "|+\n  one\n\n\n",
    '"  x  y  "',
    '"x\ty"',
    '"\\x00x \\u202ey"',
    "'x\u202ey'",
)


def value_of(written: str, end: str) -> tuple[Document, Scalar]:
    document, _ = read(SourceText("log.yaml", f"k: {written}\nl: m\n".replace("\n", end)))
    assert document is not None and isinstance(document.root, Mapping)
    value = document.root.entries[0][1]
    assert isinstance(value, Scalar)
    return document, value


def stands_at(document: Document, span: Span) -> str:
    lines = [document.source.line(number) for number in range(span.line, span.end_line + 1)]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("written", WRITTEN)
def test_every_mark_of_a_text_is_found_where_it_is_written(written: str, end: str) -> None:
    document, value = value_of(written, end)
    places: dict[int, Span] = {}
    for index, character in enumerate(value.text):
        if character in " \t\n":
            continue
        span = span_of(document, Spot(("k",), start=index, end=index + 1))
        there = stands_at(document, span)
        if value.style == "double" and there.startswith("\\"):
            found = ESCAPE.fullmatch(there)
            assert found is not None and meaning(found) == character
        else:
            assert there == ("''" if value.style == "single" and character == "'" else character)
        places[index] = span
    assert places
    assert list(places.values()) == sorted(places.values())
    assert len(set(places.values())) == len(places)
    for first, last in itertools.combinations(places, 2):
        span = span_of(document, Spot(("k",), start=first, end=last + 1))
        assert (span[:2], span[2:]) == (places[first][:2], places[last][2:])


def test_the_ends_of_a_text() -> None:
    document, _ = value_of('"ab\\tc"', "\n")
    ends = {
        (0, 0): (1, 5, 1, 6),
        (1, 1): (1, 6, 1, 7),
        (2, 2): (1, 7, 1, 8),
        (4, 4): (1, 10, 1, 11),
        (2, 3): (1, 7, 1, 9),
        (0, 4): (1, 5, 1, 10),
        (3, None): (1, 9, 1, 10),
        (None, 1): (1, 5, 1, 6),
    }
    for (start, end), span in ends.items():
        assert tuple(span_of(document, Spot(("k",), start=start, end=end))) == span


def test_white_space_has_the_place_of_what_is_written_for_it() -> None:
    document, value = value_of('"a  b\n   c\\td\n\n e  f"', "\n")
    assert value.text == "a  b c\td\ne  f"
    places = {
        1: (1, 6, 1, 7),
        2: (1, 7, 1, 8),
        4: (1, 9, 2, 4),
        6: (2, 5, 2, 7),
        8: (2, 8, 4, 2),
        10: (4, 3, 4, 4),
        11: (4, 4, 4, 5),
    }
    found = {at: tuple(span_of(document, Spot(("k",), start=at, end=at + 1))) for at in places}
    assert found == places


# A document, and where each code point of the value of `a` is written; at last the place behind it.
EACH = [
    ("a: 'x\x00\n  y'\n", "x 1:5-1:6 |   1:7-2:3 | y 2:3-2:4 | 2:4-2:5"),
    (
        "a: |\n iteral\n \ttext\n\n\n",
        "i 2:2-2:3 | t 2:3-2:4 | e 2:4-2:5 | r 2:5-2:6 | a 2:6-2:7 | l 2:7-2:8 | \\n 2:8-3:1 | "
        "\\t 3:2-3:3 | t 3:3-3:4 | e 3:4-3:5 | x 3:5-3:6 | t 3:6-3:7 | \\n 3:7-3:8 | 3:7-3:8",
    ),
    (
        "a: >\n fo\n  ed\n text\n\n\n",
        "f 2:2-2:3 | o 2:3-2:4 | \\n 2:4-3:1 |   3:2-3:3 | e 3:3-3:4 | d 3:4-3:5 | "
        "\\n 3:5-4:1 | t 4:2-4:3 | e 4:3-4:4 | x 4:4-4:5 | t 4:5-4:6 | \\n 4:6-4:7 | 4:6-4:7",
    ),
    (
        "a: b\t !\n \tx\n",
        "b 1:4-1:5 | \\t 1:5-1:6 |   1:6-1:7 | ! 1:7-1:8 |   1:8-2:3 | x 2:3-2:4 | 2:4-2:5",
    ),
    ('a: "x"\n', "x 1:5-1:6 | 1:6-1:7"),
    ("a: 'y'\n", "y 1:5-1:6 | 1:6-1:7"),
    ("a: >-\n\n b\n", "\\n 2:1-3:1 | b 3:2-3:3 | 3:3-3:4"),
    ("a: ''''\n", "' 1:5-1:7 | 1:7-1:8"),
    ('a: "b\\tc"\n', "b 1:5-1:6 | \\t 1:6-1:8 | c 1:8-1:9 | 1:9-1:10"),
    ("a: |\n ~\t\nb: c\n", "~ 2:2-2:3 | \\t 2:3-2:4 | \\n 2:3-2:4 | 2:4-2:5"),
    (" a: |+\n   \n", "\\n 1:5-1:6 | 1:5-1:6"),
    ("a: 1\n  2\n", "1 1:4-1:5 |   1:5-2:3 | 2 2:3-2:4 | 2:4-2:5"),
    ("a: \u202e\n \u202e\n", "  1:4-1:5 | 1:4-1:5"),
    ("a: b\n\n\n c\n", "b 1:4-1:5 | \\n 1:5-4:2 | \\n 1:5-4:2 | c 4:2-4:3 | 4:3-4:4"),
    ('a: "b \\\n  c\n\n d"\n', "b 1:5-1:6 |   1:6-2:3 | c 2:3-2:4 | \\n 2:4-4:2 | d 4:2-4:3 | 4:3-4:4"),
    (
        "a: 'b\n\n\n  c ''d'\n",
        "b 1:5-1:6 | \\n 1:6-4:3 | \\n 1:6-4:3 | c 4:3-4:4 |   4:4-4:5 | ' 4:5-4:7 | d 4:7-4:8 | 4:8-4:9",
    ),
    (
        "a: >\n  b\n  c\n\n  d\n    e\n",
        "b 2:3-2:4 |   2:4-3:3 | c 3:3-3:4 | \\n 3:4-5:3 | d 5:3-5:4 | "
        "\\n 5:4-6:1 |   6:3-6:4 |   6:4-6:5 | e 6:5-6:6 | \\n 6:6-6:7 | 6:6-6:7",
    ),
    ('a: "\t b\t\n \t c"\n', "\\t 1:5-1:6 |   1:6-1:7 | b 1:7-1:8 |   1:8-2:4 | c 2:4-2:5 | 2:5-2:6"),
    ("a: |2-\n    b\n  c\n", "  2:1-2:5 |   2:1-2:5 | b 2:5-2:6 | \\n 2:6-3:1 | c 3:3-3:4 | 3:4-3:5"),
    ('a: "b\\n\n  c"\n', "b 1:5-1:6 | \\n 1:6-2:3 |   1:6-2:3 | c 2:3-2:4 | 2:4-2:5"),
    ('a: "b\\\n  \\ c"\n', "b 1:5-1:6 |   2:1-2:5 | c 2:5-2:6 | 2:6-2:7"),
    ("a: '\n b'\n", "  1:5-2:2 | b 2:2-2:3 | 2:3-2:4"),
    (
        'a: "b\\x41\\u0042\\U00000043d"\n',
        "b 1:5-1:6 | A 1:6-1:10 | B 1:10-1:16 | C 1:16-1:26 | d 1:26-1:27 | 1:27-1:28",
    ),
    ('a: "\\\n b"\n', "b 2:2-2:3 | 2:3-2:4"),
    ('a: "b\n\n\n"\n', "b 1:5-1:6 | \\n 1:6-4:1 | \\n 1:6-4:1 | 4:1-4:2"),
    ("a: b   # c\n", "b 1:4-1:5 | 1:5-1:6"),
    ('a: "b"   # c\n', "b 1:5-1:6 | 1:6-1:7"),
    ("a: >\n\n\n  b\n", "\\n 2:1-3:1 | \\n 3:1-4:1 | b 4:3-4:4 | \\n 4:4-4:5 | 4:4-4:5"),
    ('a: "\n\n b"\n', "\\n 1:5-3:2 | b 3:2-3:3 | 3:3-3:4"),
    ('a: "\\r\\nb"\n', "\\n 1:5-1:9 | b 1:9-1:10 | 1:10-1:11"),
]


@pytest.mark.parametrize(("text", "places"), EACH)
def test_each_code_point_has_its_place(text: str, places: str) -> None:
    document, _ = read(SourceText("log.yaml", text))
    assert document is not None and isinstance(document.root, Mapping)
    value = document.root.entries[0][1]
    assert isinstance(value, Scalar)
    found = []
    for start, character in enumerate(value.text):
        span = span_of(document, Spot(("a",), start=start, end=start + 1))
        found.append(f"{character} {span.line}:{span.column}-{span.end_line}:{span.end_column}")
    span = span_of(document, Spot(("a",), start=len(value.text)))
    shown = " | ".join([*found, f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"])
    assert shown.replace("\n", "\\n").replace("\t", "\\t") == places


@pytest.mark.parametrize(("sign", "width"), [("x", 2), ("u", 4), ("U", 8)])
@pytest.mark.parametrize("digit", "0123456789abcdefABCDEF")
def test_what_stands_behind_an_escape_is_found(sign: str, width: int, digit: str) -> None:
    for low in range(min(width, 4)):
        escape = f"\\{sign}{digit.ljust(low + 1, '0').rjust(width, '0')}"
        document, _ = read(SourceText("log.yaml", f'a: "{escape}0z"\n'))
        assert document is not None and isinstance(document.root, Mapping)
        value = document.root.entries[0][1]
        assert isinstance(value, Scalar)
        column = 5 + len(escape) + 1
        start = value.text.index("z")
        assert span_of(document, Spot(("a",), start=start)) == Span(1, column, 1, column + 1)


@pytest.mark.parametrize(("length", "column"), [(99_998, 5), (99_999, 4)])
def test_a_text_is_looked_into_up_to_a_hundred_thousand_characters(length: int, column: int) -> None:
    document, _ = read(SourceText("log.yaml", f"a: '{'x' * length}'\n"))
    assert document is not None
    assert span_of(document, Spot(("a",), start=0, end=1)).column == column


def test_what_an_alias_stands_for_is_not_sought_in_its_name() -> None:
    document, _ = read(SourceText("log.yaml", 'a: &bc "bcd"\ne: *bc\n'))
    assert document is not None
    assert span_of(document, Spot(("e",), start=0, end=1)) == Span(2, 4, 2, 7)


@pytest.mark.parametrize(
    ("text", "line", "column", "seen"),
    [
        ("ab\n", 1, 1, (1, 1, 1, 2)),
        ("ab\n", 1, 2, (1, 2, 1, 3)),
        ("ab\n", 1, 3, (1, 2, 1, 3)),
        ("a\n", 1, 2, (1, 1, 1, 2)),
        ("a\n", 2, 1, (2, 1, 2, 2)),
        ("", 1, 1, (1, 1, 1, 2)),
        ("", 1, 2, (1, 1, 1, 2)),
    ],
)
def test_a_place_without_width_becomes_visible(
    text: str, line: int, column: int, seen: tuple[int, int, int, int]
) -> None:
    finding = Finding("PM101", "x", Span(line, column, line, column))
    assert tuple(locate(finding, SourceText("f", text), None).span) == seen
    wide = Finding("PM101", "x", Span(line, column, line, column + 3))
    assert tuple(locate(wide, SourceText("f", text), None).span) == (line, column, line, column + 3)


def test_a_route_past_the_end_stops_at_the_last_value() -> None:
    document, _ = read(SourceText("f", "a: [b, c]\nd: e\n"))
    assert document is not None
    places: dict[Route, tuple[int, int, int, int]] = {
        ("a", 1): (1, 8, 1, 9),
        ("a", 2): (1, 4, 1, 10),
        ("a", "b"): (1, 4, 1, 10),
        ("d", 0): (2, 4, 2, 5),
        ("d", "x"): (2, 4, 2, 5),
        ("x",): (1, 1, 2, 5),
    }
    for route, span in places.items():
        assert tuple(span_of(document, Spot(route))) == span
        assert tuple(span_of(document, Spot(route, start=0, end=1))) == span
    assert tuple(span_of(document, Spot(("d", 0), key=True))) == (2, 4, 2, 5)
    assert tuple(span_of(document, Spot(("d",), key=True, start=0))) == (2, 1, 2, 2)


@pytest.mark.parametrize("collecting", [True, False])
def test_reading_leaves_the_collector_as_it_was(collecting: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        for text in ("a: b", "a: [", ""):
            document, _ = read(SourceText("f", text))
            assert (document is None) is (text != "a: b")
            assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()


def test_no_garbage_is_collected_while_a_log_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    collecting: list[bool] = []
    events = parsing._events

    def noted(body: str, pure: bool) -> Callable[[], object]:
        collecting.append(gc.isenabled())
        return events(body, pure)

    monkeypatch.setattr(parsing, "_events", noted)
    gc.enable()
    read(SourceText("f", "a: b"))
    assert collecting == [False] and gc.isenabled()


def test_the_faster_parser_is_taken_where_it_is_there_and_not_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("yaml._yaml")
    taken: list[str] = []
    events = parsing._events

    def noted(body: str, pure: bool) -> Callable[[], object]:
        found = events(body, pure)
        taken.append(type(getattr(found, "__self__", None)).__name__)
        return found

    monkeypatch.setattr(parsing, "_events", noted)
    read(SourceText("f", "a: b"))
    read(SourceText("f", "a: b"), pure=False)
    read(SourceText("f", "a: b"), pure=True)
    assert taken == ["CParser", "CParser", "PureParser"]


def test_nothing_is_read_is_no_document() -> None:
    document, findings = read(SourceText("f", "# c\n"))
    assert document is None
    assert [(one.code, one.at) for one in findings] == [("PM110", Span(1, 1, 1, 2))]


def test_a_node_is_what_it_states() -> None:
    one: Node = Scalar("a", Span(1, 1, 1, 2), "plain")
    assert one == Scalar("a", Span(1, 1, 1, 2), "plain") != Scalar("a", Span(1, 1, 1, 2), "single")


@pytest.mark.parametrize("size", [1, 15, 16, 17, 60])
def test_a_key_of_a_small_or_a_large_map_is_found(size: int) -> None:
    document, _ = read(SourceText("f", "".join(f"k{number}: v\n" for number in range(size))))
    assert document is not None
    for _ in range(2):
        for number in range(size):
            assert span_of(document, Spot((f"k{number}",), key=True)).line == number + 1
        assert span_of(document, Spot(("other",))) == document.root.span
        assert span_of(document, Spot((0,))) == document.root.span


def test_large_maps_are_not_taken_for_each_other() -> None:
    rows = "".join(f"  k{number}: v\n" for number in range(20))
    document, _ = read(SourceText("f", f"a:\n{rows}b:\n{rows}"))
    assert document is not None
    for _ in range(2):
        assert span_of(document, Spot(("a", "k3"))).line == 5
        assert span_of(document, Spot(("b", "k3"))).line == 26


def test_documents_of_one_text_are_equal() -> None:
    one, same, other, elsewhere = (
        read(SourceText(file, text))[0] for file, text in (("f", "a"), ("f", "a"), ("f", "b"), ("g", "a"))
    )
    assert one == same and hash(one) == hash(same)
    assert one != other and one != elsewhere and one != "a"
    assert one is not None and other is not None
    assert Document(one.source, other.root) != one
    assert (one == "a") is False and (one == None) is False  # noqa: E711
    assert len({one, same, other, elsewhere}) == 3


def test_what_was_found_before_the_time_was_over_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def late() -> None:
        raise TooSlow

    monkeypatch.setattr(parsing, "_events", lambda *_: late)
    with pytest.raises(TooSlow) as caught:
        read(SourceText("f", "a: \0\n"))
    assert [(one.code, one.at) for one in caught.value.kept] == [("PM108", Span(1, 4, 1, 5))]
    assert gc.isenabled()
