"""What a stranger found who tried the attack table on every entrance: each is named after the attack."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
import pytest

from postmortem.cli import git as asked
from postmortem.cli.ci_comment import Place, Refused
from postmortem.cli.ci_event import event_of
from postmortem.cli.versions import of_base
from postmortem.ground import disk, readings
from postmortem.ground.characters import forbidden_in
from postmortem.ground.files import IsInput, read_capped, write_whole
from postmortem.ground.folders import folders_below
from tests.cli.git_repository import new_repository
from tests.conftest import ROOT
from tests.safety.conftest import Told, written

# An output that is an input


@pytest.mark.parametrize(
    "command",
    [
        ("check", "log.yaml", "-o", "log.yaml"),
        ("check", ".", "-o", "./log.yaml"),
        ("timeline", "log.yaml", "-o", "link.yaml"),
        ("timeline", "link.yaml", "-o", "log.yaml"),
        ("metrics", "other.yaml", "log.yaml", "-o", "log.yaml"),
        ("explain", "log.yaml", "fixed", "-o", "log.yaml"),
        ("diff", "other.yaml", "log.yaml", "-o", "log.yaml"),
        ("diff", "log.yaml", "other.yaml", "-o", "log.yaml"),
    ],
)
def test_an_output_over_the_log_it_is_made_from(
    told: Told, log: str, tmp_path: Path, command: tuple[str, ...]
) -> None:
    written(tmp_path, log)
    written(tmp_path, log, "other.yaml")
    (tmp_path / "link.yaml").symlink_to("log.yaml")
    ran = told(*command)
    assert (ran.code, (tmp_path / "log.yaml").read_text(encoding="utf-8")) == (2, log)
    shown = command[-1]
    assert ran.err == (
        f"error: `{shown}` is what this run reads, so nothing is written over it; name another file\n"
    )


def test_an_output_over_the_series_of_the_log(told: Told, log: str, tmp_path: Path) -> None:
    rows = "time,value\n09:14,1\n"
    (tmp_path / "s.csv").write_text(rows, encoding="utf-8")
    written(tmp_path, f"{log}series:\n  - {{measure: users, source: pager, file: s.csv}}\n")
    assert told("timeline", "log.yaml", "--format", "csv", "-o", "s.csv").code == 2
    assert (tmp_path / "s.csv").read_text(encoding="utf-8") == rows


@pytest.mark.parametrize(("name", "form"), [("log.md", "md"), ("log.json", "json")])
def test_a_report_over_a_log_of_its_name(told: Told, log: str, tmp_path: Path, name: str, form: str) -> None:
    written(tmp_path, log, name)
    assert told("render", name, "-o", ".", "--format", form).code == 2
    assert (tmp_path / name).read_text(encoding="utf-8") == log


def test_an_output_over_the_log_on_standard_input(
    told: Told, log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = written(tmp_path, log)
    with place.open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert told("timeline", "-", "-o", "log.yaml").code == 2
    assert place.read_text(encoding="utf-8") == log
    # What has no number of a file is no file that an output could take the place of.
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(log.encode())))
    assert told("timeline", "-", "-o", "log.yaml").code == 0


def test_an_output_over_an_earlier_one_and_over_what_an_earlier_run_read(
    told: Told, log: str, tmp_path: Path
) -> None:
    written(tmp_path, log)
    (tmp_path / "out").write_text("old", encoding="utf-8")
    assert told("timeline", "log.yaml", "-o", "out").code == 0
    assert told("timeline", "log.yaml", "-o", "out").code == 0
    assert told("schema", "-o", "log.yaml").code == 0
    assert json.loads((tmp_path / "log.yaml").read_text(encoding="utf-8"))["$schema"]


def test_files_are_remembered_within_a_run_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_seen", None)
    place = tmp_path / "file"
    place.write_bytes(b"a")
    read_capped(place, 9)
    write_whole(place, b"b")
    readings.begin()
    write_whole(place, b"c")
    read_capped(place, 9)
    with pytest.raises(IsInput, match="this run reads it"):
        write_whole(place, b"d")
    assert place.read_bytes() == b"c"
    write_whole(place, b"e", instead_of=b"c")
    readings.begin()
    write_whole(place, b"f")
    assert place.read_bytes() == b"f"


# A path that is none


@pytest.mark.parametrize("command", ["check", "fmt", "render", "timeline", "metrics"])
def test_an_empty_path_is_not_the_whole_folder(told: Told, log: str, tmp_path: Path, command: str) -> None:
    text = "status: resolved\n" + log.replace("status: resolved\n", "")
    written(tmp_path, text)
    ran = told(command, "")
    assert (ran.code, ran.out) == (2, "")
    assert "an empty text names no log" in ran.err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["log.yaml"]
    assert (tmp_path / "log.yaml").read_text(encoding="utf-8") == text


# Settings


@pytest.mark.parametrize("name", ["strict", "silent-gap", "lang", "theme"])
def test_a_number_of_5000_digits_in_settings(told: Told, log: str, tmp_path: Path, name: str) -> None:
    written(tmp_path, log)
    (tmp_path / "postmortem.toml").write_text(f"{name} = {'9' * 5000}\n", encoding="utf-8")
    ran = told("check", "log.yaml")
    assert ran.code == 2
    assert "holds a number of more digits than any setting has" in ran.err
    assert len(ran.err) < 500


@pytest.mark.parametrize("output", ["", "-"])
def test_settings_do_not_send_reports_to_the_console(
    told: Told, log: str, tmp_path: Path, output: str
) -> None:
    written(tmp_path, log)
    settings = f'output = "{output}"\nformat = ["md"]\n'
    (tmp_path / "postmortem.toml").write_text(settings, encoding="utf-8")
    ran = told("render", "log.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "the setting `output` names a folder" in ran.err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["log.yaml", "postmortem.toml"]


@pytest.mark.parametrize(
    "setting", ['ignore = ["PM101"]', 'silent-gap = "-5m"', f'silent-gap = "{"9" * 5000}%"']
)
def test_what_settings_ask_wrongly_names_their_file(
    told: Told, log: str, tmp_path: Path, setting: str
) -> None:
    written(tmp_path, log)
    (tmp_path / "postmortem.toml").write_text(f"{setting}\n", encoding="utf-8")
    ran = told("check", "log.yaml")
    assert ran.code == 2
    assert "postmortem.toml: " in ran.err


@pytest.mark.parametrize("reason", ["", "  ", "\t"])
def test_a_blank_reason_switches_no_rule_off(told: Told, log: str, tmp_path: Path, reason: str) -> None:
    written(tmp_path, log)
    ran = told("check", "log.yaml", "--ignore", "PM601", "--ignore-because", reason)
    assert ran.code == 2
    assert "without a reason" in ran.err


# A new log


@pytest.mark.parametrize("title", ["\x1b[31m", "\u202egnp", "a\u2028b", "x" * 70_000])
def test_a_title_that_no_log_may_hold(told: Told, tmp_path: Path, title: str) -> None:
    assert told("new", "log", "--title", title).code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_name_is_lines_of_a_log(told: Told, tmp_path: Path) -> None:
    assert told("new", "a\nstatus: ongoing\n/log").code == 0
    (made,) = tmp_path.rglob("log.yaml")
    assert "\nstatus: ongoing\n/" not in made.read_text(encoding="utf-8")
    assert told("check", str(made.relative_to(tmp_path))).code == 0


# The run of a pull request


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name.startswith(("GITHUB_", "POSTMORTEM_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("POSTMORTEM_CI_OUTPUT", "out")
    new_repository(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "names",
    [
        ("a/b.yaml", "a-b.yaml", "a b.yaml"),
        ("A-b.yaml", "a-b.yaml"),
        ("事故.yaml", "事件.yaml"),
        ("x.yaml", "x.yml"),
        ("a/b.yaml", "a-b.yaml", "a-b-2.yaml"),
    ],
)
def test_logs_whose_reports_would_have_one_name(
    told: Told, log: str, repository: Path, names: tuple[str, ...]
) -> None:
    for name in names:
        (repository / name).parent.mkdir(exist_ok=True)
        written(repository, log.replace("Logins fail", f"Of {name}"), name)
    assert told("ci", "github").code == 0
    made = sorted((repository / "out/reports").glob("*.md"))
    assert len({one.name.lower() for one in made}) == len(made)
    whole = "".join(one.read_text(encoding="utf-8") for one in made)
    assert [name for name in names if f"# Of {name}" not in whole] == []


def test_a_report_of_a_path_of_500_letters(told: Told, log: str, repository: Path) -> None:
    folder = repository / "/".join(["folder" * 8] * 10)
    folder.mkdir(parents=True)
    written(folder, log)
    assert told("ci", "github").code == 0
    assert len(list((repository / "out/reports").iterdir())) == 2


def test_a_log_in_braces_is_not_passed_over(told: Told, log: str, repository: Path) -> None:
    (repository / "other.yaml").write_text('{"a": "format: postmortem/1"}\n', encoding="utf-8")
    assert "no log is touched" in told("ci", "github").out
    for text in ('{"format": "postmortem/1"}', '---\n{\n  "title": "T",\n  "format":\n  "postmortem/1"\n}'):
        written(repository, text)
        ran = told("ci", "github")
        assert (ran.code, "PM202" in ran.out) == (1, True)


def test_an_event_nested_a_million_deep(
    told: Told, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "event.json").write_text("[" * 1_000_000, encoding="utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", "event.json")
    ran = told("ci", "github")
    assert (ran.code, "nested deeper" in ran.err) == (2, True)


@pytest.mark.parametrize("name", ["../..", "./x", "a/..", "a/."])
def test_a_repository_that_would_climb_out_of_the_address(tmp_path: Path, name: str) -> None:
    side = {"sha": "a" * 40, "repo": {"full_name": name}}
    place = tmp_path / "event.json"
    place.write_text(
        json.dumps({"pull_request": {"number": 7, "base": side, "head": side}}), encoding="utf-8"
    )
    event = event_of({"GITHUB_EVENT_PATH": str(place)})
    assert (event.repository, event.own) == (None, False)


def _answered(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body)


@pytest.mark.parametrize(
    "answer",
    [
        b"\x00 no HTTP\r\n\r\n",
        b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        _answered(b"[" * 100_000),
        _answered(b'[1, "x", null]'),
    ],
)
def test_an_answer_of_the_host_that_is_none(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(Refused):
            Place(address, "a/b", 7, "a-token", "someone").put("text")
        thread.join()


@pytest.mark.parametrize(
    "token", ["a-token\n", "a-token\nX-More: b", "a-token\u2026", "a-token b", "\x7fa-token"]
)
def test_a_token_that_is_none_is_not_shown(token: str) -> None:
    with pytest.raises(Refused, match="the token holds") as refused:
        Place("http://127.0.0.1:9", "a/b", 7, token, "someone").put("text")
    assert "a-token" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["https://[::1", "file://localhost/", "ftp://localhost", "http://a.example", ""]
)
def test_an_address_that_no_token_goes_to(address: str) -> None:
    with pytest.raises(Refused, match="does not begin with https://"):
        Place(address, "a/b", 7, "a-token", "someone").put("text")


# Signs that nobody sees, named by an entity


@pytest.mark.parametrize(
    "sign", ["&#x202e;", "&#8238;", "&rlm;", "&lrm;", "&#x2066;", "&#x2028;", "&#xfeff;"]
)
def test_an_entity_that_names_a_sign_which_no_log_may_hold(
    told: Told, log: str, tmp_path: Path, sign: str
) -> None:
    text = f'**a{sign}b** [c{sign}d](https://example.org/ "e{sign}f") ![g{sign}h](i.png "j{sign}k") `{sign}`'
    said = json.dumps(f"{text}\n\n~~~x{sign}y\nz\n~~~\n")
    head = f"title: {json.dumps(text)}\nsummary: {said}\nimpact: {said}"
    written(tmp_path, log.replace("title: Logins fail", head).replace("Many cannot.", "Many &amp; more."))
    page = told("render", "log.yaml", "--format", "html", "-o", "-").out
    assert forbidden_in(page) is None
    for kept in ("<strong>ab</strong>", 'title="ef"', ">cd</a>", "Many &amp; more.", "language-x"):
        assert kept in page
    assert html.escape(sign) in page


def test_what_the_settings_let_in_stays_beside_an_entity(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log.replace("Many cannot.", '"\u2067רבים\u2069 &amp; *more* &#x2028;"'))
    page = told("render", "log.yaml", "--bidi", "--format", "html", "-o", "-").out
    assert "\u2067רבים\u2069 &amp; <em>more</em>" in page
    assert "\u2028" not in page


# Addresses that become others where their references are read

_DISGUISED = (
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "javascript&#58alert(1)",
    "java&Tab;script&colon;alert(1)",
    "&#14;javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&amp;colon;alert(1)",
    "&sol;&sol;evil.example/x",
    "https://good.example&commat;evil.example/",
    "&amp;amp;amp;amp;amp;amp;colon;",
)


@pytest.mark.parametrize("address", _DISGUISED)
def test_an_address_in_disguise_is_none(told: Told, log: str, tmp_path: Path, address: str) -> None:
    said = address.replace("&", "&amp;")
    texts = f"[a]({address}) [b]({said}) ![c]({said}) [d] <{address}>\n\n[d]: {said}\n"
    log = log.replace("Many cannot.", json.dumps(texts))
    written(tmp_path, log)
    made = told("render", "log.yaml", "--format", "md", "-o", "-").out
    written(tmp_path, f"{log}links: [{{title: L, url: {json.dumps(address)}}}]\n", "url.yaml")
    assert "PM222" in told("check", "url.yaml").out
    page = told("render", "log.yaml", "--format", "html", "-o", "-").out
    for led in (*re.findall(r"(?<!\\)\]\(([^)\s]+)", made), *re.findall(r"(?<![<\w])<(\w+:[^>]+)>", made)):
        assert not re.search(r"script|evil|colon", led), led
    for led in re.findall(r'href="([^"]+)"', page):
        assert not re.search(r"script|evil|colon", led), led


def test_an_address_stays_what_it_is_for_who_reads_references(told: Told, log: str, tmp_path: Path) -> None:
    address = "https://example.org/?a=1&lt;b&c=2&#35;d"
    written(tmp_path, f"{log}links: [{{title: L, url: {json.dumps(address)}}}]\n")
    made = told("render", "log.yaml", "--format", "md", "-o", "-").out
    assert "](https://example.org/?a=1&amp;lt;b&c=2&amp;#35;d)" in made


# What nobody could know yet


@pytest.mark.parametrize("form", ["html", "md", "json"])
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_report_of_a_moment_holds_nothing_from_after_it(
    told: Told, log: str, tmp_path: Path, form: str, audience: str
) -> None:
    late = 'late: {title: A later account, published: "11:00", note: Told later.}, known: {title: A paper}'
    text = log.replace("sources: {", f"sources: {{{late}, ").replace("pager}", 'pager, known: "09:30"}')
    text += (
        "  - {id: told, at: 09:50, what: Told afterwards., source: late}\n"
        "links: [{url: https://example.org/, title: Read afterwards}]\n"
        "series:\n"
        "  - {measure: users, source: late, points: [[09:21, 987123]]}\n"
        "  - {measure: users, source: known, points: [[09:50, 876123]]}\n"
    )
    written(tmp_path, text)
    ran = told("render", "log.yaml", "--as-of", "09:35", "--format", form, "--audience", audience, "-o", "-")
    assert ran.code == 0, ran.err
    assert "Logins begin to fail." in ran.out
    for hidden in ("A later account", "Told later", "Told afterwards", "Read afterwards"):
        assert hidden not in ran.out
    assert not any(number in ran.out.replace(",", "") for number in ("987123", "876123"))
    whole = told("render", "log.yaml", "--format", form, "-o", "-").out
    assert all(one in whole for one in ("A later account", "Told afterwards", "Read afterwards"))


@pytest.mark.parametrize(
    ("name", "code"),
    [("jane.doe@corp-mail.net", "PM702"), ("db01.corp.internal", "PM705"), ("AKIAQWERTYUIOP234567", "PM701")],
)
def test_a_file_whose_name_gives_somebody_away(
    told: Told, log: str, tmp_path: Path, name: str, code: str
) -> None:
    written(tmp_path, log, f"{name}.yaml")
    assert told("check", f"{name}.yaml").code == 0
    for command in (("render", "--format", "html", "-o", "-"), ("timeline",), ("metrics",)):
        ran = told(command[0], f"{name}.yaml", "--audience", "public", *command[1:])
        assert (ran.code, ran.out) == (1, "")
        assert f"error[{code}]: the name of this file would be public" in ran.err
    (tmp_path / name).mkdir()
    written(tmp_path, log, f"{name}/log.yaml")
    assert told("timeline", f"{name}/log.yaml", "--audience", "public").code == 0


# What git is asked and told


@pytest.mark.parametrize("pattern", ["\x1b[31m.yaml", "a\u202e.yaml", "", "a\u2028b"])
def test_a_pattern_that_nobody_can_see(told: Told, repository: Path, pattern: str) -> None:
    ran = told("git-setup", pattern)
    assert (ran.code, ran.out) == (2, "")
    assert forbidden_in(ran.err) is None
    attributes = repository / ".git/info/attributes"
    assert not attributes.exists() or "diff=postmortem" not in attributes.read_text(encoding="utf-8")


def test_a_revision_that_is_all_but_one(told: Told, log: str, repository: Path) -> None:
    written(repository, log)
    new_repository(repository).commit()
    for revision in ("^HEAD", "^main", "-HEAD"):
        ran = told("diff", "log.yaml", f"--base={revision}")
        assert (ran.code, ran.out) == (2, "")
        assert f"'{revision}' is not a revision" in ran.err


@pytest.mark.parametrize("known", [True, False], ids=["git refuses", "an older git does not"])
def test_a_folder_of_a_commit_that_is_itself_a_repository(
    told: Told, log: str, repository: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    if not known:
        monkeypatch.setattr(asked, "_FIXED", asked._FIXED[:-2])
    inner = new_repository(repository / "incidents")
    written(inner.folder, log)
    (inner.folder / ".gitattributes").write_text("*.yaml filter=x\n", encoding="utf-8")
    inner.commit()
    for one in ("HEAD", "objects", "refs", "index"):
        shutil.move(inner.folder / ".git" / one, inner.folder / one)
    shutil.rmtree(inner.folder / ".git")
    core = "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\n"
    driver = f'[filter "x"]\nclean = "touch {repository}/ran; cat"\n'
    (inner.folder / "config").write_text(core + driver, encoding="utf-8")
    written(inner.folder, log.replace("fail", "break"))
    for path in ("incidents", "incidents/log.yaml"):
        ran = told("diff", path, "--base", "main")
        assert (ran.code, ran.out) == (2, "")
        assert ("cannot use bare repository" if known else "inside of another") in ran.err
    assert not (repository / "ran").exists()


def test_a_repository_that_another_one_is_named_beside(
    told: Told, log: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "incidents").mkdir()
    written(repository, log, "incidents/log.yaml")
    new_repository(repository).commit()
    written(repository, log.replace("Logins fail", "None can log in"), "incidents/log.yaml")
    whole = told("diff", "incidents/log.yaml", "--base", "main").out
    assert "`title` changed" in whole
    elsewhere = new_repository(repository / "elsewhere").folder / ".git"
    # As git sets them for a hook, and `GIT_ICASE_PATHSPECS` as nobody can set it beside what we set.
    for name, value in (
        ("GIT_DIR", ".git"),
        ("GIT_DIR", str(repository / ".git")),
        ("GIT_DIR", str(elsewhere)),
        ("GIT_INDEX_FILE", str(elsewhere / "index")),
        ("GIT_ICASE_PATHSPECS", "1"),
    ):
        with monkeypatch.context() as here:
            here.setenv(name, value)
            assert told("diff", "incidents/log.yaml", "--base", "main").out == whole
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository))
    assert told("diff", "incidents/log.yaml", "--base", "main").out == whole


def test_what_git_cannot_read_is_no_new_log(told: Told, log: str, repository: Path) -> None:
    written(repository, log)
    git = new_repository(repository)
    git.commit()
    tree = git("rev-parse", "HEAD^{tree}").strip()
    (repository / ".git/objects" / tree[:2] / tree[2:]).unlink()
    ran = told("diff", "log.yaml", "--base", "main")
    assert (ran.code, ran.out) == (2, "")
    assert "git cannot" in ran.err


def test_a_folder_of_no_repository_is_told_in_the_words_of_git(told: Told) -> None:
    ran = told("git-setup")
    assert ran.code == 2
    assert "not a git repository" in ran.err
    assert "--base" not in ran.err


# Standard input


@pytest.mark.skipif(not hasattr(os, "set_blocking"), reason="the system's pipes always block")
def test_a_pipe_that_does_not_wait_is_read_to_its_end(
    told: Told, log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    data = log.encode()
    cut = data.index(b"  - {id: size")

    def write() -> None:
        for piece in (data[:cut], data[cut:]):
            time.sleep(0.3)
            os.write(writing, piece)
        os.close(writing)

    thread = threading.Thread(target=write)
    with os.fdopen(reading, encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        thread.start()
        ran = told("check", "-")
    thread.join()
    assert (ran.code, ran.out) == (0, "no findings in <stdin> (3 events, 2 sources checked)\n")


def test_standard_input_beside_a_folder_that_is_named_none(
    told: Told, log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "None").mkdir()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(log.encode())))
    ran = told("check", "-", "None")
    assert (ran.code, "there is no log in the folder `None`" in ran.out) == (2, True)


def test_two_repositories_with_a_log_of_one_name(told: Told, log: str, tmp_path: Path) -> None:
    for name in ("one", "other"):
        git = new_repository(tmp_path / name)
        written(git.folder, log)
        git.commit()
        written(git.folder, log.replace("Logins fail", f"The {name}"))
    ran = told("diff", "one/log.yaml", "other/log.yaml", "--base", "main")
    assert ("The one" in ran.out, "The other" in ran.out) == (True, True)


def test_a_file_larger_than_the_memory_is_read_by_parts(
    told: Told, log: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(repository, log)
    new_repository(repository).commit()
    (repository / "s.csv").write_text("time,value\n", encoding="utf-8")
    (repository / "large.yaml").write_bytes(b"# \xff\r\n" * (4 << 20))
    monkeypatch.setattr(Path, "read_bytes", None)
    assert told("diff", ".", "--base", "main", "--format", "json").code == 1
    shown = told("textconv", "large.yaml").out
    assert (len(shown), set(shown.split("\r\n"))) == (5 * (4 << 20), {"# \ufffd", ""})


def test_git_diff_of_a_log_whose_name_begins_with_a_dash(told: Told, log: str, repository: Path) -> None:
    git = new_repository(repository)
    written(repository, log, "-x.yaml")
    git.commit()
    assert told("git-setup").code == 0
    written(repository, log.replace("Logins fail", "Nobody can log in"), "-x.yaml")
    assert "+title: Nobody can log in" in git("diff", env={"PYTHONPATH": str(ROOT)})


# Folders


def test_folders_deeper_than_calls_may_be(
    told: Told, log: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(1200):
        os.mkdir("a")  # noqa: PTH102 - a path from the top would be longer than what one call takes
        os.chdir("a")
    written(Path(), log)
    monkeypatch.chdir(repository)
    monkeypatch.setattr(disk, "flush_folder", lambda _: None)  # a thousand of them take a disk a minute
    try:
        for command in (("check", "."), ("render", ".", "-o", "out"), ("fmt", "."), ("ci", "github")):
            assert told(*command).code == 0, command
        assert told("diff", ".", "--base", new_repository(repository).commit()).code == 0
        assert len(list(folders_below("out"))) == 1202
    finally:
        # Not left to pytest, which goes down by calls.
        subprocess.run(["rm", "-rf", "a", "out"], cwd=repository, check=True)


def test_folders_are_listed_in_order_without_what_is_hidden_or_linked(tmp_path: Path) -> None:
    for name in ("b/x", "a", ".hidden", "closed"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("b/two", "b/one", "b/x/log", ".hidden/log", "z"):
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to("b")
    (tmp_path / "circle").symlink_to("circle")
    refused: list[OSError] = []
    found = list(folders_below(tmp_path, refused.append))
    assert [(os.path.relpath(folder, tmp_path), names) for folder, names in found] == [
        (".", ["circle", "z"]),
        ("a", []),
        ("b", ["one", "two"]),
        ("b/x", ["log"]),
        ("closed", []),
    ]
    assert refused == []
    assert (
        list(folders_below(tmp_path / "gone", refused.append)) == list(folders_below(tmp_path / "gone")) == []
    )
    assert [type(one) for one in refused] == [FileNotFoundError]


def test_series_of_an_old_version_are_put_nowhere(
    told: Told, log: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that was killed left a folder behind, and sixty names of one file of 60 MiB filled the disk."""
    wide = ("wide.csv", "other.csv", "third.csv")
    names = ("./more/../more//s.csv", "gone.csv", "../logs/more/s.csv", "link.csv", *wide)
    folder = repository / "logs"
    (folder / "more").mkdir(parents=True)
    (folder / "more/s.csv").write_text("time,value\n09:14,1\n09:30,5\n", encoding="utf-8")
    for name in wide:
        (folder / name).write_bytes(b"time,value\n" + b"\n" * (60 << 20))
    (folder / "link.csv").symlink_to("more/s.csv")
    log += "series:\n"
    for name in names:
        log += f"  - {{measure: users, source: pager, file: {json.dumps(name)}}}\n"
    written(folder, log)
    new_repository(repository).commit()
    for name in wide:
        (folder / name).unlink()
    (folder / "more/s.csv").write_text("time,value\n09:14,1\n", encoding="utf-8")
    monkeypatch.setenv("TMPDIR", str(repository / "no such folder"))
    ((old, _),) = ((one.old, one.new) for one in of_base(("logs",), "main", merge_base=False))
    assert old is not None and old.metrics is not None
    assert [len(one.points) for one in old.metrics.series][:1] == [2]
    wrong = [one.message for one in old.diagnostics if one.code in ("PM219", "PM220")]
    for name, words in (
        ("gone.csv", "is not there"),
        ("../logs/more/s.csv", "lies outside the log's folder"),
        ("link.csv", "is not there"),
        ("third.csv", "all series of a log together may have 128 MiB"),
    ):
        assert any(name in one and words in one for one in wrong), wrong
    assert sum("more//s.csv" in one or "wide.csv" in one for one in wrong) <= 1  # of no rows
    assert told("diff", "logs", "--base", "main").code == 1
    monkeypatch.setattr(asked.Repository, "_sizes", _unanswered)
    ((old, _),) = ((one.old, one.new) for one in of_base(("logs",), "main", merge_base=False))
    assert old is not None and "cannot be read: git did not answer" in old.diagnostics[0].message


