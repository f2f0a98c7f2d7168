"""A page of our own documentation in the columns of a terminal: paragraphs filled, all else as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.report.terminal.columns import wrapped

_FENCE = "```"
_OWN_LINE = ("#", "|", ">", "    ")


def filled(page: str, columns: int) -> str:
    """Return a page of Markdown with its paragraphs and list items broken at so many columns.

    Headings, tables and fenced blocks stay as they are: a line of an example means what it says.
    """
    return "".join(f"{line}\n" for line in _lines(page.splitlines(), columns))


def _lines(lines: list[str], columns: int) -> Iterator[str]:
    waiting: list[str] = []
    fenced = False
    for line in lines:
        fence = line.startswith(_FENCE)
        alone = fenced or fence or not line or line.startswith(_OWN_LINE)
        if waiting and (alone or line.startswith(("- ", "* "))):
            yield from _paragraph(waiting, columns)
            waiting = []
        fenced ^= fence
        if alone:
            yield line
        else:
            waiting.append(line)
    if waiting:
        yield from _paragraph(waiting, columns)


def _paragraph(lines: list[str], columns: int) -> Iterator[str]:
    lead = "  " if lines[0].startswith(("- ", "* ")) else ""
    text = " ".join(line.strip() for line in lines)
    for number, line in enumerate(wrapped(text, columns - len(lead))):
        yield line if number == 0 else lead + line
