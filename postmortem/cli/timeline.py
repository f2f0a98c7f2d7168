"""`postmortem timeline`: the resolved timeline of one log."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from postmortem.cli.judging import judging_options
from postmortem.cli.options import (
    audience_option,
    color_option,
    format_option,
    lang_option,
    leave,
    output_option,
    write_or_give,
)

if TYPE_CHECKING:
    from postmortem.flow import Judged
    from postmortem.model.incident import Audience
    from postmortem.report.facts.facts import Facts


@click.command("timeline", short_help="The resolved timeline, with bounds")
@click.argument("file")
@format_option("text", "json", "md", "csv", "ics", "mermaid")
@click.option(
    "--as-of", metavar="TIME", default=None, help="Show only what was known by then: 18:20, 2023-05-24 18:20."
)
@click.option(
    "--zone", default=None, envvar="POSTMORTEM_ZONE", help="Show times in this zone: UTC, Europe/Paris."
)
@click.option("--width", type=click.IntRange(60, 200), default=None, help="Columns of the text form.")
@click.option("--ascii", "ascii_", is_flag=True, default=None, help="Draw the text form with ASCII only.")
@lang_option
@audience_option
@judging_options
@color_option
@output_option
def command(
    file: str,
    format_: str,
    as_of: str | None,
    zone: str | None,
    width: int | None,
    ascii_: bool | None,
    lang: str | None,
    audience: str | None,
    color: str | None,
    output: str,
) -> None:
    """Show when things happened: each time with its bounds, in order, with what is not certain.

    --as-of keeps the claims known by then: by their `known`, else by their source's `published`;
    claims with neither are left out and counted.
    """
    from postmortem.cli.console import wants_ascii, wants_colour, width_of
    from postmortem.cli.findings import say_withheld
    from postmortem.cli.inputs import judge_file
    from postmortem.cli.moments import moment, zone_name
    from postmortem.cli.settings import settings_of
    from postmortem.report.facts.gather import gather
    from postmortem.report.wording.phrases import ENGLISH, language_of

    settings = settings_of((file,))
    shown_zone = zone_name(zone or settings.zone)
    one, judged = judge_file(file, color or settings.color, cast("Audience", audience or settings.audience))
    if as_of is not None:
        assert judged.incident is not None
        judged = judged.as_of(moment(as_of, judged.incident))
    assert judged.metrics is not None
    language = ENGLISH if format_ in ("json", "csv") else language_of(lang or settings.lang)
    facts = gather(judged.metrics, one.name, language, zone=shown_zone, withheld=judged.withheld)
    if format_ == "text":
        from postmortem.report.timeline.as_text import timeline_text

        text = timeline_text(
            facts,
            width=width or width_of(to_file=output != "-"),
            ascii_only=output == "-" and wants_ascii() if ascii_ is None else ascii_,
            color=output == "-" and wants_colour(color or settings.color),
        )
    else:
        text = _rendered(format_, facts, judged)
    write_or_give(output, text)
    if format_ == "csv":
        say_withheld([facts])
    leave(0)


def _rendered(format_: str, facts: Facts, judged: Judged) -> str:
    if format_ == "json":
        from postmortem.report.timeline.as_json import timeline_json

        return timeline_json(facts, judged.line_of)
    if format_ == "csv":
        from postmortem.report.timeline.as_csv import timeline_csv

        return timeline_csv(facts)
    if format_ == "ics":
        from postmortem.report.timeline.as_ics import timeline_ics

        return timeline_ics(facts)
    if format_ == "mermaid":
        from postmortem.report.timeline.as_mermaid import timeline_mermaid

        return timeline_mermaid(facts)
    from postmortem.report.timeline.as_markdown import timeline_markdown

    return timeline_markdown(facts)
