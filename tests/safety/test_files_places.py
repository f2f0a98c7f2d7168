"""Odd places to write to: what cannot be written leaves all as it was, and is told in one sentence."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from postmortem.ground import disk
from tests.cli.git_repository import new_repository
from tests.conftest import Ran
from tests.safety.conftest import Told, written

posix = pytest.mark.skipif(os.name != "posix", reason="the system has no such files")
OLD = b"what stood there before\n"


@pytest.fixture(autouse=True)
def unswept() -> Iterator[None]:
    disk._swept.clear()
    yield


def refused(ran: Ran) -> str:
    """Return the one sentence of a command that could not write."""
    assert (ran.code, ran.out) == (2, ""), ran
    assert ran.err.startswith("error: ") and ran.err.count("\n") == 1, ran.err
    return ran.err


def state(folder: Path) -> dict[str, tuple[int, bytes | str]]:
    """Return everything in a folder, links as links."""
    return {
        str(one.relative_to(folder)): (
            one.lstat().st_mode,
            str(one.readlink()) if one.is_symlink() else one.read_bytes() if one.is_file() else "",
        )
        for one in sorted(folder.rglob("*"))
    }


def a_folder(place: Path) -> None:
    place.mkdir()


def a_loop(place: Path) -> None:
    place.symlink_to(place.name)


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


def a_full_device(place: Path) -> None:
    place.symlink_to("/dev/full")


def nothing(place: Path) -> None:
    place.symlink_to("/dev/null")


def a_link_into_no_folder(place: Path) -> None:
    place.symlink_to("gone/file")


def below_a_file(place: Path) -> None:
    place.symlink_to("log.yaml/file")


PLACES: dict[Callable[[Path], None], str] = {
    a_folder: "is a directory",
    a_loop: "too many levels of symbolic links",
    a_pipe: "it is not a regular file",
    a_full_device: "it is not a regular file",
    nothing: "it is not a regular file",
    a_link_into_no_folder: "no such file or directory",
    below_a_file: "not a directory",
}


@posix
@pytest.mark.parametrize("place", PLACES, ids=lambda one: str(one.__name__))
def test_a_place_that_takes_no_file(
    told: Told, log: str, tmp_path: Path, place: Callable[[Path], None]
) -> None:
    written(tmp_path, log)
    place(tmp_path / "log.md")
    before = state(tmp_path)
    render = ("render", "log.yaml", "--format", "md", "-o", ".")
    output = ("timeline", "log.yaml", "-o", "log.md")
    for words, shown in ((render, "log.md"), (output, "log.md")):
        assert refused(told(*words)) == f"error: `{shown}` cannot be written: {PLACES[place]}\n"
    assert state(tmp_path) == before


@posix
@pytest.mark.parametrize("place", PLACES, ids=lambda one: str(one.__name__))
def test_a_log_that_is_none(told: Told, log: str, tmp_path: Path, place: Callable[[Path], None]) -> None:
    written(tmp_path, log)
    place(tmp_path / "other.yaml")
    before = state(tmp_path)
    new = refused(told("new", "other"))
    assert new == "error: `other.yaml` is there already; nothing was changed. Choose another name.\n"
    for words in (("fmt", "other.yaml"), ("check", "other.yaml"), ("render", "other.yaml")):
        ran = told(*words)
        assert ran.code == 2, ran
        assert "PM100" in ran.out + ran.err
    assert state(tmp_path) == before


def test_a_name_that_is_too_long(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    name = "a" * 300 + ".yaml"
    before = state(tmp_path)
    for words in (("new", name), ("timeline", "log.yaml", "-o", name), ("render", "log.yaml", "-o", name)):
        assert refused(told(*words)).endswith("cannot be written: file name too long\n")
    others: list[tuple[str, ...]] = [("diff", "log.yaml", name), ("diff", name, "log.yaml")]
    others += [(command, name) for command in ("fmt", "check", "render", "timeline")]
    for command in (*others, ("check", f"{name}/log.yaml")):
        ran = told(*command)
        assert (ran.code, "file name too long" in ran.out + ran.err) == (2, True), ran
    assert state(tmp_path) == before


def test_folders_that_cannot_be_made(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    (tmp_path / "file").write_bytes(OLD)
    assert refused(told("new", "file/2026-03-01")) == (
        "error: `file/2026-03-01.yaml` cannot be written: file exists\n"
    )
    assert refused(told("render", "log.yaml", "-o", "file/a")) == (
        "error: `file/a/log.html` cannot be written: file exists\n"
    )
    assert refused(told("schema", "-o", "gone/schema.json")) == (
        "error: `gone/schema.json` cannot be written: no such file or directory\n"
    )
    assert (tmp_path / "file").read_bytes() == OLD


@posix
def test_a_working_folder_that_is_gone(
    told: Told, log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, log)
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for words in (("new", "x"), ("render", str(tmp_path / "log.yaml")), ("schema", "-o", "schema.json")):
        assert "no such file or directory" in refused(told(*words))
    assert "no such file or directory" in refused(told("check", "../log.yaml"))


@posix
def test_modes_and_links_are_kept(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log.replace("title:", "title:  "), "real.yaml")
    (tmp_path / "log.yaml").symlink_to("real.yaml")
    (tmp_path / "real.yaml").chmod(0o640)
    (tmp_path / "elsewhere.md").write_bytes(OLD)
    (tmp_path / "elsewhere.md").chmod(0o600)
    (tmp_path / "log.md").symlink_to(tmp_path / "elsewhere.md")
    before = os.umask(0o027)
    try:
        assert told("fmt", "log.yaml").code == 0
        assert told("render", "log.yaml", "--format", "md", "--format", "json", "-o", ".").code == 0
        assert told("new", "logs/x").code == 0
    finally:
        os.umask(before)
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("real.yaml", "elsewhere.md")}
    assert modes == {"real.yaml": 0o640, "elsewhere.md": 0o600}
    assert (tmp_path / "log.yaml").is_symlink() and (tmp_path / "log.md").is_symlink()
    assert b"Logins fail" in (tmp_path / "elsewhere.md").read_bytes()
    for name, mode in (("log.json", 0o640), ("logs/x.yaml", 0o640), ("logs", 0o750)):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode


@pytest.mark.parametrize(
    ("words", "below"),
    [
        (("render", "log.yaml", "--format", "md"), "build"),
        (("fmt", "log.yaml"), "."),
        (("new", "logs/x"), "logs"),
        (("explain", "PM205", "-o", "out.txt"), "."),
    ],
)
def test_what_a_killed_run_left_is_swept_after_an_hour(
    told: Told, log: str, tmp_path: Path, words: tuple[str, ...], below: str
) -> None:
    written(tmp_path, log.replace("title:", "title:  "))
    folder = tmp_path / below
    folder.mkdir(exist_ok=True)
    for name, age in (("old", 3700), ("young", 3500)):
        (folder / f".postmortem-{name}.tmp").write_bytes(OLD)
        os.utime(folder / f".postmortem-{name}.tmp", (time.time() - age,) * 2)
    assert told(*words).code == 0
    assert [one.name for one in folder.glob(".postmortem-*")] == [".postmortem-young.tmp"]


@posix
def test_a_link_that_came_with_a_clone_is_not_written_through(told: Told, log: str, tmp_path: Path) -> None:
    repository, outside = tmp_path / "clone", tmp_path / "profile"
    new_repository(repository)
    outside.write_bytes(OLD)
    (repository / ".gitattributes").symlink_to(outside)
    os.chdir(repository)
    assert "is a link, which git does not follow" in refused(told("git-setup", "--shared"))
    assert told("git-setup").code == 0
    assert told("git-setup", "--remove").code == 0
    assert outside.read_bytes() == OLD


@posix
def test_attributes_that_are_no_file_are_not_waited_for(told: Told, tmp_path: Path) -> None:
    new_repository(tmp_path)
    os.mkfifo(tmp_path / ".gitattributes")
    assert "it is not a regular file" in refused(told("git-setup", "--shared"))
    (tmp_path / ".gitattributes").unlink()
    (tmp_path / ".gitattributes").mkdir()
    assert "is a directory" in refused(told("git-setup", "--shared"))


@posix
def test_git_that_cannot_write_its_configuration_is_told(told: Told, tmp_path: Path) -> None:
    new_repository(tmp_path)
    (tmp_path / ".git/config.lock").write_bytes(b"")
    before = state(tmp_path)
    assert "git could not write its configuration" in refused(told("git-setup"))
    assert state(tmp_path) == before


def test_a_compiled_template_that_is_damaged_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinja2 import DictLoader, Environment

    from postmortem.report.templating import compiled

    def page() -> str:
        loader = DictLoader({"page": "{% for one in all %}<{{ one }}>{% endfor %}"})
        return (
            Environment(loader=loader, bytecode_cache=compiled.Compiled(), autoescape=True)
            .get_template("page")
            .render(all="abc")
        )

    monkeypatch.setattr(compiled, "__file__", str(tmp_path / "compiled.py"))
    assert page() == "<a><b><c>"
    (place,) = (tmp_path / "__pycache__").iterdir()
    whole = place.read_bytes()
    pickled = whole.index(b".")
    for damaged in (b"", whole[:9], whole[:pickled], whole[:-1], bytes(len(whole)), whole[:20] + b"(" * 99):
        place.write_bytes(damaged)
        assert page() == "<a><b><c>"
        assert place.read_bytes() == whole
    place.unlink()
    (tmp_path / "__pycache__").rmdir()
    (tmp_path / "__pycache__").write_bytes(OLD)
    assert page() == "<a><b><c>"
    assert (tmp_path / "__pycache__").read_bytes() == OLD


def test_what_the_system_refuses_anywhere_is_no_fault_of_ours(
    told: Told, log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import postmortem.cli.inputs as inputs

    written(tmp_path, log)
    for error, sentence in (
        (OSError(5, "Input/output error", b"a/log"), "`a/log` cannot be read or written: input/output error"),
        (OSError(24, "Too many open files"), "the system does not let us read or write: too many open files"),
    ):

        def refuse(*_: object, error: OSError = error) -> None:
            raise error

        monkeypatch.setattr(inputs, "judge", refuse)
        assert refused(told("check", "log.yaml")) == f"error: {sentence}\n"


def test_settings_that_cannot_be_looked_at_are_not_passed_over(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    (tmp_path / "postmortem.toml").symlink_to("postmortem.toml")
    ran = told("render", "log.yaml", "--format", "md")
    assert (ran.code, "too many levels of symbolic links" in ran.err) == (2, True)
    assert not (tmp_path / "build").exists()


@posix
def test_a_folder_that_cannot_be_listed_is_not_passed_over(
    told: Told, log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, log)
    (tmp_path / "below").mkdir()
    real = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("below"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert refused(told("check", ".")) == "error: `./below` cannot be read or written: permission denied\n"
