"""Rules switched off: by a comment at the line, by settings, always with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.flow import judge
from tests.conftest import Run

HEAD = "format: postmortem/1\ntitle: Logins fail\nstatus: resolved\ndate: 2026-03-01\ntimezone: UTC\n"
BLAME = "{at: 09:14, what: It was human error.}"
OFF = "# postmortem: ignore PM601 because the law calls it so"


def codes(text: str) -> tuple[list[str], int]:
    one = judge("log.yaml", (HEAD + text).encode(), None)
    return [each.code for each in one.diagnostics], one.ignored


@pytest.mark.parametrize(
    "text",
    [
        f"timeline:\n  - {BLAME}  {OFF}\n",
        f"timeline:\n  {OFF}\n  - {BLAME}\n",
        f"timeline:\n  {OFF}\n\n  # and more to say\n  - {BLAME}\n",
        f"summary: |  {OFF}\n  One.\n  It was human error.\ntimeline: [{{what: x}}]\n",
        f"{OFF}\nsummary: |\n  One.\n  It was human error.\ntimeline: [{{what: x}}]\n",
        f"timeline:\n  - {BLAME}  # postmortem: ignore PM999, PM601 because: x\n".replace("PM999", "PM602"),
    ],
)
def test_a_comment_at_the_line_or_above_it_switches_off(text: str) -> None:
    assert codes(text) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        f"timeline:\n  - {BLAME}\n  {OFF}\n",
        f"timeline:\n  {OFF}\n  - {{what: x}}\n  - {BLAME}\n",
        f"timeline:\n  - {BLAME}  {OFF.replace('PM601', 'PM602')}\n",
    ],
)
def test_a_comment_elsewhere_or_on_another_rule_does_not(text: str) -> None:
    assert codes(text) == (["PM601"], 0)


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("# postmortem: ignore PM601", "without a reason"),
        ("# postmortem: ignore PM601 because", "without a reason"),
        ("# postmortem: ignore because it is so", "names none"),
        ("# postmortem: ignore PM205 because it is so", "PM205 cannot"),
    ],
)
def test_a_comment_that_says_too_little_is_an_error_and_does_nothing(comment: str, says: str) -> None:
    one = judge("log.yaml", f"{HEAD}timeline:\n  - {BLAME}  {comment}\n".encode(), None)
    assert sorted(each.code for each in one.diagnostics) == ["PM229", "PM601"]
    assert any(says in each.message for each in one.diagnostics)


def test_settings_and_options_switch_off_with_a_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.yaml").write_text(f"{HEAD}timeline:\n  - {BLAME}\n", encoding="utf-8")
    assert run("check", "--strict", "log.yaml").code == 1
    assert run("check", "--strict", "log.yaml", "--ignore", "PM601", "--ignore-because", "it is so").code == 0
    assert "without a reason" in run("check", "log.yaml", "--ignore", "PM601").err
    assert run("check", "log.yaml", "--ignore", "PM205", "--ignore-because", "x").code == 2
    assert run("check", "log.yaml", "--silent-gap", "long").code == 2
    (tmp_path / "postmortem.toml").write_text(
        'ignore = ["PM601"]\nignore-because = "it is so"\n', encoding="utf-8"
    )
    assert run("check", "--strict", "log.yaml").code == 0


def test_overdue_is_told_by_the_day_that_is_given(run: Run, tmp_path: Path) -> None:
    text = f"{HEAD}timeline: [{{what: x}}]\nactions: [{{what: Measure it., due: 2026-04-01}}]\n"
    (tmp_path / "log.yaml").write_text(text, encoding="utf-8")
    assert run("check", "--strict", "log.yaml", "--now", "2026-04-01").code == 0
    late = run("check", "--strict", "log.yaml", "--now", "2026-04-02T10:00:00Z")
    assert late.code == 1
    assert "PM505" in late.out
    assert run("check", "log.yaml", "--now", "soon").code == 2
