"""`postmortem ci github`: what the GitHub Action runs over the logs that a pull request touches."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.cli.judging import judging_options
from postmortem.cli.options import CannotWrite, cannot_write, leave

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.cli.ci_event import Event
    from postmortem.flow import Judged
    from postmortem.report.findings.examined import Examined

_BOT = "github-actions[bot]"
_COMMENT = "comment.md"
_LONGEST_NAME = 150  # of letters, so that a report of the deepest path still has a name that a disk takes


@click.group("ci")
def command() -> None:
    """Run the checks of a continuous integration."""


@command.command("github")
@click.option("--paths", envvar="POSTMORTEM_CI_PATHS", default="", help="Where the logs lie, a path a line.")
@click.option(
    "--strict", envvar="POSTMORTEM_CI_STRICT", type=click.BOOL, default=False, help="Warnings fail, too."
)
@click.option("--output", envvar="POSTMORTEM_CI_OUTPUT", default="build/postmortem", help="Where reports go.")
@click.option(
    "--comment", envvar="POSTMORTEM_CI_COMMENT", type=click.BOOL, default=False, help="Write the comment."
)
@click.option(
    "--report-link", envvar="POSTMORTEM_CI_REPORT_LINK", default="", help="Where the reports are found."
)
@judging_options
def github(paths: str, strict: bool, output: str, comment: bool, report_link: str) -> None:
    """Check the logs that this run touches: annotations, summary, reports, and the text of the comment.

    Writes annotations to standard output, the reports and `comment.md` to the output folder, the summary
    and the figures where GitHub wants them. With --comment posts or updates the comment of the pull
    request, where the run's token may: not for forks.
    """
    from postmortem.cli.ci_event import event_of
    from postmortem.cli.ci_logs import checked_paths, touched
    from postmortem.cli.console import give
    from postmortem.cli.inputs import exit_code
    from postmortem.cli.versions import comparison_of
    from postmortem.report.findings.forms import findings_as
    from postmortem.review.markdown import markdown

    event = event_of(os.environ)
    logs = touched(checked_paths(paths), event.base)
    judged = [one.new for one in logs if one.new is not None]
    files = [_examined(one) for one in judged]
    give(findings_as("github", files) if files else "no log is touched\n")
    folder = Path(output)
    reports = _reports(judged, folder / "reports")
    comparisons = [comparison for one in logs if not (comparison := comparison_of(one)).same]
    text = markdown(comparisons, report_link=report_link or None)
    _write(folder / _COMMENT, text)
    _append("GITHUB_STEP_SUMMARY", _summary(files, text))
    _figures(judged, reports, len(logs))
    if comment:
        _comment(event, text, anything=bool(comparisons))
    leave(exit_code(judged, strict))


def _examined(judged: Judged) -> Examined:
    from postmortem.report.findings.examined import Examined

    return Examined(
        judged.file,
        judged.excerpts,
        judged.diagnostics,
        events=len(judged.incident.timeline) if judged.incident else 0,
        sources=len(judged.incident.sources) if judged.incident else 0,
        ignored=judged.ignored,
    )


def _reports(judged: Sequence[Judged], folder: Path) -> int:
    """Render the logs that are sound, each as its settings ask and under a name of its own; say how many."""
    from postmortem.cli.judging import today
    from postmortem.cli.looks import look_of, page
    from postmortem.cli.settings import settings_of
    from postmortem.report.facts.gather import gather
    from postmortem.report.markdown.markdown import markdown
    from postmortem.report.wording.phrases import language_of

    taken: set[str] = set()
    refused: list[Judged] = []
    for whole in judged:
        settings = settings_of((whole.file,))
        one = _for_the_public(whole) if settings.audience == "public" and whole.sound else whole
        if not one.sound or one.metrics is None:
            refused += [one] if whole.sound else []
            continue
        name = Path(one.file)
        look = look_of(settings, ("html", "md"), None, None)
        language = language_of(look.lang)
        facts = gather(one.metrics, name.stem, language, withheld=one.withheld, today=today())
        report = _of_its_own(_slug(one.file), taken)
        _write(folder / f"{report}.html", page(facts, one, name.name, look, "html"))
        _write(folder / f"{report}.md", markdown(facts, one.line_of))
    _say_refused(refused, sum(one.severity == "warning" for each in judged for one in each.diagnostics))
    return len(taken)


def _say_refused(refused: Sequence[Judged], warnings: int) -> None:
    """Say which logs got no report, within the warnings that a step may show beside those of its findings."""
    from postmortem.cli.console import give
    from postmortem.ground.terminal import clean
    from postmortem.report.findings.examined import counted
    from postmortem.report.findings.github import MOST_OF_A_KIND

    left = max(0, MOST_OF_A_KIND - warnings - 1)  # one for the comment
    for number, one in enumerate(refused):
        words = f"no report of `{one.file}` for the public: {one.diagnostics[0].message}"
        if number < left:
            _say("warning", words)
        else:
            give(f"{clean(words, lines=False)}\n")
    if more := len(refused[left:]):
        _say(
            "notice",
            f"no report of {counted(more, 'more log')} for the public: the log of this step says why",
        )


def _for_the_public(judged: Judged) -> Judged:
    """Return a log judged anew as the public may see it."""
    from postmortem.cli.inputs import Input, judge_one

    path = Path(judged.file)
    return judge_one(Input(judged.file, path, Path(path.name), Path.cwd()), "public")


def _of_its_own(name: str, taken: set[str]) -> str:
    """Return a name that no report has yet, and take it: `a/b.yaml` and `a-b.yaml` are two logs.

    Names that differ in capitals only are one on the machines where an artifact is opened.
    """
    free, number = name, 1
    while free.lower() in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free.lower())
    return free


def _slug(file: str) -> str:
    """Return a log's path as one name of letters, digits and dashes; two logs may come to the same."""
    stem = file.replace("\\", "/").removeprefix("./").rpartition(".")[0] or file
    return (
        "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in stem).split())
        or "log"
    )[:_LONGEST_NAME]