def _unanswered(*_: object) -> dict[str, int]:
    raise click.UsageError("git did not answer")


# Reports


def test_two_reports_that_links_lead_to_one_place(told: Told, log: str, tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / "logs" / name).mkdir(parents=True)
        written(tmp_path, log, f"logs/{name}/log.yaml")
    (tmp_path / "out/y").mkdir(parents=True)
    (tmp_path / "out/x").symlink_to("y")
    ran = told("render", "logs", "-o", "out")
    assert (ran.code, ran.out) == (2, "")
    assert "would both be written to" in ran.err
    (tmp_path / "other").mkdir()
    (tmp_path / "other/log.html").symlink_to("log.md")
    ran = told("render", "logs/x/log.yaml", "-o", "other")
    assert (ran.code, "two reports of logs/x/log.yaml" in ran.err) == (2, True)
    assert not (tmp_path / "other/log.md").exists()


def test_a_link_in_a_folder_is_no_log_that_was_removed(told: Told, log: str, tmp_path: Path) -> None:
    for name in ("old/a.yaml", "old/b.yaml", "new/a.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        written(tmp_path, log, name)
    (tmp_path / "new/b.yaml").symlink_to("a.yaml")
    assert "removed" not in told("diff", "old", "new").out


@pytest.mark.parametrize("name", ["\x1b[31m", "\n::error::x", "##[error]"])
def test_names_of_files_in_a_table_on_a_console(told: Told, log: str, tmp_path: Path, name: str) -> None:
    written(tmp_path, log, f"{name}.yaml")
    written(tmp_path, log)
    out = told("metrics", f"{name}.yaml", "log.yaml", "--format", "csv").out
    assert name not in out and "\x1b" not in out


def test_more_logs_without_a_report_than_a_step_may_tell_of(told: Told, log: str, repository: Path) -> None:
    (repository / "postmortem.toml").write_text('audience = "public"\n', encoding="utf-8")
    for number in range(15):
        written(repository, log.replace("audience: public\n", ""), f"{number}.yaml")
    out = told("ci", "github").out
    assert sum(line.startswith("::warning ") for line in out.splitlines()) == 9
    assert out.count("no report of `") == 15
    assert "::notice title=postmortem::no report of 6 more logs for the public" in out
