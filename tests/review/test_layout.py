"""The layout of logs: random logs with comments everywhere, foreign YAML, and the project's own logs.

`POSTMORTEM_TEST_SCALE` multiplies how many random logs are tried.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

import pytest

from postmortem.check.format import keys_of
from postmortem.flow import judge
from postmortem.ground.source_text import SourceText
from postmortem.model import incident
from postmortem.model.stating import Stating
from postmortem.read import Document, Mapping, Sequence, read
from postmortem.review.layout import arrange
from postmortem.review.layout.arrange import Unproven, arranged
from postmortem.review.layout.key_order import _ORDERS, key_order

ROOT = Path(__file__).resolve().parents[2]
HOW_MANY = int(os.environ.get("POSTMORTEM_TEST_SCALE", "1")) * 60
PER_TEST = 10
TOP = [
    "format",
    "title",
    "id",
    "date",
    "status",
    "summary",
    "timeline",
    "sources",
    "actions",
    "x-a",
    "tags",
    "zzz",
]
EVENT = [
    "id",
    "at",
    "kind",
    "what",
    "component",
    "source",
    "counts",
    "claims",
    "ruling",
    "stated",
    "x-b",
    "quote",
]
CLAIM = ["source", "at", "stated", "counts", "note"]
FLOW = [
    "{b: 1, a: 2}",
    "{stated: x, at: 18:20, source: [a,  b]}",
    "[]",
    "{}",
    "[a, {source: b, at: 1}]",
    "{at: , b: 2}",
]


class Author:
    """Writes random logs, with comments, blank lines and every kind of quoting."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)

    def log(self) -> str:
        text = self.noise(0) + self.block(TOP, 0, 2)
        if self.dice.random() < 0.2:
            text = text.rstrip("\n")
        if self.dice.random() < 0.2:
            text += "\n\n"
        return text.replace("\n", "\r\n") if self.dice.random() < 0.2 else text

    def noise(self, indent: int) -> str:
        lines = []
        for _ in range(self.dice.choice([0, 0, 0, 1, 1, 2])):
            number = self.dice.randrange(100)
            deep = indent + self.dice.randint(-2, 3)
            lines.append(
                self.dice.choice(["", "  ", " " * indent + f"# c{number}", " " * deep + f"# d{number}  "])
            )
        return "".join(f"{line}\n" for line in lines)

    def scalar(self, indent: int) -> str:
        pad = " " * (indent + 1)
        choice = self.dice.random()
        if choice < 0.4:
            return " " + self.dice.choice(["18:20", "a b", "NO", "~600k", '"q # x"', "'s  t'", "é", "x-y"])
        if choice < 0.55:
            header = self.dice.choice([" |", " >-", " >", " |-", " |2", " |+"])
            body = [self.dice.choice(["text", "# no comment", "  more", "", " trailing  "]) for _ in range(3)]
            return header + self.dice.choice(["", " ", "  # h"]) + "".join(f"\n {pad}{line}" for line in body)
        if choice < 0.65:
            return f' "two\n{pad}lines  \n\n{pad}more"'
        if choice < 0.7:
            return f" plain\n{pad}goes on"
        if choice < 0.85:
            return " " + self.dice.choice([*FLOW, f"{{a: 1,\n{pad}b: 2}}"])
        return self.dice.choice(["", "   wide"])

    def block(self, keys: list[str], indent: int, depth: int, dash: bool = False) -> str:
        text = ""
        for number, key in enumerate(self.dice.sample(keys, self.dice.randint(1, 6) % len(keys) + 1)):
            first = dash and number == 0
            value = self.value(key, indent, depth)
            if "\n" not in value and value.strip():
                value += self.dice.choice(["", "", " # in", "  "])
            text += ("" if first else self.noise(indent) + " " * indent) + f"{key}:{value}\n"
        return text

    def value(self, key: str, indent: int, depth: int) -> str:
        if depth and key in ("timeline", "actions"):
            return "\n" + self.list(EVENT, indent + self.dice.choice([0, 2]), depth - 1)
        if depth and key == "claims":
            return "\n" + self.list(CLAIM, indent + self.dice.choice([0, 2]), 0)
        if depth and key == "sources":
            names = self.dice.sample(["zed", "abe", "mid"], 2)
            entries = (
                f"{self.noise(indent + 2)}{' ' * (indent + 2)}{name}:\n{self.block(CLAIM, indent + 4, 0)}"
                for name in names
            )
            return "\n" + "".join(entries).rstrip("\n")
        return self.scalar(indent)

    def list(self, keys: list[str], indent: int, depth: int) -> str:
        text = ""
        for _ in range(self.dice.randint(1, 4)):
            text += self.noise(indent) + " " * indent
            shape = self.dice.random()
            if shape < 0.15:
                text += f"-{self.scalar(indent)}\n"
            elif shape < 0.25:
                text += f"-\n{self.block(keys, indent + 2, depth)}"
            else:
                text += f"- {self.block(keys, indent + 2, depth, dash=True)}"
        return text.rstrip("\n")


