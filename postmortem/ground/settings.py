"""Settings: what an organisation sets once for all its logs, as one table of names, types and defaults."""

from __future__ import annotations

from dataclasses import dataclass, fields

FORMATS = ("html", "md", "json")
"""What `render` can write."""
AUDIENCES = ("internal", "public")
"""Whom an output may be shown to."""
LANGUAGES = {"en": "english", "de": "german"}
"""What languages reports have, by the code that a page names them with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force for one log. Each has an option and an environment variable `POSTMORTEM_NAME`."""

    format: tuple[str, ...] = ("html", "md")
    output: str = "build"
    color: str = "auto"
    strict: bool = False
    zone: str | None = None
    audience: str = "internal"


NAMES: tuple[str, ...] = tuple(one.name for one in fields(Settings))
"""The names that `[tool.postmortem]` and `postmortem.toml` may hold."""
