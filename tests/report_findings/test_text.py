"""The form for readers: carets under the very words, whatever stands before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from postmortem.ground.finding import Note
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.report.findings.concise import concise
from postmortem.report.findings.examined import Examined, summary
from postmortem.report.findings.text import text

if TYPE_CHECKING:
    from tests.report_findings.conftest import Make

ANSI = "\x1b["


def shown(line: str, column: int, end: int, make: Make, **more: object) -> tuple[str, str]:
    """Return the shown line and the marks under it, both without their gutter."""
    one = make(1, column, end, **more)
    written = text([Examined("log.yaml", SourceText("log.yaml", line), (one,))]).split("\n")
    at = next(number for number, each in enumerate(written) if each.startswith("1 | "))
    return written[at][4:], written[at + 1][4:]


def test_every_part_has_its_place(file: Examined) -> None:
    assert text([file]) == (
        "warning[PM221]: a wide word\n"
        " --> log.yaml:2:8\n"
        "  |\n"
        "1 | format: postmortem/1\n"
        "2 | title: 放送 stops\n"
        "  |        ^^^^ here\n"
        "\n"
        "error[PM204]: `kind` cannot be `crahs`\n"
        " --> log.yaml:5:9\n"
        "  |\n"
        "4 | - at: 18:20\n"
        "5 |   kind: crahs\n"
        "  |         ^^^^^ did you mean `crash`?\n"
        "  |\n"
        "  = help: one of crash, note\n"
        "\n"
        "error[PM301]: these cannot both hold\n"
        " --> log.yaml:6:7\n"
        "  |\n"
        "4 | - at: 18:20\n"
        "  |       ----- the first\n"
        "...\n"
        "6 | - at: 18:10\n"
        "  |       ^^^^^\n"
        "  |\n"
        "  = help: rule\n"
        "  = docs: postmortem explain PM301\n"
        "\n"
        "2 errors and 1 warning in log.yaml (2 events, 1 source checked)\n"
    )


@pytest.mark.parametrize(
    ("line", "column", "end", "marks"),
    [
        ("kind: crahs", 7, 12, "      ^^^^^"),
        ("放送: crahs", 5, 10, "      ^^^^^"),
        ("放送: crahs", 1, 3, "^^^^"),
        ("\tkind: crahs", 8, 13, "          ^^^^^"),
        ("e\u0301: crahs", 5, 10, "   ^^^^^"),
        ("a\x1b[31m: crahs", 9, 14, "           ^^^^^"),
        ("::error::x: crahs", 13, 18, "             ^^^^^"),
        ("##[error]: crahs", 12, 17, "            ^^^^^"),
        ("crahs", 6, 7, "     ^"),
        ("crahs", 90, 95, "     ^"),
    ],
)
def test_carets_stand_under_the_word(line: str, column: int, end: int, marks: str, make: Make) -> None:
    drawn, under = shown(line, column, end, make, label="")
    assert under == marks
    assert ANSI not in drawn
    assert "::error" not in drawn
    assert "##[" not in drawn


def test_a_long_line_is_cut_around_its_mark(make: Make) -> None:
    line = "a" * 5_000 + " crahs " + "b" * 5_000
    drawn, under = shown(line, 5_002, 5_007, make, label="")
    assert len(drawn) < 130
    assert drawn.startswith("...") and drawn.endswith("...")
    assert drawn[under.index("^") : under.index("^") + 5] == "crahs"


def test_a_mark_over_several_lines_ends_with_its_first(make: Make) -> None:
    drawn, under = shown("what: [a,\n  b]", 7, 5, make, end_line=2, label="")
    assert (drawn, under) == ("what: [a,", "      ^^^")


def test_two_marks_on_one_line_stand_below_each_other(make: Make) -> None:
    related = (Note("the first", "log.yaml", Span(1, 1, 1, 6)),)
    one = make(1, 13, 16, related=related, label="the second", help="")
    written = text([Examined("log.yaml", SourceText("log.yaml", "until: 1, for: 2"), (one,))])
    assert "  | ----- the first\n  |             ^^^ the second\n" in written


def test_a_place_in_another_file_is_named(make: Make) -> None:
    related = (Note("the other log", "other.yaml", Span(3, 4, 3, 5)),)
    written = text(
        [Examined("log.yaml", SourceText("log.yaml", "kind: crahs"), (make(1, 7, related=related),))]
    )
    assert "  = at other.yaml:3:4: the other log\n" in written


def test_a_file_that_could_not_be_read_has_no_lines(make: Make) -> None:
    one = make(1, 1, 1, code="PM100", message="`log.yaml` cannot be read", label="", help="")
    assert text([Examined("log.yaml", None, (one,))]).startswith(
        "error[PM100]: `log.yaml` cannot be read\n --> log.yaml\n\n1 error in log.yaml"
    )


def test_colour_changes_nothing_but_colour(file: Examined) -> None:
    import re

    coloured = text([file], colour=True)
    assert ANSI in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text([file])


def test_nothing_a_log_says_acts_on_the_console(make: Make) -> None:
    bad = "\x1b]0;title\x07 ::error::x \r\n##[error] \u202e"
    one = make(1, 1, 3, message=bad, label=bad, help=bad, file=f"{bad}.yaml")
    file = Examined(one.file, SourceText(one.file, bad), (one,))
    for written in (text([file]), concise([file])):
        for sign in ("\x1b", "\x07", "\r", "\u202e", "::error::", "##["):
            assert sign not in written
    assert concise([file]).count("\n") == 1


def test_concise_is_a_line_for_each_finding(file: Examined) -> None:
    assert concise([file]).splitlines() == [
        "log.yaml:2:8: warning[PM221] a wide word (here)",
        "log.yaml:5:9: error[PM204] `kind` cannot be `crahs` (did you mean `crash`?)",
        "log.yaml:6:7: error[PM301] these cannot both hold",
    ]


def test_the_summary_counts_what_was_judged(file: Examined) -> None:
    sound = Examined("b.yaml", None, (), events=3, sources=2, ignored=1)
    assert summary([file]) == "2 errors and 1 warning in log.yaml (2 events, 1 source checked)"
    assert summary([sound]) == (
        "no findings in b.yaml (3 events, 2 sources checked; 1 finding switched off by `checks`)"
    )
    assert summary([file, sound._replace(ignored=0)]) == (
        "2 errors and 1 warning in log.yaml of 2 files (5 events, 3 sources checked)"
    )
    assert summary([file, file._replace(file="c.yaml"), sound._replace(ignored=0)]).startswith(
        "4 errors and 2 warnings in 2 of 3 files"
    )
    assert summary([sound._replace(ignored=0)] * 2) == "no findings in 2 files (6 events, 4 sources checked)"
