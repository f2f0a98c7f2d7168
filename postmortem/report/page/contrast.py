"""Contrast of colours, as WCAG 2 reckons it, against the grounds that a report's text stands on."""

from __future__ import annotations

LEAST = 4.5
"""The least contrast of text to its ground (WCAG 2.2, success criterion 1.4.3)."""
GROUNDS = {
    "light": {"page": "#ffffff", "panels": "#f5f6f8"},
    "dark": {"page": "#121518", "panels": "#1a1f24"},
}
"""What links and marks stand on, by scheme: as in the page's style."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours `#rrggbb`: 1 (the same) to 21 (black and white)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
