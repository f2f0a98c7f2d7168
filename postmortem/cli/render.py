"""`postmortem render`: the reports of incidents, one set of files a log."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from postmortem.cli.judging import judging_options
from postmortem.cli.options import (
    audience_option,
    cannot_write,
    color_option,
    lang_option,
    leave,
    paths_argument,
    strict_option,
)
from postmortem.ground.settings import FORMATS
from postmortem.ground.terminal import clean

if TYPE_CHECKING:
    from postmortem.cli.inputs import Input
    from postmortem.cli.looks import Look
    from postmortem.flow import Judged
    from postmortem.model.incident import Audience


@click.command("render", short_help="Reports of incidents: HTML, Markdown, JSON, PDF")
@paths_argument
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    default=None,
    envvar="POSTMORTEM_OUTPUT",
    help="Where to write (default: build). '-' writes one report to standard output.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    envvar="POSTMORTEM_FORMAT",
    help="What to write; may be given more than once (default: html and md).",
)
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    default=None,
    envvar="POSTMORTEM_TEMPLATE",
    help="Use this Jinja template for HTML and PDF. It is code: use only what you trust.",
)
@click.option("--as-of", metavar="TIME", default=None, help="Report only what was known by then: 18:20.")
@lang_option
@audience_option
@strict_option
@judging_options
@color_option
def command(
    paths: tuple[str, ...],
    output: str | None,
    formats: tuple[str, ...],
    template: str | None,
    as_of: str | None,
    lang: str | None,
    audience: str | None,
    strict: bool | None,
    color: str | None,
) -> None:
    """Render the reports of logs: files, folders, or '-' for standard input.

    With --audience public everything internal is taken out of a log before anything is derived from it;
    a log that names no public part, or whose public part gives away secrets or persons, gets no report.
    With --as-of the report tells what responders could know at that moment, and counts what it leaves out.
    A log with errors gets no report; the others do. Prints the files it wrote. Exit code 0: all
    reports are written; 1: a log has errors; 2: a file could not be read or written.
    """
    from postmortem.cli.console import give, show
    from postmortem.cli.findings import worded
    from postmortem.cli.inputs import exit_code, expand, judge_one
    from postmortem.cli.judging import time_budget
    from postmortem.cli.looks import look_of
    from postmortem.cli.moments import moment
    from postmortem.cli.progress import shown
    from postmortem.cli.settings import settings_of
    from postmortem.flow import Judged
    from postmortem.ground.budget import TooSlow, within

    settings = settings_of(paths)
    wanted = tuple(dict.fromkeys(formats)) or settings.format
    target = output or settings.output
    for_whom = cast("Audience", audience or settings.audience)
    look = look_of(settings, wanted, lang, template)
    inputs = list(expand(paths))
    plan = _plan([one for one in inputs if not isinstance(one, Judged)], wanted, target)
    judged: list[Judged] = []
    for one in shown(inputs, lambda one: one.file if isinstance(one, Judged) else one.shown):
        each = one if isinstance(one, Judged) else judge_one(one, for_whom)
        judged.append(each)
        if isinstance(one, Judged) or not each.sound:
            continue
        if as_of is not None:
            assert each.incident is not None
            each = each.as_of(moment(as_of, each.incident))
        for format_ in wanted:
            seconds = time_budget(one.shown)
            try:
                with within(seconds, unasked=format_ == "pdf"):
                    data = _report(each, one, format_, look, plan.get((one, format_)))
            except TooSlow:
                judged[-1] = judged[-1].out_of_time(seconds)
                continue
            if target == "-":
                give(data)
            else:
                give(_written(plan[one, format_], data))
    told = [each for each in judged if each.diagnostics]
    if told:
        show(worded(told, "text", color or settings.color, to_file=False, messages=True))
    leave(exit_code(judged, settings.strict if strict is None else strict))


def _plan(inputs: list[Input], formats: tuple[str, ...], target: str) -> dict[tuple[Input, str], Path]:
    """Return where each report goes, before anything is written; two into one place is a usage error."""
    if target == "-":
        if len(inputs) * len(formats) > 1:
            raise click.UsageError(
                "standard output takes one report: name one log and one --format, or a folder with -o"
            )
        return {}
    plan: dict[tuple[Input, str], Path] = {}
    taken: dict[str, Input] = {}
    for one in inputs:
        for format_ in formats:
            place = (Path(target) / one.below).with_suffix(f".{format_}")
            # Where links lead: two names may be of one file.
            end = os.path.realpath(place)
            if end in taken:
                raise click.UsageError(_one_place(taken[end], one, place))
            taken[end] = one
            plan[one, format_] = place
    return plan


def _one_place(first: Input, second: Input, place: Path) -> str:
    if first == second:
        return (
            f"two reports of {first.shown} would both be written to where {place} leads; take that link away"
        )
    return (
        f"{first.shown} and {second.shown} would both be written to {place}; "
        "render them into two folders with -o"
    )


def _report(judged: Judged, one: Input, format_: str, look: Look, place: Path | None) -> str | bytes:
    from postmortem.cli.judging import today
    from postmortem.cli.looks import page
    from postmortem.report.facts.gather import gather
    from postmortem.report.wording.phrases import ENGLISH, language_of

    assert judged.metrics is not None
    language = ENGLISH if format_ == "json" else language_of(look.lang)
    facts = gather(judged.metrics, one.name, language, withheld=judged.withheld, today=today())
    if format_ in ("html", "pdf"):
        return page(facts, judged, one.below.name, look, format_)
    if format_ == "md":
        from postmortem.report.markdown.markdown import markdown

        return markdown(facts, judged.line_of, _way(place, one.path))
    from postmortem.report.report_json import report_json

    return report_json(facts, judged.line_of)


def _way(place: Path | None, log: Path | None) -> str:
    """Return the way from a report's folder to the log's, for links to files beside it; '' where unknown."""
    from urllib.parse import quote

    if place is None or log is None:
        return ""
    try:
        # Not Path.resolve, which some Pythons end with a fault of their own on a circle of links.
        ends = (Path(os.path.realpath(one)).parent for one in (log, place))
        way = os.path.relpath(*ends)
    except ValueError:  # two drives have no way between them
        return ""
    return "" if way == "." else quote(way.replace(os.sep, "/")) + "/"


def _written(place: Path, data: str | bytes) -> str:
    from postmortem.ground.files import make_folders, write_whole

    try:
        make_folders(place.parent)
        write_whole(place, data if isinstance(data, bytes) else data.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise cannot_write(place, error) from error
    return f"{clean(str(place), lines=False)}\n"
