"""Colours of findings on a terminal; nothing is told by them alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

Tone: TypeAlias = Callable[[str], str]


class Paint(NamedTuple):
    """How each part of a finding is coloured."""

    error: Tone
    warning: Tone
    frame: Tone
    strong: Tone


def painter(colour: bool) -> Paint:
    """Return the tones of a terminal, or none at all."""
    if not colour:
        return Paint(_plain, _plain, _plain, _plain)
    return Paint(_tone("1;31"), _tone("1;33"), _tone("34"), _tone("1"))


def _plain(said: str) -> str:
    return said


def _tone(number: str) -> Tone:
    return lambda said: f"\x1b[{number}m{said}\x1b[0m"
