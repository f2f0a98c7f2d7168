"""The HTML report: one file that needs nothing else, and lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.ground.place import Route
from postmortem.report.facts import Facts

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "report.html.j2"


def html(facts: Facts, line_of: Callable[[Route], int], file: str = "", withheld: int = 0) -> str:
    """Return the report of an incident as one HTML file.

    ``line_of`` tells at which line of the log a route stands, ``file`` is what the page calls the log
    (default: the incident's id), ``withheld`` how many entries were taken out of a public version.
    """
    from markupsafe import Markup

    from postmortem.report.page import page_of

    page = page_of(facts, line_of, file or facts.name, withheld)
    style, script = part("style.css"), part("script.js")
    text = _environment().get_template(TEMPLATE).render(
        page=page, say=page.say, style=Markup(style), script=Markup(script), policy=policy(style, script)
    )  # fmt: skip
    return text if text.endswith("\n") else text + "\n"


def policy(style: str, script: str) -> str:
    """Return the page's content security policy: exactly that style, that script, inlined images."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def part(name: str) -> str:
    """Return the page's style or script as it stands in the page: without comments, indents, line ends."""
    lines = (folder() / name).read_text(encoding="utf-8").splitlines()
    kept = (line.strip() for line in lines if not line.lstrip().startswith(("/*", "//")))
    return "".join(line for line in kept if line)


@cache
def folder() -> Path:
    """Return where the templates lie: in the installed package, else beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for place in (package / "templates", package.parent / "templates"):
        if (place / TEMPLATE).is_file():
            return place
    raise FileNotFoundError(f"the template {TEMPLATE} is not installed beside the package")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from postmortem.report.compiled import Compiled

    return Environment(
        bytecode_cache=Compiled(),
        loader=FileSystemLoader(folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
