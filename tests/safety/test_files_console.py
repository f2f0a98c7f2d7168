"""Outputs that take nothing, and disks that are full in truth: never success with something lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ran
from tests.safety.conftest import LOG

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the shell and the devices are those of POSIX")
PRINTING = [
    ("--version",),
    ("--help",),
    ("check", "--help"),
    ("completion", "zsh"),
    ("check", "log.yaml"),
    ("explain", "PM205"),
    ("render", "log.yaml", "-o", "-", "--format", "md"),
    ("fmt", "--diff", "ugly.yaml"),
]
LIMITED = """
import resource, signal, sys
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from postmortem.__main__ import main
main()
"""
"""A process whose files may hold so many bytes: the system itself takes a part of a write, then refuses."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log.yaml").write_text(LOG, encoding="utf-8")
    (tmp_path / "ugly.yaml").write_text(LOG.replace("title:", "title:  "), encoding="utf-8")
    return tmp_path


def shell(folder: Path, line: str, *, unbuffered: bool = False) -> Ran:
    """Run a line of the shell in which $POSTMORTEM is the command."""
    clean = {one: value for one, value in os.environ.items() if not one.startswith(("POSTMORTEM", "PYTHON"))}
    clean |= {"POSTMORTEM": f"{sys.executable} -m postmortem", "PYTHONPATH": str(ROOT)}
    # On a full disk Python 3.11 itself leaves halves of compiled modules (its issue 126606).
    clean |= {"PYTHON": sys.executable, "LIMITED": LIMITED, "PYTHONDONTWRITEBYTECODE": "1"}
    if unbuffered:
        clean["PYTHONUNBUFFERED"] = "1"
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, env=clean, capture_output=True, timeout=120, check=False
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_output_that_nobody_can_take(folder: Path, words: tuple[str, ...]) -> None:
    command = f"$POSTMORTEM {' '.join(words)}"
    for line, why in ((f"{command} >/dev/full", "no space left on device"), (f"{command} >&-", "is closed")):
        ran = shell(folder, line)
        assert (ran.code, ran.err.count("\n")) == (2, 1), (line, ran)
        assert ran.err.startswith("error: ") and why in ran.err
    # The reader goes before anything is written; the code is that of a program ended by a broken pipe.
    ran = shell(folder, f"{{ sleep 0.2; {command}; echo $? >&2; }} | :")
    assert ran.err == "141\n"


def test_output_without_a_buffer_is_written_whole_or_refused(folder: Path) -> None:
    report = shell(folder, "$POSTMORTEM render log.yaml -o - --format html", unbuffered=True)
    assert report.code == 0 and report.out.endswith("</html>\n")
    size = len(report.out.encode())
    line = '$PYTHON -c "$LIMITED" {} render log.yaml -o - --format html > report.html'
    assert shell(folder, line.format(size), unbuffered=True).code == 0
    assert (folder / "report.html").read_text(encoding="utf-8") == report.out
    for limit in (size - 1, 4096):
        ran = shell(folder, line.format(limit), unbuffered=True)
        assert (ran.code, ran.err) == (2, "error: standard output cannot be written: file too large\n")


