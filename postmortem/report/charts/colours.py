"""Colours and shapes of series: few of each, so that no two neighbours look alike."""

from __future__ import annotations

COLOURS = 6
SHAPES = 6


def series_class(number: int) -> str:
    """Return the class that colours a series."""
    return f"r{number % COLOURS + 1}"


def shape_of(series: int) -> str:
    """Return the id of a series' mark: another one where the colours begin anew, so that 36 differ."""
    return f"k{(series + series // COLOURS) % SHAPES + 1}"
