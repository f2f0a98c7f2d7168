"""Text at a real (pseudo) terminal: every width, every script, colour and ASCII as the place allows."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from postmortem.report.terminal.columns import width
from postmortem.report.terminal.filled import filled
from tests.conftest import ROOT, Ran, Run

pty = pytest.importorskip("pty", reason="this system has no pseudo terminals")

LOG = """\
format: postmortem/1
title: 直播间的声音中断 🎧 during the launch שלום and a rather long title that goes on for readers
status: resolved
review: in-review
date: 2026-03-01
timezone: Asia/Tokyo
sources:
  press: {title: 日本経済新聞 the daily paper with quite a long name, kind: press, url: "https://example.org/1"}
  chat: {title: ערוץ התקריות, kind: chat}
components: {api: {title: خادم الصوت}}
measures: {users: {title: 聴取者数, unit: 人}}
phases: [{title: السقوط الأول 12, from: impact, to: fixed, state: down}]
timeline:
  - {id: impact, at: 18:00, kind: impact, what: "音声が途切れ始め、聴取者の多くが接続できなくなった。誰もその理由を知らなかったので、しばらくの間は何も発表されなかった。", source: chta}
  - id: fixed
    kind: resolved
    what: "الصوت يعود إلى طبيعته بعد إعادة تشغيل الخادم، والمستمعون يعودون."
    component: api
    counts: {users: {value: about 600k, stated: "およそ六十万人が聴いていた"}}
    claims: [{source: press, at: 18:40}, {source: chat, at: 18:55, stated: "חזר בחמש לשבע"}]
    ruling: {prefer: press, because: "המערכת מדדה את זה 📏."}
"""  # noqa: E501 - a long line is what is shown
SOUND = LOG.replace("chta", "chat")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    (tmp_path / "bad.yaml").write_text(LOG, encoding="utf-8")
    (tmp_path / "log.yaml").write_text(SOUND, encoding="utf-8")
    later = SOUND.replace("18:40", "18:45").replace("السقوط الأول", "النهاية")
    (tmp_path / "later.yaml").write_text(later, encoding="utf-8")
    return tmp_path


def at_terminal(folder: Path, columns: int, *words: str, **more: str) -> Ran:
    """Run the command with a terminal of so many columns; ``out`` is all that the terminal got."""
    import fcntl
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("POSTMORTEM_") and key not in ("COLUMNS", "NO_COLOR")
    }
    place = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = subprocess.Popen(
        [sys.executable, "-m", "postmortem", *words],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=kept | place | more,
    )  # fmt: skip
    os.close(theirs)
    out = b""
    while True:
        try:
            some = os.read(ours, 65_536)
        except OSError:  # so Linux says that nobody writes any more
            some = b""
        if not some:
            break
        out += some
    os.close(ours)
    return Ran(command.wait(timeout=60), out.decode("utf-8").replace("\r\n", "\n"), "")


COMMANDS = {
    "timeline": ("timeline", "log.yaml"),
    "metrics": ("metrics", "log.yaml"),
    "diff": ("diff", "log.yaml", "later.yaml"),
    "explain an event": ("explain", "log.yaml", "fixed"),
    "explain a source": ("explain", "log.yaml", "chat"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_is_wider_than_the_terminal(logs: Path, command: str) -> None:
    columns = 60 if "explain" in command else 80
    done = at_terminal(logs, columns, *COMMANDS[command])
    assert done.code == 0, done.out
    bare = ANSI.sub("", done.out)
    assert [line for line in bare.splitlines() if width(line) > columns] == []
    assert bare.count("\u2068") == bare.count("\u2069") > 0, "what is written from the right is set apart"
    for line in bare.splitlines():
        assert line.count("\u2068") == line.count("\u2069")


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_lines_of_the_log_fit_and_their_marks_stand_under_the_word(logs: Path, columns: int) -> None:
    done = at_terminal(logs, columns, "check", "bad.yaml")
    assert done.code == 1
    assert ANSI.search(done.out)
    lines = ANSI.sub("", done.out).splitlines()
    assert [line for line in lines if " | " in line[:6] and width(line) > columns] == []
    under = next(number for number, line in enumerate(lines) if "chta]" in line or "chta}" in line) + 1
    assert "did you mean `chat`?" in "".join(lines[under : under + 2])
    assert width(lines[under - 1].partition("chta")[0]) == lines[under].index("^^^^")


def test_explain_of_a_rule_is_filled_and_its_examples_are_left(logs: Path) -> None:
    page = (ROOT / "docs" / "rules" / "PM508.md").read_text(encoding="utf-8")
    told = at_terminal(logs, 60, "explain", "PM508").out
    prose = re.sub(r"```.*?```", "", told, flags=re.DOTALL)
    assert max(map(width, prose.splitlines())) <= 60
    assert " ".join(told.split()) == " ".join(page.split())
    assert re.findall(r"```.*?```", told, re.DOTALL) == re.findall(r"```.*?```", page, re.DOTALL)


def test_what_goes_into_a_pipe_is_left_whole(run: Run, logs: Path) -> None:
    assert run("explain", "PM508").out == (ROOT / "docs" / "rules" / "PM508.md").read_text(encoding="utf-8")
    whole = run("explain", "log.yaml", "fixed").out.splitlines()
    broken = run("explain", "log.yaml", "fixed", "--width", "60").out.splitlines()
    assert max(map(width, whole)) > 60 >= max(map(width, broken))
    assert len(broken) > len(whole)


@pytest.mark.parametrize("quiet", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_are_off_where_nobody_wants_them(logs: Path, quiet: dict[str, str]) -> None:
    for words in (("check", "bad.yaml"), ("timeline", "log.yaml")):
        assert "\x1b" not in at_terminal(logs, 80, *words, **quiet).out


@pytest.mark.parametrize(
    "words", [("check", "bad.yaml"), ("timeline", "bad.yaml"), ("explain", "log.yaml", "fixed")], ids=" ".join
)
def test_a_place_without_utf_8_gets_ascii_and_marks_that_stand_where_they_should(
    logs: Path, words: tuple[str, ...]
) -> None:
    out = ANSI.sub("", at_terminal(logs, 80, *words, PYTHONIOENCODING="ascii").out)
    assert out.isascii()
    assert "\\u{" in out
    if "bad.yaml" in words:
        lines = out.splitlines()
        under = next(number for number, line in enumerate(lines) if "did you mean `chat`?" in line)
        assert lines[under - 1].index("chta") == lines[under].index("^")


def test_a_page_is_filled_paragraph_by_paragraph() -> None:
    page = "# A heading that is longer than twenty columns\n\nOne two three\nfour five six seven.\n- an item that\n  goes on\n- b\n\n```text\na line that is as long as it is\n```\nEnd\n"  # noqa: E501
    assert filled(page, 20) == (
        "# A heading that is longer than twenty columns\n\nOne two three four\nfive six seven.\n"
        "- an item that\n  goes on\n- b\n\n```text\na line that is as long as it is\n```\nEnd\n"
    )


@pytest.mark.parametrize("command", ["timeline", "metrics", "diff"])
def test_a_file_is_the_same_whatever_terminal_it_is_asked_for_at(logs: Path, command: str) -> None:
    made = set()
    for columns, more in (
        (70, {}),
        (190, {}),
        (100, {"COLUMNS": "61"}),
        (100, {"PYTHONIOENCODING": "latin-1"}),
    ):
        assert at_terminal(logs, columns, *COMMANDS[command], "-o", "told.txt", **more).code == 0
        made.add((logs / "told.txt").read_bytes())
    assert len(made) == 1
