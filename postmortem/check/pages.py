"""The page of each diagnostic code: what `explain CODE` prints."""

from __future__ import annotations

from pathlib import Path

from postmortem.ground.codes import CODES

_PACKAGE = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """Return where the pages lie: in the installed package, else in the checkout's `docs`."""
    shipped = _PACKAGE / "rules"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "docs" / "rules"


def page(code: str) -> str:
    """Return the page of ``code`` as Markdown; KeyError where there is no such code."""
    return (folder() / f"{CODES[code].code}.md").read_text(encoding="utf-8")


def headline(code: str) -> str:
    """Return the first line of the page of ``code`` without its mark: ``PM205 bad-time``."""
    row = CODES[code]
    return f"{row.code} {row.slug}"
