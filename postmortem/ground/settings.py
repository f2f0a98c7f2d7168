"""Settings: what an organisation sets once for all its logs, as one table of names, types and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.budget import STANDARD_SECONDS
from postmortem.ground.record import record
from postmortem.ground.theme import PLAIN, Theme

if TYPE_CHECKING:
    from datetime import date

FORMATS = ("html", "md", "json", "pdf")
"""What `render` can write."""
AUDIENCES = ("internal", "public")
"""Whom an output may be shown to."""
LANGUAGES = {"en": "english", "de": "german"}
"""What languages reports have, by the code that a page names them with."""


@record
class Settings:
    """The settings in force for one log. Each has an option and an environment variable `POSTMORTEM_NAME`."""

    format: tuple[str, ...] = ("html", "md")
    output: str = "build"
    color: str = "auto"
    strict: bool = False
    zone: str | None = None
    audience: str = "internal"
    ignore: tuple[str, ...] = ()
    ignore_because: str | None = None
    silent_gap: str = "25%"
    bidi: bool = False
    time_budget: str = "60s"
    lang: str = "en"
    theme: Theme = PLAIN


@record
class Policy:
    """What an organisation asks of its logs beyond the format.

    ``ignore`` are rules that it switched off, ``silent_gap`` how long a timeline may say nothing (a share of
    the incident or a duration), ``today`` the day that overdue actions are told by; None tells of none.
    ``time_budget`` is how many seconds of processor time a log may take.
    """

    ignore: tuple[str, ...] = ()
    silent_gap: str = "25%"
    today: date | None = None
    time_budget: float = STANDARD_SECONDS


STANDARD_POLICY = Policy()
"""What is asked where nobody says anything else."""

NAMES: tuple[str, ...] = Settings.__match_args__
"""The names that `[tool.postmortem]` and `postmortem.toml` may hold."""
