"""The door: bytes that are no text, characters and directives that no log holds, each at the very edge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortem.ground.finding import Diagnostic, Finding
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.read import decode, encoding, read
from postmortem.read.gathering import Gathered
from postmortem.read.nodes import Document, Mapping, Scalar

Told = Callable[[str], list[Diagnostic]]
MEGABYTES = 16 * 1024 * 1024


def spans(found: list[Diagnostic]) -> list[tuple[str, int, int, int, int]]:
    return [(one.code, *one.span) for one in found]


def refused(data: bytes) -> Finding | None:
    """Return the finding for bytes that are no text, None for those that are."""
    source, findings = decode("log.yaml", data)
    return findings[0] if source is None else None


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert encoding.MAX_BYTES == MEGABYTES
    monkeypatch.setattr(encoding, "MAX_BYTES", 20)
    assert refused(b"#" * 20) is None
    larger = refused(b"#" * 21)
    assert larger is not None
    assert (larger.code, larger.at, larger.message, larger.help) == (
        "PM109",
        Span(1, 1, 1, 2),
        "the file is larger than 16 MiB",
        "keep dense measurements in a file of their own and name it under `series`",
    )


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (b"a\0b\0", True),
        (b"\0a\0b", True),
        (b"a\0b", False),
        (b"a\0b\0cd", True),
        (b"a\0b\0cde", False),
        (b"a\0\0b", False),
        (b"", False),
    ],
)
def test_two_bytes_a_letter_are_known_by_their_zeros(data: bytes, seen: bool) -> None:
    found = refused(data)
    assert (found is not None and "UTF-16" in found.message) is seen
    assert found is None or found.at == Span(1, 1, 1, 2)


@pytest.mark.parametrize("number", [one for one in range(32) if one not in b"\t\n\r\x0c\x1b"])
def test_a_text_holds_few_control_characters(number: int) -> None:
    control = bytes([number])
    found = refused(b"ab" * 5 + control * 10)
    assert found is not None
    assert found.at == Span(1, 11, 1, 12) and f"the byte 0x{number:02X} " in found.message


@pytest.mark.parametrize("allowed", [*b"\t\n\r\x0c\x1b "])
def test_what_terminals_and_printers_take_is_no_sign_of_bytes(allowed: int) -> None:
    assert refused(b"ab" * 5 + bytes([allowed]) * 10) is None


@pytest.mark.parametrize(
    ("data", "is_text"),
    [
        (b"a" * 12 + b"\1" * 8, False),
        (b"a" * 3 + b"\1" * 7, True),
        (b"a" * 21 + b"\1" * 9, False),
        (b"a" * 22 + b"\1" * 9, True),
        (b"a" * 2867 + b"\1" * 1229 + b"a" * 90, False),
        (b"a" * 2868 + b"\1" * 1229 + b"a" * 90, True),
        (b"a" * 2869 + b"\1" * 9_000, True),
    ],
)
def test_how_many_control_characters_are_too_many(data: bytes, is_text: bool) -> None:
    assert (refused(data) is None) is is_text


def test_a_control_character_behind_what_is_no_letter_is_not_the_first_fault() -> None:
    found = refused("é\r\nab".encode() + b"\xff" + b"\1" * 9)
    assert found is not None and found.at == Span(2, 3, 2, 4) and "0xFF" in found.message
    found = refused("é\r\nab".encode() + b"\1" * 9 + b"\xff")
    assert found is not None and found.at == Span(2, 3, 2, 4) and "0x01" in found.message


@pytest.mark.parametrize(
    ("bad", "good", "is_text"),
    [
        (100, 900, True),
        (101, 899, False),
        (100, 400, True),
        (101, 399, False),
        (200, 1_800, True),
        (201, 1_799, False),
    ],
)
def test_how_many_bytes_may_be_no_letters(bad: int, good: int, is_text: bool) -> None:
    source, (one,) = decode("log.yaml", b"\xff" * bad + b"a" * good)
    assert (source is not None) is is_text
    assert (one.code, one.at) == ("PM107", Span(1, 1, 1, 2))
    assert ("older encoding" in one.help) is is_text


FORBIDDEN = [
    ("abcdef: \0b\0", [(1, 9), (1, 11)]),
    ("\0: a", [(1, 1)]),
    ("a: b\0\n\n\nc: d\0\ne: \0\0", [(1, 5), (4, 5), (5, 4), (5, 5)]),
    ("a: b\r\nc: \u2028d\re: \u202e", [(2, 4), (3, 4)]),
]


@pytest.mark.parametrize(("text", "places"), FORBIDDEN)
def test_each_forbidden_character_is_told_where_it_stands(
    text: str, places: list[tuple[int, int]], told: Told
) -> None:
    found = [one for one in told(text) if one.code == "PM108"]
    assert spans(found) == [("PM108", line, column, line, column + 1) for line, column in places]


DIRECTIVES: list[tuple[str, list[tuple[str, int, int, int, int]]]] = [
    ("%YAML 1.2\n---\na: b\n", []),
    ("%YAML 1.1\n---\na: b\n", []),
    ("%YAML\t1.2\n---\na: b\n", []),
    ("%YAML \t 1.2\n--- \na: b\n", []),
    ("%YAML 1.2 # c\n---\na: b\n", []),
    ("%YAML 1.2\t #\n---\na: b\n", []),
    ("%YAML 1.2 \t\n---\na: b\n", []),
    ("# c\n  \n#\n\n%YAML 1.2\n  # d\n---\na: b\n", []),
    ("# c\n \t\n%YAML 1.2\n---\na: b\n", [("PM111", 2, 2, 2, 3)]),
    ("%YAML 1.2\n\t\n---\na: b\n", [("PM111", 2, 1, 2, 2)]),
    ("\n%YAML 1.2\n---\na: b\n", []),
    ("%YAML 1.3\n---\na: b\n", [("PM101", 1, 1, 1, 10)]),
    ("%YAML 1.2#c\n---\na: b\n", [("PM101", 1, 1, 1, 12)]),
    ("%YAML 1.2x\n---\na: b\n", [("PM101", 1, 1, 1, 11)]),
    ("%YAML 1.2 x\n---\na: b\n", [("PM101", 1, 1, 1, 12)]),
    ("%YAML 1x2\n---\na: b\n", [("PM101", 1, 1, 1, 10)]),
    ("%YAML\n---\na: b\n", [("PM101", 1, 1, 1, 6)]),
    ("%YAML %YAML 1.2\n---\na: b\n", [("PM101", 1, 1, 1, 16)]),
    ("%YAML1.2\n---\na: b\n", [("PM101", 1, 1, 1, 9)]),
    ("%YAML 1.2\n%YAML 1.2\n%YAML 1.2\n---\na: b\n", [("PM101", 2, 1, 2, 10), ("PM101", 3, 1, 3, 10)]),
    ("%TAG ! x\n%YAML 1.2\n---\na: b\n", [("PM103", 1, 1, 1, 9)]),
    ("%TAG\t! x \t\n---\na: b\n", [("PM103", 1, 1, 1, 9)]),
    ("%\n---\na: b\n", [("PM101", 1, 1, 1, 2)]),
    ("\n%x\n\n%y z\n---\na: b\n", [("PM101", 2, 1, 2, 3), ("PM101", 4, 1, 4, 5)]),
    ("%YAML 1.2\na: b\n", [("PM101", 1, 1, 1, 2)]),
    ("%YAML 1.2\n# c\na: b\n", [("PM101", 1, 1, 1, 2)]),
    ("#\n%YAML 1.2\n---a: b\n", [("PM101", 2, 1, 2, 2)]),
    ("%YAML 1.2\na: b\n", [("PM101", 1, 1, 1, 2)]),
]


@pytest.mark.parametrize(("text", "expected"), DIRECTIVES)
def test_directives(text: str, expected: list[tuple[str, int, int, int, int]], told: Told) -> None:
    assert spans(told(text)) == expected


def test_a_directive_is_called_by_its_name(told: Told) -> None:
    (one,) = told("%" + "x" * 50 + " y\n---\na: b\n")
    assert one.message == f"`%{'x' * 39}` says nothing in YAML 1.2"
    (one,) = told("%FOO\tbar baz\n---\na: b\n")
    assert one.message == "`%FOO` says nothing in YAML 1.2"
    first, *_ = told("%YAML 1.2")
    assert first.message == "after a line that begins with `%` the log must begin with a line `---`"


Take = Callable[[str], tuple[Document | None, tuple[Finding, ...]]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("%YAML 1.2\n---\na: b\n", 3),
        ("\n%YAML 1.2\n---\na: b\n", 4),
        ("\n\n%YAML 1.2\n---\na: b\n", 5),
        (" \n%YAML 1.2\n---\na: b\n", 4),
        ("# c\n%YAML 1.2\n---\na: b\n", 4),
        ("#\n%YAML 1.2\n\n---\na: b\n", 5),
    ],
)
def test_directives_move_nothing(text: str, line: int, take: Take) -> None:
    document, findings = take(text)
    assert findings == () and document is not None and isinstance(document.root, Mapping)
    ((key, value),) = document.root.entries
    assert (key.span, value.span) == (Span(line, 1, line, 2), Span(line, 4, line, 5))


@pytest.mark.parametrize("head", ["", "#\n", "# 100%\n", "\n", "\n \n#\n", "--- # %\n"])
def test_a_percent_sign_inside_the_log_is_no_directive(head: str, take: Take) -> None:
    document, findings = take(f'{head}a: "x\n%y"\nb: 5%\n')
    assert findings == () and document is not None and isinstance(document.root, Mapping)
    values = [value for _, value in document.root.entries]
    assert [one.text for one in values if isinstance(one, Scalar)] == ["x %y", "5%"]


MANY: list[tuple[str, str]] = [
    ("PM102", "a: b\n" + "a: b\n" * 150),
    ("PM103", "- !x a\n" * 150),
    ("PM103", "".join(f"- !x{number} [a]\n" for number in range(150))),
    ("PM104", "".join(f"- &x{number} a\n" for number in range(150))),
    ("PM104", "- &x a\n" + "- &x a\n" * 149),
    ("PM104", "".join(f"- *x{number}\n" for number in range(150))),
    ("PM105", "".join(f"- <<: a{number}\n" for number in range(150))),
    ("PM108", "a: " + "\u202e" * 150),
    ("PM108", "a: |\n" + " \u202e\n" * 150),
    ("PM108", 'a: "' + "\\0" * 150 + '"'),
    ("PM108", 'a: "' + "\u202e" * 50 + "\\0" * 100 + '"'),
    ("PM112", "- [a]: b\n" * 150),
]


@pytest.mark.parametrize(("code", "text"), MANY)
def test_a_hundred_findings_of_a_kind_are_told_and_the_others_counted(
    code: str, text: str, take: Take
) -> None:
    _, findings = take(text)
    assert [one.code for one in findings] == [code] * 100
    assert findings[-1].message.endswith("; there are 50 more of this kind")
    assert not any("more of this kind" in one.message for one in findings[:-1])


def test_how_many_more_there_are_is_said_with_commas_and_once() -> None:
    gathered = Gathered()
    for _ in range(101):
        gathered.add(Finding("PM108", "x", Span(1, 1, 1, 2)))
    gathered.count("PM108", 1_233)
    assert not gathered.is_full("PM101")
    for _ in range(2):
        assert len(gathered.all()) == 100
        assert gathered.all()[-1].message == "x; there are 1,234 more of this kind"


def test_a_hundred_directives_are_told(take: Take) -> None:
    _, findings = take("%x\n" * 150 + "---\na: b\n")
    assert [one.code for one in findings] == ["PM101"] * 100
    assert not any("more of this kind" in one.message for one in findings)


def test_a_hundred_of_a_kind_are_no_more_than_that(take: Take) -> None:
    _, findings = take('a: "' + "\\0" * 100 + '"')
    assert len(findings) == 100 and "more of this kind" not in findings[-1].message
    _, findings = take("a: " + "\u202e" * 100)
    assert len(findings) == 100 and "more of this kind" not in findings[-1].message
    _, findings = take("a: " + "\u202e" * 101)
    assert len(findings) == 100 and findings[-1].message.endswith("; there are 1 more of this kind")


def test_a_setting_lets_direction_in_and_nothing_else() -> None:
    document, findings = read(SourceText("log.yaml", 'a: \u202eb\nc: "\\u202e"\nd: "\\0"\n'), bidi=True)
    assert document is not None
    assert [(one.code, one.at) for one in findings] == [("PM108", Span(3, 5, 3, 7))]
