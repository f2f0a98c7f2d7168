"""`postmortem explain`: a rule in full, or why a bound or a value is what it is."""

from __future__ import annotations

import re
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
    from postmortem.model.incident import Audience

_CODE = re.compile(r"[Pp][Mm]\d{3}\Z")


@click.command("explain", short_help="A rule in full, or why a bound or a value is what it is")
@click.argument("subject", metavar="CODE | FILE")
@click.argument("thing", required=False)
@format_option("text", "json")
@click.option(
    "--width",
    type=click.IntRange(60, 200),
    default=None,
    help="Columns of the text form (default: the terminal's; elsewhere lines are left whole).",
)
@lang_option
@audience_option
@judging_options
@color_option
@output_option
def command(
    subject: str,
    thing: str | None,
    format_: str,
    width: int | None,
    lang: str | None,
    audience: str | None,
    color: str | None,
    output: str,
) -> None:
    """Explain a rule: `explain PM205`. Or a thing of a log: `explain FILE THING`.

    THING is an event, an event's measure (peak.listeners), a metric, a source or a factor. The answer
    is the chain of claims, each with its line and source.
    """
    from postmortem.cli.console import at_terminal, wants_ascii, width_of

    ascii_only = output == "-" and wants_ascii()
    columns = width or (width_of() if output == "-" and at_terminal() else None)
    if thing is None:
        write_or_give(output, _rule(subject, format_, columns, ascii_only=ascii_only))
        return
    from postmortem.cli.inputs import judge_file
    from postmortem.cli.judging import today
    from postmortem.cli.settings import settings_of
    from postmortem.report.explain.explain import explain
    from postmortem.report.facts.gather import gather
    from postmortem.report.wording.phrases import ENGLISH, language_of

    settings = settings_of((subject,))
    for_whom = cast("Audience", audience or settings.audience)
    one, judged = judge_file(subject, color or settings.color, for_whom)
    assert judged.metrics is not None
    language = ENGLISH if format_ == "json" else language_of(lang or settings.lang)
    facts = gather(judged.metrics, one.name, language, withheld=judged.withheld, today=today())
    answer = explain(facts, thing, judged.line_of, format_, columns, ascii_only=ascii_only)
    if answer is None:
        from postmortem.ground.suggest import nearest
        from postmortem.report.explain.explain import things

        known = things(facts)
        near = nearest(thing, known)
        more = ", ..." if len(known) > 12 else ""
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(known[:12])}{more}"
        raise click.UsageError(f"{subject} has nothing called {thing!r}; {hint}")
    write_or_give(output, answer)
    leave(0)


def _rule(subject: str, format_: str, columns: int | None, *, ascii_only: bool) -> str:
    from postmortem.ground.codes import CODES

    code = subject.upper()
    if not _CODE.match(subject):
        raise click.UsageError(
            f"{subject!r} is not a code like PM205; to explain something of a log, name the log and "
            "the thing: postmortem explain FILE THING"
        )
    if code not in CODES:
        from postmortem.ground.suggest import nearest

        near = nearest(code, CODES)
        raise click.UsageError(f"there is no code {code}" + (f"; did you mean {near}?" if near else ""))
    from postmortem.check.pages import page

    text = page(code)
    if format_ == "json":
        import json

        row = CODES[code]
        told = {"code": code, "name": row.slug, "severity": row.severity, "title": row.title, "page": text}
        return json.dumps({"format": "postmortem.rule/1", **told}, indent=2, ensure_ascii=False) + "\n"
    if ascii_only:
        from postmortem.report.terminal.columns import to_ascii

        text = to_ascii(text)
    if columns is None:
        return text
    from postmortem.report.terminal.filled import filled

    return filled(text, columns)
