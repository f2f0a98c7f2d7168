"""What a settings file asks holds in every command, not in `check` alone: rules off, silences, language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

LOG = """\
format: postmortem/1
title: Room
date: 2023-05-24
timezone: UTC
status: resolved
review: in-review
sources:
  press: {title: A paper, kind: press, url: "https://example.org/"}
timeline:
  - {id: down, at: "18:00", kind: impact, what: Down., source: press}
  - {id: seen, at: "18:01", kind: detected, what: Seen., source: press}
  - {id: back, at: "19:00", kind: resolved, what: Up., source: press}
"""
OFF = 'ignore = ["PM503"]\nignore-because = "Silences are usual here."\n'
WIDE = 'silent-gap = "2h"\n'


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    (tmp_path / "log.yaml").write_text(LOG, encoding="utf-8")
    (tmp_path / "old.yaml").write_text(LOG.replace("19:00", "18:59"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", [("check", "--strict"), ("render", "--strict", "--format", "md")])
@pytest.mark.parametrize("setting", [OFF, WIDE])
def test_a_rule_is_off_and_a_silence_fine_wherever_findings_are_told(
    run: Run, silent: Path, command: tuple[str, ...], setting: str
) -> None:
    before = run(command[0], "log.yaml", *command[1:])
    assert (before.code, "PM503" in before.out + before.err) == (1, True)
    (silent / "postmortem.toml").write_text(setting, encoding="utf-8")
    after = run(command[0], "log.yaml", *command[1:])
    assert (after.code, "PM503" in after.out + after.err) == (0, False)


@pytest.mark.parametrize("setting", [OFF, WIDE])
def test_a_comparison_counts_no_finding_that_is_off(run: Run, silent: Path, setting: str) -> None:
    assert "1 warning" in run("diff", "old.yaml", "log.yaml").out
    (silent / "postmortem.toml").write_text(setting, encoding="utf-8")
    told = run("diff", "old.yaml", "log.yaml")
    assert told.code == 0
    assert "warning" not in told.out.replace("0 warnings", "")


@pytest.mark.parametrize("command", [("timeline",), ("metrics",), ("render", "--format", "md"), ("explain",)])
def test_a_wrong_setting_is_one_sentence_everywhere(run: Run, silent: Path, command: tuple[str, ...]) -> None:
    (silent / "postmortem.toml").write_text('ignore = ["PM503"]\n', encoding="utf-8")
    more = ("down",) if command == ("explain",) else ()
    told = run(command[0], "log.yaml", *more, *command[1:])
    assert told.code == 2
    assert "ignore-because" in told.err
    assert "Traceback" not in told.err


def test_the_language_of_settings_reaches_what_people_read_and_nothing_else(run: Run, silent: Path) -> None:
    (silent / "postmortem.toml").write_text('lang = "de"\n', encoding="utf-8")
    for command, word in (
        (("timeline", "log.yaml"), "Auswirkung"),
        (("timeline", "log.yaml", "--format", "md"), "Ereignis"),
        (("metrics", "log.yaml"), "Zeit bis zur Erkennung"),
        (("explain", "log.yaml", "time_to_detect"), "Kennzahl"),
        (("render", "log.yaml", "--format", "md", "-o", "-"), "Verlauf"),
        (("render", "log.yaml", "--format", "html", "-o", "-"), '<html lang="de">'),
    ):
        assert word in run(*command).out, command
        english = run(*command, "--lang", "en")
        assert word not in english.out, command
    for machine in (
        ("timeline", "log.yaml", "--format", "json"),
        ("timeline", "log.yaml", "--format", "csv"),
        ("metrics", "log.yaml", "--format", "json"),
        ("explain", "log.yaml", "time_to_detect", "--format", "json"),
        ("render", "log.yaml", "--format", "json", "-o", "-"),
    ):
        assert run(*machine).out == run(*machine, "--lang", "en").out, machine


@pytest.mark.parametrize(
    ("said", "option"),
    [
        (
            {"POSTMORTEM_IGNORE": "PM503", "POSTMORTEM_IGNORE_BECAUSE": "So."},
            ("--ignore", "PM503", "--ignore-because", "So."),
        ),
        ({"POSTMORTEM_SILENT_GAP": "2h"}, ("--silent-gap", "2h")),
    ],
)
def test_every_command_that_tells_findings_heeds_the_same_options_and_environment(
    silent: Path,
    said: dict[str, str],
    option: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from postmortem.cli.main import run

    def told(*words: str) -> str:
        run(words)
        return "".join(capsys.readouterr())

    monkeypatch.chdir(silent)
    broken = LOG.replace("kind: detected, what", "kind: detected, wat: 1, what")
    (silent / "broken.yaml").write_text(broken, encoding="utf-8")
    commands = (
        ("check", "log.yaml"),
        ("render", "log.yaml", "--format", "md"),
        ("timeline", "broken.yaml"),
        ("metrics", "broken.yaml"),
        ("explain", "broken.yaml", "down"),
    )
    for command in commands:
        assert "PM503" in told(*command), command
        by_option = told(*command, *option)
        assert "PM503" not in by_option, command
        with monkeypatch.context() as there:
            for name, value in said.items():
                there.setenv(name, value)
            assert told(*command) == by_option, command
    assert "1 warning" in told("diff", "old.yaml", "log.yaml")
    assert "warning" not in told("diff", "old.yaml", "log.yaml", *option).replace("0 warnings", "")


def test_each_log_of_a_run_is_judged_by_its_own_settings(run: Run, silent: Path) -> None:
    calm = silent / "calm"
    calm.mkdir()
    (calm / "other.yaml").write_text(LOG, encoding="utf-8")
    (calm / "postmortem.toml").write_text(WIDE, encoding="utf-8")
    for command in (("check",), ("render", "--format", "md")):
        for paths in (("log.yaml", "calm/other.yaml"), ("calm/other.yaml", "log.yaml")):
            told = run(command[0], *paths, *command[1:], *(("-o", "b") if command[0] == "render" else ()))
            assert (told.out + told.err).count("PM503]") == 1, (command, paths)
