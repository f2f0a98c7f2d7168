"""`postmortem diff`: what changed in meaning between two versions of a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.cli.judging import judging_options
from postmortem.cli.options import color_option, format_option, leave, output_option, write_or_give

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.cli.versions import Versions
    from postmortem.flow import Judged


@click.command("diff", short_help="What changed in meaning between two versions")
@click.argument("paths", nargs=-1, required=True, metavar="OLD NEW | PATH... --base REV")
@click.option(
    "--base", metavar="REV", default=None, help="Compare with this git revision (main, HEAD~1, a tag)."
)
@click.option(
    "--merge-base",
    is_flag=True,
    help="With --base: compare with where the branch left REV, as a pull request does.",
)
@format_option("text", "md", "json")
@click.option("--exit-code", "tell", is_flag=True, help="Leave with 1 where anything changed in meaning.")
@click.option("--report-link", metavar="URL", default=None, help="A link to the rendered report, for md.")
@click.option("--width", type=click.IntRange(60, 200), default=None, help="Columns of the text form.")
@judging_options
@color_option
@output_option
def command(
    paths: tuple[str, ...],
    base: str | None,
    merge_base: bool,
    format_: str,
    tell: bool,
    report_link: str | None,
    width: int | None,
    color: str | None,
    output: str,
) -> None:
    """Show what changed in meaning: events, claims, rulings, conflicts, metrics, sources, factors, actions.

    Compares two logs (or two folders of logs), or logs with what they were at a git revision; files that
    were renamed are followed. Order, comments and layout are no change in meaning. Exit code 0: compared;
    1: the new version has errors, or with --exit-code, something changed; 2: a version cannot be read.
    """
    from postmortem.cli.console import show, wants_ascii, wants_colour, width_of
    from postmortem.cli.findings import worded
    from postmortem.cli.judging import limit_output
    from postmortem.cli.settings import settings_of
    from postmortem.cli.versions import comparison_of

    settings = settings_of(paths)
    pairs = _pairs(paths, base, merge_base)
    limit_output(paths[0], len(pairs))
    compared = [comparison_of(one) for one in pairs]
    told = [one for one in compared if not one.same or len(compared) == 1]
    if format_ == "json":
        from postmortem.review.as_json import as_json

        text = as_json(compared)
    elif format_ == "md":
        from postmortem.review.markdown import markdown

        text = markdown(told, report_link=report_link)
    else:
        from postmortem.review.text import text as as_text

        text = as_text(
            told,
            columns=width or width_of(to_file=output != "-"),
            ascii_only=output == "-" and wants_ascii(),
            colour=output == "-" and wants_colour(color or settings.color),
        )
    write_or_give(output, text)
    judged = [side for one in pairs for side in _to_show(one)] if format_ == "text" else []
    if judged:
        show(worded(judged, "text", color or settings.color, to_file=False, messages=True))
    leave(_code(pairs) or int(tell and any(not one.same for one in compared)))


def _pairs(paths: Sequence[str], base: str | None, merge_base: bool) -> list[Versions]:
    from postmortem.cli.versions import of_base, of_two

    if base is not None:
        return list(of_base(paths, base, merge_base=merge_base))
    if merge_base:
        raise click.UsageError("--merge-base goes with --base REV")
    if len(paths) != 2:
        raise click.UsageError("name two logs (OLD NEW), or logs with --base REV")
    return list(of_two(paths[0], paths[1]))


def _to_show(versions: Versions) -> list[Judged]:
    """Return the versions whose errors are told: the new one, and an old one that was not understood.

    Warnings are counted in the text; `check` tells them.
    """
    from postmortem.ground.record import replace

    old, new = versions.old, versions.new
    shown = [old] if old is not None and old.metrics is None else []
    told = [*shown, new] if new is not None else shown
    errors = [[one for one in each.diagnostics if one.severity == "error"] for each in told]
    return [
        replace(each, diagnostics=tuple(found)) for each, found in zip(told, errors, strict=True) if found
    ]


def _code(pairs: Sequence[Versions]) -> int:
    """Return what the judgements come to: an old version counts where nothing could be compared with it."""
    from postmortem.cli.inputs import exit_code

    news = [one.new for one in pairs if one.new is not None]
    olds = [one.old for one in pairs if one.old is not None and one.old.metrics is None]
    return max(exit_code(news, strict=False), exit_code(olds, strict=False))
