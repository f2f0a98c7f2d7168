"""The progress line: only on a terminal, only after a while, and gone when the work is done."""

from __future__ import annotations

import io

import pytest

from postmortem.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, seconds: float) -> str:
    clock = iter(n * seconds for n in range(100))
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    assert list(progress.shown(["a.yaml", "b\x1b.yaml", "c.yaml"], str)) == ["a.yaml", "b\x1b.yaml", "c.yaml"]
    return stream.getvalue()


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, io.StringIO(), 10) == ""


def test_nothing_is_shown_of_what_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, Terminal(), 0.1) == ""


def test_it_is_shown_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    told = run(monkeypatch, Terminal(), 0.4)
    assert "[########................] 1/3 b" in told
    assert "2/3 c.yaml" in told
    assert told.endswith("\r\x1b[K")
    assert "b\x1b.yaml" not in told