@pytest.mark.parametrize("limit", [0, 1, 4096])
def test_a_file_that_may_grow_no_further(folder: Path, limit: int) -> None:
    (folder / "build").mkdir()
    for name in ("log.html", "log.md"):
        (folder / "build" / name).write_bytes(b"old")
    ugly = (folder / "ugly.yaml").read_bytes()
    limited = f'$PYTHON -c "$LIMITED" {limit}'
    assert _sentence(shell(folder, f"{limited} render log.yaml")).endswith(
        "cannot be written: file too large\n"
    )
    if limit < 4096:
        _sentence(shell(folder, f"{limited} fmt ugly.yaml"))
        _sentence(shell(folder, f"{limited} new other"))
        assert sorted(one.name for one in folder.iterdir()) == ["build", "log.yaml", "ugly.yaml"]
    assert (folder / "ugly.yaml").read_bytes() == ugly
    assert {one.name: one.read_bytes() for one in (folder / "build").iterdir()} == {
        "log.html": b"old",
        "log.md": b"old",
    }


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 128 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "none", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("a small disk can be mounted by the administrator only")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full(small_disk: Path) -> None:
    (small_disk / "log.yaml").write_text(LOG.replace("title:", "title:  "), encoding="utf-8")
    (small_disk / "build").mkdir()
    (small_disk / "build/log.html").write_bytes(b"old")
    before = (small_disk / "log.yaml").read_bytes()
    _fill(small_disk / "filler")
    for words in ("render log.yaml", "fmt log.yaml", "new other", "schema -o schema.json"):
        assert "no space left on device" in _sentence(shell(small_disk, f"$POSTMORTEM {words}"))
    for unbuffered in (False, True):
        line = "$POSTMORTEM render log.yaml -o - --format html > report.html"
        _sentence(shell(small_disk, line, unbuffered=unbuffered))
    assert (small_disk / "log.yaml").read_bytes() == before
    assert (small_disk / "build/log.html").read_bytes() == b"old"
    names = {one.name for one in small_disk.rglob("*")}
    assert names == {"log.yaml", "build", "log.html", "filler", "report.html"}
    (small_disk / "filler").unlink()
    assert shell(small_disk, "$POSTMORTEM render log.yaml && $POSTMORTEM fmt log.yaml").code == 0


def test_a_disk_that_may_only_be_read(small_disk: Path) -> None:
    (small_disk / "log.yaml").write_text(LOG.replace("title:", "title:  "), encoding="utf-8")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for words in ("render log.yaml", "fmt log.yaml", "new other", "schema -o schema.json"):
        assert "read-only file system" in _sentence(shell(small_disk, f"$POSTMORTEM {words}"))
    assert shell(small_disk, "$POSTMORTEM check log.yaml").code == 0


@pytest.mark.parametrize("closed", ["<&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_no_file_stands_in_the_place_of_a_closed_stream(folder: Path, closed: str) -> None:
    whole = shell(folder, "$POSTMORTEM timeline log.yaml --format md").out
    ran = shell(folder, f"$POSTMORTEM timeline log.yaml --format md -o out.md {closed}")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (folder / "out.md").read_text(encoding="utf-8") == whole
    # What is said of a log with a warning, and of one that is not there, goes nowhere, and into no file.
    ran = shell(folder, f"$POSTMORTEM render log.yaml gone.yaml -o out --format md {closed}")
    assert ran.code == 2
    if ">&- 2" not in closed:
        assert (folder / "out/log.md").read_text(encoding="utf-8").startswith("<!-- Generated")


def test_standard_input_that_is_closed(folder: Path) -> None:
    for words in ("check -", "fmt -"):
        ran = shell(folder, f"$POSTMORTEM {words} <&-")
        assert ran.code == 2
        assert "`<stdin>` cannot be read: it is closed" in ran.out + ran.err


def test_messages_that_nobody_can_take(folder: Path) -> None:
    assert shell(folder, "$POSTMORTEM render gone.yaml 2>/dev/full").code == 2
    assert shell(folder, "$POSTMORTEM nonsense 2>/dev/full").code == 2
    warned = LOG.replace("source: pager}\n", "source: pager, stated: }\n", 1)
    (folder / "warned.yaml").write_text(warned, encoding="utf-8")
    assert shell(folder, "$POSTMORTEM render warned.yaml --format md").code == 0
    assert shell(folder, "$POSTMORTEM render warned.yaml --format md 2>/dev/full").code == 2


def _sentence(ran: Ran) -> str:
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), ran
    assert ran.err.startswith("error: ")
    return ran.err


def _fill(place: Path) -> None:
    with place.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                return
