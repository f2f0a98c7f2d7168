"""How much processor time one log may take: by option, environment or settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from postmortem.ground.budget import STANDARD_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortem.ground.settings import Policy

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


def time_budget(path: str) -> float:
    """Return the seconds that a log may take: as the command line says, else its own settings."""
    ctx = click.get_current_context(silent=True)
    said = ctx.meta.get(_KEY) if ctx is not None else None
    if said is not None:
        return float(said)
    from postmortem.cli.settings import settings_of

    return seconds_of(settings_of((path,)).time_budget) or STANDARD_SECONDS


def timed(policy: Policy, path: str) -> Policy:
    """Return a policy with the time that a log of that path may take."""
    from postmortem.ground.record import replace

    return replace(policy, time_budget=time_budget("-" if path.startswith("<") else path))
