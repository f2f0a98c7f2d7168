"""Settings of a log: `postmortem.toml` or `[tool.postmortem]` in pyproject.toml, found upwards from it."""

from __future__ import annotations

import errno
import os
import re
import stat
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postmortem.cli.console import reason
from postmortem.ground.characters import forbidden_in, name_of
from postmortem.ground.files import read_capped
from postmortem.ground.settings import AUDIENCES, FORMATS, LANGUAGES, NAMES, Settings
from postmortem.ground.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHOICES = {
    "format": FORMATS,
    "audience": AUDIENCES,
    "color": ("auto", "always", "never"),
    "lang": tuple(LANGUAGES),
}

_LARGEST = 1 << 20
_MOST_SECONDS = 600.0  # settings come with the logs, and those from anywhere
# Names of so many parts cost the parser time by the square, and no settings have them.
_DEEP = re.compile(rb"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){40}""")
_OUTSIDE = re.compile(r"[/\\~]|[A-Za-z]:")


def settings_of(paths: Sequence[str]) -> Settings:
    """Return the settings for several logs of one run: those found from the first path."""
    first = os.path.realpath(paths[0] if paths and paths[0] != "-" else "-")
    return _of_folder(Path(first) if os.path.isdir(first) else Path(first).parent)  # noqa: PTH112


def seconds_of(text: str) -> float | None:
    """Return the seconds of a duration in the notation of logs; None where it is none, or nothing."""
    from postmortem.model.times import parse_duration

    length = parse_duration(text.strip()).value
    return length / 1_000_000 if length else None


@cache
def _of_folder(folder: Path) -> Settings:
    for place in (folder, *folder.parents):
        own = place / "postmortem.toml"
        if _is_there(own):
            return _settings(own, _toml(own, _bytes(own)))
        project = place / "pyproject.toml"
        if _is_there(project):
            data = _bytes(project)
            if b"tool.postmortem" in data:
                table = _toml(project, data).get("tool", {}).get("postmortem")
                if isinstance(table, dict):
                    return _settings(project, table)
    return Settings()


def _is_there(path: Path) -> bool:
    """Tell whether a file is there; one that cannot be looked at is not passed over: it may ask for care."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
            return False
        raise click.UsageError(f"{path} cannot be read: {reason(error)}") from error


def _toml(path: Path, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        if _DEEP.search(data):
            raise RecursionError
        return tomllib.loads(data.decode("utf-8"))
    except RecursionError:
        raise click.UsageError(f"{path} is nested deeper than any settings are") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} is not valid TOML: {str(error)[:200]}") from error
    except ValueError:
        # Python turns no more than 4,300 digits into a number, and its parser says so in its own words.
        raise click.UsageError(f"{path} holds a number of more digits than any setting has") from None


def _bytes(path: Path) -> bytes:
    try:
        return read_capped(path, _LARGEST)
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read: {reason(error)}") from error


def _refuse_controls(path: Path, value: Any) -> None:
    """Refuse texts with characters that cannot be seen: no name of a file may hold them, nor any page."""
    if isinstance(value, str) and (found := forbidden_in(value)) is not None:
        signs = "".join(found.findall(value))
        raise click.UsageError(f"{path} holds {name_of(signs[0])}, which no setting may hold")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_controls(path, inner)


def _settings(path: Path, table: dict[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    _refuse_controls(path, table)
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in NAMES:
            near = nearest(name, NAMES)
            hint = f"did you mean `{near}`?" if near else f"there are {', '.join(NAMES)}"
            raise click.UsageError(f"{path} has an unknown setting `{key[:60]}`; {hint}")
        if name == "theme":
            from postmortem.cli.theme import theme_of

            values[name] = theme_of(path, value)
        else:
            values[name] = _value(path, name, value)
    return Settings(**values)


def _refuse_time(path: Path, text: str) -> None:
    seconds = seconds_of(text)
    if seconds is None or seconds > _MOST_SECONDS:
        raise click.UsageError(
            f"{path}: the setting `time_budget` takes a duration of at most 10m, and {text!r} is none; "
            "more is allowed by --time-budget or POSTMORTEM_TIME_BUDGET"
        )


def _refuse_unasked(path: Path, name: str, text: str) -> None:
    """Refuse what no log can be judged by, and say that the settings ask for it, not the command line."""
    from postmortem.cli.judging import checked_code, checked_gap

    try:
        checked_code(text) if name == "ignore" else checked_gap(text)
    except click.UsageError as error:
        raise click.UsageError(f"{path}: {error.message}") from None


def _value(path: Path, name: str, value: Any) -> Any:
    wanted = getattr(Settings(), name)
    if isinstance(wanted, bool):
        if isinstance(value, bool):
            return value
        raise click.UsageError(f"{path}: the setting `{name}` is true or false")
    many = isinstance(wanted, tuple)
    texts = value if many and isinstance(value, list) else [value]
    for text in texts:
        if not isinstance(text, str):
            raise click.UsageError(f"{path}: the setting `{name}` takes text")
        if name == "output" and (_OUTSIDE.match(text) or ".." in re.split(r"[/\\]", text)):
            # A settings file comes with the logs, and those from anywhere; the command line is the user's.
            raise click.UsageError(
                f"{path}: the setting `output` leads out of the folder that the command runs in; "
                "name a folder in it, or give another one by -o or POSTMORTEM_OUTPUT"
            )
        if name == "output" and text in ("", "-"):
            raise click.UsageError(
                f"{path}: the setting `output` names a folder; for standard output give -o - each time"
            )
        if name == "time_budget":
            _refuse_time(path, text)
        if name in ("ignore", "silent_gap"):
            _refuse_unasked(path, name, text)
        if name in _CHOICES and text not in _CHOICES[name]:
            raise click.UsageError(
                f"{path}: the setting `{name}` has no {text!r}; there are {', '.join(_CHOICES[name])}"
            )
    return tuple(texts) if many else value
