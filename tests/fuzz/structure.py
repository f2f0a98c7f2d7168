"""What holds for the structure of every output, whatever the texts in it are."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

from postmortem.ground.characters import forbidden_in
from postmortem.report.escaping.safe_markdown import allowed
from tests.report.test_hostile_texts import _judge_markdown

_VOID = frozenset(("meta", "br", "hr", "input", "link", "col", "wbr"))
_NEVER = frozenset(
    ("iframe", "object", "embed", "base", "form", "img", "link", "video", "audio", "frame", "image")
)
_ADDRESSES = frozenset(("href", "src", "action", "formaction", "poster", "srcset", "xlink:href", "data"))


class _Page(HTMLParser):
    """A whole page: closed as it was opened, one script and one style of ours, no address that is refused."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in _NEVER, tag
        self.seen[tag] = self.seen.get(tag, 0) + 1
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert re.fullmatch(
                r"[a-z][a-z-]*|(?:viewBox|pathLength|preserveAspectRatio)", name, re.IGNORECASE
            ), name
            assert name not in _ADDRESSES or allowed(value or ""), (tag, name, value)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_comment(self, _data: str) -> None:
        raise AssertionError("a comment")


def _html(text: str) -> None:
    page = _Page()
    page.feed(text)
    page.close()
    assert not page.open, page.open
    assert page.seen["html"] == page.seen["body"] == page.seen["main"] == 1
    assert page.seen.get("script", 0) <= 2, page.seen
    assert text.index("Content-Security-Policy") < text.index("<title>")


def _markdown(text: str) -> None:
    _judge_markdown(text, None)


def _csv(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1, "rows of several lengths"
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[=@\t\r\0＝＋－＠]|[+-](?![0-9.eE+-]*\Z)", cell), cell


def _json(text: str) -> None:
    json.loads(text, parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise AssertionError(name)


def _calendar(text: str) -> None:
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 and not re.search(r"[\x00-\x1f\x7f]", line) for line in lines)
    assert lines.count("END:VCALENDAR") == 1
    starts, ends = (sum(1 for line in lines if line.startswith(word)) for word in ("BEGIN:", "END:"))
    assert starts == ends


def _terminal(text: str) -> None:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    # Words from right to left stand in an isolate of ours, opened and closed on one line.
    for line in plain.split("\n"):
        assert line.count("\u2068") == line.count("\u2069"), "an isolate left open"
    assert not forbidden_in(re.sub("[\u2068\u2069]", "", plain)), "a character that a terminal obeys"
    assert not re.search(r"^::|##\[", plain, re.MULTILINE), "a command to a CI log"


_JUDGES: dict[str, Callable[[str], None]] = {
    "html": _html,
    "html de": _html,
    "md": _markdown,
    "json": _json,
    "timeline text": _terminal,
    "timeline json": _json,
    "timeline md": _markdown,
    "timeline csv": _csv,
    "timeline ics": _calendar,
    "metrics text": _terminal,
    "metrics json": _json,
    "metrics md": _markdown,
    "metrics csv": _csv,
    "explain text": _terminal,
    "explain json": _json,
    "text": _terminal,
    "sarif": _json,
    "gitlab": _json,
    "rdjson": _json,
}


def sound(outputs: dict[str, str]) -> None:
    """Prove that outputs, by their names, are whole: nothing in them has left its place."""
    for name, text in outputs.items():
        kind = " ".join(name.split()[:2]) if name.startswith("explain") else name
        judge = _JUDGES.get(kind)
        assert text.endswith("\n") or not text, name
        if judge is not None:
            try:
                judge(text)
            except AssertionError as broken:
                raise AssertionError(f"{name}: {broken}") from broken