def parsed(text: str) -> Document | None:
    document, findings = read(SourceText("log.yaml", text))
    return None if findings else document


def meaning(node: object) -> object:
    """Return what a tree says, written apart from the tool's own proof."""
    if isinstance(node, Mapping):
        return {key.text: meaning(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [meaning(item) for item in node.items]
    return getattr(node, "text"), getattr(node, "style")  # noqa: B009


def comments(text: str) -> list[str]:
    return sorted(line.strip() for line in text.splitlines() if line.strip().startswith("#"))


@pytest.mark.parametrize("seed", range(HOW_MANY))
def test_random_logs_keep_all_they_say_and_settle_at_once(seed: int) -> None:
    author = Author(seed)
    tried = 0
    for _ in range(PER_TEST):
        text = author.log()
        document = parsed(text)
        if document is None:
            continue
        tried += 1
        new = arranged(document)
        again = parsed(new)
        assert again is not None
        assert meaning(again.root) == meaning(document.root)
        assert comments(new) == comments(text)
        assert ("\r\n" in new) == ("\r\n" in text) or len(text.splitlines()) < 2
        assert arranged(again) == new
    assert tried


@pytest.mark.parametrize("seed", range(HOW_MANY))
def test_a_timeline_is_put_into_any_order_and_stays_whole(seed: int) -> None:
    author = Author(seed + 1_000_000)
    for _ in range(PER_TEST):
        document = parsed(author.log())
        root = meaning(document.root) if document is not None else None
        if document is None or not isinstance(root, dict) or not isinstance(root.get("timeline"), list):
            continue
        order = list(range(len(root["timeline"])))
        author.dice.shuffle(order)
        again = parsed(arranged(document, order))
        assert again is not None
        now = meaning(again.root)
        assert isinstance(now, dict)
        # Only a text that keeps the blank lines after it (`|+`) may hold everything where it is.
        moved = [root["timeline"][at] for at in order]
        assert now["timeline"] == moved or "|+" in document.source.text
        assert {**now, "timeline": 0} == {**root, "timeline": 0}


def test_foreign_yaml_is_kept_or_left_alone(shared: Path) -> None:
    yaml = pytest.importorskip("yaml")
    kept = 0
    for path in sorted((shared / "corpus/hostile/yaml-test-suite").glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            text = str(case.get("yaml", "")).replace("␣", " ").replace("∎\n", "").replace("↵", "")
            for mark in ("—»", "»"):
                text = text.replace(mark, "\t")
            for one in (text.replace("—", ""), text.replace("—", "").replace("\n", "\r\n")):
                document = parsed(one)
                if document is not None:
                    again = parsed(arranged(document))
                    assert again is not None
                    assert meaning(again.root) == meaning(document.root), path.name
                    kept += 1
    assert kept > 300


@pytest.mark.parametrize("path", sorted((ROOT / "incidents").glob("*.yaml")), ids=lambda path: path.name)
def test_the_projects_own_logs_settle_at_once(path: Path) -> None:
    judged = judge(path.name, path.read_bytes(), path.parent)
    assert judged.document is not None
    assert judged.metrics is not None
    timeline = judged.metrics.timeline
    order = [event.index for event in (*timeline.events, *timeline.undated)]
    new = arranged(judged.document, order)
    again = judge(path.name, new.encode(), path.parent)
    assert again.document is not None
    assert again.metrics is not None
    assert [one.key for one in again.metrics.timeline.events] == [one.key for one in timeline.events]
    assert arranged(again.document, list(range(len(order)))) == new
    assert sorted(new.replace(" ", "")) == sorted(path.read_text(encoding="utf-8").replace(" ", ""))


def test_what_is_not_proven_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    document = parsed("title: a\nformat: postmortem/1\n")
    assert document is not None
    monkeypatch.setattr(arrange, "spaced", lambda _, lines: [line.replace("a\n", "b\n") for line in lines])
    with pytest.raises(Unproven):
        arranged(document)


def test_every_key_of_every_kind_has_its_place() -> None:
    kinds = [
        one
        for one in vars(incident).values()
        if isinstance(one, type) and issubclass(one, Stating) and one is not Stating
    ]
    assert incident.Event in kinds
    for kind in kinds:
        order = _ORDERS.get(kind, keys_of(kind))
        assert sorted(order) == sorted(keys_of(kind))
    assert key_order(("timeline", 3, "claims", 0)) == _ORDERS[incident.Claim]
    assert key_order(("sources",)) is None
    assert json.dumps(key_order(("approx",))) == '["clock", "duration", "count"]'
