"""`postmortem metrics`: the figures of one log or of several side by side."""

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
    paths_argument,
    write_or_give,
)

if TYPE_CHECKING:
    from postmortem.model.incident import Audience


@click.command("metrics", short_help="Metrics with bounds; several logs side by side")
@paths_argument
@format_option("text", "json", "md", "csv")
@click.option("--width", type=click.IntRange(60, 200), default=None, help="Columns of the text form.")
@lang_option
@audience_option
@judging_options
@color_option
@output_option
def command(
    paths: tuple[str, ...],
    format_: str,
    width: int | None,
    lang: str | None,
    audience: str | None,
    color: str | None,
    output: str,
) -> None:
    """Show the metrics of logs with their bounds and definitions; what is not known is said, never zero."""
    from postmortem.cli.console import show, wants_ascii, wants_colour, width_of
    from postmortem.cli.findings import say_withheld, worded
    from postmortem.cli.inputs import exit_code, judge_all
    from postmortem.cli.judging import limit_output
    from postmortem.cli.settings import settings_of
    from postmortem.report.facts.gather import gather
    from postmortem.report.wording.phrases import ENGLISH, language_of

    settings = settings_of(paths)
    pairs = list(judge_all(paths, cast("Audience", audience or settings.audience)))
    judged = [each for _, each in pairs]
    bad = [each for each in judged if not each.sound]
    if bad:
        show(worded(bad, "text", color or settings.color, to_file=False, messages=True))
    limit_output(paths[0], len(pairs))
    language = ENGLISH if format_ in ("json", "csv") else language_of(lang or settings.lang)
    told = [
        (gather(each.metrics, one.name, language, withheld=each.withheld), each.line_of)
        for one, each in pairs
        if one is not None and each.sound and each.metrics is not None
    ]
    if told:
        several = [facts for facts, _ in told]
        if format_ == "json":
            from postmortem.report.metrics.as_json import metrics_json

            text = metrics_json(told)
        elif format_ == "csv":
            from postmortem.report.metrics.as_csv import metrics_csv

            text = metrics_csv(several)
        elif format_ == "md":
            from postmortem.report.metrics.as_markdown import metrics_markdown

            text = metrics_markdown(several)
        else:
            from postmortem.report.metrics.as_text import metrics_text

            text = metrics_text(
                several,
                width=width or width_of(to_file=output != "-"),
                ascii_only=output == "-" and wants_ascii(),
                color=output == "-" and wants_colour(color or settings.color),
            )
        write_or_give(output, text)
        if format_ == "csv":
            say_withheld(several)
    leave(exit_code(judged, strict=False))
