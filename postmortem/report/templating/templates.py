"""The templates of reports: where they lie, in the package or beside it, and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_MARK = "report.md.j2"


@cache
def folder() -> Path:
    """Return the folder of templates; FileNotFoundError where the installation is not whole."""
    package = Path(__file__).resolve().parents[2]
    for place in (package / "templates", package.parent / "templates"):
        if (place / _MARK).is_file():
            return place
    raise FileNotFoundError(f"the template {_MARK} is not installed beside the package")


@cache
def environment(*, autoescape: bool, finalize: Callable[[object], object] | None = None) -> Environment:
    """Return what renders our own templates: names that do not exist are faults, lines of tags leave nothing.

    Values are escaped for HTML with ``autoescape``; else ``finalize`` sees each one last.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from postmortem.report.templating.compiled import Compiled

    return Environment(
        bytecode_cache=Compiled(),
        loader=FileSystemLoader(folder(), encoding="utf-8"),
        autoescape=autoescape,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
