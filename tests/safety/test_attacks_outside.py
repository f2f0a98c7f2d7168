"""The attack table, continued: what comes in beside a log's own text.

Themes, pictures, archives, git repositories, the event of a workflow run, the command line: each test is
named after its attack and goes through the real command line.
"""

from __future__ import annotations

import io
import json
import os
import re
import socket
import stat
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.git_repository import Git, new_repository
from tests.conftest import ROOT
from tests.safety.conftest import Told, written
from tests.safety.test_attacks import HTML, assert_harmless, found, hostile, quoted

posix = pytest.mark.skipif(os.name == "nt", reason="links, pipes and the shell are those of POSIX")

# Themes and pictures

THEMES = (
    'accent = "red;}body{background:url(//evil.example)"\naccent-dark = "#ffffff"',
    'accent = "#00629b</style><script>alert(1)</script>"\naccent-dark = "#ffffff"',
    'accent = "url(//evil.example)"\naccent-dark = "expression(1)"',
    'footer = "[x](javascript:alert(1))"',
    'footer = "![x](data:image/svg+xml,x)"',
    'blocks = [{title = "x", text = "[x](//evil.example)"}]',
    'sections = ["../../etc/passwd"]',
    'sections = ["<script>"]',
    'logo = "/etc/passwd"',
    'logo = "../secret.png"',
    'logo = "link.png"',
    'logo = "https://evil.example/x.png"',
    'logo = "pipe.png"',
    'logo = "."',
    'css = "x"',
)


@posix
@pytest.mark.parametrize("theme", THEMES)
def test_a_hostile_theme_is_one_sentence(told: Told, log: str, tmp_path: Path, theme: str) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    written(inner, log)
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"4711" * 9)
    (inner / "link.png").symlink_to("../secret.png")
    os.mkfifo(inner / "pipe.png")
    (inner / "postmortem.toml").write_text(f"[theme]\n{theme}\n", encoding="utf-8")
    ran = told("render", "in/log.yaml", "--format", "html", "-o", "-")
    assert (ran.code, ran.out) == (2, "")
    assert 0 < len(ran.err) < 2_000
    assert_harmless(ran.err, theme)