def _summary(files: Sequence[Examined], text: str) -> str:
    """Return the findings with the text of the comment behind them; it is the findings that are cut."""
    from postmortem.report.findings.step_summary import MOST_BYTES, step_summary

    behind = f"\n{text}\n"
    return (step_summary(files, MOST_BYTES - len(behind.encode("utf-8"))) if files else "") + behind


def _figures(judged: Sequence[Judged], reports: int, logs: int) -> None:
    severities = [one.severity for each in judged for one in each.diagnostics]
    _append(
        "GITHUB_OUTPUT",
        f"logs={logs}\nreports={reports}\n"
        f"errors={severities.count('error')}\nwarnings={severities.count('warning')}\n",
    )


def _comment(event: Event, text: str, *, anything: bool) -> None:
    from postmortem.cli.ci_comment import Place, Refused
    from postmortem.cli.console import give

    token = os.environ.get("GITHUB_TOKEN", "")
    if event.number is None or event.repository is None:
        return
    if not event.own or not token:
        _say("notice", "no comment is written: this run may not (the summary has the same text)")
        return
    place = Place(
        os.environ.get("GITHUB_API_URL", "https://api.github.com"),
        event.repository,
        event.number,
        token,
        os.environ.get("POSTMORTEM_CI_AUTHOR") or _BOT,
    )
    try:
        done = place.put(text, only_anew=not anything)
    except Refused as refused:
        # The checks have been made and said; a comment that cannot be written must not hide them.
        _say("warning", f"the comment could not be written: {refused}")
        return
    give(f"comment {done}\n")


def _say(kind: str, text: str) -> None:
    from postmortem.cli.console import give
    from postmortem.ground.terminal import clean

    give(f"::{kind} title=postmortem::{clean(text, lines=False).replace('%', '%25')}\n")


def _append(variable: str, text: str) -> None:
    place = os.environ.get(variable)
    if not place:
        return
    from postmortem.cli.console import reason
    from postmortem.ground.files import append_whole

    try:
        append_whole(place, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CannotWrite(f"the file that {variable} names cannot be written: {reason(error)}") from error


def _write(place: Path, text: str | bytes) -> None:
    from postmortem.ground.files import make_folders, write_whole

    try:
        make_folders(place.parent)
        write_whole(place, text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text)
    except OSError as error:
        raise cannot_write(place, error) from error
