"""Actions past their due date: told by the day that is given, by every command that shows or checks them."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.flow import judge
from postmortem.report.facts.gather import gather
from postmortem.report.markdown.markdown import markdown
from postmortem.report.page.html import html
from tests.conftest import Run

HEAD = """\
format: postmortem/1
title: Logins fail
status: resolved
date: 2026-03-01
timezone: UTC
timeline: [{what: x}]
"""
LOG = f"""{HEAD}\
actions:
  - {{id: late, what: Measure it., owner: The team, due: 2026-04-01}}
  - {{id: begun, what: Split it., due: 2026-04-01, status: in-progress}}
  - {{id: later, what: Watch it., due: 2026-04-02}}
  - {{id: done, what: Say it., due: 2026-04-01, status: done}}
  - {{id: not, what: Buy it., due: 2026-04-01, status: dropped, because: It is not needed.}}
  - {{id: some-day, what: Hope.}}
"""
ON = "2026-04-02"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    place = tmp_path / "log.yaml"
    place.write_text(LOG, encoding="utf-8")
    return place


def rendered(run: Run, form: str, *more: str, env: dict[str, str] | None = None) -> str:
    done = run("render", "log.yaml", "-o", "-", "--format", form, *more, env=env)
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize(
    ("form", "lang", "marks", "told"),
    [
        (
            "md",
            "en",
            ["The team, due 2026-04-01, **overdue**", "due 2026-04-01, **overdue**"],
            "Overdue on 2026-04-02",
        ),
        ("md", "de", ["fällig 2026-04-01, **überfällig**"] * 2, "Überfällig am 2026-04-02"),
        ("html", "en", ['2026-04-01 <span class="tag">overdue</span></td>'] * 2, "Overdue on 2026-04-02"),
        ("html", "de", ['2026-04-01 <span class="tag">überfällig</span>'] * 2, "Überfällig am 2026-04-02"),
    ],
)
def test_what_is_overdue_is_marked_beside_its_date_and_the_day_is_told(
    run: Run, log: Path, form: str, lang: str, marks: list[str], told: str
) -> None:
    text = rendered(run, form, "--now", ON, "--lang", lang)
    for mark in marks:
        assert mark in text
    word = "overdue" if lang == "en" else "überfällig"
    assert text.lower().count(word) == 3, "two actions, and the line that tells the day"
    assert text.count(told) == 1


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_a_log_with_nothing_overdue_gives_the_same_bytes_on_any_day(run: Run, log: Path, form: str) -> None:
    first = rendered(run, form, "--now", "2026-03-02")
    assert first == rendered(run, form, "--now", "2026-04-01"), "due on that very day is not overdue"
    assert "overdue" not in first.lower()
    log.write_text(LOG.replace("due: 2026-04-01}", "due: 2026-04-01, status: done}"), encoding="utf-8")
    log.write_text(log.read_text(encoding="utf-8").replace("in-progress", "done"), encoding="utf-8")
    assert rendered(run, form, "--now", ON) == rendered(run, form, "--now", "2026-03-02")


def test_without_a_day_nothing_is_overdue() -> None:
    judged = judge("log.yaml", LOG.encode(), None)
    assert judged.metrics is not None
    assert [one.code for one in judged.diagnostics if one.code == "PM505"] == []
    facts = gather(judged.metrics, "log")
    for text in (html(facts, judged.line_of), markdown(facts, judged.line_of)):
        assert "overdue" not in text.lower()


def test_the_day_is_that_of_the_option_else_of_the_source_else_of_the_clock(run: Run, log: Path) -> None:
    epoch = {"SOURCE_DATE_EPOCH": "1775087999"}  # 2026-04-01T23:59:59Z
    assert "overdue" not in rendered(run, "md", env=epoch)
    assert "Overdue on 2026-04-02" in rendered(run, "md", env={"SOURCE_DATE_EPOCH": "1775088000"})
    assert "Overdue on 2026-05-01" in rendered(run, "md", "--now", "2026-05-01", env=epoch)
    assert "Overdue on 2026-05-02" in rendered(run, "md", env=epoch | {"POSTMORTEM_NOW": "2026-05-02"})
    log.write_text(LOG.replace("2026-04", "2020-04"), encoding="utf-8")
    assert "Overdue on 20" in rendered(run, "md")
    assert "PM505" not in run("check", "log.yaml", env={"SOURCE_DATE_EPOCH": "0"}).out
    assert "PM505" in run("check", "log.yaml").out
    run("new", "x", env={"SOURCE_DATE_EPOCH": "1775088000"})
    assert "date: 2026-04-02 " in (log.parent / "x.yaml").read_text(encoding="utf-8")
    run("new", "2026-01-05-y", "--now", "2026-04-04")
    assert "date: 2026-01-05 " in (log.parent / "2026-01-05-y.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("epoch", ["soon", "-1", "1" * 19, "٣"])
def test_a_day_of_the_source_that_is_none_is_one_sentence(run: Run, log: Path, epoch: str) -> None:
    for command in (("render", "log.yaml"), ("check", "log.yaml"), ("new", "y")):
        told = run(*command, env={"SOURCE_DATE_EPOCH": epoch})
        assert told.code == 2
        assert "SOURCE_DATE_EPOCH" in told.err
        assert "seconds since 1970-01-01" in told.err
    assert not (log.parent / "build").exists()
    assert run("check", "log.yaml", "--now", ON, env={"SOURCE_DATE_EPOCH": epoch}).code == 0


@pytest.mark.parametrize("command", ["check", "render", "timeline", "metrics", "explain", "fmt", "diff"])
def test_a_day_that_is_none_is_refused_by_every_command(run: Run, log: Path, command: str) -> None:
    more = {"diff": ("log.yaml",), "explain": ("late",)}.get(command, ())
    told = run(command, "log.yaml", *more, "--now", "soon")
    assert told.code == 2
    assert "'soon' is not a day of the calendar" in told.err


def test_an_action_is_explained_with_its_owner_its_day_and_that_it_is_overdue(run: Run, log: Path) -> None:
    told = run("explain", "log.yaml", "late", "--now", ON).out
    assert "owner: The team\ndue 2026-04-01\nOverdue on 2026-04-02: due before that day" in told
    assert "Overdue" not in run("explain", "log.yaml", "late", "--now", "2026-04-01").out
    assert "zuständig: The team\nfällig 2026-04-01\nÜberfällig am 2026-04-02" in (
        run("explain", "log.yaml", "late", "--now", ON, "--lang", "de").out
    )


def test_render_warns_of_what_check_warns_of(run: Run, log: Path) -> None:
    for command in (("check",), ("render", "--format", "md")):
        late = run(command[0], "log.yaml", *command[1:], "--strict", "--now", ON)
        assert late.code == 1
        assert (late.out + late.err).count("warning[PM505]") == 2
        early = run(command[0], "log.yaml", *command[1:], "--now", "2026-04-01")
        assert "PM505" not in early.out + early.err


def test_a_report_of_what_was_known_then_and_a_public_one_mark_nothing_that_they_do_not_show(
    run: Run, log: Path
) -> None:
    log.write_text(LOG.replace("[{what: x}]", "[{what: x, at: 09:00}]"), encoding="utf-8")
    assert "overdue" not in rendered(run, "md", "--now", ON, "--as-of", "10:00").lower()
    inside = LOG.replace("{id: late,", "{id: late, audience: internal,").replace(
        "{id: begun,", "{id: begun, audience: internal,"
    )
    log.write_text(inside.replace("status: resolved", "status: resolved\naudience: public"), encoding="utf-8")
    assert "overdue" not in rendered(run, "md", "--now", ON, "--audience", "public").lower()
    assert "Overdue on" in rendered(run, "md", "--now", ON, "--audience", "internal")
