"""The door: what is judged of a text before it is parsed, its characters and its directives."""

from __future__ import annotations

import re

from postmortem.ground.characters import forbidden_in, name_of
from postmortem.ground.finding import Finding
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.read.gathering import Gathered

MASK = "\ufdd0"
"""Stands in the parsed text for each forbidden character: no text can hold it, and it keeps columns true."""

_VERSION = re.compile(r"1\.[12](?:[ \t]+#.*|[ \t]*)$")
_FIRST_OF_LOG = re.compile(r"^(?!%|[ \t]*+(?:#|$))", re.MULTILINE)
_DIRECTIVE = re.compile(r"^(%[^ \t\n]*)[ \t]*([^\n]*)", re.MULTILINE)
_DELETE = "delete this line; a log needs none of the kind"
_MARKER = re.compile(r"---(?:\s|$)")


def text_to_parse(source: SourceText, gathered: Gathered, *, bidi: bool) -> str:
    """Return the text that the parser gets: same lines and columns, nothing in it that parsers disagree on.

    Line ends are LF, forbidden characters `MASK`, directives comments; each is reported to ``gathered``.
    With ``bidi`` characters that turn the direction of text are let in.
    """
    return _without_directives(_masked(source.unified, gathered, bidi), gathered)


def _masked(text: str, gathered: Gathered, bidi: bool) -> str:
    forbidden = forbidden_in(text, bidi=bidi)
    if forbidden is None:
        return text
    masked, more = forbidden.subn(MASK, text)
    line, start = 1, 0
    for match in forbidden.finditer(text):
        if gathered.is_full("PM108"):
            break
        index = match.start()
        line += text.count("\n", start, index)
        start = max(start, text.rfind("\n", start, index) + 1)
        column = index - start + 1
        gathered.add(forbidden_character(match.group(), Span(line, column, line, column + 1)))
        more -= 1
    gathered.count("PM108", more)
    return masked


def forbidden_character(character: str, at: Span) -> Finding:
    """Return the finding for a character that no log may hold."""
    return Finding(
        "PM108",
        f"{name_of(character)} is not allowed in a log",
        at,
        help="delete it; it cannot be seen, and it can make the text look like another one",
    )


def _without_directives(text: str, gathered: Gathered) -> str:
    """Turn directives into comments, for the two parsers disagree on those they do not know."""
    if not text.startswith("%") and "\n%" not in text:
        return text
    first = _FIRST_OF_LOG.search(text)
    head = text[: first.start()] if first else text
    if not head.startswith("%") and "\n%" not in head:
        return text
    number, start, versions = 1, 0, 0
    for match in _DIRECTIVE.finditer(head):
        if gathered.is_full("PM101"):
            break
        number += head.count("\n", start, match.start())
        start = match.start()
        versions += match.group(1) == "%YAML"
        _judge_directive(match, number, versions, gathered)
    if not _MARKER.match(text, len(head)):
        message = "after a line that begins with `%` the log must begin with a line `---`"
        gathered.add(Finding("PM101", message, Span(number, 1, number, 2), help=_DELETE))
    masked = head.replace("\n%", "\n#")
    return f"{'#' if head.startswith('%') else head[:1]}{masked[1:]}{text[len(head) :]}"


def _judge_directive(match: re.Match[str], number: int, versions: int, gathered: Gathered) -> None:
    at = Span(number, 1, number, len(match.group().rstrip()) + 1)
    word, version = match.groups()
    if word == "%TAG":
        gathered.add(Finding("PM103", "a log uses no tags, so it declares none", at, help=_DELETE))
    elif word != "%YAML":
        gathered.add(Finding("PM101", f"`{word[:40]}` says nothing in YAML 1.2", at, help=_DELETE))
    elif versions > 1:
        gathered.add(Finding("PM101", "the version of YAML is said once", at, help=_DELETE))
    elif not _VERSION.match(version):
        gathered.add(Finding("PM101", "a log is YAML 1.2", at, help="write `%YAML 1.2`, or delete this line"))
