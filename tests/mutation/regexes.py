"""Mutations of regular expressions: one sign less, one repetition more, one look in the other direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_PIECE = re.compile(
    r"(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.))"
    r"|(?P<group>\((?:\?(?:P<\w+>|<?[=!]|:|[a-z]+\)))?)"
    r"|(?P<times>(?:[*+?]|\{\d*,?\d*\})[+?]?)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_OPPOSITE = {
    "\\d": "\\D",
    "\\s": "\\S",
    "\\w": "\\W",
    "\\b": "\\B",
    "(?=": "(?!",
    "(?!": "(?=",
    "(?<=": "(?<!",
    "(?<!": "(?<=",
}
_TIMES = {"*": ("+", ""), "+": ("*", ""), "?": ("",)}


def regex_mutations(pattern: str) -> Iterator[str]:
    """Yield patterns that differ from ``pattern``, which may be a piece of one, in one respect each."""
    at = 0
    while at < len(pattern):
        if pattern[at] == "[":
            end = _end_of_class(pattern, at)
            yield from _classes(pattern, at, end)
            at = end
            continue
        found = _PIECE.match(pattern, at)
        if found is None:
            return
        for new in _instead(found):
            yield pattern[:at] + new + pattern[found.end() :]
        at = found.end()
    yield from _fewer_ways(pattern)


def _instead(found: re.Match[str]) -> Iterator[str]:
    piece = found[0]
    if piece in _OPPOSITE:
        yield _OPPOSITE[piece]
    elif found["times"]:
        yield from _other_times(piece)
    elif piece in ("^", "$", "\\Z", "\\A"):
        yield ""
    elif piece == ".":
        yield "\\."


def _other_times(piece: str) -> Iterator[str]:
    if piece[0] in _TIMES:
        yield from (new + (piece[1:] if new else "") for new in _TIMES[piece[0]])
        return
    least, comma, most = piece.strip("{}+?").partition(",")
    bounds = [(int(least or 0) + step, most) for step in (-1, 1) if int(least or 0) + step >= 0]
    if most:
        bounds += [(int(least or 0), str(int(most) + step)) for step in (-1, 1)]
    yield from (f"{{{low}{comma}{high}}}" for low, high in bounds)


def _end_of_class(pattern: str, start: int) -> int:
    at = start + 1
    at += pattern[at : at + 1] == "^"
    at += pattern[at : at + 1] == "]"
    while at < len(pattern) and pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return min(at + 1, len(pattern))


def _classes(pattern: str, start: int, end: int) -> Iterator[str]:
    """Yield the pattern with its class turned round, and without each of its members."""
    inner = start + 1 + (pattern[start + 1 : start + 2] == "^")
    turned = "[" if inner > start + 1 else "[^"
    yield pattern[:start] + turned + pattern[inner:]
    members = list(_members(pattern[inner : end - 1]))
    for number, member in enumerate(members):
        rest = "".join(members[:number] + members[number + 1 :])
        if rest:
            yield pattern[:inner] + rest + pattern[end - 1 :]
        if len(member) > 2 and "-" in member[1:-1] and not member.startswith("\\"):
            first, last = ord(member[0]), ord(member[-1])
            if member.count("-") == 1 and len(member) == 3 and last - first > 1:
                for shorter in (f"{chr(first + 1)}-{member[-1]}", f"{member[0]}-{chr(last - 1)}"):
                    both = "".join([*members[:number], shorter, *members[number + 1 :]])
                    yield pattern[:inner] + both + pattern[end - 1 :]


def _members(inner: str) -> Iterator[str]:
    single = r"(?:\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|.)"
    for found in re.finditer(f"{single}(?:-{single})?", inner, re.DOTALL):
        yield found[0]


def _fewer_ways(pattern: str) -> Iterator[str]:
    """Yield the pattern without each of the ways that stand between bars, at any depth."""
    opened: list[list[int]] = [[0]]
    at = 0
    ends: list[list[int]] = []
    while at < len(pattern):
        found = _PIECE.match(pattern, at)
        if pattern[at] == "[":
            at = _end_of_class(pattern, at)
            continue
        if found is None:
            return
        if pattern[at] == "(":
            opened.append([found.end()])
        elif pattern[at] == "|":
            opened[-1].append(at + 1)
        elif pattern[at] == ")" and len(opened) > 1:
            ends.append([*opened.pop(), at + 1])
        at = found.end()
    ends += [[*one, len(pattern) + 1] for one in opened]
    for marks in ends:
        if len(marks) < 3:
            continue
        for number, (first, last) in enumerate(pairwise(marks)):
            if number == len(marks) - 2:
                yield pattern[: first - 1] + pattern[last - 1 :]
            else:
                yield pattern[:first] + pattern[last:]
