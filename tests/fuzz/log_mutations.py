"""Mutated logs: sound ones with their words, keys, lines, bytes or layout changed, or two in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

CORPUS = Path(__file__).parent / "corpus"
MOST_CHANGES = 5

_TOKENS = re.compile(r"[^\W_]+|\s+|[\W_]", re.ASCII)
_KEY = re.compile(r"^([ -]*)([\w\"'-]+):(.*)$", re.DOTALL)
_WORD = re.compile(r"(?<![\w-])[a-z][\w-]*(?![\w-]*:)|[0-9]+", re.ASCII)
_NUMBER = re.compile(r"[0-9]+")
_VALUE = re.compile(r"(?<=: )[^,{}\[\]\n]+")

SYNTAX = (
    *(": ", "- ", "? ", " #", "---\n", "...\n", "%YAML 1.2\n", "%YAML 1.1\n", "%TAG ! x\n", "<<: ", "&a "),
    *("*a ", "!x ", "!!str ", "!!python/name:os ", "|\n", ">2-\n", "|+\n", "''", '"', "'", "\\", "[" * 40),
    *("{a: ", "a: a: ", "\n- ", "]", "}", ",", "\t", "\n\t", "\r", "\r\n", "\n\n", "\n ", "~", "null", "#"),
)
NASTY = (
    *"\0\x01\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\xa0\xad\u0600\u061c\u180e\u200b\u200d\u200e\u2028\u2029\u202e",
    *"\u2066\u2069\ufdd0\ufeff\ufff9\ufffd\ufffe\U0001f600\U000e0001\U0010ffff\ud800\udfffǅß\u0130\u0131ſK",
    *(
        "e\u0301" * 9,
        "١٢:٣٤",
        "１８：２０",
        "½",
        "五",
        "\u202eevil\u202c",
        "﷽",
        "👩‍👩‍👧",
        "\x1b[31m",
        "\x1b]8;;x\x07",
    ),
    *("<script>", "::error::x", "##[error]x", "=1+1", "@all", "{{7*7}}", "${x}", "%s%n", "../..", "C:\\con"),
)
NUMBERS = ("0", "00", "-1", "24", "60", "99", "2024-02-29", "0.5", "1" * 16, "9" * 40)
VALUES = (
    *(
        "",
        "~",
        "18:2O",
        "25:00",
        "24:00",
        "18:20:60",
        "2023-02-30",
        "0000-00-00",
        "9999-12-31",
        "1e999",
        "NaN",
    ),
    *(
        "-1",
        "-0",
        "+0/min",
        "9" * 40,
        "9" * 400,
        "0.1e-400",
        "1.10",
        "0x1F",
        "0o7",
        "1_000",
        "NO",
        "yes",
        "T",
    ),
    *(
        "T-5m",
        "a.end",
        "after a",
        "between b and a",
        "10m after c",
        "about 5m before b.end",
        "within 1h of a",
    ),
    *(
        "±5m",
        "+90s ±1h",
        "-99d",
        "36525d",
        "600k+",
        "nearly -5",
        "10%",
        "110%",
        "5..3",
        "about ~5",
        "+50k/min",
    ),
    *("Europe/Nowhere", "EST", "UTC+25", "public", "internal", "prefer", "PM302", "javascript:x", "a:b@c"),
    *("2026-03-29 02:30", "2026-10-25 02:30 +02:00", "0001-01-01 00:00 +14:00", "9999-12-31 23:59 -12:00"),
    *("[]", "{}", "[a, b]", "{a: 1}", "after a, before b, 18:20", "by T", "a" * 300, "'", "a b", "x-y.z"),
)


@cache
def seeds() -> tuple[str, ...]:
    """Return the kept logs, in the order of their names."""
    places = sorted((CORPUS / "loader").glob("*.yaml"))
    return tuple(place.read_text(encoding="utf-8") for place in places)


@cache
def _words() -> tuple[str, ...]:
    """Return all words of the kept logs, each once: what may stand somewhere, elsewhere."""
    return tuple(dict.fromkeys(word for text in seeds() for word in _TOKENS.findall(text)))


def mutated_log(chance: Random) -> bytes:
    """Return one log of the kept ones with a few changes in it; the same for the same state of ``chance``."""
    return _changed(chance.choice(seeds()), chance)


def changed_log(data: bytes, chance: Random) -> bytes:
    """Return a log with a few changes in it, of which none is blind to what it stands in."""
    return _changed(data.decode("utf-8", "surrogateescape"), chance)


def _changed(text: str, chance: Random) -> bytes:
    if chance.random() < 0.5:
        # Changes that leave the layout whole, so that what is said goes all the way up.
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            text = chance.choice(_OF_MEANING)(text, chance)
        return text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.4:
        text = _spliced(text, chance)
    if chance.random() < 0.25:
        text = _part(text, chance)
    for _ in range(chance.randrange(1, MOST_CHANGES + 1)):
        text = chance.choice(_CHANGES)(text, chance)
    data = text.encode("utf-8", "surrogatepass")
    return _bytes_changed(data, chance) if chance.random() < 0.2 else data


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def _spliced(text: str, chance: Random) -> str:
    """Return the first lines of one log and the last of another."""
    first, second = _lines(text), _lines(chance.choice(seeds()))
    return "".join(first[: chance.randrange(len(first) + 1)] + second[chance.randrange(len(second) + 1) :])


def _part(text: str, chance: Random) -> str:
    lines = _lines(text)
    start = chance.randrange(len(lines))
    return "".join(lines[start : start + chance.randrange(1, 12)])


def _put(text: str, what: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + what + text[at + chance.choice((0, 0, 1, 3)) :]


def _token(text: str, chance: Random) -> str:
    """Replace one token by another of its log, or of any."""
    tokens = _TOKENS.findall(text) or [""]
    tokens[chance.randrange(len(tokens))] = chance.choice(tokens if chance.random() < 0.5 else _words())
    return "".join(tokens)


def _word(text: str, chance: Random) -> str:
    """Replace a word or a number by another that stands in some log, and often in this one."""
    places = list(_WORD.finditer(text))
    if not places:
        return text
    place = chance.choice(places)
    other = chance.choice(places)[0] if chance.random() < 0.6 else chance.choice(_words())
    return text[: place.start()] + (other if _WORD.fullmatch(other) else "x") + text[place.end() :]


def _number(text: str, chance: Random) -> str:
    """Replace a number by a smaller one, its follower, or one that lies at an edge."""
    places = list(_NUMBER.finditer(text))
    if not places:
        return text
    place = chance.choice(places)
    width = len(place[0])
    other = (
        f"{chance.randrange(int(place[0]) + 2):0{width}}" if chance.random() < 0.8 else chance.choice(NUMBERS)
    )
    return text[: place.start()] + other + text[place.end() :]


def _line(text: str, chance: Random) -> str:
    """Take a line out, or move it."""
    lines = _lines(text)
    line = lines.pop(chance.randrange(len(lines)))
    if chance.random() < 0.5:
        lines.insert(chance.randrange(len(lines) + 1), line)
    return "".join(lines)


def _tokens_swapped(text: str, chance: Random) -> str:
    tokens = _TOKENS.findall(text) or [""]
    one, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def _value(text: str, chance: Random) -> str:
    """Replace what stands behind a colon."""
    places = list(_VALUE.finditer(text))
    if not places:
        return _put(text, chance.choice(VALUES), chance)
    place = chance.choice(places)
    return text[: place.start()] + chance.choice(VALUES) + text[place.end() :]


def _values_swapped(text: str, chance: Random) -> str:
    places = list(_VALUE.finditer(text))
    if len(places) < 2:
        return text
    one, other = sorted(chance.sample(places, 2), key=lambda place: place.start())
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def _quoted(text: str, chance: Random) -> str:
    """Write a value in another style."""
    places = list(_VALUE.finditer(text))
    if not places:
        return text
    place = chance.choice(places)
    form = chance.choice(("'{}'", '"{}"', "[{}]", "{{a: {}}}", "|\n      {}", ">-\n  {}", "&a {}", "!x {}"))
    return text[: place.start()] + form.format(place[0]) + text[place.end() :]


def _key(text: str, chance: Random) -> str:
    """Say a key twice, in its own map or in another one, or give a key another's value."""
    lines = _lines(text)
    keyed = [line for line in lines if _KEY.match(line)]
    if not keyed:
        return text
    at = chance.randrange(len(lines) + 1)
    line = chance.choice(keyed)
    if chance.random() < 0.3 and (found := _KEY.match(line)):
        line = f"{found[1]}{chance.choice(_words()).strip() or 'x'}:{found[3]}"
    return "".join([*lines[:at], line, *lines[at:]])


