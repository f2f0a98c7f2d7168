"""The table `theme` of the settings: read, checked, and refused with what would be right."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postmortem.ground.suggest import nearest
from postmortem.ground.theme import SECTIONS, START, Block, Theme
from postmortem.ground.urls import refused
from postmortem.report.escaping.refused_links import refused_links
from postmortem.report.page.contrast import GROUNDS, LEAST, contrast

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEYS = ("name", "logo", "accent", "accent-dark", "footer", "sections", "blocks")
_BLOCK_KEYS = ("title", "text", "after")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_MOST_BLOCKS = 20


def theme_of(path: Path, table: Any) -> Theme:
    """Return the theme that a settings file's table gives; a usage error names what is wrong in it."""
    table = _table(path, "theme", table, _KEYS)
    accent = _colour(path, "accent", table.get("accent"), "light")
    accent_dark = _colour(path, "accent-dark", table.get("accent-dark"), "dark")
    if (accent is None) != (accent_dark is None):
        other = "accent-dark" if accent_dark is None else "accent"
        raise click.UsageError(
            f"{path}: `theme` sets one of `accent` and `accent-dark`; a report is light and dark, so set "
            f"`{other}` too"
        )
    return Theme(
        name=_text(path, "theme.name", table.get("name")),
        logo=_logo(path, _text(path, "theme.logo", table.get("logo"))),
        accent=accent,
        accent_dark=accent_dark,
        footer=_markdown(path, "theme.footer", table.get("footer")),
        sections=_sections(path, table.get("sections", [])),
        blocks=_blocks(path, table.get("blocks", [])),
    )


def _table(path: Path, name: str, table: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise click.UsageError(f"{path}: the setting `{name}` is a table of {', '.join(keys)}")
    for key in table:
        if key not in keys:
            raise click.UsageError(f"{path} has an unknown setting `{name}.{key}`; {_hint(key, keys)}")
    return table


def _hint(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else f"there are {', '.join(known)}"


def _text(path: Path, name: str, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise click.UsageError(f"{path}: the setting `{name}` takes text")
    return value.strip() or None


def _markdown(path: Path, name: str, value: Any) -> str | None:
    """Return a text that a report shows as Markdown; refuse links that the report would not make links."""
    text = _text(path, name, value)
    for address in refused_links(text) if text else ():
        raise click.UsageError(
            f"{path}: the setting `{name}` links to `{address[:100]}`, and nobody is to be led there: it "
            f"{refused(address)}; write an `https://`, `http://` or `mailto:` address, or a relative one"
        )
    return text


def _colour(path: Path, name: str, value: Any, scheme: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _COLOUR.match(value):
        raise click.UsageError(f"{path}: the setting `theme.{name}` is a colour like #00629b, not {value!r}")
    for place, ground in GROUNDS[scheme].items():
        found = contrast(value, ground)
        if found < LEAST:
            raise click.UsageError(
                f"{path}: the setting `theme.{name}` {value} has a contrast of {found:.1f}:1 to the {scheme} "
                f"ground of the {place}, {ground}; at least {LEAST}:1 can be read, so take a "
                f"{'darker' if scheme == 'light' else 'lighter'} one"
            )
    return value.lower()


def _logo(path: Path, text: str | None) -> Path | None:
    if text is None:
        return None
    folder = Path(os.path.realpath(path.parent))
    file = Path(os.path.realpath(folder / text))
    if not file.is_relative_to(folder) or "\\" in text:
        raise click.UsageError(
            f"{path}: the setting `theme.logo` leads out of the folder of this file; "
            "put the picture beside it"
        )
    return file


def _sections(path: Path, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise click.UsageError(f"{path}: the setting `theme.sections` is a list of {', '.join(SECTIONS)}")
    for one in value:
        if one not in SECTIONS:
            hint = _hint(str(one), SECTIONS)
            raise click.UsageError(f"{path}: the setting `theme.sections` has no section {one!r}; {hint}")
        if value.count(one) > 1:
            raise click.UsageError(
                f"{path}: the setting `theme.sections` names {one!r} twice; a section stands in one place"
            )
    return tuple(dict.fromkeys((*value, *SECTIONS)))


def _blocks(path: Path, value: Any) -> tuple[Block, ...]:
    if not isinstance(value, list) or len(value) > _MOST_BLOCKS:
        raise click.UsageError(
            f"{path}: the setting `theme.blocks` is a list of at most {_MOST_BLOCKS} tables"
        )
    return tuple(_block(path, one) for one in value)


def _block(path: Path, value: Any) -> Block:
    table = _table(path, "theme.blocks", value, _BLOCK_KEYS)
    title = _text(path, "theme.blocks.title", table.get("title"))
    text = _markdown(path, "theme.blocks.text", table.get("text"))
    if title is None or text is None:
        raise click.UsageError(f"{path}: each of `theme.blocks` has a `title` and a `text`")
    places = (START, *SECTIONS)
    after = table.get("after", places[-1])
    if after not in places:
        hint = _hint(str(after), places)
        raise click.UsageError(f"{path}: a block of the theme stands `after` no section {after!r}; {hint}")
    return Block(title, text, after)
