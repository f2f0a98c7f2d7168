"""Blind mutations: inputs of the corpus with pieces cut, doubled, put in and run together, by a seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.fuzz.harnesses.table import Harness
from tests.fuzz.log_mutations import changed_log, mutated_log

_BYTES = (
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\n",
    b"\r",
    b"\t",
    b" ",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"9" * 40,
)
_MOST = 4096


def mutated(harness: Harness, kept: Sequence[bytes], chance: Random) -> bytes:
    """Return an input for a harness, made of those that are kept; alike for the same state of ``chance``."""
    if harness.of_logs and not kept:
        return mutated_log(chance)
    data = chance.choice(kept) if kept else b""
    words = harness.pieces
    if harness.of_logs and chance.random() < 0.8:
        return changed_log(data, chance)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        data = changed(data, kept, words, chance)[:_MOST]
    return data


def changed(data: bytes, kept: Sequence[bytes], words: Sequence[str], chance: Random) -> bytes:
    """Return bytes with one change in them."""
    at = chance.randrange(len(data) + 1)
    to = min(len(data), at + chance.choice((0, 1, 1, 2, 4, 8, 20)))
    kind = chance.randrange(8)
    if kind == 0:
        return data[:at] + data[to:]
    if kind == 1:
        return data[:at] + data[at:to] * chance.choice((2, 2, 3, 40)) + data[to:]
    if kind == 2:
        return data[:at] + bytes((chance.randrange(256),)) + data[at + 1 :]
    if kind == 3 and kept:
        other = chance.choice(kept)
        return data[:at] + other[chance.randrange(len(other) + 1) :]
    if kind == 4 or not words:
        return data[:at] + chance.choice(_BYTES) + data[to:]
    return data[:at] + chance.choice(words).encode("utf-8", "surrogatepass") + data[to:]
