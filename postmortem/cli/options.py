"""Options that several commands share, and where their output goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from postmortem.cli.console import give, reason
from postmortem.ground.settings import AUDIENCES, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")

output_option = click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    envvar="POSTMORTEM_OUTPUT_FILE",
    help="Write to FILE instead of standard output ('-').",
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default=None,
    envvar="POSTMORTEM_COLOR",
    help="Colour: on a terminal only (auto), always, or never. NO_COLOR wins.",
)
audience_option = click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default=None,
    envvar="POSTMORTEM_AUDIENCE",
    help="Whom it may be shown to: 'public' takes out everything internal first (default: internal).",
)
lang_option = click.option(
    "--lang",
    type=click.Choice(tuple(LANGUAGES)),
    default=None,
    envvar="POSTMORTEM_LANG",
    help="Language of the fixed words (default: en). JSON and CSV are always English.",
)
strict_option = click.option(
    "--strict",
    is_flag=True,
    default=None,
    envvar="POSTMORTEM_STRICT",
    help="Let warnings fail too (exit code 1).",
)


def paths_argument(command: Command) -> Command:
    """Add the argument PATH...: files, folders, or '-' for standard input."""
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...")(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Return the option --format over those formats; the first is the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="What to write.",
    )


def write_or_give(output: str, text: str) -> None:
    """Write text to the file named, whole or not at all, or to standard output for '-'."""
    if output == "-":
        give(text)
        return
    from postmortem.ground.files import write_whole

    try:
        write_whole(Path(output), text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise cannot_write(output, error) from error


def cannot_write(shown: object, error: OSError) -> CannotWrite:
    """Return the sentence for a file that could not be written; ``shown``: its name as the user knows it."""
    from postmortem.ground.files import ChangedMeanwhile, IsInput, Unconfirmed

    if isinstance(error, Unconfirmed):
        return CannotWrite(f"`{shown}` is written, but the disk did not confirm it: {reason(error)}")
    if isinstance(error, ChangedMeanwhile):
        return CannotWrite(
            f"`{shown}` was changed by somebody else meanwhile; it was left as it is, so run this again"
        )
    if isinstance(error, IsInput):
        return CannotWrite(
            f"`{shown}` is what this run reads, so nothing is written over it; name another file"
        )
    return CannotWrite(f"`{shown}` cannot be written: {reason(error)}")


class CannotWrite(click.ClickException):
    """A file that was asked for could not be written; what stood there still stands."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Say it in one sentence."""
        from postmortem.cli.console import say

        say(f"error: {self.format_message()}")


def leave(code: int) -> None:
    """End the command with that exit code."""
    if code:
        raise click.exceptions.Exit(code)
