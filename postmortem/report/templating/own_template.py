"""Own templates: Jinja in its sandbox, by an explicit option only. They are code, and trusted as such."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template


class BadTemplate(ValueError):
    """An own template cannot be used; the text says where it is wrong."""


def own_template(path: Path, ours: Path) -> Template:
    """Return an own template, ready to render; it may include what lies beside it and our own templates.

    Values are escaped in it as in ours, and names that do not exist are faults. Raises `BadTemplate`.
    """
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([path.parent, ours], encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return environment.get_template(path.name)
    except (TemplateError, UnicodeDecodeError) as error:
        raise BadTemplate(told(error)) from error


def told(error: Exception) -> str:
    """Say what is wrong with a template, and in which line of it."""
    from jinja2 import TemplateNotFound, TemplatesNotFound

    if isinstance(error, TemplateNotFound) and not isinstance(error, TemplatesNotFound):
        return f"it asks for {str(error)!r}, and only what lies beside it and our own templates are there"
    line = getattr(error, "lineno", None)
    where = f"line {line}: " if line else ""
    said = getattr(error, "message", None) or str(error)
    return f"{where}{said or 'it asks for more memory than there is'}"
