"""The forms of findings by the name that a command takes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from postmortem.report.findings.examined import Examined

FORMS = {
    "text": "text.text",
    "concise": "concise.concise",
    "json": "as_json.as_json",
    "github": "github.github",
    "gitlab": "gitlab.gitlab",
    "sarif": "sarif.sarif",
    "rdjson": "rdjson.rdjson",
    "summary": "step_summary.step_summary",
}
"""Each name with its module and function; a module is imported when it is asked for."""


def findings_as(
    form: str,
    files: Sequence[Examined],
    *,
    colour: bool = False,
    columns: int | None = None,
    ascii_only: bool = False,
) -> str:
    """Return the findings of ``files`` in the form of that name.

    Only ``text`` has colours, is cut to the columns of a terminal, and falls back to ASCII.
    """
    module, function = FORMS[form].split(".")
    write = getattr(import_module(f"postmortem.report.findings.{module}"), function)
    place = {"colour": colour, "columns": columns, "ascii_only": ascii_only} if form == "text" else {}
    written: str = write(files, **place)
    return written
