"""The one way to put text into HTML: every part is escaped, unless it is finished HTML already."""

from __future__ import annotations

from markupsafe import Markup, escape


def put(template: str, *parts: object) -> Markup:
    """Return the template (fixed HTML of ours) with each ``%s`` replaced by a part, escaped.

    Many times as fast as `Markup.format`, which a page of claims calls thousands of times.
    """
    return Markup(template % tuple(escape(part) for part in parts))
