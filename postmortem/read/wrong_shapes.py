"""Syntax errors of maps and lists: colons, dashes, brackets and indentation where they do not fit."""

from __future__ import annotations

import re
from itertools import islice

from postmortem.ground.finding import Finding, Related
from postmortem.read.trouble import DOCUMENT_DUE, Judge, Trouble, in_quotes, indent_of, key_of, shown, wrong

_NO_BLANK = re.compile(r" *(?:- +)*([A-Za-z_][\w-]*):(?=[^\s:/])")
_CLOSING = {"[": "]", "{": "}"}
_IN_QUOTES = "put the whole value in double quotes"
_LINES_LOOKED_AT = 100
_CONTINUE = "to continue a text, indent the line further than its key"


def _colon_too_many(t: Trouble) -> Finding | None:
    if not t.says("mapping values are not allowed"):
        return None
    line = t.line(t.index)
    start = t.start_of_line(t.index)
    first = key_of(line)
    if first is not None and start + first[1] <= t.index:
        key, value = first[0], line[first[1] :]
        message = f"the value of `{shown(key)}` holds a colon and a blank, so it must stand in quotes"
        return wrong(t.span(t.index), message, label=in_quotes(value), help=_IN_QUOTES)
    if line.startswith("---"):
        return wrong(
            t.span(start, 3), "a map cannot begin on the line of `---`", help="begin it on the next line"
        )
    return _key_in_text(t, start)


def _key_in_text(t: Trouble, start: int) -> Finding:
    """Judge a key where a text of the line above goes on."""
    line = t.line(start)
    text = start + len(line) - len(line.lstrip(" "))
    at = t.span(text, t.index - text)
    above = _line_it_continues(t, indent_of(line))
    if above is None:
        return wrong(at, "a key cannot stand here", help="write `key: value` on a line of its own")
    upper = t.line(above)
    opening = above + len(upper) - len(upper.lstrip(" -"))
    end = t.end_of_quoted(opening)
    if end is not None and "\n" in t.body[opening:end]:
        return _quote_runs_on(t, opening, end)
    key = key_of(upper)
    if key is not None and indent_of(line) > indent_of(upper):
        message = (
            f"this line is indented deeper than `{shown(key[0])}` above, so it is read as part of its value"
        )
        return wrong(
            at, message, help="indent both alike; put a text that holds a colon and a blank in quotes"
        )
    return _no_colon_in(t, above, upper)


def _line_it_continues(t: Trouble, indent: int) -> int | None:
    """Return where the nearest line above begins that is indented no deeper and holds more than a comment."""
    for above in islice(t.lines_above(t.index), _LINES_LOOKED_AT):
        line = t.line(above)
        if indent_of(line) <= indent and not line.lstrip(" -").startswith("#"):
            return above
    return None


