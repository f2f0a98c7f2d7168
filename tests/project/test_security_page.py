"""What docs/security.md names is there: the tests of its table of attacks, and each attack that is tested."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)
ATTACKS = ("safety/test_attacks.py", "safety/test_attacks_outside.py", "safety/test_attacks_outputs.py")
BESIDE = {
    "test_a_settings_file_that_cannot_be_read_is_one_sentence",
    "test_a_report_cannot_be_run_or_written_to_by_others",
}
"""Of the attacks' tests, those that need no row of their own."""


@cache
def in_file(name: str) -> frozenset[str]:
    text = (ROOT / "tests" / name).read_text(encoding="utf-8")
    return frozenset(re.findall(r"^def (test_\w+)\(", text, re.MULTILINE))


def rows() -> list[str]:
    part = PAGE.partition("## Attacks\n")[2].partition("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("| ")][2:]


@pytest.mark.parametrize(("name", "test"), NAMED)
def test_every_test_that_the_page_names_is_there(name: str, test: str) -> None:
    assert test in in_file(name)


def test_every_attack_has_a_defence_and_a_test() -> None:
    assert len(rows()) > 30
    for row in rows():
        attack, holds, shown = (cell.strip() for cell in row.strip("|").split(" | "))
        assert attack and holds
        assert re.search(r"`[\w/]+\.py::test_\w+`", shown), row


def test_every_test_of_an_attack_has_a_row() -> None:
    named = {test for _, test in NAMED}
    assert {one for name in ATTACKS for one in in_file(name)} - named == BESIDE


def test_paths_that_the_page_names_are_there() -> None:
    for path in re.findall(r"`((?:tests|docs|\.ci|\.github)/[\w./-]+)`", PAGE):
        assert (ROOT / path).exists(), path
