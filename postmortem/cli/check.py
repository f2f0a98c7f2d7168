"""`postmortem check`: validate logs and point at every mistake."""

from __future__ import annotations

import click

from postmortem.cli.direction import bidi_option
from postmortem.cli.options import color_option, leave, output_option, paths_argument, strict_option
from postmortem.cli.time_budget import time_budget_option

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
@click.option(
    "--now",
    metavar="DATE",
    default=None,
    envvar="POSTMORTEM_NOW",
    help="The day that overdue actions are told by (default: today).",
)
@click.option(
    "--ignore",
    metavar="CODE",
    multiple=True,
    envvar="POSTMORTEM_IGNORE",
    help="Switch a rule off; may be given more than once, and needs --ignore-because.",
)
@click.option(
    "--ignore-because",
    metavar="TEXT",
    default=None,
    envvar="POSTMORTEM_IGNORE_BECAUSE",
    help="Why the rules are switched off.",
)
@click.option(
    "--silent-gap",
    metavar="LENGTH",
    default=None,
    envvar="POSTMORTEM_SILENT_GAP",
    help="How long a timeline may be silent: 30m, or a share of the incident (default: 25%).",
)
@strict_option
@bidi_option
@time_budget_option
@color_option
@output_option
def command(
    paths: tuple[str, ...],
    format_: str | None,
    now: str | None,
    ignore: tuple[str, ...],
    ignore_because: str | None,
    silent_gap: str | None,
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
    from postmortem.cli.settings import day_of, policy_of, settings_of
    from postmortem.ground.record import replace

    settings = settings_of(paths)
    asked = replace(
        settings,
        ignore=(*settings.ignore, *ignore),
        ignore_because=ignore_because or settings.ignore_because,
        silent_gap=silent_gap or settings.silent_gap,
    )
    policy = policy_of(asked, day_of(now))
    judged = [each for _, each in judge_all(paths, policy=policy)]
    text = worded(judged, format_ or "text", color or settings.color, to_file=output != "-")
    write_or_give(output, text)
    leave(exit_code(judged, settings.strict if strict is None else strict))
