"""PM230: the pictures that a log's texts show from files beside it, and what there is to say about them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from postmortem.ground.files import TooLarge
from postmortem.ground.finding import Finding
from postmortem.ground.pictures import KINDS, NoPicture, Picture, picture_of
from postmortem.ground.place import Spot
from postmortem.measure.beside import reader_beside
from postmortem.measure.markdown_texts import markdown_texts
from postmortem.measure.rows import BadFile, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from postmortem.ground.place import Route
    from postmortem.measure.beside import Former
    from postmortem.model.incident import Incident

LARGEST = 1 << 20
ALL_TOGETHER = 4 << 20
MOST = 100
_WHAT = "a picture"
_WORDS = "say between the brackets what it shows, for those who do not see it"
_KINDS = f"a picture in a report is {KINDS}; export others as PNG"
_CODE = re.compile(r"(`{1,32})(?!`)[^`]*+\1(?!`)")
_SHOWN = re.compile(r"!\[((?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+)\]\(\s*+(?:<([^<>\n]*+)>|([^\s()<>]++))")
_NAMED = re.compile(r"^ {0,3}\[[^\[\]]++\]:[ \t]*+<?([^\s<>]++)", re.MULTILINE)
_ENDS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:|//|#|[^/?#]*+@|\?")


def pictures_of(
    incident: Incident, folder: Path | Former | None
) -> tuple[Mapping[str, Picture], tuple[Finding, ...]]:
    """Return the pictures by the address that the texts give, and a finding for each that cannot be shown.

    ``folder`` is the log's own. An address that leads elsewhere is a link in the report.
    """
    found: dict[str, Picture] = {}
    failed: set[str] = set()
    findings: list[Finding] = []
    left = ALL_TOGETHER
    for route, start, end, words, address in _mentioned(incident):
        if words is not None and not words.strip():
            wordless = f"the picture {shown(address)} has no words, so it stands in the report as a link"
            findings.append(Finding("PM230", wordless, Spot(route, start=start, end=end), help=_WORDS))
        if address in found or address in failed:
            continue
        try:
            found[address] = _picture(address, folder, left, len(found))
            left -= len(found[address].data)
        except BadFile as bad:
            failed.add(address)
            words = f"the picture {shown(address)} {bad}, so its words stand in the report as a link"
            findings.append(Finding("PM230", words, Spot(route, start=start, end=end), help=bad.help))
    return found, tuple(findings)


def _picture(address: str, folder: Path | Former | None, left: int, many: int) -> Picture:
    if many >= MOST:
        raise BadFile(f"is one too many: a report shows at most {MOST}", "link to the others")
    read = reader_beside(unquote(address), folder, _WHAT, _KINDS)
    try:
        return picture_of(read(min(LARGEST, left)))
    except NoPicture as no:
        raise BadFile(str(no), _KINDS) from None
    except TooLarge as large:
        whose = f"is larger than {LARGEST >> 20} MiB"
        if large.cap < LARGEST:
            whose = f"is too much: all pictures of a report together may have {ALL_TOGETHER >> 20} MiB"
        raise BadFile(whose, "make it smaller, or link to it") from None


def _mentioned(incident: Incident) -> Iterator[tuple[Route, int, int, str | None, str]]:
    """Yield where texts show a picture from beside the log: route, start and end, words, address."""
    for route, text in markdown_texts(incident):
        if "![" not in text:
            continue
        bare = _CODE.sub(lambda code: " " * len(code[0]), text)
        for one in _SHOWN.finditer(bare):
            group = 2 if one[2] is not None else 3
            if one[group] and not _ELSEWHERE.match(one[group]):
                yield route, one.start(group), one.end(group), one[1], one[group]
        for one in _NAMED.finditer(bare):
            if one[1].lower().endswith(_ENDS) and not _ELSEWHERE.match(one[1]):
                yield route, one.start(1), one.end(1), None, one[1]
