"""What logs are judged by: options that every command has alike, over the settings of each log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from postmortem.ground.settings import Policy, Settings

Command = TypeVar("Command", bound="Callable[..., Any]")
_KEY = "postmortem.judging."


def judging_options(command: Command) -> Command:
    """Add the options that say what logs are judged by; they hold for every log that the command reads."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta[f"{_KEY}{param.name}"] = value


def _keep_day(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    from postmortem.cli.moments import day_of

    _keep(ctx, param, day_of(value) if value else None)


def _keep_seconds(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    from postmortem.cli.settings import seconds_of

    seconds = None if value is None else seconds_of(value)
    if value is not None and seconds is None:
        raise click.BadParameter(f"{value!r} is no time; write a duration, like 30s or 5m")
    _keep(ctx, param, seconds)


def _option(name: str, help: str, keep: Callable[..., None] = _keep, **more: Any) -> Callable[..., Any]:
    variable = f"POSTMORTEM_{name.removeprefix('--').replace('-', '_').upper()}"
    return click.option(name, expose_value=False, callback=keep, envvar=variable, help=help, **more)


_OPTIONS = (
    _option(
        "--now",
        "The day that overdue actions are told by (default: that of SOURCE_DATE_EPOCH where it is set, "
        "else today).",
        _keep_day,
        metavar="DATE",
    ),
    _option(
        "--ignore",
        "Switch a rule off; may be given more than once, and needs --ignore-because.",
        metavar="CODE",
        multiple=True,
    ),
    _option("--ignore-because", "Why the rules are switched off.", metavar="TEXT"),
    _option(
        "--silent-gap",
        "How long a timeline may be silent: 30m, or a share of the incident (default: 25%).",
        metavar="LENGTH",
    ),
    _option(
        "--bidi",
        "Let in characters that turn the direction of text, for languages that need them.",
        is_flag=True,
        default=None,
    ),
    _option(
        "--time-budget",
        "Processor time that one log may take (default: 60s).",
        _keep_seconds,
        metavar="LENGTH",
    ),
)


def _said(name: str) -> Any:
    """Return what the command line or the environment says; None where neither does."""
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(f"{_KEY}{name}") if ctx is not None else None


def today() -> date | None:
    """Return the day of this run: as `--now` says, else by the clock, read once; None outside a command."""
    ctx = click.get_current_context(silent=True)
    if ctx is None:
        return None
    if _said("now") is None:
        from postmortem.cli.moments import day_of

        ctx.meta[f"{_KEY}now"] = day_of(None)
    day: date = _said("now")
    return day


def policy_for(path: str) -> Policy:
    """Return what is asked of the log at a path: as the command line says, else as its own settings do."""
    return policy_of(_settings_for(path))


def policy_of(settings: Settings) -> Policy:
    """Return what is asked of logs with these settings; a usage error tells of what cannot be asked."""
    from postmortem.ground.settings import Policy

    ignore = (*settings.ignore, *(_said("ignore") or ()))
    gap = _said("silent_gap") or settings.silent_gap
    for code in ignore:
        checked_code(code)
    if ignore and not (_said("ignore_because") or settings.ignore_because or "").strip():
        raise click.UsageError(
            f"{', '.join(ignore)} switched off without a reason: say it in `ignore-because`"
        )
    checked_gap(gap)
    return Policy(ignore, gap, today(), _seconds_for(settings))


def checked_code(code: str) -> None:
    """Say with a usage error that a code is none of a rule that can be switched off."""
    from postmortem.ground.codes import ignorable

    if not ignorable(code):
        raise click.UsageError(f"{code} is no rule that can be switched off")


def checked_gap(text: str) -> None:
    """Say with a usage error that a text is no length of silence."""
    from postmortem.measure.practice import silent_gap

    if silent_gap(text) is None:
        raise click.UsageError(f"{text!r} is no silent gap; write a share or a duration, like 25% or 30m")


def bidi_allowed(path: str) -> bool:
    """Tell whether the log at a path may hold characters that turn the direction of text."""
    said = _said("bidi")
    return bool(_settings_for(path).bidi if said is None else said)


def time_budget(path: str) -> float:
    """Return the seconds of processor time that the log at a path may take."""
    return _seconds_for(_settings_for(path))


def limit_output(path: str, logs: int = 1) -> None:
    """Let what a command makes of so many logs, once they are judged, take as long as judging them may."""
    from postmortem.ground.budget import within

    click.get_current_context().with_resource(within(time_budget(path) * max(1, logs)))


def _seconds_for(settings: Settings) -> float:
    from postmortem.cli.settings import seconds_of
    from postmortem.ground.budget import STANDARD_SECONDS

    return float(_said("time_budget") or seconds_of(settings.time_budget) or STANDARD_SECONDS)


def _settings_for(path: str) -> Settings:
    from postmortem.cli.settings import settings_of

    return settings_of(("-" if path.startswith("<") else path,))