def _no_colon_in(t: Trouble, start: int, line: str) -> Finding:
    """Judge a line that should have been a key and a value."""
    text = start + len(line) - len(line.lstrip(" -"))
    joined = _NO_BLANK.match(line)
    if joined is not None:
        colon = start + joined.end() - 1
        fixed = f"{joined.group(1)}: {line[joined.end() :]}"
        return wrong(t.span(colon), "a blank is missing after this colon", label=f"write `{shown(fixed)}`")
    word = shown(line.strip(" -"))
    return wrong(
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
        return wrong(
            t.span(t.index), message, label=label, help="begin it on the next line; a text goes in quotes"
        )
    return wrong(t.span(t.index), "a list item cannot stand here", help="begin it on a line of its own")


def _question(t: Trouble) -> Finding | None:
    if not t.says("mapping keys are not allowed"):
        return None
    value = t.rest(t.index)
    message = "a text without quotes cannot begin with `? `"
    return wrong(t.span(t.index), message, label=in_quotes(value), help=_IN_QUOTES)


def _no_colon(t: Trouble) -> Finding | None:
    if not t.says("could not find expected ':'"):
        return None
    end = t.end_of_quoted(t.began)
    if end is not None and "\n" in t.body[t.began : end]:
        return _quote_runs_on(t, t.began, end)
    if len(t.rest(t.began)) > 1024:
        return wrong(t.span(t.began), "no key is longer than 1,024 characters", help="write `key: value`")
    line = t.line(t.began)
    return _no_colon_in(t, t.start_of_line(t.began), line)


def _last_runs_on(t: Trouble) -> Finding | None:
    """Judge the last text that was read: one in quotes that ends in another line than it begins in."""
    if t.last is None or t.body[t.last[0]] not in "\"'" or "\n" not in t.body[t.last[0] : t.last[1]]:
        return None
    return _quote_runs_on(t, *t.last)


def _quote_runs_on(t: Trouble, start: int, end: int) -> Finding:
    return wrong(
        t.span(start),
        f"the quote that opens here is not closed in its line, but only in line {t.number(end)}",
        help=f"close it with `{t.body[start]}` where the text ends",
        related=(Related("it is closed here", t.span(end - 1)),),
    )


def _flow(t: Trouble) -> Finding | None:
    if not t.says("expected ',' or"):
        return None
    if not t.letter or t.number(t.index) > t.number(t.began):
        return _not_closed(t, t.began)
    message = f"a `,` or `{_CLOSING[t.body[t.began]]}` is due before this"
    return wrong(
        t.word(t.index), message, help="put a text that holds `,`, `:`, quotes or brackets in quotes"
    )


def _not_closed(t: Trouble, began: int) -> Finding:
    opening = t.body[began]
    closing = _CLOSING[opening]
    due = Related(f"before this a `,` or `{closing}` is due", t.span(t.index))
    return wrong(
        t.span(began),
        f"the `{opening}` that opens here is not closed",
        help=f"close it with `{closing}`; put a text that begins with `{opening}` in quotes",
        related=(due,) if t.letter else (),
    )


def _colon_in_flow(t: Trouble) -> Finding | None:
    if not t.says("found unexpected ':'"):
        return None
    return wrong(
        t.span(t.index), "a blank is missing after this colon", help="put a text that holds it in quotes"
    )


def _no_value(t: Trouble) -> Finding | None:
    if not t.says("node content"):
        return None
    if not t.letter:
        if t.opened is not None:
            return _not_closed(t, t.opened)
        return wrong(t.span(t.index), "the file breaks off where a value is due")
    if t.letter == ":":
        return wrong(
            t.span(t.index),
            "the key before this `:` is missing",
            help="put a text that begins with `:` in quotes",
        )
    return wrong(t.word(t.index), f"a value is due before this `{shown(t.rest(t.index)[:3].strip())}`")


def _stray(t: Trouble) -> Finding | None:
    """Judge what stands where nothing of its kind may."""
    if not t.says("expected key", "<block end>", "'-' indicator", *DOCUMENT_DUE):
        return None
    before = t.before.rstrip(" \t")
    if before.strip(" -"):
        return _after_value(t, before)
    running = _last_runs_on(t)
    if running is not None:
        return running
    if t.letter in ":?":
        return wrong(
            t.span(t.index), "the key before this `:` is missing", help="write `key: value`", code="PM112"
        )
    if t.letter in "]},":
        return wrong(
            t.span(t.index),
            f"`{t.letter}` closes nothing here",
            help="put a text that begins with it in quotes",
        )
    if t.letter in "&*!":
        message = f"a text without quotes cannot begin with `{t.letter}`"
        return wrong(t.word(t.index), message, label=in_quotes(t.rest(t.index)), help=_IN_QUOTES)
    return _indentation(t)


def _after_value(t: Trouble, before: str) -> Finding:
    """Judge what follows a value that has ended in the same line."""
    rest = t.span(t.index, len(t.rest(t.index)))
    if before[-1] in "\"'":
        running = _last_runs_on(t)
        if running is not None:
            return running
        inner = "`''`" if before[-1] == "'" else '`\\"`'
        message = "the text in quotes has ended, and more stands after it"
        return wrong(
            rest, message, help=f"put all of it inside the quotes; a quote inside is written {inner}"
        )
    if before[-1] in "]}":
        opening = "[" if before[-1] == "]" else "{"
        message = f"the `{before[-1]}` ends the value, and more stands after it"
        return wrong(rest, message, help=f"put a text that begins with `{opening}` in double quotes")
    word = before.rpartition(" ")[2]
    if word[0] in "*&!":
        at = t.start_of_line(t.index) + len(before) - len(word)
        label = in_quotes(t.rest(at))
        return wrong(
            t.word(at), f"a text without quotes cannot begin with `{word[0]}`", label=label, help=_IN_QUOTES
        )
    return wrong(rest, f"`{shown(t.rest(t.index))}` cannot stand after `{shown(before)}`")


def _indentation(t: Trouble) -> Finding:
    """Judge a line that begins where it fits nothing above it."""
    at, indent = t.word(t.index), indent_of(t.line(t.index))
    above = next(t.lines_above(t.index), t.index)
    upper = t.line(above)
    if " #" in f" {upper}" and ":" not in t.rest(t.index):
        return wrong(
            at,
            "the comment above ends the text, so this line belongs to nothing",
            help="put the comment first",
        )
    if t.says("block collection") and t.letter != "-":
        return wrong(
            at,
            "the list above goes on here, and this line does not begin with `- `",
            help="indent it as it belongs",
        )
    if indent_of(upper) != indent:
        blanks = "1 blank" if indent == 1 else f"{indent or 'no'} blanks"
        message = f"this line is indented by {blanks}, and no line above that it can belong to is"
        there = t.span(above + indent_of(upper))
        related = (Related(f"the line above is indented by {indent_of(upper)}", there),)
        return wrong(at, message, help="indent it like the lines it belongs to", related=related)
    if t.letter == "-" and not t.rest(t.index)[1:2].strip(" \t"):
        return wrong(at, "a list item cannot stand between the keys of a map", help="indent it as it belongs")
    return _no_colon_in(t, t.start_of_line(t.index), t.line(t.index))


SHAPE_JUDGES: tuple[Judge, ...] = (
    _colon_too_many,
    _dash,
    _question,
    _no_colon,
    _flow,
    _colon_in_flow,
    _no_value,
    _stray,
)
