"""`postmortem fmt`: logs in the order and spacing of the format, their meaning proven unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.cli.judging import judging_options
from postmortem.cli.options import color_option, leave, paths_argument
from postmortem.ground.terminal import clean

if TYPE_CHECKING:
    from postmortem.cli.inputs import Input
    from postmortem.flow import Judged

_UNREAD = "PM1"


@click.command("fmt", short_help="Put logs into the order and spacing of the format")
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; name the logs that would change (exit code 1).")
@click.option("--diff", "show_diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--sort", is_flag=True, help="Put the timeline into its resolved order, too.")
@judging_options
@color_option
def command(paths: tuple[str, ...], check: bool, show_diff: bool, sort: bool, color: str | None) -> None:
    """Arrange logs in place: keys in the order of the format, one blank after a colon.

    Comments, quotes, blank lines and all texts are kept, and what a log says is proven unchanged before
    it is written. '-' reads standard input and writes standard output. Exit code 0: arranged, or nothing
    to do; 1: a log has errors and was left alone, or with --check, one would change; 2: a file cannot be
    read or written; 70: the meaning would have changed, which is a fault of ours: nothing was written.
    """
    from postmortem.cli.console import give, say, show
    from postmortem.cli.findings import worded
    from postmortem.cli.inputs import exit_code, expand, judge_one
    from postmortem.cli.settings import settings_of
    from postmortem.flow import Judged

    settings = settings_of(paths)
    bad: list[Judged] = []
    changed = unproven = False
    for one in expand(paths):
        judged = one if isinstance(one, Judged) else judge_one(one)
        if isinstance(one, Judged) or _unfit(judged, sort=sort):
            bad.append(judged)
            continue
        assert judged.source is not None
        text = _arranged(judged, one, sort=sort)
        if text is None:
            unproven = True
            say(f"error[PM902]: {one.shown} was left alone: arranging it would have changed what it says.")
            say("  this is a fault of postmortem, not of your log; please send us the log")
            continue
        differs = text != judged.source.text
        changed = changed or differs
        if show_diff:
            give(_difference(one.shown, judged.source.text, text))
        elif check:
            if differs:
                give(f"{clean(one.shown, lines=False)}\n")
        elif one.path is None:
            give(text)
        elif differs:
            _write(one, judged.source.text, text)
            give(f"{clean(one.shown, lines=False)}\n")
    if bad:
        show(worded(bad, "text", color or settings.color, to_file=False, messages=True))
    code = exit_code(bad, strict=False)
    leave(70 if unproven else max(code, int(bool(bad)), int(check and changed)))


def _unfit(judged: Judged, *, sort: bool) -> bool:
    """Tell whether a log cannot be arranged: it was not read whole, or it has no order to sort by."""
    if judged.document is None or judged.source is None:
        return True
    unread = any(one.code.startswith(_UNREAD) and one.severity == "error" for one in judged.diagnostics)
    return unread or (sort and not judged.sound)


def _arranged(judged: Judged, one: Input, *, sort: bool) -> str | None:
    """Return a log's text arranged; None where it could not be proven to say the same."""
    from postmortem.review.layout.arrange import Unproven, arranged

    assert judged.document is not None
    assert judged.source is not None
    order = None
    if sort and judged.metrics is not None:
        timeline = judged.metrics.timeline
        order = [event.index for event in (*timeline.events, *timeline.undated)]
    try:
        text = arranged(judged.document, order)
    except Unproven:
        return None
    return text if text == judged.source.text or _same(judged, one, text) else None


def _same(judged: Judged, one: Input, text: str) -> bool:
    """Tell whether a text means the same as the log that was judged: the same timeline, the same figures."""
    from pathlib import Path

    from postmortem.cli.inputs import may_turn
    from postmortem.cli.versions import Versions, comparison_of
    from postmortem.flow import judge

    data = text.encode("utf-8")
    folder = one.path.parent if one.path else Path.cwd()
    again = judge(judged.file, data, folder, bidi=may_turn(data, one.shown))
    if judged.metrics is None or again.metrics is None:
        # Not understood before, and so not now; that every text still stands was proven on the way.
        return judged.metrics is again.metrics
    return comparison_of(Versions(judged, again)).same


def _difference(name: str, old: str, new: str) -> str:
    from difflib import unified_diff

    lines = unified_diff(
        old.splitlines(), new.splitlines(), f"{name} (as it is)", f"{name} (arranged)", lineterm=""
    )
    return "".join(f"{clean(line, lines=False)}\n" for line in lines)


def _write(one: Input, old: str, text: str) -> None:
    """Put a log's new text in the place of the old one, unless somebody has changed the log since."""
    from postmortem.cli.options import cannot_write
    from postmortem.ground.files import ChangedMeanwhile, read_capped, write_whole
    from postmortem.read import MAX_BYTES

    assert one.path is not None
    try:
        now = read_capped(one.path, MAX_BYTES)
        mark = b"\xef\xbb\xbf" if now.startswith(b"\xef\xbb\xbf") else b""
        if now != mark + old.encode("utf-8"):
            raise ChangedMeanwhile(one.shown)
        write_whole(one.path, mark + text.encode("utf-8"), instead_of=now)
    except OSError as error:
        raise cannot_write(one.shown, error) from error