def _moved(text: str, chance: Random) -> str:
    """Take out, double or move a few lines."""
    lines = _lines(text)
    start = chance.randrange(len(lines))
    stop = start + chance.randrange(1, 4)
    taken, rest = lines[start:stop], lines[:start] + lines[stop:]
    at = chance.randrange(len(rest) + 1)
    kind = chance.randrange(3)
    if kind == 0:
        return "".join(rest)
    return "".join([*rest[:at], *taken, *rest[at:]] if kind == 1 else [*lines[:stop], *taken, *lines[stop:]])


def _indented(text: str, chance: Random) -> str:
    """Indent a few lines more, or less."""
    lines = _lines(text)
    start = chance.randrange(len(lines))
    more = chance.choice((" ", "  ", "    ", "\t", ""))
    for at in range(start, min(len(lines), start + chance.randrange(1, 4))):
        lines[at] = more + lines[at] if more else lines[at].lstrip(" ")
    return "".join(lines)


def _line_ends(text: str, chance: Random) -> str:
    return text.replace("\n", chance.choice(("\r\n", "\r", "\n\n", "\n \n")), chance.choice((1, 3, -1)))


def _cut(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] if chance.random() < 0.7 else text[at:]


def _syntax(text: str, chance: Random) -> str:
    return _put(text, chance.choice(SYNTAX), chance)


def _nasty(text: str, chance: Random) -> str:
    return _put(text, chance.choice(NASTY), chance)


def _bytes_changed(data: bytes, chance: Random) -> bytes:
    """Return bytes that may be no text any more."""
    kind = chance.randrange(4)
    at = chance.randrange(len(data) + 1)
    if kind == 0:
        return data[:at] + chance.randbytes(chance.randrange(1, 4)) + data[at:]
    if kind == 1 and data:
        at %= len(data)
        return data[:at] + bytes((data[at] ^ (1 << chance.randrange(8)),)) + data[at + 1 :]
    if kind == 2:
        return chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\x1f\x8b")) + data
    return data[:at] + data[at + 1 :]


_CHANGES: Sequence[Callable[[str, Random], str]] = (
    *(_token, _token, _tokens_swapped, _value, _value, _value, _values_swapped, _quoted, _key, _key),
    *(_moved, _moved, _indented, _line_ends, _cut, _syntax, _syntax, _nasty),
)
_OF_MEANING: Sequence[Callable[[str, Random], str]] = (
    *(_word, _word, _word, _number, _number, _value, _values_swapped, _line),
)
