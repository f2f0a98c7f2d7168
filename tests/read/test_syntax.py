"""Syntax errors: each slip has one finding, at the right place, in words that say what would be right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from yaml.error import Mark

from postmortem.ground.finding import Diagnostic, Related
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.read import read
from postmortem.read.gathering import CAP
from postmortem.read.syntax import explain

Told = Callable[[str], list[Diagnostic]]

# What is written, then the code, the place as line:column-end, a part of what is said, and what to write.
CASES = [
    (
        "title: x\nwhat: Note: this\n",
        "PM101",
        "2:11-12",
        "the value of `what` holds a colon and a blank",
        '"Note: this"',
    ),
    ("- at: 18:20\n  what: a: b\n", "PM101", "2:10-11", "the value of `what` holds a colon", '"a: b"'),
    (
        "title Foo\nat: 18:20\n",
        "PM101",
        "1:1-10",
        "`title Foo` is neither a key nor a value here",
        "`key: value`",
    ),
    ("title: x\n  at: 18:20\n", "PM101", "2:3-5", "indented deeper than `title` above", "indent both alike"),
    ("a: b\n   c\n  d: e\n", "PM101", "3:3-4", "indented deeper than `a` above", "indent both alike"),
    (
        "key:\n  word one\n  no: key\n",
        "PM101",
        "2:3-11",
        "`word one` is neither a key nor a value",
        "`key: value`",
    ),
    ("[23\n]: 42\n", "PM101", "1:1-4", "`[23` is neither a key nor a value here", "`key: value`"),
    (
        'title: x\nwhat: "open\nat: 18:20\n',
        "PM101",
        "2:7-8",
        "the quote that opens here is not closed",
        'close it with `"`',
    ),
    (
        "what: 'Twas\nat: 18:20\n",
        "PM101",
        "1:7-8",
        "the quote that opens here is not closed",
        "double quotes",
    ),
    ('a: "b\n---\n"\n', "PM101", "1:4-5", "the quote that opens here is not closed", 'close it with `"`'),
    (
        'a: "b\nc: "d"\ne: f\n',
        "PM101",
        "1:4-5",
        "is not closed in its line, but only in line 2",
        'close it with `"`',
    ),
    ('"a\nb": c\n', "PM101", "1:1-2", "is not closed in its line, but only in line 2", 'close it with `"`'),
    (
        'x: y\n"a\nb": c\n',
        "PM101",
        "2:1-2",
        "is not closed in its line, but only in line 3",
        'close it with `"`',
    ),
    ("what: 'It's here'\n", "PM101", "1:11-18", "the text in quotes has ended", "`''`"),
    ('what: "say "hello" now"\n', "PM101", "1:13-24", "the text in quotes has ended", '`\\"`'),
    ("at: >18:30\n", "PM101", "1:5-11", "for a time that is not before 18:30", "write `after 18:30`"),
    ("at: >=6:30pm\n", "PM101", "1:5-13", "for a time that is not before 6:30pm", "write `after 6:30pm`"),
    ("what: > 5 errors\n", "PM101", "1:7-17", "`>` begins a text block", '"> 5 errors"'),
    ("what: | text\n", "PM101", "1:7-13", "`|` begins a text block", '"| text"'),
    ("what: |0\n  x\n", "PM101", "1:7-9", "`|` begins a text block", '"|0"'),
    ("what: @home is down\n", "PM101", "1:7-12", "cannot begin with `@`", '"@home is down"'),
    ("what: `x`\n", "PM101", "1:7-10", "cannot begin with a backtick", '"`x`"'),
    ("what: %5 of all\n", "PM101", "1:7-9", "cannot begin with `%`", '"%5 of all"'),
    ("what: *bold* text\n", "PM101", "1:7-13", "cannot begin with `*`", '"*bold* text"'),
    ("what: *bold text\n", "PM101", "1:7-12", "cannot begin with `*`", '"*bold text"'),
    ("what: & more\n", "PM101", "1:7-8", "cannot begin with `&`", '"& more"'),
    ("what: ? x\n", "PM101", "1:7-8", "cannot begin with `? `", '"? x"'),
    ("what: - foo\n", "PM101", "1:7-8", "a list cannot begin on the line of its key `what`", '"- foo"'),
    ("'a' - b\n", "PM101", "1:5-6", "a list item cannot stand here", "a line of its own"),
    ("what: [draft] The thing\n", "PM101", "1:15-24", "the `]` ends the value", "begins with `[`"),
    ("what: {a} b\n", "PM101", "1:11-12", "the `}` ends the value", "begins with `{`"),
    ("a: [b, c\nd: 1\n", "PM101", "1:4-5", "the `[` that opens here is not closed", "close it with `]`"),
    ("{a: b\n", "PM101", "1:1-2", "the `{` that opens here is not closed", "close it with `}`"),
    ("a: [b c: d: e]\n", "PM101", "1:11-12", "a `,` or `]` is due before this", "in quotes"),
    ("a: {b: c: d}\n", "PM101", "1:9-10", "a `,` or `}` is due before this", "in quotes"),
    ("a: [b, , c]\n", "PM101", "1:8-9", "a value is due before this `, c`", ""),
    ("a: {b: :c}\n", "PM101", "1:8-9", "the key before this `:` is missing", "in quotes"),
    ("a: {b:, c}\n", "PM101", "1:6-7", "a blank is missing after this colon", "in quotes"),
    ("a: ]\n", "PM101", "1:4-5", "a value is due before this `]`", ""),
    ("a: [b,\n", "PM101", "1:4-5", "the `[` that opens here is not closed", "close it with `]`"),
    ("a: b\n}\n", "PM101", "2:1-2", "`}` closes nothing here", "in quotes"),
    ("a: 1 # b\n  , c\n", "PM101", "2:3-4", "`,` closes nothing here", "in quotes"),
    ("foo: a\nbar\nbaz: c\n", "PM101", "2:1-4", "`bar` is neither a key nor a value here", "`key: value`"),
    ('a: b\n"c"\nd: e\n', "PM101", "2:1-4", '`"c"` is neither a key nor a value', "`key: value`"),
    ("foo: a\nbar", "PM101", "2:1-4", "`bar` is neither a key nor a value here", "`key: value`"),
    ("foo: a\ntitle:Foo\n", "PM101", "2:6-7", "a blank is missing after this colon", "write `title: Foo`"),
    ("- title:Foo\n  at: 1\n", "PM101", "1:8-9", "a blank is missing after this colon", "write `title: Foo`"),
    (
        "a: b\n" + "k" * 1100 + ": v\n",
        "PM101",
        "2:1-2",
        "no key is longer than 1,024 characters",
        "`key: value`",
    ),
    (
        "key:\n  ok: 1\n wrong: 2\n",
        "PM101",
        "3:2-8",
        "indented by 1 blank, and no line above",
        "the lines it belongs to",
    ),
    (
        "a:\n   - ok\n  - bad\n",
        "PM101",
        "3:3-4",
        "indented by 2 blanks, and no line above",
        "the lines it belongs to",
    ),
    (
        "  title: x\ndate: y\n",
        "PM101",
        "2:1-6",
        "indented by no blanks, and no line above",
        "the lines it belongs to",
    ),
    ("a: 1\n- b\n", "PM101", "2:1-2", "a list item cannot stand between the keys of a map", "indent"),
    ("- a\n- b\nc: d\n", "PM101", "3:1-3", "the list above goes on here", "indent"),
    ("a: b\n#  c\n  d\n", "PM101", "3:3-4", "the comment above ends the text", "put the comment first"),
    ("--- a: b\n", "PM101", "1:1-4", "a map cannot begin on the line of `---`", "on the next line"),
    ("'a' b: c\n", "PM101", "1:5-9", "the text in quotes has ended", "inside the quotes"),
    ("...\n", "PM101", "1:1-4", "a value is due before this `...`", ""),
    ("a: b\n... c\n", "PM101", "2:5-6", "`c` cannot stand after `...`", ""),
    ("a: 'b'\n  *x\n", "PM101", "2:3-5", "cannot begin with `*`", '"*x"'),
    ('a: "C:\\path"\n', "PM101", "1:7-9", "`\\p` means nothing in a text in double quotes", "`\\\\p`"),
    ('a: "\\x4"\n', "PM101", "1:5-8", "after `\\x` in double quotes stand 2 hexadecimal digits", "`\\\\`"),
    ('a: "\\U00110000"\n', "PM101", "1:5-15", "`\\U00110000` is past the last character there is", ""),
    ('a: "\\UFFFFFFFF"\n', "PM101", "1:5-15", "`\\UFFFFFFFF` is past the last character there is", ""),
    ('a: "\\ud83d\\ude00"\n', "PM108", "1:5-11", "half of a surrogate pair (U+D83D)", "`\\U0001F600`"),
    ('a: "\\ude00"\n', "PM108", "1:5-11", "half of a surrogate pair (U+DE00)", "write the character itself"),
    (
        'a: "\\ud83d\\q"\n',
        "PM108",
        "1:5-11",
        "half of a surrogate pair (U+D83D)",
        "write the character itself",
    ),
    ("a: b\n%FOO\nc: d\n", "PM101", "2:1-5", "a line cannot begin with `%`", '"%FOO"'),
    ("[a\n%b\n---\n", "PM101", "1:1-2", "the `[` that opens here is not closed", "close it with `]`"),
    ("a: b\n%YAML 1.2\nc: d\n", "PM101", "2:1-6", "a line cannot begin with `%`", '"%YAML 1.2"'),
    ("%FOO bar\n---\na: b\n", "PM101", "1:1-9", "`%FOO` says nothing in YAML 1.2", "delete this line"),
    ("%YAML 1.3\n---\na: b\n", "PM101", "1:1-10", "a log is YAML 1.2", "`%YAML 1.2`"),
    (
        "%YAML 1.2\n%YAML 1.2\n---\na: b\n",
        "PM101",
        "2:1-10",
        "the version of YAML is said once",
        "delete this line",
    ),
    ("%YAML 1.2\na: b\n", "PM101", "1:1-2", "must begin with a line `---`", "delete this line"),
    ("%TAG ! tag:x,2000:\n---\na: b\n", "PM103", "1:1-19", "declares none", "delete this line"),
    ("a: !x!y b\n", "PM103", "1:4-8", "cannot begin with `!`", '"!x!y b"'),
    ("a: !<x b\n", "PM103", "1:4-7", "cannot begin with `!`", '"!<x b"'),
    ("a: !! b\n", "PM103", "1:4-6", "cannot begin with `!`", '"!! b"'),
    ("a: !x, b\n", "PM103", "1:4-7", "cannot begin with `!`", '"!x, b"'),
    ("a: !%41%zz b\n", "PM103", "1:4-11", "cannot begin with `!`", '"!%41%zz b"'),
    ("a:\n\t- b\n", "PM111", "2:1-2", "indented with a tab", "use blanks"),
    ("a:\n  b: 1\n\t\tc: 2\n", "PM111", "3:1-3", "indented with a tab", "use blanks"),
    ("a: |\n\tx\n", "PM111", "2:1-2", "indented with a tab", "use blanks"),
    ("a: |1\n\tx\n", "PM111", "2:1-2", "indented with a tab", "use blanks"),
    ("a: b\n\tc\n", "PM111", "2:1-2", "indented with a tab", "use blanks"),
    ("-\tb: c\n", "PM111", "1:2-3", "a tab stands before what begins here", "use blanks"),
    ("\t", "PM111", "1:1-2", "indented with a tab", "use blanks"),
    (": a\n", "PM112", "1:1-2", "the key before this `:` is missing", "`key: value`"),
    ("a: b\n: c\n", "PM112", "2:1-2", "the key before this `:` is missing", "`key: value`"),
]


@pytest.mark.parametrize(("written", "code", "place", "said", "right"), CASES)
def test_a_slip(written: str, code: str, place: str, said: str, right: str, told: Told) -> None:
    (one,) = told(written)
    line, columns = place.split(":")
    start, end = columns.split("-")
    assert (one.code, tuple(one.span)) == (code, (int(line), int(start), int(line), int(end)))
    assert said in one.message
    assert right in f"{one.message} {one.label} {one.help}"


def test_the_other_end_is_shown_too(told: Told) -> None:
    (one,) = told('a: "b\nc: "d"\n')
    assert [(note.message, tuple(note.span)) for note in one.related] == [("it is closed here", (2, 4, 2, 5))]
    (one,) = told("a: [b\nc: d\n")
    assert [tuple(note.span) for note in one.related] == [(2, 2, 2, 3)]
    (one,) = told("a:\n   b: c\n  d: e\n")
    assert [(note.message, note.span.line) for note in one.related] == [
        ("the line above is indented by 3", 2)
    ]


def test_no_suggestion_where_it_would_not_help(told: Told) -> None:
    for value in ('@say "x"', "@back\\slash", "@" + "long " * 20):
        (one,) = told(f"what: {value}\n")
        assert one.label == ""
        assert one.help == "put the whole value in double quotes"


def test_what_a_long_line_says_is_cut(told: Told) -> None:
    (one,) = told("a: b\n" + "word " * 100 + "\n")
    assert len(one.message) < 120


def test_findings_before_the_break_are_told(told: Told) -> None:
    found = told('a: 1\na: 2\nb: &x 1\nc: {[d]: !t e}\n<<: f\ng: "\\0"\n*x : *y\nh: i: j\n*z\n')
    assert sorted((one.code, one.span.line) for one in found) == [
        ("PM101", 8),
        ("PM102", 2),
        ("PM103", 4),
        ("PM104", 3),
        ("PM104", 7),
        ("PM105", 5),
        ("PM108", 6),
        ("PM112", 4),
    ]


class Complaint(Exception):
    """A parser's error of a kind that neither parser makes today."""

    context = None
    context_mark = None
    problem = "something else"
    problem_mark = None


