"""Whether logs may hold characters that turn the direction of text: by option, environment or settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")
_KEY = "postmortem.bidi"


def _keep(ctx: click.Context, _param: click.Parameter, value: bool | None) -> None:
    ctx.meta[_KEY] = value


def bidi_option(command: Command) -> Command:
    """Add the option --bidi, which holds for every log that the command reads."""
    return click.option(
        "--bidi",
        is_flag=True,
        default=None,
        expose_value=False,
        callback=_keep,
        envvar="POSTMORTEM_BIDI",
        help="Let in characters that turn the direction of text, for languages that need them.",
    )(command)


def bidi_allowed(path: str) -> bool:
    """Tell whether a log may hold such characters: as the command line says, else its own settings."""
    ctx = click.get_current_context(silent=True)
    said = ctx.meta.get(_KEY) if ctx is not None else None
    if said is not None:
        return bool(said)
    from postmortem.cli.settings import settings_of

    return settings_of((path,)).bidi
