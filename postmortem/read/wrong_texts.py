"""Syntax errors of a single text: escapes, quotes, tabs, signs that no text without quotes begins with."""

from __future__ import annotations

import re

from postmortem.ground.finding import Finding
from postmortem.read.trouble import DOCUMENT_DUE, Judge, Trouble, in_quotes, wrong

_TIME_AFTER_SIGN = re.compile(r">=?\s*(\d{1,2}:\d\d\S*)")
_HEX = re.compile(r"\\([xuU])([0-9A-Fa-f]*)")
_DIGITS = {"x": 2, "u": 4, "U": 8}
_IN_QUOTES = "put the whole value in double quotes"


def _escape(t: Trouble) -> Finding | None:
    if not t.says("escape", "hexdecimal", "hexadecimal"):
        return None
    at = t.index if t.letter == "\\" and t.says("unknown escape") else t.body.rfind("\\", t.began, t.index)
    number = _number(t, at)
    if number is None:
        escape = t.body[at : at + 2]
        return wrong(
            t.span(at, 2),
            f"`{escape}` means nothing in a text in double quotes",
            help=f"write `\\{escape}` for a backslash, or put the text in single quotes",
        )
    kind, digits = number
    if len(digits) < _DIGITS[kind]:
        message = f"after `\\{kind}` in double quotes stand {_DIGITS[kind]} hexadecimal digits"
        advice = "write a backslash as `\\\\`, or put the text in single quotes"
        return wrong(t.span(at, 2 + len(digits)), message, help=advice)
    return _bad_code(t, at, f"\\{kind}{digits}", int(digits, 16))


def _number(t: Trouble, at: int) -> tuple[str, str] | None:
    """Return the letter and the digits of the escape by number that stands there, if one does."""
    match = _HEX.match(t.body, at)
    return (match[1], match[2][: _DIGITS[match[1]]]) if match else None


def _bad_code(t: Trouble, at: int, escape: str, code: int) -> Finding:
    if code > 0x10FFFF:
        return wrong(t.span(at, len(escape)), f"`{escape}` is past the last character there is (U+10FFFF)")
    low = _number(t, at + len(escape))
    advice = "write the character itself"
    if low is not None and low[0] == "u" and code < 0xDC00 <= int(f"0{low[1]}", 16) < 0xE000:
        whole = 0x10000 + ((code - 0xD800) << 10) + (int(low[1], 16) - 0xDC00)
        advice = f"write the character itself, or `\\U{whole:08X}` for both halves"
    message = f"half of a surrogate pair (U+{code:04X}) is not allowed in a log"
    return wrong(t.span(at, len(escape)), message, help=advice, code="PM108")


def _open_quote(t: Trouble) -> Finding | None:
    if not t.says("quoted scalar"):
        return None
    quote = t.body[t.began]
    advice = f"close it with `{quote}` where the text ends"
    if quote == "'":
        advice += "; a text that begins with an apostrophe goes in double quotes"
    return wrong(t.span(t.began), "the quote that opens here is not closed", help=advice)


def _tab(t: Trouble) -> Finding | None:
    if t.letter != "\t" or not t.says("cannot start any token", "tab character"):
        return None
    rest = t.rest(t.index)
    width = len(rest) - len(rest.lstrip("\t"))
    where = (
        "this line is indented with a tab"
        if not t.before.strip(" ")
        else "a tab stands before what begins here"
    )
    return wrong(t.span(t.index, width), where, help="use blanks in its place", code="PM111")


def _bad_start(t: Trouble) -> Finding | None:
    if not t.says("cannot start any token"):
        return None
    value = t.rest(t.index)
    return wrong(
        t.word(t.index),
        f"a text without quotes cannot begin with {'a backtick' if t.letter == '`' else f'`{t.letter}`'}",
        label=in_quotes(value),
        help=_IN_QUOTES,
    )


def _block_header(t: Trouble) -> Finding | None:
    if not t.says("block scalar"):
        return None
    sign = t.body[t.began : t.began + 1]
    value = t.rest(t.began)
    time = _TIME_AFTER_SIGN.match(value)
    if time is not None:
        clock = time.group(1)
        message = f"`>` begins a text block; for a time that is not before {clock} write `after {clock}`"
        return wrong(t.span(t.began, len(time.group())), message, label=f"write `after {clock}`")
    message = f"`{sign}` begins a text block, and its text stands on the lines after it"
    return wrong(t.span(t.began, len(value)), message, label=in_quotes(value), help=f"or {_IN_QUOTES}")


def _bad_name(t: Trouble) -> Finding | None:
    if not t.says("scanning an anchor", "scanning an alias"):
        return None
    sign, value = t.body[t.began : t.began + 1], t.rest(t.began)
    message = f"a text without quotes cannot begin with `{sign}`"
    return wrong(t.word(t.began), message, label=in_quotes(value), help=_IN_QUOTES)


def _bad_tag(t: Trouble) -> Finding | None:
    if not t.says("a tag", "tag handle"):
        return None
    at = t.began if t.body[t.began : t.began + 1] == "!" else t.index
    value = t.rest(at)
    message = "a text without quotes cannot begin with `!`"
    return wrong(t.word(at), message, label=in_quotes(value), help=_IN_QUOTES, code="PM103")


def _directive(t: Trouble) -> Finding | None:
    at = t.start_of_line(t.index)
    if t.says(*DOCUMENT_DUE):
        at = next(t.lines_above(t.index), at)
    if not t.body.startswith("%", at) or not (at in (t.index, t.began) or t.says(*DOCUMENT_DUE)):
        return None
    label = in_quotes(t.rest(at))
    return wrong(t.word(at), "a line cannot begin with `%`", label=label, help="put the text in quotes")


TEXT_JUDGES: tuple[Judge, ...] = (
    _bad_tag,
    _directive,
    _escape,
    _open_quote,
    _tab,
    _bad_start,
    _block_header,
    _bad_name,
)
