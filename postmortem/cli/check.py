"""`postmortem check`: validate logs and point at every mistake."""

from __future__ import annotations

import click

from postmortem.cli.judging import judging_options
from postmortem.cli.options import color_option, leave, output_option, paths_argument, strict_option

FORMATS = ("text", "concise", "json", "github", "gitlab", "sarif", "rdjson", "summary")
"""The names of `postmortem.report.findings.forms`, told here so that help and completion import nothing."""


@click.command("check", short_help="Validate incident logs, point at every mistake")
@paths_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default=None,
    envvar="POSTMORTEM_CHECK_FORMAT",
    help="How to write the findings (default: text).",
)
@strict_option
@judging_options
@color_option
@output_option
def command(
    paths: tuple[str, ...],
    format_: str | None,
    strict: bool | None,
    color: str | None,
    output: str,
) -> None:
    """Check incident logs: files, folders, or '-' for standard input.

    All findings of all files come in one run. Exit code 0: no errors (with --strict: no warnings
    either); 1: there are some; 2: a file could not be read.
    """
    from postmortem.cli.findings import worded
    from postmortem.cli.inputs import exit_code, judge_all
    from postmortem.cli.options import write_or_give
    from postmortem.cli.settings import settings_of

    settings = settings_of(paths)
    judged = [each for _, each in judge_all(paths)]
    text = worded(judged, format_ or "text", color or settings.color, to_file=output != "-")
    write_or_give(output, text)
    leave(exit_code(judged, settings.strict if strict is None else strict))
