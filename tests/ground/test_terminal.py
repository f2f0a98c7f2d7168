"""Text for consoles and build logs: nothing in it acts on the place it is shown in."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.ground.characters import name_of
from postmortem.ground.terminal import clean


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain text, Größe, 😀\twith tabs\n", "plain text, Größe, 😀\twith tabs\n"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x1b\\", "\\x1b]8;;http://x\\x07link\\x1b]8;;\\x1b\\"),
        ("\x9b31m\x85\x7f\x00", "\\x9b31m\\x85\\x7f\\x00"),
        ("a\rb\r\n", "a\\rb\\r\n"),
        ("a\u202eb\u2066c\u200fd", "a\\u202eb\\u2066c\\u200fd"),
        ("\u2028\u2029\ufeff\ufffe\ud800", "\\u2028\\u2029\\ufeff\\ufffe\\ud800"),
        ("\U0001ffff", "\\U0001ffff"),
        ("::error file=a::b", ": :error file=a::b"),
        ("  ::error::b", "  : :error::b"),
        ("a ::Warning::b", "a : :Warning::b"),
        ("x::error::b", "x: :error::b"),
        (":::error::b", ": : :error::b"),
        ("::stop-commands::token", ": :stop-commands::token"),
        ("::token::", ": :token::"),
        ("\n::add-mask::x", "\n: :add-mask::x"),
        ("##[error]b", "# #[error]b"),
        ("a ##[group]", "a # #[group]"),
        ("##vso[task.setvariable]x", "# #vso[task.setvariable]x"),
        ("###[error]", "## #[error]"),
        ("## heading [1]", "## heading [1]"),
        ("std::vector, fe80::1 and ::1", "std::vector, fe80::1 and : :1"),
        ("a :: b", "a :: b"),
        ("a:::b", "a:::b"),
        (" :::b", " : : :b"),
        ("# [a] : error", "# [a] : error"),
    ],
)
def test_clean(text: str, seen: str) -> None:
    assert clean(text) == seen


def test_one_line_stays_one() -> None:
    assert clean("a\nb\tc\r\n::error::", lines=False) == "a\\nb\\tc\\r\\n: :error::"


@given(
    st.text(st.sampled_from("\x00\x1b\x9b\r\n\t:#[]a -\u202e\u2028\ufeffé😀e") | st.characters(), max_size=40)
)
def test_whatever_comes_out_is_safe(text: str) -> None:
    for lines in (True, False):
        seen = clean(text, lines=lines)
        assert all(unicodedata.category(one) not in ("Cc", "Cs", "Zl", "Zp") or one in "\n\t" for one in seen)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", seen)
        assert not re.search(r"^\s*::\w", seen, re.MULTILINE)
        assert not re.search(r"##\w*\[", seen)
        assert lines or not set("\n\t") & set(seen)
        assert clean(seen, lines=lines) == seen


@pytest.mark.parametrize(
    "command", ["error", "warning", "notice", "debug", "group", "set-output", "add-mask"]
)
@pytest.mark.parametrize("before", ["", " ", "a", ":", "a:", "::", "x ", "\n"])
def test_no_workflow_command_stands_anywhere(command: str, before: str) -> None:
    assert f"::{command}" not in clean(f"{before}::{command} title=x::y")


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "a NUL character (U+0000)"),
        ("\x01", "a control character (U+0001)"),
        ("\x9f", "a control character (U+009F)"),
        ("\u202e", "a character that turns the direction of text (U+202E)"),
        ("\udc00", "half of a surrogate pair (U+DC00)"),
        ("\ufdd0", "a code point that is no character (U+FDD0)"),
        ("\U0010ffff", "a code point that is no character (U+10FFFF)"),
    ],
)
def test_names(character: str, name: str) -> None:
    assert name_of(character) == name
