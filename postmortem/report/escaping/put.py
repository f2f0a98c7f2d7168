"""The one way to put text into HTML: every part is escaped, unless it is finished HTML already."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

_new = str.__new__  # Markup's own constructor asks every text for `__html__` again


def put(template: str, *parts: object) -> Markup:
    """Return the template (fixed HTML of ours) with each ``%s`` replaced by a part, escaped.

    Many times as fast as `Markup.format`, which a page of claims calls thousands of times.
    """
    safe = [part if type(part) is Markup else _escaped(part) for part in parts]
    return _new(Markup, template % tuple(safe))


def strung(between: str, parts: Iterable[object]) -> Markup:
    """Return parts, escaped, with fixed HTML of ours between them: `Markup.join`, many times as fast."""
    return _new(Markup, between.join([part if type(part) is Markup else _escaped(part) for part in parts]))


def _escaped(part: object) -> str:
    """Return a part as `markupsafe.escape` would write it."""
    if type(part) is not str:
        if hasattr(part, "__html__"):
            return str(part.__html__())
        part = str(part)
    text = part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")
