"""The rules of a PDF: the report's own for paper, and what of a page's style holds in print."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from postmortem.report.templating.templates import folder

if TYPE_CHECKING:
    from postmortem.ground.theme import Theme


def paper(theme: Theme) -> str:
    """Return the rules by which the boxes of our own template stand on paper, in the theme's colour."""
    return _rules() + (f":root{{--acc:{theme.accent}}}" if theme.accent else "")


@cache
def _rules() -> str:
    return (folder() / "paper.css").read_text(encoding="utf-8")


def for_print(style: str) -> str:
    """Return a page's rules as they hold in print: none for screens, and none that ask what stands below.

    What asks so (`:has`) switches what a reader switches; looking for it at every element takes minutes.
    """
    import tinycss2

    out: list[str] = []
    later: list[str] = []
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            out.append(_kept(rule))
        elif rule.type == "at-rule" and tinycss2.serialize(rule.prelude).strip() == "print":
            later += [
                _kept(one) if one.type == "qualified-rule" else one.serialize()
                for one in tinycss2.parse_blocks_contents(rule.content)
                if one.type in ("qualified-rule", "at-rule")
            ]
    return "".join(out + later)


def _kept(rule: Any) -> str:
    import tinycss2

    selectors, depth = [""], 0
    for token in tinycss2.serialize(rule.prelude):
        depth += (token in "([") - (token in ")]")
        if token == "," and not depth:
            selectors.append("")
        else:
            selectors[-1] += token
    kept = [one for one in selectors if ":has(" not in one]
    return f"{','.join(kept)}{{{tinycss2.serialize(rule.content)}}}" if kept else ""
