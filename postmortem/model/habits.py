"""Habits: how people write times that are not in the notation, and what is written instead.

One table, read from top to bottom; the first row that yields a spelling that fits wins.
"""

from __future__ import annotations

from postmortem.model import rewriting
from postmortem.model.near import Habit, habit
from postmortem.model.near_days import DAYS
from postmortem.model.zone_table import ZONE_HELP

_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\b\.?)?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ID = r"[a-z][a-z0-9_-]*"
_SLOW = r"(?:soon|shortly|right|just|immediately|directly|some ?time|long)"

_SIGNS = (
    habit(
        r"\b(?=[0-9:]*[OIl])(?=[OIl:]*[0-9])[0-9OIl]{1,2}:[0-9OIl]{2}(?::[0-9OIl]{2})?\b",
        "{said} has a letter where a digit is due",
        rewriting.digits,
    ),
    habit(
        r"[0-9:]*[^\x00-\x7f](?:[0-9:]|[^\x00-\x7f])*",
        "{said} is not written in plain digits and signs",
        rewriting.plain_signs,
    ),
    habit(r"\.{3,}|…", "two dots are due", ".."),
    habit(r"-/?\+", "the sign for it is `±`", "±"),
    habit(r"(?:>=?|=>|[≥⩾＞]) ?(?=[0-9a-z+~])([^ ,]+)", "a bound is said in words", r"after \1"),
    habit(r"(?:<=?|=<|[≤⩽＜]) ?(?=[0-9a-z+~])([^ ,]+)", "a bound is said in words", r"before \1"),
    habit(r"['\"`]([^'\"`]*)['\"`]", "quotation marks are part of the text here", r"\1"),
)
_JOINTS = r" ?(?:[‐‑‒―—−-]|--|---|->|=>|→|/|till?|through|thru) ?"
_RANGES = tuple(
    habit(rf"({_CLOCK}){joint}({_CLOCK})", message, rewrite)
    for joint, message in (
        ("-", "an unspaced `-` begins an offset: a range is written with `to`"),
        (_JOINTS, "a range is written with `to`"),
    )
    for rewrite in (r"\1 to \2", r"\1 to +1d \2", rewriting.same_half)
)
_DAYS = (
    *(habit(pattern, "a day is written year, month, day", rewriting.days) for pattern in DAYS),
    habit(rf"({_DAY})(?:[_-]|,? at )({_CLOCK})", "one blank parts the day from the clock time", r"\1 \2"),
    habit(rf"({_CLOCK}) (?:on )?({_DAY})", "the day stands before the clock time", r"\2 \1"),
    habit(
        r"\b([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})(?:([0-9]{2}))?",
        "a time has its signs: `2023-05-24T18:20`",
        rewriting.day_and_clock,
    ),
)
_CLOCKS = (
    habit(
        r"\b([0-9]{1,2})[.hu]([0-9]{2})(?:[.m]([0-9]{2}))?(?![0-9])",
        "a clock time has a colon",
        rewriting.clock,
    ),
    habit(
        r"(?<![0-9:.+-])([0-9]{2})([0-9]{2})([0-9]{2})?(?: ?h(?:rs?|ours?)?\b\.?)?(?![0-9:])",
        "a clock time has a colon",
        rewriting.clock,
    ),
    habit(
        rf"({_CLOCK})(?: ?h(?:rs?|ours?)?\b\.?| o'?clock\b| sharp\b| local(?: time)?\b)",
        "a clock time stands alone",
        r"\1",
    ),
    habit(
        r"\b([0-9]{1,2}) ?([ap])\.?m\b\.?",
        "the minutes are missing",
        r"\1:00\2m",
        "where any minute of the hour is meant, write a range: `6:00pm to 6:59pm`",
    ),
    habit(
        r"\b([0-9]{1,2}) ?(?:h|o'?clock)\b",
        "the minutes are missing",
        r"\1:00",
        "where any minute of the hour is meant, write a range: `18:00 to 18:59`",
    ),
    habit(r"\b([0-9]{1,2}:[0-9]{2}) ?([ap])\b\.?", "it takes `am` or `pm`", r"\1\2m"),
)
_ZONES = (
    habit(
        r"(?<=[0-9mzZ.])( ?)(?:UTC|GMT)? ?([+-])([0-9]{1,2}):?([0-9]{2})?\b(?!:)",
        "an offset has a sign, hours and minutes",
        rewriting.offset,
    ),
    habit(r"[(\[](UTC|GMT|Z|[a-z_]+/[a-z_/]+)[)\]]", "a zone stands without brackets", r"\1"),
    habit(
        r"(?<=[0-9m] )[a-z][a-z_/.-]*(?: [a-z_]+){0,2}(?= ?(?:$|,|\.\.|[-–±]| to | and ))",
        "{said} is not a zone that is known",
        rewriting.zones,
        ZONE_HELP,
        "PM212",
    ),
)
_WORDS = (
    habit(
        r"\b(?:approx(?:imately)?|circa|ca|c|roughly|some(?:time|where)?(?: around)?|nearly|almost|close to"
        r"|est(?:imated)?)\b(?:\. ?(?=[0-9a-z])| (?=[0-9a-z])|(?=[0-9]))",
        "the word for it is `about`",
        "about ",
    ),
    habit(
        rf"({_CLOCK})(?:[ -]?ish\b| or so\b| or thereabouts\b| ?\?| ca\b\.?| approx\b\.?)",
        "the word for it is `about`",
        r"about \1",
    ),
    habit(
        rf"\b(?:(?:no|not) later than|till?|prior to|ahead of|earlier than|up to|up until|{_SLOW} before)\b",
        "the word for it is `before`",
        "before",
    ),
    habit(
        rf"\b(?:(?:no|not) earlier than|later than|following|past|post|from|since|into|as of|{_SLOW} after"
        r"|(?:starting|beginning)(?: from| at)?)\b",
        "the word for it is `after`",
        "after",
    ),
    habit(r"\b(?:to|or|until|till?|through|thru)\b|(?<= )[-–](?= )", "`between` goes with `and`", "and"),
    habit(
        rf"\b(?:during|while|throughout) ({_ID})",
        "within a span is after its start and before its end",
        r"after \1, before \1.end",
    ),
    habit(rf"\b({_ID})\.(?:start|begin|beginning)\b", "an event's id alone is its start", r"\1"),
    habit(rf"\b({_ID})(?:\.(?:stop|finish|until|end)|'s end)\b", "a span's end is written `.end`", r"\1.end"),
)
_DISTANCES = (
    habit(r"\b([0-9]{1,3}h ?[0-9]{1,2})(?![0-9a-z:])", "the last number needs a unit", r"\1m"),
    habit(r"\bt ?([+-]) ?(?=[0-9])", "the incident's zero is a capital T", r"T\1"),
    habit(
        r"((?:(?<=[a-z])|(?<= ))[+-] ?)([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?\b",
        "a duration names its units",
        rewriting.duration_of_colons,
    ),
    habit(
        r"\bP(?:([0-9]{1,5})D)?T?(?:([0-9]{1,5})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,5})S)?\b",
        "an ISO 8601 duration is not in the notation",
        rewriting.duration_of_iso,
    ),
    habit(r"\bplus\b", "the sign for it is `+`", "+"),
    habit(r"\bminus\b", "the sign for it is `-`", "-"),
    habit(
        r"\b([0-9]{1,9}(?:\.[0-9]{1,9})?)(?![0-9a-z:.%-])", "a duration needs a unit: `m` for minutes", r"\1m"
    ),
)
_REST = (
    habit(r"(?<![a-z0-9_-])(?:at|on|@|=) ?(?=[0-9a-z~])", "{said} goes without saying", ""),
    habit(r" ?(?:;|&|\band\b|\bbut\b) ?", "statements are joined by a comma", ", "),
    habit(r",(?= ?,)|,(?= ?$)|^ ?,", "a comma stands between two statements", ""),
    habit(r"\.(?= ?$)", "no full stop is due", ""),
    habit(r"\b[a-z]{2,}\b", "{said} is not a word of the notation", rewriting.keyword),
)
HABITS: tuple[Habit, ...] = _SIGNS + _RANGES + _DAYS + _CLOCKS + _ZONES + _WORDS + _DISTANCES + _REST
