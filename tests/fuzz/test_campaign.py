"""The runs around the harnesses: a broken promise is found, kept and told; a log that takes too long is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT
from tests.fuzz import million
from tests.fuzz.campaign import blind
from tests.fuzz.harnesses.table import HARNESSES, Harness
from tests.fuzz.mutations import mutated


def test_an_input_that_breaks_a_promise_is_kept(tmp_path: Path) -> None:
    def refuses_nines(data: bytes) -> None:
        assert b"9" not in data

    ran = blind(Harness("durations", refuses_nines, 1, "amounts"), 60, tmp_path)
    (place,) = ran.broken
    assert ran.inputs > 0
    assert b"9" in place.read_bytes()


def test_one_that_keeps_them_runs_for_its_time(tmp_path: Path) -> None:
    seen: list[bytes] = []
    ran = blind(Harness("durations", seen.append, 1, "amounts"), 1, tmp_path)
    assert ran.broken == ()
    assert ran.inputs == len(seen) > 100
    assert len(set(seen)) > 50


def test_a_mutation_is_had_again_by_its_seed() -> None:
    for harness in HARNESSES.values():
        kept = [place.read_bytes() for place in harness.kept()]
        first, again = (mutated(harness, kept, Random("a")) for _ in range(2))
        assert first == again
    assert million.data_of(1, 7) == million.data_of(1, 7) != million.data_of(2, 7)


def _stays(_data: bytes) -> None:
    while True:
        pass


def _breaks(_data: bytes) -> None:
    raise AssertionError("not as promised")


@pytest.mark.parametrize(("answer", "why"), [(_stays, "TooSlow"), (_breaks, "not as promised")])
def test_a_log_that_hangs_or_breaks_a_promise_is_told(
    answer: Callable[[bytes], None], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(million, "answered", answer)
    monkeypatch.setattr(million, "MOST_SECONDS", 0.05)
    tally = million.share(1, 3, 4)
    assert [number for number, _ in tally.broken] == [3]
    assert why in tally.broken[0][1]
    assert "broken: log 3" in million.told(tally, 1.0)


def test_some_hundred_mutated_logs_are_answered() -> None:
    tally = million.share(1, 0, 300)
    assert tally.logs == sum(tally.classes.values()) == 300
    assert tally.broken == []
    assert tally.classes["sound (0)"] > 10
    assert len(tally.codes) > 20
    assert all(count > 0 for count in tally.done.values())


def test_what_the_harnesses_run_under_is_pinned_with_hashes() -> None:
    text = (ROOT / ".ci" / "fuzz-requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert entries
    for one in entries:
        assert re.match(r"[a-z]+==[0-9.]+ ; .*--hash=sha256:[0-9a-f]{64}", one), one


def test_the_words_of_a_harness_can_be_written() -> None:
    for place in (Path(__file__).with_name("words")).iterdir():
        assert all(isinstance(one, str) and one for one in json.loads(place.read_text(encoding="utf-8")))
