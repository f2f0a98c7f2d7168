"""How `render` makes pages look: language, theme with its logo, own template, all checked beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.cli.options import CannotWrite
from postmortem.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.flow import Judged
    from postmortem.ground.settings import Settings
    from postmortem.ground.theme import Theme
    from postmortem.report.facts.facts import Facts


@record
class Look:
    """What all reports of one run share; ``logo`` is a `data:` address, '' where there is none."""

    lang: str
    theme: Theme
    logo: str
    template: Path | None


def look_of(settings: Settings, formats: Sequence[str], lang: str | None, template: str | None) -> Look:
    """Return the look that settings and options ask for; logo and extras are looked for where needed."""
    paged = "html" in formats or "pdf" in formats
    if template and not paged:
        raise click.UsageError("--template is for HTML and PDF; ask for one of them with --format")
    if "pdf" in formats:
        from postmortem.report.pdf.pdf import missing

        if why := missing():
            raise click.UsageError(why)
    logo = _logo(settings.theme.logo) if paged and settings.theme.logo else ""
    return Look(lang or settings.lang, settings.theme, logo, Path(template) if template else None)


def _logo(path: Path) -> str:
    from postmortem.cli.console import reason
    from postmortem.report.page.logo import NoLogo, logo_address

    try:
        return logo_address(path)
    except NoLogo as error:
        raise click.UsageError(f"the logo `{path.name}` of the theme cannot be used: {error}") from error
    except OSError as error:
        raise click.UsageError(
            f"the logo `{path.name}` of the theme cannot be read: {reason(error)}"
        ) from error


def page(facts: Facts, judged: Judged, file: str, look: Look, format_: str) -> str | bytes:
    """Return the report as HTML, or as PDF made of it."""
    from postmortem.report.page.html import html

    try:
        text = html(
            facts,
            judged.line_of,
            file,
            judged.withheld or 0,
            theme=look.theme,
            logo=look.logo,
            template=look.template,
        )
    except Exception as error:
        if look.template is None:
            raise
        from postmortem.report.templating.own_template import told

        raise CannotWrite(f"the template `{look.template.name}` cannot be used: {told(error)}") from error
    if format_ == "html":
        return text
    from postmortem.report.pdf.paper import paper
    from postmortem.report.pdf.pdf import pdf

    return pdf(text, paper(look.theme) if look.template is None else "")
