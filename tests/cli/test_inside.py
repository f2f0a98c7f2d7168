"""The commands that write, in this very process: each of their ways, and what they say on it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import click
import pytest

from postmortem.cli import console, main
from postmortem.cli.console import OutputClosed, give, say
from postmortem.cli.main import run
from postmortem.cli.options import cannot_write
from postmortem.ground.files import ChangedMeanwhile, Unconfirmed
from tests.cli.git_repository import new_repository
from tests.cli.test_fmt import ARRANGED, BROKEN, SORTED, UGLY
from tests.conftest import ROOT

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    Path("log.yaml").write_text(UGLY, encoding="utf-8", newline="\n")


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def test_fmt(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    typed(monkeypatch, UGLY)
    assert (run(["fmt", "-"]), capsys.readouterr().out) == (0, ARRANGED)
    assert (run(["fmt", "--check", "log.yaml"]), capsys.readouterr().out) == (1, "log.yaml\n")
    assert run(["fmt", "--diff", "log.yaml"]) == 0
    assert "+    title: The pager\n" in capsys.readouterr().out
    assert (run(["fmt", "--sort", "log.yaml"]), capsys.readouterr().out) == (0, "log.yaml\n")
    assert Path("log.yaml").read_text(encoding="utf-8") == SORTED
    assert (run(["fmt", "--check", "log.yaml"]), capsys.readouterr().out) == (0, "")
    Path("bad.yaml").write_text(BROKEN, encoding="utf-8")
    assert run(["fmt", "bad.yaml", "log.yaml"]) == 1
    Path("unknown.yaml").write_text(UGLY.replace("status:", "stautus: x\nstatus:"), encoding="utf-8")
    assert run(["fmt", "unknown.yaml"]) == 0  # not understood, and arranged all the same
    assert run(["fmt", "--sort", "unknown.yaml"]) == 1
    Path("other.yaml").write_text("- a:   b\n", encoding="utf-8")
    assert run(["fmt", "other.yaml"]) == 0
    assert Path("other.yaml").read_text(encoding="utf-8") == "- a: b\n"


def test_fmt_that_cannot_prove_its_text(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    from postmortem.review.layout import arrange

    def unproven(*_: object) -> str:
        raise arrange.Unproven

    for made in (unproven, lambda *_: ARRANGED.replace("09:41", "09:42")):
        monkeypatch.setattr(arrange, "arranged", made)
        assert run(["fmt", "log.yaml"]) == 70
        assert "was left alone" in capsys.readouterr().err
    assert Path("log.yaml").read_text(encoding="utf-8") == UGLY


def test_render(capsys: Said) -> None:
    assert (run(["render", "log.yaml", "-o", "-", "--format", "md"]), capsys.readouterr().err) == (0, "")
    assert run(["render", "log.yaml", "--as-of", "09:20", "--format", "json"]) == 0
    assert run(["render", "log.yaml", "-o", "-"]) == 2
    assert "takes one report" in capsys.readouterr().err
    Path("below").mkdir()
    Path("below/log.yaml").write_text(UGLY, encoding="utf-8")
    assert run(["render", "log.yaml", "below/log.yaml"]) == 2
    assert "would both be written to build" in capsys.readouterr().err
    Path("bad.yaml").write_text(BROKEN, encoding="utf-8")
    assert run(["render", "bad.yaml", "gone.yaml"]) == 2


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("2026-03-01-logins-fail",), "title: Logins fail\n"),
        (("2026-03-01",), 'title: "2026-03-01"\n'),
        (("x.yml", "--title", "A: b", "--now", "2026-03-01"), 'title: "A: b"\n'),
        (("x", "--timezone", "Europe/Paris"), "title: X\n"),
    ],
)
def test_new(words: tuple[str, ...], title: str, capsys: Said) -> None:
    assert run(["new", *words]) == 0
    name = capsys.readouterr().out.splitlines()[0].removeprefix("wrote ")
    assert title in Path(name).read_text(encoding="utf-8")
    assert (run(["check", name]), run(["new", *words])) == (0, 2)


@pytest.mark.parametrize(
    "words",
    [("-x y",), ("a b",), ("x", "--now", "soon"), ("x", "--timezone", "CET"), ("x", "--timezone", "A/B")],
)
def test_new_of_what_is_none(words: tuple[str, ...]) -> None:
    assert run(["new", *words]) == 2
    assert [one.name for one in Path.cwd().iterdir()] == ["log.yaml"]


def test_git_setup(capsys: Said) -> None:
    new_repository(Path.cwd())
    place = Path(".gitattributes")
    mine = Path(".git/info/attributes")
    assert run(["git-setup", "a b"]) == 2
    assert run(["git-setup", "--remove"]) == 0
    assert "there is nothing of `postmortem git-setup`" in capsys.readouterr().out
    place.write_text("*.png binary", encoding="utf-8")
    assert (run(["git-setup"]), run(["git-setup", "--shared", "logs/*.yaml"])) == (0, 0)
    assert not mine.exists()
    begin, end = (f"# postmortem git-setup: {word} here\n" for word in ("from", "to"))
    block = f"{begin}logs/*.yaml diff=postmortem\n{end}"
    assert place.read_text(encoding="utf-8") == f"*.png binary\n{block}"
    assert run(["git-setup", "--shared", "logs/*.yaml"]) == 0
    assert place.read_text(encoding="utf-8") == f"*.png binary\n{block}"
    Path(".git/config").write_text(
        Path(".git/config").read_text(encoding="utf-8") + '[diff "postmortem"]\n\tbinary = false\n', "utf-8"
    )
    assert run(["git-setup", "--remove"]) == 0
    assert place.read_text(encoding="utf-8") == "*.png binary\n"
    unended = block.rpartition("# ")[0]
    place.write_text(unended, encoding="utf-8")
    assert run(["git-setup", "--remove"]) == 0
    assert place.read_text(encoding="utf-8") == unended
    assert run(["git-setup", "--shared", "logs/*.yaml"]) == 0
    assert place.read_text(encoding="utf-8") == unended + block


def test_git_setup_elsewhere(tmp_path: Path, capsys: Said) -> None:
    git = new_repository(Path.cwd())
    git.commit()
    git("worktree", "add", "--quiet", "tree")
    os.chdir("tree")
    assert run(["git-setup"]) == 0
    assert str(tmp_path / ".git/info/attributes") in capsys.readouterr().out


def test_what_is_said_of_a_file_that_is_not_written() -> None:
    said = {
        Unconfirmed("a", OSError(5, "Input/output error")): (
            "`b` is written, but the disk did not confirm it: input/output error"
        ),
        ChangedMeanwhile(
            "a"
        ): "`b` was changed by somebody else meanwhile; it was left as it is, so run this again",
        OSError(28, "No space left on device"): "`b` cannot be written: no space left on device",
    }
    assert [cannot_write("b", error).message for error in said] == list(said.values())


class Taking(io.RawIOBase):
    """An output that takes so many bytes at a time, and None where it takes none now."""

    def __init__(self, *sizes: int | None) -> None:
        self.sizes = list(sizes)
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int | None:
        size = self.sizes.pop(0)
        self.taken += bytes(data[: size or 0])
        return size


def test_an_output_that_takes_a_part_is_given_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for sizes, whole in (((3, 1, 6), True), ((3, None), False), ((0,), False)):
        raw = Taking(*sizes)
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(cast("Any", raw), write_through=True))
        if whole:
            give("0123456789")
            assert raw.taken == b"0123456789"
        else:
            with pytest.raises(OutputClosed, match="temporarily unavailable"):
                give(b"0123456789")


def test_outputs_of_other_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = io.StringIO()
    monkeypatch.setattr(sys, "stdout", plain)
    give("a")
    give("\u00e4".encode())
    assert plain.getvalue() == "a\u00e4"
    plain.close()
    with pytest.raises(OutputClosed, match="is closed"):
        give("b")
    assert run(["--version"]) == run(["schema"]) == 2


def test_messages_to_outputs_of_other_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stderr", narrow)
    say("\u00e4")
    assert narrow.buffer.getvalue() == b"\\xe4\n"
    narrow.close()
    say("nobody hears this")
    monkeypatch.setattr(sys, "stderr", None)
    say("nor this")


def test_colour_and_width(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (console.wants_colour("always"), console.wants_colour("never")) == (True, False)
    monkeypatch.setattr(sys, "stdout", None)
    assert (console.wants_colour("auto"), console.width_of(), console.wants_ascii()) == (False, 100, False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert console.wants_colour("always") is False
    for columns, width in (("10", 60), ("120", 120), ("9999999", 200), ("0", 100), ("x", 100)):
        monkeypatch.setenv("COLUMNS", columns)
        assert console.width_of() == width
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((70, 20)))
    monkeypatch.setattr(sys, "stdout", sys.__stdout__)
    assert console.width_of() == 70


def test_usage(capsys: Said) -> None:
    assert run(["--help"]) == 0
    assert "Examples" in capsys.readouterr().out
    assert run(["--version"]) == 0
    assert (run(["rendr"]), run(["xyzzy"]), run(["--nope"]), run(["check"])) == (2, 2, 2, 2)
    assert "Did you mean 'render'?" in capsys.readouterr().err


def test_the_table_of_commands() -> None:
    context = click.Context(main.group)
    shown = main.group.list_commands(context)
    assert "check" in shown and "ci" not in shown
    assert all(main.group.get_command(context, name) for name in (*shown, "ci"))
    assert main.group.get_command(context, "nope") is None


def test_help_that_nobody_can_read(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        assert (run(["check", "--help"]), run([]), run(["-h"])) == (2, 2, 2)
        assert run(["check", "log.yaml", "-o", "findings.txt"]) == 0
    assert capsys.readouterr().err.count("error: standard output is closed") == 3


def ends(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> int:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(main.group, "main", broken)
    return run(["check", "log.yaml"])


def test_ends(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    assert ends(monkeypatch, click.Abort()) == ends(monkeypatch, KeyboardInterrupt()) == 130
    assert ends(monkeypatch, click.exceptions.Exit(1)) == 1
    assert ends(monkeypatch, ZeroDivisionError("x")) == 70
    assert "ZeroDivisionError: x" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        ends(monkeypatch, SystemExit(0))

    class Silent(click.ClickException):
        def show(self, file: Any = None) -> None:
            """Say nothing."""

    assert (ends(monkeypatch, Silent("x")), capsys.readouterr().err) == (2, "")


def test_a_pipe_that_nobody_reads_has_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(sys, "stdout", Gone())
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    assert run(["explain", "PM205"]) == 141


def test_completion_and_schema(capsys: Said) -> None:
    assert (run(["completion", "bash"]), run(["schema", "-o", "schema.json"])) == (0, 0)
    assert "_POSTMORTEM_COMPLETE" in capsys.readouterr().out
    assert Path("schema.json").read_text(encoding="utf-8").endswith("}\n")


def test_compiled_templates_are_named_after_the_release_of_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    import jinja2

    from postmortem.report.templating.compiled import Compiled

    release = Compiled().pattern
    monkeypatch.delattr(jinja2, "__version__", raising=False)
    assert Compiled().pattern == release


def test_a_run_that_is_stopped_before_it_begins_says_so() -> None:
    early = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'postmortem.cli.main':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from postmortem.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", early, "check"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "stopped.\n")
