"""Where the templates of reports lie: in the installed package, else beside the package in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_MARK = "report.md.j2"


@cache
def folder() -> Path:
    """Return the folder of templates; FileNotFoundError where the installation is not whole."""
    package = Path(__file__).resolve().parents[2]
    for place in (package / "templates", package.parent / "templates"):
        if (place / _MARK).is_file():
            return place
    raise FileNotFoundError(f"the template {_MARK} is not installed beside the package")
