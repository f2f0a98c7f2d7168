"""`postmortem textconv`: a log as text that `git diff` compares well; git calls it after `git-setup`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.flow import Judged

# Of an old version git shows us no file beside it: what series files say is not part of this text.
_OF_SERIES = ("PM219", "PM220")


@click.command("textconv", short_help="A log as text that `git diff` compares well")
@click.argument("file")
def command(file: str) -> None:
    """Print a log's resolved timeline and metrics, then its text; of anything else, its text alone."""
    from postmortem.cli.console import give
    from postmortem.ground.files import TooLarge, read_capped, text_pieces
    from postmortem.read import MAX_BYTES

    path = Path(file)
    try:
        data = read_capped(path, MAX_BYTES)
    except TooLarge:
        # Too large for a log, so it is none: git gets all of it, in whatever size it comes.
        for piece in text_pieces(path):
            give(piece)
        return
    give(converted(path, data))


def converted(path: Path, data: bytes) -> str:
    """Return what `git diff` is to compare; a file that is no sound log comes as it is."""
    from postmortem.cli.inputs import may_turn
    from postmortem.flow import judge

    text = data.decode("utf-8", "replace")
    if b"postmortem/1" not in data:
        return text
    judged = judge(str(path), data, path.parent, bidi=may_turn(data, str(path)))
    if judged.metrics is None or any(
        one.severity == "error" and one.code not in _OF_SERIES for one in judged.diagnostics
    ):
        return text
    return "".join(f"{line}\n" for line in _lines(judged)) + text


def _lines(judged: Judged) -> Iterator[str]:
    from postmortem.review.lines import timeline_lines
    from postmortem.review.side import Side, resolved

    version = resolved(Side(judged.file, judged.incident, judged.metrics, judged.diagnostics, judged.line_of))
    assert version is not None
    yield from timeline_lines(version)
    yield ""
    yield "The log as it is written:"
    yield ""