def test_what_nobody_foresaw_is_still_told_at_its_place() -> None:
    one = explain("a: b\n", Complaint())
    assert (one.code, one.at, one.message) == ("PM101", Span(1, 1, 1, 3), "this is not YAML")
    one = explain("\nab", Complaint())
    assert (one.at, one.help) == (Span(1, 1, 1, 2), "check this line and the one above it")
    one = explain("", ValueError("chr() arg not in range"))
    assert (one.code, one.at) == ("PM101", Span(1, 1, 1, 2))
    error = Complaint()
    error.problem = "did not find expected node content"
    error.problem_mark = Mark("log", 6, 1, 1, None, 0)  # type: ignore[assignment]
    assert explain("a: b\nc", error).message == "the file breaks off where a value is due"


def test_directives_are_told_up_to_the_cap(told: Told) -> None:
    found = told("%A\n" * (CAP + 5) + "---\na: b\n")
    assert [one.code for one in found] == ["PM101"] * CAP


def test_many_aliases_are_related_up_to_ten(told: Told) -> None:
    (one,) = told("a: &x b\n" + "".join(f"k{number}: *x\n" for number in range(15)))
    assert len(one.related) == 10
    document, findings = read(SourceText("log.yaml", "a: &x b\nc: *x\n"))
    assert document is not None
    assert [finding.related for finding in findings] == [(Related("it is used here", Span(2, 4, 2, 6)),)]


def test_anchors_in_the_line_of_an_error_are_not_told_twice(told: Told) -> None:
    assert [one.code for one in told("a: &x b\nc: &x [d, &x e: f: g]\n")] == ["PM104", "PM101"]


def test_a_key_lost_in_a_flow_list(told: Told) -> None:
    for written in ("a: [? ]\nb: c\n", "a: [?]\n", "a: [? , b]\n", "a: [? b, c]\nd: [? e: f]\n"):
        assert {one.code for one in told(written)} <= {"PM101", "PM112"}


def test_a_colon_far_behind_its_key(told: Told) -> None:
    assert told("{? a" + "\n" * 2000 + ": , b: c}\n") == []


def test_continued_lines_are_looked_up_so_far_and_no_further(told: Told) -> None:
    (one,) = told("a: b\n" + "    c\n" * 99 + "  d: e\n")
    assert "deeper than `a` above" in one.message
    (one,) = told("a: b\n" + "    c\n" * 100 + "  d: e\n")
    assert (one.message, one.span) == ("a key cannot stand here", Span(102, 3, 102, 4))
