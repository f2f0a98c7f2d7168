"""What a theme adds to a page: name and logo, footer, own texts, the order of sections, accent colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortem.ground.record import record
from postmortem.report.escaping.safe_markdown import bidi, block

if TYPE_CHECKING:
    from postmortem.ground.theme import Theme

_LOOK = (
    ".own{display:flex;gap:8px;align-items:center;font-weight:600;white-space:nowrap}.own img{height:24px}"
    "@media print{.top{display:block!important;position:static;border:0}"
    ".top nav,.zone,.top .id{display:none}}"
)


@record
class ShownBlock:
    """A text of the organisation's own, with the anchor that it is linked by."""

    anchor: str
    title: Markup
    text: Markup


@record
class Brand:
    """A theme as templates see it; ``logo`` is a `data:` address, ``blocks`` stand after their section."""

    name: Markup
    logo: str
    footer: Markup
    order: tuple[str, ...]
    blocks: Mapping[str, tuple[ShownBlock, ...]]


def brand_of(theme: Theme, logo: str = "") -> Brand:
    """Return what a theme adds to a page; ``logo`` is the picture's address where there is one."""
    blocks: dict[str, tuple[ShownBlock, ...]] = {}
    for number, one in enumerate(theme.blocks, 1):
        shown = ShownBlock(f"own-{number}", bidi(one.title), block(one.text, 2))
        blocks[one.after] = (*blocks.get(one.after, ()), shown)
    footer = block(theme.footer, 3) if theme.footer else Markup()
    return Brand(bidi(theme.name or ""), logo, footer, theme.sections, blocks)


def style_of(theme: Theme) -> str:
    """Return the style rules that a theme adds: nothing but its two colours goes into them."""
    if theme.accent and theme.accent_dark:
        dark = f"@media screen and (prefers-color-scheme:dark){{:root{{--acc:{theme.accent_dark}}}}}"
        colours = f":root{{--acc:{theme.accent}}}{dark}"
    else:
        colours = ""
    return colours + (_LOOK if theme.name or theme.logo else "")
