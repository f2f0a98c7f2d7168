"""Syntax errors in plain words: what stands there, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Span
from postmortem.read.trouble import Trouble, in_quotes, indent_of, key_of, shown

_TIME_AFTER_SIGN = re.compile(r">=?\s*(\d{1,2}:\d\d\S*)")
_NO_BLANK = re.compile(r"[ \t]*(?:- +)*([A-Za-z_][\w-]*):(?=[^\s:/])")
_HEX = re.compile(r"\\(?:x([0-9A-Fa-f]{0,2})|u([0-9A-Fa-f]{0,4})|U([0-9A-Fa-f]{0,8}))")
_DIGITS = {"x": 2, "u": 4, "U": 8}
_CLOSING = {"[": "]", "{": "}"}
_IN_QUOTES = "put the whole value in double quotes"
_LINES_LOOKED_AT = 100
_CONTINUE = "to continue a text, indent the line further than its key"


def explain(body: str, error: Exception, last: tuple[int, int] | None = None) -> Finding:
    """Return the finding for what a parser says of ``body``: in our words, the same for either parser.

    ``last`` is where the last text that was read begins and ends.
    """
    trouble = _trouble(body, error, last)
    for judge in _JUDGES:
        finding = judge(trouble)
        if finding is not None:
            return finding
    return _wrong(
        trouble.word(trouble.index), "this is not YAML", help="check this line and the one above it"
    )


def _trouble(body: str, error: Exception, last: tuple[int, int] | None) -> Trouble:
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    words = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or error}"
    index = min(mark.index, len(body)) if mark is not None else 0
    return Trouble(body, words, index, min(context.index, len(body)) if context is not None else index, last)


def _wrong(
    at: Span,
    message: str,
    *,
    label: str = "",
    help: str = "",
    code: str = "PM101",
    related: tuple[Related, ...] = (),
) -> Finding:
    return Finding(code, message, at, label, help, related)


def _escape(t: Trouble) -> Finding | None:
    if not t.says("escape", "hexdecimal", "hexadecimal"):
        return None
    at = t.index if t.letter == "\\" and t.says("unknown escape") else t.body.rfind("\\", 0, t.index)
    match = _HEX.match(t.body, at)
    if match is None:
        escape = t.body[at : at + 2]
        return _wrong(
            t.span(at, 2),
            f"`{escape}` means nothing in a text in double quotes",
            help=f"write `\\{escape}` for a backslash, or put the text in single quotes",
        )
    kind = t.body[at + 1]
    digits = match.group(1) or match.group(2) or match.group(3) or ""
    if len(digits) < _DIGITS[kind]:
        message = f"after `\\{kind}` in double quotes stand {_DIGITS[kind]} hexadecimal digits"
        advice = "write a backslash as `\\\\`, or put the text in single quotes"
        return _wrong(t.span(at, len(match.group())), message, help=advice)
    return _bad_code(t, at, match.group(), int(digits, 16))


def _bad_code(t: Trouble, at: int, escape: str, code: int) -> Finding:
    if code > 0x10FFFF:
        return _wrong(t.span(at, len(escape)), f"`{escape}` is past the last character there is (U+10FFFF)")
    low = _HEX.match(t.body, at + len(escape))
    advice = "write the character itself"
    if low is not None and low.group(2) and code < 0xDC00 <= int(low.group(2), 16) < 0xE000:
        whole = 0x10000 + ((code - 0xD800) << 10) + (int(low.group(2), 16) - 0xDC00)
        advice = f"write the character itself, or `\\U{whole:08X}` for both halves"
    message = f"half of a surrogate pair (U+{code:04X}) is not allowed in a log"
    return _wrong(t.span(at, len(escape)), message, help=advice, code="PM108")


def _open_quote(t: Trouble) -> Finding | None:
    if not t.says("quoted scalar"):
        return None
    quote = t.body[t.began]
    advice = f"close it with `{quote}` where the text ends"
    if quote == "'":
        advice += "; a text that begins with an apostrophe goes in double quotes"
    return _wrong(t.span(t.began), "the quote that opens here is not closed", help=advice)


def _tab(t: Trouble) -> Finding | None:
    if t.letter != "\t" or not t.says("cannot start any token", "tab character"):
        return None
    rest = t.rest(t.index) or "\t"
    width = len(rest) - len(rest.lstrip("\t"))
    where = (
        "this line is indented with a tab"
        if not t.before.strip(" \t")
        else "a tab stands before what begins here"
    )
    return _wrong(t.span(t.index, width or 1), where, help="use blanks in its place", code="PM111")


def _bad_start(t: Trouble) -> Finding | None:
    if not t.says("cannot start any token"):
        return None
    value = t.rest(t.index)
    return _wrong(
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
        return _wrong(t.span(t.began, len(time.group())), message, label=f"write `after {clock}`")
    message = f"`{sign}` begins a text block, and its text stands on the lines after it"
    return _wrong(t.span(t.began, len(value)), message, label=in_quotes(value), help=f"or {_IN_QUOTES}")


def _bad_name(t: Trouble) -> Finding | None:
    if not t.says("scanning an anchor", "scanning an alias"):
        return None
    sign, value = t.body[t.began : t.began + 1], t.rest(t.began)
    message = f"a text without quotes cannot begin with `{sign}`"
    return _wrong(t.word(t.began), message, label=in_quotes(value), help=_IN_QUOTES)


def _bad_tag(t: Trouble) -> Finding | None:
    if not t.says("a tag", "tag handle"):
        return None
    at = t.began if t.body[t.began : t.began + 1] == "!" else t.index
    value = t.rest(at)
    message = "a text without quotes cannot begin with `!`"
    return _wrong(t.word(at), message, label=in_quotes(value), help=_IN_QUOTES, code="PM103")


def _directive(t: Trouble) -> Finding | None:
    line = t.line(t.began if t.says("directive") else t.index)
    if not line.startswith("%"):
        return None
    at = t.start_of_line(t.began if t.says("directive") else t.index)
    return _wrong(
        t.word(at), "a line cannot begin with `%`", label=in_quotes(line), help="put the text in quotes"
    )


def _colon_too_many(t: Trouble) -> Finding | None:
    if not t.says("mapping values are not allowed"):
        return None
    line = t.line(t.index)
    start = t.start_of_line(t.index)
    first = key_of(line)
    if first is not None and start + first[1] <= t.index:
        key, value = first[0], line[first[1] :]
        message = f"the value of `{shown(key)}` holds a colon and a blank, so it must stand in quotes"
        return _wrong(t.span(t.index), message, label=in_quotes(value), help=_IN_QUOTES)
    if line.startswith("---"):
        return _wrong(
            t.span(start, 3), "a map cannot begin on the line of `---`", help="begin it on the next line"
        )
    return _key_in_text(t, start)


def _key_in_text(t: Trouble, start: int) -> Finding:
    """Judge a key where a text of the line above goes on."""
    line = t.line(start)
    text = start + len(line) - len(line.lstrip(" "))
    at = t.span(text, max(1, t.index - text))
    above = _line_it_continues(t, indent_of(line))
    if above is None:
        return _wrong(at, "a key cannot stand here", help="write `key: value` on a line of its own")
    upper = t.line(above)
    opening = above + len(upper) - len(upper.lstrip(" -"))
    if t.body[opening] in "\"'":
        end = t.end_of_quoted(opening)
        if end is not None and "\n" in t.body[opening:end]:
            return _quote_runs_on(t, opening, end)
    key = key_of(upper)
    if key is not None and indent_of(line) > indent_of(upper):
        message = (
            f"this line is indented deeper than `{shown(key[0])}` above, so it is read as part of its value"
        )
        return _wrong(
            at, message, help="indent both alike; put a text that holds a colon and a blank in quotes"
        )
    return _no_colon_in(t, above, upper)


def _line_it_continues(t: Trouble, indent: int) -> int | None:
    """Return where the nearest line above that is indented no deeper begins."""
    above = t.line_above(t.index)
    for _ in range(_LINES_LOOKED_AT):
        if above is None or indent_of(t.line(above)) <= indent:
            break
        above = t.line_above(above)
    return above


def _no_colon_in(t: Trouble, start: int, line: str) -> Finding:
    """Judge a line that should have been a key and a value."""
    text = start + len(line) - len(line.lstrip(" -"))
    joined = _NO_BLANK.match(line)
    if joined is not None:
        colon = start + joined.end() - 1
        fixed = f"{joined.group(1)}: {line[joined.end() :].strip()}"
        return _wrong(t.span(colon), "a blank is missing after this colon", label=f"write `{shown(fixed)}`")
    word = shown(line.strip(" -"))
    return _wrong(
        t.span(text, len(line)),
        f"`{word}` is neither a key nor a value here",
        help=f"write `key: value`; {_CONTINUE}",
    )


def _dash(t: Trouble) -> Finding | None:
    if not t.says("sequence entries are not allowed"):
        return None
    key = key_of(t.line(t.index))
    if key is not None:
        message = f"a list cannot begin on the line of its key `{shown(key[0])}`"
        label = in_quotes(t.rest(t.index))
        return _wrong(
            t.span(t.index), message, label=label, help="begin it on the next line; a text goes in quotes"
        )
    return _wrong(t.span(t.index), "a list item cannot stand here", help="begin it on a line of its own")


def _question(t: Trouble) -> Finding | None:
    if not t.says("mapping keys are not allowed"):
        return None
    value = t.rest(t.index)
    message = "a text without quotes cannot begin with `? `"
    return _wrong(t.span(t.index), message, label=in_quotes(value), help=_IN_QUOTES)


def _no_colon(t: Trouble) -> Finding | None:
    if not t.says("could not find expected ':'"):
        return None
    if t.body[t.began] in "\"'":
        end = t.end_of_quoted(t.began) or len(t.body)
        if "\n" in t.body[t.began : end]:
            return _quote_runs_on(t, t.began, end)
    elif len(t.rest(t.began)) > 1024:
        return _wrong(t.span(t.began), "no key is longer than 1,024 characters", help="write `key: value`")
    line = t.line(t.began)
    return _no_colon_in(t, t.start_of_line(t.began), line)


def _quote_runs_on(t: Trouble, start: int, end: int) -> Finding:
    return _wrong(
        t.span(start),
        f"the quote that opens here is not closed in its line, but only in line {t.number(end - 1)}",
        help=f"close it with `{t.body[start]}` where the text ends",
        related=(Related("it is closed here", t.span(end - 1)),),
    )


def _flow(t: Trouble) -> Finding | None:
    opening = t.body[t.began : t.began + 1]
    if opening not in _CLOSING or not t.says("',' or"):
        return None
    closing = _CLOSING[opening]
    if not t.letter or t.number(t.index) > t.number(t.began):
        return _wrong(
            t.span(t.began),
            f"the `{opening}` that opens here is not closed",
            help=f"close it with `{closing}`; put a text that begins with `{opening}` in quotes",
            related=(Related(f"before this a `,` or `{closing}` is due", t.span(t.index)),)
            if t.letter
            else (),
        )
    message = f"a `,` or `{closing}` is due before this"
    return _wrong(
        t.word(t.index), message, help="put a text that holds `,`, `:`, quotes or brackets in quotes"
    )


def _colon_in_flow(t: Trouble) -> Finding | None:
    if not t.says("found unexpected ':'"):
        return None
    return _wrong(
        t.span(t.index), "a blank is missing after this colon", help="put a text that holds it in quotes"
    )


def _no_value(t: Trouble) -> Finding | None:
    if not t.says("node content"):
        return None
    if not t.letter:
        return _wrong(t.span(t.index), "the file breaks off where a value is due")
    if t.letter == ":":
        return _wrong(
            t.span(t.index),
            "the key before this `:` is missing",
            help="put a text that begins with `:` in quotes",
        )
    return _wrong(t.word(t.index), f"a value is due before this `{shown(t.rest(t.index)[:3].strip())}`")


def _stray(t: Trouble) -> Finding | None:
    """Judge what stands where nothing of its kind may."""
    if not t.says("expected key", "<block end>", "'-' indicator", "<document start>"):
        return None
    before = t.before.rstrip(" \t")
    if before.strip(" -"):
        return _after_value(t, before)
    if t.last is not None and t.body[t.last[0]] in "\"'" and "\n" in t.body[t.last[0] : t.last[1]]:
        return _quote_runs_on(t, *t.last)
    if t.letter in ":?":
        return _wrong(
            t.span(t.index), "the key before this `:` is missing", help="write `key: value`", code="PM112"
        )
    if t.letter in "]},":
        return _wrong(
            t.span(t.index),
            f"`{t.letter}` closes nothing here",
            help="put a text that begins with it in quotes",
        )
    return _indentation(t)


def _after_value(t: Trouble, before: str) -> Finding:
    """Judge what follows a value that has ended in the same line."""
    rest = t.span(t.index, len(t.rest(t.index)))
    if before[-1] in "\"'":
        if t.last is not None and "\n" in t.body[t.last[0] : t.last[1]]:
            return _quote_runs_on(t, *t.last)
        inner = "`''`" if before[-1] == "'" else '`\\"`'
        message = "the text in quotes has ended, and more stands after it"
        return _wrong(
            rest, message, help=f"put all of it inside the quotes; a quote inside is written {inner}"
        )
    if before[-1] in "]}":
        opening = "[" if before[-1] == "]" else "{"
        message = f"the `{before[-1]}` ends the value, and more stands after it"
        return _wrong(rest, message, help=f"put a text that begins with `{opening}` in double quotes")
    word = before.rsplit(" ", 1)[-1]
    if word[0] in "*&!":
        at = t.start_of_line(t.index) + len(before) - len(word)
        label = in_quotes(t.rest(at))
        return _wrong(
            t.word(at), f"a text without quotes cannot begin with `{word[0]}`", label=label, help=_IN_QUOTES
        )
    return _wrong(rest, f"`{shown(t.rest(t.index))}` cannot stand after `{shown(before.strip())}`")


def _indentation(t: Trouble) -> Finding:
    """Judge a line that begins where it fits nothing above it."""
    at, indent = t.word(t.index), indent_of(t.line(t.index))
    above = t.line_above(t.index)
    upper = t.line(above) if above is not None else ""
    if " #" in f" {upper.lstrip()}" and ":" not in t.rest(t.index):
        return _wrong(
            at,
            "the comment above ends the text, so this line belongs to nothing",
            help="put the comment first",
        )
    if t.says("block collection") and t.letter != "-":
        return _wrong(
            at,
            "the list above goes on here, and this line does not begin with `- `",
            help="indent it as it belongs",
        )
    if above is not None and indent_of(upper) != indent:
        blanks = "1 blank" if indent == 1 else f"{indent or 'no'} blanks"
        message = f"this line is indented by {blanks}, and no line above that it can belong to is"
        there = t.span(above + indent_of(upper))
        related = (Related(f"the line above is indented by {indent_of(upper)}", there),)
        return _wrong(at, message, help="indent it like the lines it belongs to", related=related)
    if t.letter == "-" and not t.rest(t.index)[1:2].strip(" \t"):
        return _wrong(at, "a list item cannot stand between the keys of a map", help="indent it as it belongs")
    return _no_colon_in(t, t.start_of_line(t.index), t.line(t.index))


_JUDGES: tuple[Callable[[Trouble], Finding | None], ...] = (
    _bad_tag,
    _directive,
    _escape,
    _open_quote,
    _tab,
    _bad_start,
    _block_header,
    _bad_name,
    _colon_too_many,
    _dash,
    _question,
    _no_colon,
    _flow,
    _colon_in_flow,
    _no_value,
    _stray,
)
