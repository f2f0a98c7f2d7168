"""Colours and shapes of series: few of each, so that no two neighbours look alike."""

from __future__ import annotations

COLOURS = 6


SHAPES = 6


def series_class(number: int) -> str:
    """Return the class that colours a series."""
    return f"r{number % COLOURS + 1}"
