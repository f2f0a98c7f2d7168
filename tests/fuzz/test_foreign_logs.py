"""Foreign hostile texts in whole logs: as key, value and comment of every kind, and as files of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.promises import answered, read_alike
from tests.read.test_foreign import suite

SHARED = Path(__file__).parents[2].parent / "shared"

# As it stands: whether that makes a key, a value, a comment or nonsense is the text's own affair.
_PLACES = (
    "format: postmortem/1\ntitle: T\nstatus: resolved\n{text}: x\ntimeline:\n  - what: A.\n",
    "format: postmortem/1\ntitle: {text}\nstatus: resolved\ntimeline:\n  - what: A. # {text}\n# {text}\n",
    "format: postmortem/1\ntitle: T\nstatus: resolved\ntimeline:\n  - {{id: a, {text}: b, what: {text}}}\n",
    "format: postmortem/1\ntitle: T\nstatus: {text}\ndate: {text}\ntimezone: {text}\ntimeline:\n"
    "  - id: {text}\n    at: {text}\n    for: {text}\n    what: W\n    source: [{text}]\n"
    "    counts: {{m: {text}}}\n",
)
_QUOTED = (
    "format: postmortem/1\ntitle: {text}\nstatus: resolved\ndate: {text}\n"
    "sources: {{{text}: {{title: {text}}}}}\n"
    "measures: {{{text}: {{title: {text}}}}}\nseries: [{{measure: {text}, file: {text}}}]\ntimeline:\n"
    "  - {{id: {text}, at: {text}, source: {text}, what: {text}, counts: {{{text}: {text}}}, url: {text}}}\n"
)


@pytest.fixture(scope="module")
def hostile() -> Path:
    folder = SHARED / "corpus" / "hostile"
    if not folder.is_dir():
        pytest.skip(f"the shared corpus is not there: {folder}")
    return folder


def strings(folder: Path) -> list[str]:
    found: list[str] = json.loads((folder / "naughty-strings.json").read_text(encoding="utf-8"))
    assert len(found) >= 515
    return found


def written(text: str) -> Iterator[str]:
    for place in _PLACES:
        yield place.format(text=text)
    yield _QUOTED.format(text=json.dumps(text, ensure_ascii=False))


def test_naughty_strings_in_a_log_are_answered_at_their_place(hostile: Path) -> None:
    for string in strings(hostile):
        for log in written(string):
            data = log.encode("utf-8", "surrogatepass")
            try:
                answered(data)
            except AssertionError as broken:
                raise AssertionError(f"{log!r}: {broken}") from broken


def test_the_cases_of_the_yaml_suite_are_answered_at_their_place(hostile: Path) -> None:
    cases = list(suite(hostile))
    assert len(cases) >= 402
    for name, text, _ in cases:
        data = text.encode("utf-8", "surrogatepass")
        try:
            one = answered(data)
            read_alike(data)
        except AssertionError as broken:
            raise AssertionError(f"{name}: {broken}") from broken
        assert not one.sound, name
        assert one.diagnostics, name
