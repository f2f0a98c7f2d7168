"""The HTML report: one file that needs nothing else, and lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.ground.place import Route
from postmortem.ground.theme import PLAIN, Theme
from postmortem.report.facts.facts import Facts
from postmortem.report.templating.templates import environment, folder

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE = "report.html.j2"
_IMAGES = "img-src data:; "
_PROPERTY = re.compile(r"--[a-zA-Z]\w*")


def html(
    facts: Facts,
    line_of: Callable[[Route], int],
    file: str = "",
    withheld: int = 0,
    *,
    theme: Theme = PLAIN,
    logo: str = "",
    template: Path | None = None,
) -> str:
    """Return the report of an incident as one HTML file.

    ``line_of`` tells at which line of the log a route stands, ``file`` is what the page calls the log
    (default: the incident's id), ``withheld`` how many entries were taken out of a public version. ``logo``
    is the `data:` address of the theme's picture, ``template`` an own Jinja template in place of ours.
    """
    from markupsafe import Markup

    from postmortem.report.page.brand import brand_of, style_of
    from postmortem.report.page.page import page_of

    page = page_of(facts, line_of, file or facts.name, withheld)
    style, script = part("style.css", style_of(theme)), part("script.js")
    text = _template(template).render(
        page=page,
        say=page.say,
        brand=brand_of(theme, logo),
        style=Markup(style),
        script=Markup(script),
        policy=policy(style, script),
    )
    if template is None and ' src="data:' not in text:
        text = text.replace(_IMAGES, "", 1)  # the policy stands before all else
    return text if text.endswith("\n") else text + "\n"


def _template(own: Path | None) -> Template:
    if own is None:
        return environment(autoescape=True).get_template(TEMPLATE)
    from postmortem.report.templating.own_template import own_template

    return own_template(own, folder())


def policy(style: str, script: str) -> str:
    """Return the page's content security policy: exactly that style, that script, inlined images."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        f"{_IMAGES}base-uri 'none'; form-action 'none'"
    )


@cache
def part(name: str, more: str = "") -> str:
    """Return the page's style or script as it stands in the page: without comments, indents, line ends.

    The style's custom properties have full names in its file and short ones in the page. ``more`` are rules
    that follow it.
    """
    lines = (folder() / name).read_text(encoding="utf-8").splitlines()
    kept = (line.strip() for line in lines if not line.lstrip().startswith(("/*", "//")))
    text = "".join(line for line in kept if line) + more
    if not name.endswith(".css"):
        return text
    names = dict.fromkeys(_PROPERTY.findall(text))
    short = {name: f"--{chr(97 + i % 26)}{i // 26 or ''}" for i, name in enumerate(names)}
    return _PROPERTY.sub(lambda found: short[found[0]], text)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
