"""Mutation testing itself: on a small module it kills what is tested, and tells what is not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.equivalents import read_equivalents
from tests.mutation.groups import GROUPS
from tests.mutation.mutants import Module
from tests.mutation.regexes import regex_mutations

ROOT = Path(__file__).parents[2]

TOY = '''"""A toy."""

import re

_WORD = re.compile("[ab]+")
_LEAST = 2


def long_enough(text: str) -> bool:
    """Say whether it is."""
    return len(text) >= _LEAST


def word(text: str) -> str:
    found = _WORD.match(text)
    return found[0] if found else "none at all"


def never_run(number: int) -> int:
    return number + 1
'''
TESTS = """
from postmortem.toy import long_enough, word

def test_length():
    assert long_enough("ab")

def test_too_short():
    assert not long_enough("a")

def test_word():
    assert word("abba!") == "abba"
    assert word("!ab") == "none at all"
"""
RUN = """
import sys
from pathlib import Path
from tests.mutation.groups import Group
from tests.mutation.run import main
sys.exit(main(sys.argv[1:], Path.cwd(), {"toy": Group(("postmortem/*.py",), ("toy_tests",))}))
"""


def _toy(folder: Path, entries: str) -> subprocess.CompletedProcess[str]:
    for path, text in (
        ("postmortem/__init__.py", ""),
        ("postmortem/toy.py", TOY),
        ("toy_tests/test_toy.py", TESTS),
        ("pyproject.toml", ""),
        ("tests/mutation/equivalent.toml", entries),
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", RUN, "toy", "--store", "kills"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants live in forked processes")
def test_it_kills_what_is_tested_tells_what_is_not_and_counts_what_is_argued(tmp_path: Path) -> None:
    head = '[[mutant]]\nmodule = "postmortem/toy.py"\nreason = "nobody runs it"\n'
    entry = head + 'function = "{}"\nwas = "{}"\nbecomes = {}\n'
    argued = entry.format("never_run", "return number + 1", '["return None", "return number - 1"]')
    killed = entry.format("long_enough", "return len(text) >= _LEAST", '"return None"')
    ran = _toy(tmp_path, argued + killed)
    assert ran.returncode == 1, ran.stderr
    told = re.findall(r"^postmortem/toy\.py:(\d+) ?(\w*)\n    - (.*)\n    \+ (.*)$", ran.stdout, re.M)
    assert told == [
        ("20", "never_run", "return number + 1", "return number + 2"),
        ("20", "never_run", "return number + 1", "return number + 0"),
    ]
    row = re.search(r"^all of toy +(\d+) +(\d+) +2 +2 ", ran.stdout, re.M)
    assert row is not None
    assert int(row[1]) - int(row[2]) == 4 and int(row[2]) > 12
    assert "long_enough: `return len(text) >= _LEAST` -> `return None`: it is killed" in ran.stdout
    kills = (tmp_path / "kills").read_text(encoding="utf-8").splitlines()
    assert len(kills) == int(row[2])


@pytest.mark.parametrize(
    ("pattern", "some"),
    [
        ("a+", ["a*", "a"]),
        ("[^ab]", ["[ab]", "[^b]", "[^a]"]),
        ("[a-c]", ["[^a-c]", "[b-c]", "[a-b]"]),
        (r"\d{1,3}$", [r"\D{1,3}$", r"\d{0,3}$", r"\d{2,3}$", r"\d{1,2}$", r"\d{1,4}$", r"\d{1,3}"]),
        ("x(?:a|b)y", ["x(?:b)y", "x(?:a)y"]),
        ("(?=a)", ["(?!a)"]),
    ],
)
def test_patterns_are_changed_in_one_respect(pattern: str, some: list[str]) -> None:
    assert set(some) <= set(regex_mutations(pattern))
    for one in regex_mutations(pattern):
        re.compile(one)


def test_every_group_has_modules_and_every_entry_a_reason_and_a_module() -> None:
    for group in GROUPS.values():
        assert group.paths(ROOT)
        assert all((ROOT / path).exists() for path in group.tests)
    modules = {path for group in GROUPS.values() for path in group.paths(ROOT)}
    for entry in read_equivalents(ROOT / "tests/mutation/equivalent.toml"):
        assert entry.module in modules


def test_wording_and_annotations_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        '"""Text of it."""\ndef a(b: int = 3) -> str:\n    """Say."""\n    return "some words"\n',
        encoding="utf-8",
    )
    told = [(one.was, one.becomes) for one in Module(tmp_path, "a.py").mutants]
    assert told == [
        ("def a(b: int=3) -> str:", "def a(b: int=4) -> str:"),
        ("def a(b: int=3) -> str:", "def a(b: int=2) -> str:"),
        ("return 'some words'", "return None"),
    ]
