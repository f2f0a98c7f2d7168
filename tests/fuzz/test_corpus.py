"""The harnesses over their kept corpus, and over a few hundred mutations of it.

`POSTMORTEM_FUZZ` is how much each harness gets, in milliseconds of its work; `make fuzz` runs them longer.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.harnesses.table import HARNESSES, Harness
from tests.fuzz.mutations import mutated

ROUNDS = int(os.environ.get("POSTMORTEM_FUZZ", "400"))
LARGEST_CORPUS = 1_000_000
each = pytest.mark.parametrize("harness", HARNESSES.values(), ids=HARNESSES)


@each
def test_the_kept_corpus_keeps_every_promise(harness: Harness) -> None:
    assert harness.kept()
    for place in harness.kept():
        try:
            harness.run(place.read_bytes())
        except AssertionError as broken:
            raise AssertionError(f"{place.name}: {broken}") from broken


@each
def test_mutations_of_it_keep_every_promise(harness: Harness) -> None:
    kept = [place.read_bytes() for place in harness.kept()]
    for number in range(ROUNDS // harness.cost):
        data = mutated(harness, kept, Random(f"{harness.name}:{number}"))
        try:
            harness.run(data)
        except Exception as broken:
            raise AssertionError(f"{data!r}: {broken}") from broken


def test_the_corpus_is_small() -> None:
    corpus = Path(__file__).with_name("corpus")
    assert sum(place.stat().st_size for place in corpus.rglob("*") if place.is_file()) < LARGEST_CORPUS
