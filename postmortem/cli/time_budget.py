"""How much processor time one log may take: by option, environment or settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from postmortem.ground.budget import STANDARD_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortem.ground.settings import Settings

Command = TypeVar("Command", bound="Callable[..., Any]")
_KEY = "postmortem.time-budget"

MOST_BY_SETTINGS = 600.0
"""Seconds that settings may allow: they come with the logs, and those from anywhere."""


def seconds_of(text: str) -> float | None:
    """Return the seconds of a duration in the notation of logs; None where it is none, or nothing."""
    from postmortem.model.times import parse_duration

    length = parse_duration(text.strip()).value
    return length / 1_000_000 if length else None


def _keep(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_KEY] = seconds_of(value)
        if ctx.meta[_KEY] is None:
            raise click.BadParameter(f"{value!r} is no time; write a duration, like 30s or 5m")


def time_budget_option(command: Command) -> Command:
    """Add the option --time-budget, which holds for every log that the command reads."""
    return click.option(
        "--time-budget",
        metavar="LENGTH",
        default=None,
        expose_value=False,
        callback=_keep,
        envvar="POSTMORTEM_TIME_BUDGET",
        help="Processor time that one log may take (default: 60s).",
    )(command)


def seconds_for(settings: Settings) -> float:
    """Return the seconds that a log may take: as the command line says, else as these settings of it do."""
    ctx = click.get_current_context(silent=True)
    said = ctx.meta.get(_KEY) if ctx is not None else None
    return float(said or seconds_of(settings.time_budget) or STANDARD_SECONDS)


def time_budget(path: str) -> float:
    """Return the seconds that the log at a path may take."""
    from postmortem.cli.settings import settings_of

    return seconds_for(settings_of(("-" if path.startswith("<") else path,)))


def limit_output(path: str, logs: int = 1) -> None:
    """Let what a command makes of so many logs, once they are judged, take as long as judging them may."""
    from postmortem.ground.budget import within

    click.get_current_context().with_resource(within(time_budget(path) * max(1, logs)))