def test_a_theme_is_text_and_a_picture_and_nothing_that_runs(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
    (tmp_path / "logo.svg").write_bytes(svg)
    for text in HTML:
        said = json.dumps(text)
        (tmp_path / "postmortem.toml").write_text(
            f'[theme]\nname = {said}\nfooter = {said}\nlogo = "logo.svg"\n'
            f"blocks = [{{title = {said}, text = {said}}}]\n",
            encoding="utf-8",
        )
        from postmortem.cli.settings import _of_folder

        _of_folder.cache_clear()
        page = told("render", "log.yaml", "--format", "html", "-o", "-").out
        tags = set(re.findall(r"<([a-z]+)[\s>]", page))
        assert not tags & {"iframe", "base", "object", "embed", "math", "form", "link"}, text
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', page)), text
        assert page.count("<script") <= 2 and page.count("<img") == 1, text
        assert 'src="data:image/svg+xml;base64,' in page.replace("&#43;", "+")
        assert "7*7" in page or "{{" not in text


def a_png(width: int, height: int) -> bytes:
    """Return a picture of no content that says how large it is."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@posix
@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "link.png",
        "pipe.png",
        "evil.svg",
        "evil.png",
        "huge.png",
        "large.png",
        "%2e%2e/secret.png",
    ],
)
def test_a_hostile_picture_is_not_shown(told: Told, log: str, tmp_path: Path, name: str) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    (tmp_path / "secret.png").write_bytes(a_png(1, 1))
    (inner / "link.png").symlink_to("../secret.png")
    os.mkfifo(inner / "pipe.png")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    (inner / "evil.svg").write_bytes(svg)
    (inner / "evil.png").write_bytes(svg)
    (inner / "huge.png").write_bytes(a_png(100_000, 100_000))
    (inner / "large.png").write_bytes(a_png(1, 1) + bytes(2 << 20))
    written(inner, log.replace("Many cannot.", f"'![seen]({name}) ![good](good.png)'"))
    (inner / "good.png").write_bytes(a_png(1, 1))
    ran = told("render", "in/log.yaml", "--format", "html", "-o", "-")
    assert ran.code == 0, ran.err
    assert "PM230" in ran.err
    assert ran.out.count("<img") == 1
    assert "seen" in ran.out


# Archives


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar"])
def test_an_archive_is_a_finding_and_never_opened(told: Told, log: str, tmp_path: Path, kind: str) -> None:
    made = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
            pack.writestr("../owned.yaml", log)
            pack.writestr("data.csv", "time,value\n" + "09:15,1\n" * 2_000_000)
    else:
        with tarfile.open(fileobj=made, mode="w:gz" if kind == "tar.gz" else "w") as tar:
            member = tarfile.TarInfo("../owned.yaml")
            member.size = len(log)
            tar.addfile(member, io.BytesIO(log.encode()))
    inner = tmp_path / "in"
    inner.mkdir()
    for name in (f"log.{kind}", "data.csv", "data.jsonl", f"data.{kind}", "log.yaml"):
        (inner / name).write_bytes(made.getvalue())
    began = time.process_time()
    for name in (f"in/log.{kind}", "in/log.yaml"):
        assert {one["code"] for one in found(told("check", "--format", "json", name))} & {"PM107", "PM108"}
        for command in ("render", "timeline", "metrics", "fmt"):
            assert told(command, name).code == 1
    for name in ("data.csv", "data.jsonl", f"data.{kind}"):
        text = f"{log}series: [{{measure: users, source: pager, file: {name}}}]\n"
        assert codes_below(told, text, inner) & {"PM219", "PM220"}
    assert time.process_time() - began < 4
    assert [one.name for one in tmp_path.iterdir()] == ["in"]
    assert len(list(inner.iterdir())) == 5


def codes_below(told: Told, text: str, folder: Path) -> set[str]:
    written(folder, text)
    return {str(one["code"]) for one in found(told("check", "--format", "json", "in/log.yaml"))}


def test_no_module_opens_archives() -> None:
    whole = "".join(place.read_text(encoding="utf-8") for place in (ROOT / "postmortem").rglob("*.py"))
    named = set(re.findall(r"^\s*(?:import|from) (\w+)", whole, re.MULTILINE))
    assert {"json", "re", "os"} <= named
    assert not named & {"zipfile", "tarfile", "gzip", "bz2", "lzma", "zipimport", "shelve", "dbm"}


# Git

DRIVERS = (
    "diff.external", "diff.evil.textconv", "diff.evil.command", "core.fsmonitor", "core.pager", "pager.diff",
    "pager.log", "gpg.program", "core.editor", "core.askPass", "core.sshCommand", "credential.helper",
)  # fmt: skip
HOOKS = ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc", "fsmonitor-watchman")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    for name in os.environ:
        if name.startswith(("GITHUB_", "POSTMORTEM_CI")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("POSTMORTEM_CI_OUTPUT", "out")
    return new_repository(tmp_path)


def event_of(folder: Path, monkeypatch: pytest.MonkeyPatch, payload: Any) -> None:
    (folder / ".git/event.json").write_text(json.dumps(payload), encoding="utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(folder / ".git/event.json"))


@posix
def test_a_git_repository_with_drivers_and_hooks_runs_none(
    told: Told, log: str, tmp_path: Path, repository: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, log)
    (tmp_path / ".gitattributes").write_text("*.yaml diff=evil filter=evil merge=evil\n", encoding="utf-8")
    base = repository.commit()
    for name in DRIVERS:
        repository("config", name, f"touch '{tmp_path}/owned-{name}'; cat")
    repository("config", "log.showSignature", "true")
    for name in HOOKS:
        hook = tmp_path / ".git/hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch '{tmp_path}/owned-{name}'\n", encoding="utf-8")
        hook.chmod(0o755)
    written(tmp_path, log.replace("09:41", "09:51"))
    for words in (("diff", ".", "--base", "HEAD"), ("diff", "log.yaml", "--base", "main", "--merge-base")):
        assert "1 event moved" in told(*words).out
    for payload in ({"before": base}, {"before": "1" * 40}, {}):
        event_of(tmp_path, monkeypatch, payload)
        assert told("ci", "github").code == 0
    for more in ((), ("--remove",)):
        assert told("git-setup", *more).code == 0
    assert list(tmp_path.glob("owned*")) == []


@posix
@pytest.mark.parametrize("worktree", [".", ".."])
def test_a_git_repository_without_files_inside_a_clone_runs_nothing(
    told: Told, log: str, tmp_path: Path, worktree: str
) -> None:
    """A folder of a clone that is itself a bare repository: its configuration comes from the stranger."""
    inner = new_repository(tmp_path / "theirs")
    written(tmp_path / "theirs", log)
    inner.commit()
    clone = new_repository(tmp_path / "clone")
    logs = tmp_path / "clone/logs"
    (tmp_path / "theirs/.git").rename(logs)
    (logs / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = {worktree}\n"
        f"[filter \"evil\"]\n\tclean = touch '{tmp_path}/owned'; cat\n",
        encoding="utf-8",
    )
    (logs / ".gitattributes").write_text("*.yaml filter=evil\n", encoding="utf-8")
    written(logs, log.replace("09:41", "09:51"))
    clone("add", "--all", "--force")
    clone("commit", "--quiet", "--message", "A change")
    for words in (("diff", "clone/logs"), ("diff", "clone/logs/log.yaml")):
        ran = told(*words, "--base", "HEAD")
        assert (ran.code, ran.out) == (2, ""), ran.out
        assert ("no repository with files" in ran.err) or ("inside of another" in ran.err)  # as old as git is
    os.chdir(logs)
    for other in (("git-setup",), ("ci", "github")):
        assert told(*other).code == 2
    os.chdir(tmp_path / "clone")
    assert "no log changed" in told("diff", ".", "--base", "HEAD").out
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    "revision",
    [
        "--output=owned",
        "-Oowned",
        "--upload-pack=touch owned",
        "HEAD --output=owned",
        "$(touch owned)",
        "`touch owned`",
        "HEAD\0x",
        "@{-1}",
        "HEAD:log.yaml",
    ],
)
def test_a_git_revision_is_no_option(
    told: Told, log: str, tmp_path: Path, repository: Git, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    written(tmp_path, log)
    repository.commit()
    ran = told("diff", "log.yaml", f"--base={revision}")
    assert (ran.code, ran.out) == (2, "")
    assert_harmless(ran.err, revision)
    side = {"sha": revision, "repo": {"full_name": "a/b"}}
    for payload in ({"before": revision}, {"pull_request": {"number": 1, "base": side, "head": side}}):
        event_of(tmp_path, monkeypatch, payload)
        assert told("ci", "github").code == 0
    assert not (tmp_path / "owned").exists()


@posix
def test_a_git_tree_with_links_is_not_followed_out_of_it(
    told: Told, log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.yaml").write_text(log.replace("Logins", "4711"), encoding="utf-8")
    (tmp_path / "secret.csv").write_text("time,value\n09:15,4711\n", encoding="utf-8")
    clone = new_repository(tmp_path / "clone")
    monkeypatch.chdir(tmp_path / "clone")
    here = tmp_path / "clone"
    (here / "log.yaml").symlink_to("../secret.yaml")
    (here / "data.csv").symlink_to("../secret.csv")
    written(here, f"{log}series: [{{measure: users, source: pager, file: data.csv}}]\n", "own.yaml")
    (here / "away").symlink_to("..")
    base = clone.commit()
    monkeypatch.setenv("POSTMORTEM_CI_OUTPUT", "out")
    for text in (log, log.replace("09:41", "09:51")):
        (here / "log.yaml").unlink()
        written(here, text)
        for words in (("diff", ".", "--base", base), ("diff", "log.yaml", "--base", base)):
            ran = told(*words)
            assert "4711" not in ran.out + ran.err
    (here / "log.yaml").unlink()
    (here / "log.yaml").symlink_to("../secret.yaml")
    written(here, f"{log}series: [{{measure: users, source: pager, file: data.csv}}]\n#\n", "own.yaml")
    event_of(here, monkeypatch, {"before": base})
    for last in (("diff", ".", "--base", base), ("check", "."), ("ci", "github")):
        ran = told(*last)
        assert "4711" not in ran.out + ran.err, last
    assert all("4711" not in one.read_text("utf-8") for one in (here / "out").rglob("*") if one.is_file())


# The event of a workflow run

REPOSITORY = {"full_name": "example/logs"}
STRANGER = {"full_name": "stranger/logs"}


def a_request(
    number: object = 7, into: object = REPOSITORY, of: object = REPOSITORY, sha: object = "1" * 40
) -> Any:
    return {"pull_request": {"number": number, "base": {"sha": sha, "repo": into}, "head": {"repo": of}}}


FORGED = {
    "a fork": a_request(of=STRANGER),
    "a fork that is gone": a_request(of=None),
    "a fork of another case": a_request(of={"full_name": "Example/logs"}),
    "a number that climbs": a_request(number="../../../user"),
    "a number below one": a_request(number=-1),
    "a number that is a truth": a_request(number=True),
    "a number with a point": a_request(number=7.0),
    "a repository that climbs": a_request(into={"full_name": "../logs"}, of={"full_name": "../logs"}),
    "a repository with a query": a_request(into={"full_name": "a/b?x="}, of={"full_name": "a/b?x="}),
    "a repository that is a host": a_request(
        into={"full_name": "a/b@evil.example"}, of={"full_name": "a/b@evil.example"}
    ),
    "a repository that is a list": a_request(into={"full_name": ["a/b"]}, of={"full_name": ["a/b"]}),
    "no pull request": {"number": 7, "repository": REPOSITORY},
    "a pull request that is a text": {"pull_request": "7"},
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_event_gets_no_comment(
    told: Told, log: str, tmp_path: Path, repository: Git, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    written(tmp_path, log)
    event_of(tmp_path, monkeypatch, FORGED[what])
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
        monkeypatch.setenv("GITHUB_TOKEN", "a-token")
        monkeypatch.setenv("GITHUB_HEAD_REF", "x; touch owned")
        ran = told("ci", "github", "--comment", "true")
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert ran.code == 0, ran.err
    assert "a-token" not in ran.out + ran.err
    assert (tmp_path / "out/comment.md").is_file()
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"x"', "{}\0", "NaN"])
def test_an_event_that_is_no_event_is_one_sentence(
    told: Told, log: str, tmp_path: Path, repository: Git, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    written(tmp_path, log)
    event_of(tmp_path, monkeypatch, {})
    (tmp_path / ".git/event.json").write_text(text, encoding="utf-8")
    ran = told("ci", "github")
    assert (ran.code, ran.out) == (2, "")
    assert "the event of this run" in ran.err
    assert_harmless(ran.err, text)


def test_texts_of_a_log_are_no_commands_of_the_workflow(
    told: Told, log: str, tmp_path: Path, repository: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        monkeypatch.setenv(name, str(tmp_path / ".git" / name))
    for text in (
        "::error::owned",
        "x\n::set-output name=a::b",
        "a%0A::error::x",
        "##[error]x",
        "logs=9\nreports=9",
    ):
        written(tmp_path, hostile(log, text) + f"{quoted(text)}: x\n")
        ran = told("ci", "github")
        assert ran.code == 1
        for line in ran.out.splitlines():
            assert re.match(r"::(?:error|warning|notice) (?:file|title)=", line) or not line.startswith(
                "::"
            ), line
            assert "##[" not in line and "owned" not in line.split("::")[0]
    told_of = (tmp_path / ".git/GITHUB_OUTPUT").read_text(encoding="utf-8").splitlines()
    assert {line.split("=")[0] for line in told_of} == {"logs", "reports", "errors", "warnings"}
    assert "logs=9" not in told_of


# The command line


@posix
def test_a_name_with_a_leading_dash_is_an_option_or_nothing(told: Told, log: str, tmp_path: Path) -> None:
    """What a glob of a hostile folder puts on the command line; behind `--`, or with `./`, it is a file."""
    for name in ("-n.yaml", "--strict.yaml", "--output=owned.yaml"):
        written(tmp_path, log, name)
    for words in (
        ("check", "-n.yaml"),
        ("render", "--strict.yaml"),
        ("fmt", "-n.yaml"),
        ("timeline", "-x.yaml"),
    ):
        ran = told(*words)
        assert (ran.code, ran.out) == (2, "")
        assert_harmless(ran.err, words)
    assert told("check", "--", "-n.yaml", "--strict.yaml", "--output=owned.yaml").code == 0
    assert told("check", "./-n.yaml").code == 0
    assert not (tmp_path / "owned.yaml").exists()


def test_a_report_cannot_be_run_or_written_to_by_others(told: Told, log: str, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        written(tmp_path, log)
        assert told("render", "log.yaml", "--format", "html", "-o", "out").code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out/log.html").stat().st_mode) & 0o133 == 0
