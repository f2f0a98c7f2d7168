"""Every colour of text is told from every ground it stands on, light and dark (WCAG 2.2 AA: 4.5 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).resolve().parents[2] / "templates" / "style.css").read_text(encoding="utf-8")
TEXT_ON = {
    "--ink": ("--bg", "--panel", "--hl", "--degT", "--dwnT", "--okT", "--movT"),
    "--ink2": ("--bg", "--panel", "--hl", "--degT", "--dwnT", "--okT", "--movT"),
    "--ink3": ("--bg", "--panel", "--degT", "--okT", "--dwnT", "--movT"),
    "--deg": ("--bg", "--degT"),
    "--dwn": ("--bg", "--dwnT"),
    "--ok": ("--bg", "--okT"),
    "--mov": ("--bg", "--movT", "--panel"),
    "--acc": ("--bg", "--panel", "--hl"),
    "--bg": ("--ink", "--ink2", "--deg", "--ok", "--mov"),
    **{f"--r{i}": ("--bg", "--panel", "--degT", "--okT", "--dwnT") for i in range(1, 7)},
}


def _colours(dark: bool) -> dict[str, str]:
    light_part, dark_part = STYLE.split("@media screen and (prefers-color-scheme:dark)")
    dark_part = dark_part.split("}}")[0]
    found = dict(re.findall(r"(--\w+):(#[0-9a-f]{3,6}|var\(--\w+\))", light_part))
    if dark:
        found |= dict(re.findall(r"(--\w+):(#[0-9a-f]{3,6}|var\(--\w+\))", dark_part))
    while any(value.startswith("var") for value in found.values()):
        found = {
            key: found[value[4:-1]] if value.startswith("var") else value for key, value in found.items()
        }
    return found


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"), [(text, one) for text, grounds in TEXT_ON.items() for one in grounds]
)
def test_text_is_told_from_its_ground(text: str, ground: str, dark: bool) -> None:
    colours = _colours(dark)
    lights = sorted((_luminance(colours[text]), _luminance(colours[ground])))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5
