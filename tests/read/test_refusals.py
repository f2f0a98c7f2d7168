"""What is well-formed YAML and still refused: each finding at its place, and the tree made without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from postmortem.ground.finding import Diagnostic, Finding
from postmortem.ground.source_text import SourceText
from postmortem.read import read
from postmortem.read.gathering import CAP
from postmortem.read.nodes import Document, Mapping, Node, Scalar, Sequence

Read: TypeAlias = Callable[[str], tuple[Document | None, tuple[Finding, ...]]]
Told: TypeAlias = Callable[[str], list[Diagnostic]]


def plain(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


# What is written, the code and place of each finding, and the tree that is left.
CASES: list[tuple[str, list[tuple[str, int, int, int, int]], object]] = [
    ("a: 1\nb: 2\na: 3\n", [("PM102", 3, 1, 3, 2)], {"a": "1", "b": "2"}),
    ("{a: 1, 'a': 2, \"a\": 3}", [("PM102", 1, 8, 1, 11), ("PM102", 1, 16, 1, 19)], {"a": "1"}),
    ("x: {a: 1}\ny: {a: 1}\n", [], {"x": {"a": "1"}, "y": {"a": "1"}}),
    ("a: !!int 5\n", [("PM103", 1, 4, 1, 9)], {"a": "5"}),
    ("a: ! 5\n", [("PM103", 1, 4, 1, 5)], {"a": "5"}),
    ("a: !<tag:x,2000:y> 5\n", [("PM103", 1, 4, 1, 19)], {"a": "5"}),
    ("a: !x\n  # why\n  b: c\n", [("PM103", 1, 4, 1, 6)], {"a": {"b": "c"}}),
    ("a: !x\nb: !y [c]\n", [("PM103", 1, 4, 1, 6), ("PM103", 2, 4, 2, 6)], {"a": "", "b": ["c"]}),
    ("!x a: !y b\n", [("PM103", 1, 1, 1, 3), ("PM103", 1, 7, 1, 9)], {"a": "b"}),
    ("a: &n b\nc: *n\n", [("PM104", 1, 4, 1, 6)], {"a": "b", "c": "b"}),
    ("a: &n [b]\nc: *n\nd: [*n, e]\n", [("PM104", 1, 4, 1, 6)], {"a": ["b"], "d": ["e"]}),
    ("a: &n b\nc: &n d\n", [("PM104", 1, 4, 1, 6), ("PM104", 2, 4, 2, 6)], {"a": "b", "c": "d"}),
    ("a: *n\nb: c\n", [("PM104", 1, 4, 1, 6)], {"b": "c"}),
    ("*n : a\nb: c\n", [("PM104", 1, 1, 1, 3)], {"b": "c"}),
    ("&n a: b\n*n : c\nd: e\n", [("PM102", 2, 1, 2, 3), ("PM104", 1, 1, 1, 3)], {"a": "b", "d": "e"}),
    (
        "a: &n !t b\nc: !t &m d\n",
        [("PM103", 1, 7, 1, 9), ("PM103", 2, 4, 2, 6), ("PM104", 1, 4, 1, 6), ("PM104", 2, 7, 2, 9)],
        {"a": "b", "c": "d"},
    ),
    ("a: b\n<<: {c: d}\n", [("PM105", 2, 1, 2, 3)], {"a": "b"}),
    ("a: b\n'<<': {c: d}\n", [], {"a": "b", "<<": {"c": "d"}}),
    ("a: <<\n", [], {"a": "<<"}),
    ("a: b\n---\nc: d\n", [("PM106", 2, 1, 2, 4)], {"a": "b"}),
    ("a: b\n...\n---\nc: d\n", [("PM106", 3, 1, 3, 4)], {"a": "b"}),
    ("a: b\n---\na: 'open\n", [("PM106", 2, 1, 2, 4)], {"a": "b"}),
    ("[a]: b\nc: d\n", [("PM112", 1, 1, 1, 2)], {"c": "d"}),
    ("? {a: b}\n: c\nd: e\n", [("PM112", 1, 3, 1, 4)], {"d": "e"}),
    ("? a\n: b\n? c\n", [], {"a": "b", "c": ""}),
    ("{? , a: b}\n", [("PM112", 1, 2, 1, 3)], {"a": "b"}),
    ("&a : b\nc: d\n", [("PM112", 1, 4, 1, 5), ("PM104", 1, 1, 1, 3)], {"c": "d"}),
    ("a\u202eb: c\n", [("PM108", 1, 2, 1, 3)], {"ab": "c"}),
    ("a: b # \u2066\n", [("PM108", 1, 8, 1, 9)], {"a": "b"}),
    ('a: "x\\u202ey\\x00\\t"\n', [("PM108", 1, 6, 1, 12), ("PM108", 1, 13, 1, 17)], {"a": "xy\t"}),
    (
        'a: "x\\\n  \\ey\u200e\\N"\n',
        [("PM108", 2, 6, 2, 7), ("PM108", 2, 3, 2, 5), ("PM108", 2, 7, 2, 9)],
        {"a": "xy"},
    ),
    ("a: 'x\x00\n  \\ey'\n", [("PM108", 1, 6, 1, 7)], {"a": "x \\ey"}),
    ('a: "x\u202e"\n', [("PM108", 1, 6, 1, 7)], {"a": "x"}),
    ("x: \ufeffa\n", [("PM108", 1, 4, 1, 5)], {"x": "a"}),
]


@pytest.mark.parametrize(("written", "places", "left"), CASES)
def test_a_refusal(
    written: str, places: list[tuple[str, int, int, int, int]], left: object, told: Told, take: Read
) -> None:
    assert [(one.code, *one.span) for one in told(written)] == places
    document, _ = take(written)
    assert document is not None
    assert plain(document.root) == left


FORBIDDEN = [
    *(chr(number) for number in range(0x20) if chr(number) not in "\t\n\r"),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufdd0\ufdef\ufffe\uffff",
    *("\U0001fffe", "\U0010ffff", "\ud800", "\udfff"),
]


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda one: f"U+{ord(one):04X}")
def test_a_character_that_no_log_may_hold(character: str) -> None:
    name = f"(U+{ord(character):04X})"
    written = f"{character}a: b\nc: 'd{character}'  # {character}\n"
    for pure in (False, True):
        document, findings = read(SourceText("log.yaml", written), pure=pure)
        assert [(one.code, tuple(one.at)) for one in findings] == [  # type: ignore[arg-type]
            ("PM108", (1, 1, 1, 2)),
            ("PM108", (2, 6, 2, 7)),
            ("PM108", (2, 12, 2, 13)),
        ]
        assert all(name in one.message for one in findings)
        assert document is not None
        assert plain(document.root) == {"a": "b", "c": "d"}
    escape = f"\\U{ord(character):08x}"
    for pure in (False, True):
        _, (one,) = read(SourceText("log.yaml", f'a: "b{escape}"\n'), pure=pure)
        assert (one.code, tuple(one.at)) == ("PM108", (1, 6, 1, 16))  # type: ignore[arg-type]
        assert name in one.message


@pytest.mark.parametrize("character", [*"\t é→😀\xa0\u200b\u200d\u3000\ufffd\ue000", "\U000e0067"], ids=ascii)
def test_a_character_that_a_log_may_hold(character: str, take: Read) -> None:
    document, findings = take(f'a: "x{character}y"\n')
    assert findings == ()
    assert document is not None
    assert plain(document.root) == {"a": f"x{character}y"}


@pytest.mark.parametrize(
    "written", ["", "\n", "# only\n", "---\n", "--- # c\n...\n", "%YAML 1.2\n---\n", "\ufeff", "!x\n"]
)
def test_an_empty_file(written: str, told: Told) -> None:
    found = [one for one in told(written) if one.code != "PM103"]
    assert [(one.code, tuple(one.span)) for one in found] == [("PM110", (1, 1, 1, 2))]


def test_what_is_related(told: Told) -> None:
    (twice,) = told("a: 1\nb: 2\na: 3\n")
    assert "in line 1 and in line 3" in twice.message
    assert [tuple(note.span) for note in twice.related] == [(1, 1, 1, 2)]
    (anchor,) = told("a: &n 1\nb: *n\nc: [*n]\n")
    assert [tuple(note.span) for note in anchor.related] == [(2, 4, 2, 6), (3, 5, 3, 7)]
    (second,) = told("---\na: 1\n---\nb: 1\n")
    assert [tuple(note.span) for note in second.related] == [(1, 1, 1, 4)]


def test_many_of_a_kind_are_counted(told: Told) -> None:
    found = told("".join(f"a: \x01{number}\n" for number in range(CAP + 7)))
    assert [one.code for one in found].count("PM108") == CAP
    assert [one.code for one in found].count("PM102") == CAP
    assert found[CAP - 1].message.endswith("; there are 7 more of this kind")
    assert found[-1].message.endswith("; there are 6 more of this kind")


def test_many_escapes_are_counted(told: Told) -> None:
    found = told('a: "' + "\\x00" * (CAP + 7) + '"\n')
    assert len(found) == CAP
    assert found[-1].message.endswith("; there are 7 more of this kind")


def test_an_alias_bomb_stays_small(take: Read) -> None:
    text = "a: &a [x]\n" + "".join(
        f"b{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(30)
    )
    document, findings = take(text)
    assert document is not None
    assert {one.code for one in findings} == {"PM104"}
    assert len(repr(document)) < 50_000
