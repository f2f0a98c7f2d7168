"""The words that blame or know better afterwards, each with what to write instead.

What stands in quotation marks or in a quoted block is somebody's word, and not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from postmortem.check.names import Names


class Word(NamedTuple):
    """A phrase of a text, with what is said about it; code points ``start`` to ``end`` (exclusive)."""

    code: str
    message: str
    label: str
    help: str
    start: int
    end: int


class Row(NamedTuple):
    """A kind of wording: of ``pattern`` its one group that matched (else all of it) is what is marked.

    Without one of the ``hints`` (in small letters, one blank between words) a text holds none of it.
    """

    code: str
    hints: tuple[str, ...]
    pattern: str
    says: str
    instead: str
    help: str


_PERSON = (
    r"(?:I|we|you|he|she|who|nobody|no\ one|someone|somebody|everyone|everybody|anyone|anybody"
    r"|(?:engineer|operator|developer|dev|admin|administrator|technician|responder|manager|employee|contractor"
    r"|colleague|reviewer|author|maintainer|sre|dba|person|intern|owner|committer|deployer|team|staff|people"
    r"|on-call|oncall|on\ call|lead|commander)s?)"
)
_THEN = (
    r"(?:\s+(?:who|also|really|simply|then|just|again|both|all|clearly|obviously|probably|likely|had|have|has"
    r"|on\s+duty|on\s+call)){0,3}"
)
_DONE = (
    r"(?:\s+(?:not|never|already|also|always|\w+ly)){0,2}\s+(?!(?:open|even|often|seven|ten|need|speed|red)\b)"
    r"(?:\w+(?:ed|en|wn)|gone|done|made|told|caught|thought|found|read|kept|left|put|set|run|built|sent|held|paid"
    r"|met|begun|understood|brought|bought|felt|heard|lost|cut|shut|won)\b"
)
"""What follows `should have` where it is about an act: `should have access` is about a thing."""
_WHAT_WAS = "say what was seen and done at that time, and what made it the sensible thing to do"
_WHAT_WAS_KNOWN = "say what was known at that time, and when the rest became known"

_ANYONE = ("anyone", "everyone", "anybody", "everybody")

ROWS = (
    Row(
        "PM601",
        (" error",),
        r"\b(?:human|operator|user|pilot|engineer(?:ing)?|admin(?:istrator)?|manual|people)\s+errors?\b"
        r"(?!\s+(?:rate|message|code|page|log|report|budget|count))"
        r"|\berrors?\s+of\s+(?:judge?ment|a\s+person|an\s+(?:engineer|operator))",
        "names a person as the cause",
        "a step that the tools allowed",
        "say what the person saw and did, and why the system let it take effect",
    ),
    Row(
        "PM601",
        (
            "careless",
            "negligen",
            "slopp",
            "incompeten",
            "reckless",
            "laz",
            "stupid",
            "foolish",
            "idiot",
            "ignoran",
            "thoughtless",
        ),
        r"\b(?:careless(?:ly|ness)?|negligen(?:t|tly|ce)|slopp(?:y|ily|iness)|incompeten(?:t|tly|ce)|reckless(?:ly|ness)?"
        r"|lazy|lazily|laziness|stupid(?:ly|ity)?|foolish(?:ly|ness)?|idiots?|idiotic|ignoran(?:t|ce)|thoughtless(?:ly)?)\b",
        "judges a person",
        "the act itself, without the judgement",
        _WHAT_WAS,
    ),
    Row(
        "PM601",
        (
            "should have",
            "shouldn't have",
            "shouldn’t have",
            "should not have",
            "ought to have",
            "ought not to have",
        ),
        rf"\b{_PERSON}{_THEN}\s+(?P<words>(?:should(?:n['’]t|\s+not)?|ought\s+(?:not\s+)?to)\s+have)\b"
        rf"(?={_DONE})",
        "measures a person by what did not happen",
        "what was done, and what was expected",
        _WHAT_WAS,
    ),
    Row(
        "PM601",
        ("fail to", "failed to", "fails to"),
        rf"\b{_PERSON}{_THEN}\s+(?P<words>fail(?:ed|s)?\s+to)\b",
        "tells what a person did not do as a failing",
        "did not",
        _WHAT_WAS,
    ),
    Row(
        "PM601",
        ("forgot", "neglected to", " bother"),
        r"\b(?:forgot|forgotten)\s+(?:to|about)\b|\bneglected\s+to\b|\bdid(?:n['’]t|\s+not)\s+(?:even\s+)?bother\b",
        "blames a person for what was not done",
        "did not",
        "say what would have reminded, or done it by itself",
    ),
    Row(
        "PM601",
        (
            "to blame",
            "'s fault",
            "’s fault",
            "his fault",
            "her fault",
            "our fault",
            "my fault",
            "mistake",
            "screwed up",
            "messed up",
        ),
        rf"\b{_PERSON}\s+(?:is|are|was|were)\s+(?P<words>to\s+blame)\b"
        r"|\b(?:his|her|our|my|your|team['’]s|engineer['’]s|operator['’]s|developer['’]s|author['’]s)\s+fault\b"
        rf"|\b{_PERSON}{_THEN}\s+"
        r"(?P<slip>made\s+(?:a|another|the|this|several)\s+(?:\w+\s+)?mistakes?|screwed\s+up|messed\s+up)\b"
        r"|\bdue\s+to\s+(?:his|her|our|my|their|(?:an?|the)\s+(?:engineer|operator|developer|admin)['’]s)\s+mistakes?\b",
        "names a person as the cause",
        "what happened, and how the system let it take effect",
        _WHAT_WAS,
    ),
    Row(
        "PM602",
        ("obviously", "of course", "clearly ", "needless to say", "obvious"),
        r"\b(?:obviously|of\s+course|clearly\s+(?:should|wrong|knew|visible|could|a\s+mistake)|needless\s+to\s+say)\b"
        r"|(?<!not\ )(?<!n['’]t\ )\b(?:it|this|that)\s+(?:was|is|were|should\s+have\s+been)\s+"
        r"(?:quite\s+|very\s+|pretty\s+)?obvious\b",
        "tells as plain what was not plain then",
        "what was on the screens and in the messages then",
        _WHAT_WAS_KNOWN,
    ),
    Row(
        "PM602",
        (
            "would have been ",
            "could have ",
            "easily ",
            "should have been ",
            "had to do",
            "if only",
            "known better",
            "common sense",
            *(f"{one} {what} have" for one in _ANYONE for what in ("would", "could", "should")),
        ),
        r"\bwould\s+have\s+been\s+(?:so\s+|very\s+|quite\s+)?(?:easy|trivial|simple|obvious|enough\s+to)\b"
        r"|\bcould\s+(?:have\s+easily|easily\s+have)\b|\beasily\s+(?:avoidable|preventable|avoided|prevented)\b"
        r"|\b(?:should|could)\s+have\s+been\s+(?:easily\s+)?(?:caught|noticed|spotted|seen|foreseen"
        r"|anticipated|avoided|prevented|obvious|known)\b"
        r"|\ball\s+(?:they|we|he|she|anyone)\s+had\s+to\s+do\b|\bif\s+only\b|\bknown\s+better\b|\bcommon\s+sense\b"
        r"|\b(?:anyone|everyone|anybody|everybody)\s+(?:would|could|should)\s+have\b",
        "knows better afterwards",
        "what was tried, and what it showed",
        _WHAT_WAS_KNOWN,
    ),
    Row(
        "PM602",
        ("hindsight", "in retrospect"),
        r"\b(?:in|with)\s+(?:the\s+benefit\s+of\s+)?hindsight\b|\bin\s+retrospect\b",
        "looks back with what is known now",
        "when it became known, as an event",
        _WHAT_WAS_KNOWN,
    ),
)


def loaded_words(text: str, rows: tuple[Row, ...] = ROWS) -> Iterator[Word]:
    """Yield the words of a text that blame or know better, by rows; they may overlap."""
    rows = suspected(text, rows)
    if not rows:
        return
    quoted = tuple(match.span() for match in _quotes().finditer(text)) if _may_quote(text) else ()
    for row in rows:
        for match in _compiled(row.pattern).finditer(text):
            start, end = match.span(match.lastgroup or 0)
            before = bisect_right(quoted, start, key=lambda span: span[0])
            if not before or start >= quoted[before - 1][1]:
                words = " ".join(text[start:end].split())
                yield Word(row.code, f"`{words}` {row.says}", f"neutral: {row.instead}", row.help, start, end)


def suspected(text: str, rows: tuple[Row, ...] = ROWS) -> tuple[Row, ...]:
    """Return the rows whose hints stand in a text: it costs little, and most texts need no second look."""
    small = " ".join(text.lower().split())
    return tuple(row for row in rows if any(hint in small for hint in row.hints))


def named(text: str, names: Names, roles: Mapping[str, str]) -> Iterator[Word]:
    """Yield where a text calls people by their names, who have a role to be called by.

    ``roles`` are by the words of a name with one blank between, ``names`` those names.
    """
    for match in names.in_text(text):
        role = roles[" ".join(match[0].split())]
        yield Word(
            "PM603",
            "a person is called by name where the role says more",
            f"neutral: {role}",
            "a role says what somebody could see and do, and leaves a person out of it",
            *match.span(),
        )


def _may_quote(text: str) -> bool:
    return any(mark in text for mark in '"“„«>')


@cache
def _quotes() -> re.Pattern[str]:
    return re.compile(
        r'"[^"]{1,2000}"|“[^“”]{1,2000}”|„[^„“”]{1,2000}[“”]|«[^«»]{1,2000}»|^[ \t]*>.*$', re.MULTILINE
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
