"""The conventions of the command line: exit codes, output, colour, pipes, files whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

GOOD = """\
format: postmortem/1
title: Logins fail
date: 2026-03-01
timezone: Europe/Berlin
status: resolved
sources: {pager: {title: The pager}}
timeline:
  - {id: errors, at: 09:14, kind: impact, what: Logins begin to fail., source: pager}
  - {id: fixed, at: 09:41, kind: resolved, what: Logins succeed again., source: pager}
"""
BAD = GOOD.replace("09:14", "09:1O")
WARNED = GOOD.replace("source: pager}\n  - {id: fixed", "source: pager, stated: }\n  - {id: fixed")


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "bad.yml").write_text(BAD, encoding="utf-8")
    (folder / "warned.yaml").write_text(WARNED, encoding="utf-8")
    (folder / ".hidden.yaml").write_text("- nothing", encoding="utf-8")
    (folder / "notes.txt").write_text("no log", encoding="utf-8")
    return folder


def test_a_good_log_is_0_and_a_bad_one_1(run: Run, logs: Path) -> None:
    assert run("check", "logs/good.yaml").code == 0
    bad = run("check", "logs/bad.yml")
    assert bad.code == 1
    assert "did you mean `09:10`?" in bad.out


def test_warnings_fail_only_when_strict(run: Run, logs: Path) -> None:
    assert run("check", "logs/warned.yaml").code == 0
    assert run("check", "--strict", "logs/warned.yaml").code == 1
    assert run("check", "logs/warned.yaml", env={"POSTMORTEM_STRICT": "1"}).code == 1


def test_a_folder_is_all_its_logs_and_no_hidden_ones(run: Run, logs: Path) -> None:
    told = json.loads(run("check", "--format", "json", "logs").out)
    assert told["format"] == "postmortem.check/1"
    assert (told["files"], told["errors"], told["warnings"]) == (3, 1, 1)
    assert {one["file"] for one in told["diagnostics"]} == {"logs/bad.yml", "logs/warned.yaml"}


def test_a_missing_file_is_2_and_does_not_stop_the_others(run: Run, logs: Path) -> None:
    done = run("check", "logs/none.yaml", "logs/bad.yml")
    assert done.code == 2
    assert "logs/none.yaml" in done.out
    assert "PM205" in done.out


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("check", "--formt", "json", "x"), ("nope",), ("render", "x", "--format", "gif")],
)
def test_wrong_usage_is_2(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert "rror" in done.err


def test_an_unknown_command_is_answered_with_the_nearest(run: Run) -> None:
    assert "'render'" in run("rendr").err


def test_an_empty_folder_is_not_fine(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("check", "empty").code == 2


def test_standard_input(run: Run) -> None:
    done = run("check", "-", "--format", "concise", stdin=BAD.encode())
    assert done.code == 1
    assert done.out.startswith("<stdin>:8:22: error[PM205]")


def test_render_writes_html_and_markdown_and_names_them(run: Run, logs: Path, tmp_path: Path) -> None:
    done = run("render", "logs/good.yaml")
    assert done.code == 0, done.err
    assert done.out == "build/good.html\nbuild/good.md\n"
    assert "Logins fail" in (tmp_path / "build/good.html").read_text(encoding="utf-8")
    assert "Logins fail" in (tmp_path / "build/good.md").read_text(encoding="utf-8")


def test_render_leaves_out_only_the_log_that_has_errors(run: Run, logs: Path, tmp_path: Path) -> None:
    done = run("render", "logs", "-o", "out", "--format", "md")
    assert done.code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["good.md", "warned.md"]
    assert "PM205" in done.err
    assert done.out == "out/good.md\nout/warned.md\n"


def test_render_to_standard_output(run: Run, logs: Path, tmp_path: Path) -> None:
    done = run("render", "logs/good.yaml", "-o", "-", "--format", "json")
    assert done.code == 0
    assert json.loads(done.out)["format"] == "postmortem.report/1"
    assert not (tmp_path / "build").exists()
    assert run("render", "logs/good.yaml", "-o", "-").code == 2


def test_two_logs_into_one_place_are_refused_before_anything_is_written(
    run: Run, logs: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "good.yaml").write_text(GOOD, encoding="utf-8")
    assert run("render", "logs/good.yaml", "other/good.yaml").code == 2
    assert not (tmp_path / "build").exists()


def test_a_report_that_cannot_be_written_is_2_and_what_stood_there_stands(
    run: Run, logs: Path, tmp_path: Path
) -> None:
    (tmp_path / "build").write_text("a file where a folder is due", encoding="utf-8")
    done = run("render", "logs/good.yaml")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1
    assert (tmp_path / "build").read_text(encoding="utf-8") == "a file where a folder is due"


def test_closed_standard_output_is_an_error(logs: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m postmortem check {logs / 'good.yaml'} >&-"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"standard output" in done.stderr


def test_a_closed_pipe_is_quiet(logs: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m postmortem explain PM205 | true"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == b""


def test_colour_only_where_asked_for_and_no_color_wins(run: Run, logs: Path) -> None:
    assert "\x1b[" not in run("check", "logs/bad.yml").out
    assert "\x1b[" in run("check", "logs/bad.yml", "--color", "always").out
    assert "\x1b[" not in run("check", "logs/bad.yml", "--color", "always", env={"NO_COLOR": "1"}).out
    assert "\x1b[" not in run("check", "logs/bad.yml", env={"TERM": "dumb"}).out


def test_settings_are_found_upwards_and_an_unknown_one_is_refused(
    run: Run, logs: Path, tmp_path: Path
) -> None:
    (tmp_path / "postmortem.toml").write_text('format = ["md"]\noutput = "public"\n', encoding="utf-8")
    assert run("render", "logs/good.yaml").out == "public/good.md\n"
    (tmp_path / "postmortem.toml").write_text('outptu = "public"\n', encoding="utf-8")
    done = run("render", "logs/good.yaml")
    assert done.code == 2
    assert "did you mean `output`?" in done.err


def test_settings_in_pyproject(run: Run, logs: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.postmortem]\nstrict = true\n", encoding="utf-8")
    assert run("check", "logs/warned.yaml").code == 1


@pytest.mark.parametrize("format_", ["text", "json", "md", "csv", "ics", "mermaid"])
def test_every_form_of_the_timeline(run: Run, logs: Path, format_: str) -> None:
    done = run("timeline", "logs/good.yaml", "--format", format_)
    assert done.code == 0, done.err
    assert "Logins" in done.out


@pytest.mark.parametrize("format_", ["text", "json", "md", "csv"])
def test_every_form_of_the_metrics(run: Run, logs: Path, format_: str) -> None:
    done = run("metrics", "logs/good.yaml", "--format", format_)
    assert done.code == 0, done.err
    assert "resolve" in done.out


def test_a_log_with_errors_has_no_timeline(run: Run, logs: Path) -> None:
    done = run("timeline", "logs/bad.yml")
    assert (done.code, done.out) == (1, "")
    assert "PM205" in done.err


def test_as_of(run: Run, tmp_path: Path) -> None:
    text = GOOD.replace("timeline:\n", "timeline:\n", 1).replace(
        "kind: impact,", "kind: impact, known: 09:20,"
    )
    (tmp_path / "log.yaml").write_text(text, encoding="utf-8")
    told = json.loads(run("timeline", "log.yaml", "--as-of", "09:20", "--format", "json").out)
    assert [one["id"] for one in told["events"]] == ["errors"]
    assert told["left_out"] == 1
    assert run("timeline", "log.yaml", "--as-of", "09:2O").code == 2


def test_explain(run: Run, logs: Path) -> None:
    rule = run("explain", "pm205")
    assert rule.code == 0
    assert "PM205" in rule.out
    assert run("explain", "PM999").code == 2
    thing = run("explain", "logs/good.yaml", "time_to_resolve")
    assert thing.code == 0
    assert "line 8" in thing.out
    missed = run("explain", "logs/good.yaml", "time_to_resolv")
    assert missed.code == 2
    assert "time_to_resolve" in missed.err


def test_schema_is_a_schema(run: Run, tmp_path: Path) -> None:
    done = run("schema")
    assert json.loads(done.out)["$schema"].startswith("https://json-schema.org/")
    assert run("schema", "-o", "schema.json").code == 0
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == done.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    assert "postmortem" in run("completion", shell).out


def test_completion_answers(run: Run) -> None:
    done = run(
        env={"_POSTMORTEM_COMPLETE": "bash_complete", "COMP_WORDS": "postmortem ti", "COMP_CWORD": "1"}
    )
    assert "timeline" in done.out


def test_new_writes_a_log_that_checks_clean_and_never_over_one(run: Run, tmp_path: Path) -> None:
    done = run("new", "2023-05-24-live-audio")
    assert done.code == 0, done.err
    assert "postmortem check 2023-05-24-live-audio.yaml" in done.out
    assert "date: 2023-05-24" in (tmp_path / "2023-05-24-live-audio.yaml").read_text(encoding="utf-8")
    assert run("check", "--strict", "2023-05-24-live-audio.yaml").code == 0
    assert run("render", "2023-05-24-live-audio.yaml").code == 0
    again = run("new", "2023-05-24-live-audio.yaml")
    assert again.code == 2
    assert "nothing was changed" in again.err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".postmortem")] == []


@pytest.mark.parametrize("name", ["../.x", "a b", "", "-x", "x\n"])
def test_new_refuses_what_is_no_name(run: Run, name: str) -> None:
    assert run("new", name).code == 2


@pytest.mark.parametrize("title", ['He said: "no" #1', "x: y", "- a", "⚠ äöü", "{{x}}", "%s {0}"])
def test_new_takes_any_title(run: Run, tmp_path: Path, title: str) -> None:
    assert run("new", "x", "--title", title, "--now", "2026-01-02").code == 0
    assert run("check", "--strict", "x.yaml").code == 0
    assert json.loads(run("render", "x.yaml", "-o", "-", "--format", "json").out)["title"] == title


def test_python_m_is_the_same_command(run: Run) -> None:
    assert run("--version").out.startswith("postmortem ")
    assert "Examples" in run("--help").out
    assert run("-h").code == 0


def test_a_report_as_of_a_moment_tells_what_was_known(run: Run, tmp_path: Path) -> None:
    text = GOOD.replace("kind: impact,", "kind: impact, known: 09:20,") + "summary: Seen in retrospect.\n"
    (tmp_path / "log.yaml").write_text(text, encoding="utf-8")
    assert run("render", "log.yaml", "--as-of", "09:20").code == 0
    for name in ("log.html", "log.md"):
        report = (tmp_path / "build" / name).read_text(encoding="utf-8")
        assert "Logins begin to fail" in report
        assert "Logins succeed again" not in report
        assert "in retrospect" not in report
        assert "1 claim" in report
    assert run("render", "log.yaml", "--as-of", "later").code == 2


def test_a_report_as_of_a_moment_lists_no_claim_that_came_later(run: Run, tmp_path: Path) -> None:
    later = "claims: [{source: late, at: 09:41, known: 12:00, stated: told at noon}]"
    text = GOOD.replace(
        "{pager: {title: The pager}}", "{pager: {title: The pager}, late: {title: The late one}}"
    )
    text = text.replace(
        "source: pager}\n  - {id: fixed", f"source: pager, known: 09:20, {later}}}\n  - {{id: fixed"
    )
    text = text.replace("at: 09:41, kind", "at: 09:41, known: 09:45, kind")
    (tmp_path / "log.yaml").write_text(
        text.replace("at: 09:41, known: 12", "at: 09:14, known: 12"), encoding="utf-8"
    )
    for name, wanted in (("09:50", False), ("12:00", True)):
        done = run("render", "log.yaml", "--as-of", name, "-o", "-", "--format", "md")
        assert done.code == 0, done.err
        assert ("told at noon" in done.out) is wanted
        assert "Logins succeed again" in done.out
