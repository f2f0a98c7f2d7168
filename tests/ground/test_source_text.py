"""Source text: its lines are what the parser and the editor call lines."""

from __future__ import annotations

import copy
import pickle

from postmortem.ground.source_text import SourceText


def test_lines() -> None:
    source = SourceText("log.yaml", "a\r\nb\rc\n\x0bd\x85e\u2028f\n")
    assert source.lines == ("a", "b", "c", "\x0bd\x85e\u2028f", "")
    assert source.line(1) == "a"
    assert source.line(4) == "\x0bd\x85e\u2028f"
    assert [source.line(number) for number in (-1, 0, 5, 6)] == ["", "", "", ""]
    assert source.unified == "a\nb\nc\n\x0bd\x85e\u2028f\n"
    assert SourceText("log.yaml", "").lines == ("",)


def test_two_are_equal_by_name_and_text() -> None:
    one, same = SourceText("a", "text"), SourceText("a", "text")
    assert one.lines == ("text",)
    assert (one, hash(one)) == (same, hash(same))
    assert one != SourceText("b", "text")
    assert one != SourceText("a", "other")
    assert one != "text"
    assert repr(one) == "SourceText('a', 'text')"
    assert copy.copy(one) == pickle.loads(pickle.dumps(one)) == one
