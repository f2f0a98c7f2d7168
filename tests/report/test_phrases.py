"""The table of phrases: every row is used, every use has its row, every placeholder is filled."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from postmortem.measure.wording import ENGLISH as DEFINITIONS
from postmortem.model.incident import Action, Factor, Kind, Phase, Source
from postmortem.model.stating import fields_of
from postmortem.report.wording.phrases import ENGLISH

ROOT = Path(__file__).resolve().parents[2]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "postmortem" / "report").rglob("*.py"))
    if path.name != "page_phrases.py" and path.parent.name != "languages"
) + "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").glob("*.j2")))
KEY = r"[a-z]+(?:[.-][A-Za-z0-9-]+)+"


def test_every_use_has_its_row() -> None:
    used = set(re.findall(rf"say\(\s*[\"']({KEY})[\"']", CODE))
    assert len(used) > 50
    assert sorted(used - set(ENGLISH.table)) == []


def test_every_row_is_used() -> None:
    made = [_pattern(one) for one in _made_keys()]
    unused = [
        key
        for key in ENGLISH.table
        if key not in DEFINITIONS
        and f'"{key}"' not in CODE
        and f"'{key}'" not in CODE
        and not any(re.fullmatch(pattern, key) for pattern in made)
    ]
    assert unused == []


def _pattern(made: str) -> str:
    """Return what keys may be made so: a part stands for one word, a leading one for several."""
    lead, rest = (".+", made[2:]) if made.startswith("{}") else ("", made)
    return lead + re.escape(rest).replace(r"\{\}", "[^.]+")


def _made_keys() -> set[str]:
    """Return the keys that code makes from a prefix and a part: `kind.{}`, `explain.{}.none`."""
    made = re.findall(r"f[\"']((?:[a-z-]+\.)*(?:[a-z.-]*\{[^{}]+\}[a-z.-]*)+)[\"']", CODE)
    keys = {re.sub(r"\{[^{}]+\}", "{}", one) for one in made}
    keys |= {f"{prefix}{{}}" for prefix in re.findall(r"[\"']([a-z]+\.)[\"']\s*[~+]", CODE)}
    return {key for key in keys if "." in key}


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("kind", get_args(Kind)),
        ("state", get_args(get_args(fields_of(Phase)["state"].type)[0])),
        ("source", get_args(get_args(fields_of(Source)["kind"].type)[0])),
        ("reliability", get_args(get_args(fields_of(Source)["reliability"].type)[0])),
        ("factor", get_args(get_args(fields_of(Factor)["kind"].type)[0])),
        ("confidence", get_args(get_args(fields_of(Factor)["confidence"].type)[0])),
        ("action", get_args(fields_of(Action)["status"].type)),
        ("purpose", get_args(get_args(fields_of(Action)["kind"].type)[0])),
        ("status", ("ongoing", "mitigated", "resolved")),
        ("review", ("draft", "in-review", "accepted")),
    ],
)
def test_every_word_of_the_format_has_its_phrase(prefix: str, words: tuple[str, ...]) -> None:
    assert words
    assert [word for word in words if f"{prefix}.{word}" not in ENGLISH.table] == []


def test_phrases_take_named_placeholders_only() -> None:
    for phrase in ENGLISH.table.values():
        names = [name for _, name, _, _ in Formatter().parse(phrase) if name is not None]
        assert all(name.isidentifier() for name in names), phrase


def test_a_phrase_without_a_row_is_a_fault() -> None:
    with pytest.raises(KeyError):
        ENGLISH.say("no.such")
