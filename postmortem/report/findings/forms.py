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


def findings_as(form: str, files: Sequence[Examined], *, colour: bool = False) -> str:
    """Return the findings of ``files`` in the form of that name; only ``text`` has colours."""
    module, function = FORMS[form].split(".")
    write = getattr(import_module(f"postmortem.report.findings.{module}"), function)
    written: str = write(files, colour=colour) if form == "text" else write(files)
    return written
