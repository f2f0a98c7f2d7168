"""Hostile logs by shape: each of any number of parts, and how many of them the bounds of the format allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

MAX_BYTES = 16 * 1024 * 1024
TEXT = 64 * 1024
NODES = 199_900
"""Values beside the timeline, with a few left for the head."""

TOP = "format: postmortem/1\ntitle: T\nstatus: resolved\n"
HEAD = TOP + "date: 2024-03-01\ntimezone: Europe/Paris\n"
SOURCES = "sources: {s: {title: S}, t: {title: T}}\n"
EVENT = "timeline:\n- {id: e, at: 18:20, what: a}\n"


class Shape(NamedTuple):
    """``make(count)`` is the text of a log of ``count`` parts; ``full`` of them fill the bounds."""

    make: Callable[[int], str | bytes]
    full: int


def _bytes_of(part: str, before: str = "", after: str = "") -> Shape:
    """Return the shape of one short part again and again until the file is full."""
    room = MAX_BYTES - len((before + after).encode())
    return Shape(lambda count: before + part * count + after, room // len(part.encode()))


def _numbered(part: str, full: int, before: str = HEAD, after: str = "") -> Shape:
    """Return the shape of a part that holds its number as `@`, and the number before it as `<`."""

    def make(count: int) -> str:
        return (
            before + "".join(part.replace("@", str(n)).replace("<", str(n - 1)) for n in range(count)) + after
        )

    return Shape(make, full)


def _fields(letters: str, before: str = HEAD) -> Shape:
    """Return the shape of events whose `what` is as long a text of these letters as a field may be."""
    text = (letters * (TEXT // len(letters.encode()) + 1)).encode()[: TEXT - 8].decode("utf-8", "ignore")
    lines = "\n".join(f"      {line}" for line in text.splitlines())
    event = "\n    at: 18:20\n    what: |\n" + lines + "\n"

    def make(count: int) -> str:
        return before + "timeline:\n" + "".join(f"  - id: e{n}{event}" for n in range(count))

    return Shape(make, (MAX_BYTES - 200) // (len(event.encode()) + 12))


def _complete(count: int) -> str:
    """Return factors of which each leads to all that follow: ``count`` is the number of arrows."""
    names = int((2 * count) ** 0.5)
    rows = (
        f"- {{id: f{n}, what: a, leads_to: [{', '.join(f'f{m}' for m in range(n + 1, names))}]}}\n"
        for n in range(names)
    )
    return HEAD + EVENT + "factors:\n" + "".join(rows)


def _nested(count: int) -> str:
    """Return lists that stand inside each other as deep as allowed, side by side."""
    return HEAD + "x-a:\n" + ("- " + "[" * 29 + "a" + "]" * 29 + "\n") * count


def _afters(count: int) -> str:
    """Return events each of which begins after many others."""
    rows = [HEAD, "timeline:\n- {id: e0, at: 18:00, what: a}\n"]
    for n in range(1, count):
        rows.append(
            f"- {{id: e{n}, what: a, at: {', '.join(f'after e{m}' for m in range(max(0, n - 40), n))!r}}}\n"
        )
    return "".join(rows)


def _cloud(count: int) -> str:
    """Return events that are tied to each other all over the log, by ranges that leave the order open."""
    rows = [HEAD, "timeline:\n- {id: e0, at: 18:00, what: a}\n"]
    for n in range(1, count):
        rows.append(f"- {{id: e{n}, at: 1s to 9h after e{n * 7919 % n}, until: before 23:00, what: a}}\n")
    return "".join(rows)


def _named(count: int) -> str:
    """Return people who are called nearly alike, and texts that name each of them twice."""
    people = "".join(f"  p{n}: {{name: Ann Alder{n}, role: chief}}\n" for n in range(count))
    events = "".join(
        f"  - {{at: 18:20, what: Ann Alder{n % count} of Oslo saw it}}\n" for n in range(2 * count)
    )
    return f"{HEAD}audience: public\npeople:\n{people}timeline:\n{events}"


def _sourced(count: int) -> str:
    """Return sources, and events that name as many others."""
    sources = "".join(f"  nope{n}: {{title: a}}\n" for n in range(count))
    events = "".join(f"- {{what: a, source: nap{n}}}\n" for n in range(count))
    return f"{HEAD}sources:\n{sources}timeline:\n{events}"


def _counted(count: int) -> str:
    """Return an event with counts, and figures that name as many others."""
    counts = ", ".join(f"n{n}: 5" for n in range(2 * count))
    figures = "".join(f"- {{title: a, count: e.m{n}}}\n" for n in range(count))
    return f"{HEAD}timeline:\n- {{id: e, at: 18:20, what: a, counts: {{{counts}}}}}\nfigures:\n{figures}"


SYNTAX: dict[str, Shape] = {
    "line ends": _bytes_of("\n", "a: b"),
    "comments": _bytes_of("#\n", "", "a: b"),
    "one long comment": _bytes_of("#", "a: b "),
    "blanks": _bytes_of(" ", "a: b", "\n"),
    "one plain text": _bytes_of("x", "x-a: "),
    "one plain text of many lines": _bytes_of(" x\n", "x-a:\n"),
    "one quoted text": _bytes_of("x", 'x-a: "', '"'),
    "one quoted text of escapes": _bytes_of("\\x41", 'x-a: "', '"'),
    "one text in single quotes": _bytes_of("''", "x-a: '", "'"),
    "one text block": _bytes_of(" x\n", "x-a: |\n"),
    "one folded text": _bytes_of(" x\n", "x-a: >\n"),
    "a text block of empty lines": _bytes_of("\n", "x-a: |+\n x\n"),
    "texts": _numbered("- a@\n", NODES, "x-a:\n"),
    "texts of escapes": _numbered('- "' + "\\x41" * 19 + '"\n', NODES, "x-a:\n"),
    "texts of single quotes": _numbered("- '" + "''" * 37 + "'\n", NODES, "x-a:\n"),
    "text blocks": _numbered("- |\n   x" + "y\n   x" * 12 + "\n", NODES, "x-a:\n"),
    "texts of many lines": _numbered("-" + "\n  x" * 19 + "\n", NODES, "x-a:\n"),
    "empty values": _numbered("k@:\n", NODES // 2, "x-a: {}\n"),
    "empty values in braces": _numbered("k@,", NODES // 2, "x-a: {", "}"),
    "empty keys": _bytes_of("? ,", "x-a: {", "}"),
    "keys that are lists": _numbered("? [a@]\n: b\n", NODES // 3, "x-a: b\n"),
    "one key again and again": _numbered("a: b\n", NODES // 2, ""),
    "merge keys": _numbered("<<: b\n", NODES // 2, ""),
    "nested lists": Shape(_nested, NODES // 31),
    "brackets that stay open": _bytes_of("[", ""),
    "anchors": _numbered("- &a@ b\n", 10_000, "x-a:\n"),
    "anchors past their bound": _numbered("- &a@ b\n", 300_000, "x-a:\n"),
    "aliases": _numbered("- *a\n", NODES, "x-a:\n- &a b\n"),
    "tags": _numbered("- !x@ b\n", 10_000, "x-a:\n"),
    "directives": _bytes_of("%A\n", ""),
    "documents": _bytes_of("--- a\n", ""),
    "carriage returns": _bytes_of("\r", "a: b"),
    "forbidden characters": _bytes_of("\u0001", 'a: "', '"'),
    "forbidden characters on lines": _bytes_of("\u202e\n ", "a: |\n "),
    "forbidden escapes": _bytes_of("\\0", 'a: "', '"'),
    "wide characters": _bytes_of("\U0001f600", "a: "),
    "bytes that are no text": Shape(lambda count: b"a: " + b"\xff" * count, MAX_BYTES - 3),
    "some bytes that are no text": Shape(
        lambda count: b"a: " + b"xxxxxxxxxxxxxx\xff\n " * count, MAX_BYTES // 18
    ),
    "UTF-16": Shape(lambda count: ("a: b\n" * count).encode("utf-16"), MAX_BYTES // 10 - 1),
    "UTF-16 without a mark": Shape(lambda count: ("a: b\n" * count).encode("utf-16-le"), MAX_BYTES // 10),
    "zeros": Shape(lambda count: b"\0" * count, MAX_BYTES),
}
"""Shapes that busy the reading."""

DENSE: dict[str, Shape] = {
    "events of nine values": _numbered(
        "- {at: 18:20:01, what: a@, kind: note, stated: b}\n", 100_000, HEAD + SOURCES + "timeline:\n"
    ),
    "events": _numbered("- {at: 18:20, what: a}\n", 100_000, HEAD + "timeline:\n"),
    "events without a time": _numbered("- what: a\n", 100_000, TOP + "timeline:\n"),
    "events, each with an id": _numbered("- {id: e@, at: 18:20, what: a}\n", 100_000, HEAD + "timeline:\n"),
    "claims of one event": _numbered(
        "  - {at: 18:20, source: s}\n",
        NODES // 6,
        HEAD + SOURCES + "timeline:\n- what: a\n  id: e\n  claims:\n",
    ),
    "claims that disagree": _numbered(
        "  - {at: 2024-03-01 18:20 +@s, source: s}\n",
        NODES // 6,
        HEAD + SOURCES + "timeline:\n- what: a\n  id: e\n  claims:\n",
    ),
    "sources": _numbered("  s@: {title: a}\n", NODES // 4, HEAD + EVENT + "sources:\n"),
    "sources with clocks": _numbered(
        '  s@: {title: a, clock: "+@s"}\n', NODES // 6, HEAD + EVENT + "sources:\n"
    ),
    "sources of one claim": _numbered(
        "s,", NODES, HEAD + SOURCES + "timeline:\n- what: a\n  source: [", "]\n"
    ),
    "counts of one event": _numbered("    m@: 5\n", NODES // 2, HEAD + "timeline:\n- what: a\n  counts:\n"),
    "people with names": _numbered(
        "  p@: {name: Ann Alder@, role: chief}\n", NODES // 6, HEAD + EVENT + "people:\n"
    ),
    "people and their names": Shape(_named, 30_000),
    "factors in a row": _numbered(
        "- {id: f@, what: a, leads_to: f<}\n", NODES // 7, HEAD + EVENT + "factors:\n"
    ),
    "factors in a circle": _numbered(
        "- {id: f@, what: a, leads_to: f<}\n",
        NODES // 7,
        HEAD + EVENT + "factors:\n- {id: f-1, what: a, leads_to: f9000}\n",
    ),
    "factors that all lead on": Shape(_complete, NODES * 9 // 10),
    "actions": _numbered(
        "- {id: a@, what: a, owner: b, due: 2020-01-01}\n", NODES // 9, HEAD + EVENT + "actions:\n"
    ),
    "metrics": _numbered(
        "- {id: m@, title: a, duration: {from: e, to: e}}\n", NODES // 10, HEAD + EVENT + "metrics:\n"
    ),
    "phases": _numbered("- {title: a, from: e, to: e, state: ok}\n", NODES // 9, HEAD + EVENT + "phases:\n"),
    "series points": _numbered(
        "  - [18:20, 5]\n", NODES // 3, HEAD + EVENT + "series:\n- measure: m\n  points:\n"
    ),
    "series": _numbered("- {measure: m, points: [[18:20, 5]]}\n", NODES // 7, HEAD + EVENT + "series:\n"),
    "tags of the log": _numbered("a@,", NODES, HEAD + EVENT + "tags: [", "]\n"),
    "links": _numbered("- https://a.example/@\n", NODES, HEAD + EVENT + "links:\n"),
    "ignored codes": _numbered("PM601,", NODES, HEAD + EVENT + "checks: {because: a, ignore: [", "]}\n"),
    "comments that switch off": _numbered(
        "- at: 18:20\n  what: the idiot@ # postmortem: ignore PM601 because it is said\n",
        100_000,
        HEAD + "timeline:\n",
    ),
    "long texts": _numbered("- {at: 18:20, what: " + "word " * 13_000 + "}\n", 255, HEAD + "timeline:\n"),
    "texts past their bound": _numbered(
        "- {at: 18:20, what: " + "word " * 14_000 + "}\n", 239, HEAD + "timeline:\n"
    ),
    "everything in one line": _numbered("{at: 18:20, what: a@},", 100_000, HEAD + "timeline: [", "]"),
}
"""Shapes that say much and little wrong."""

WRONG: dict[str, Shape] = {
    "unknown keys": _numbered("k@: v\n", NODES // 2, HEAD + EVENT),
    "unknown keys of one event": _numbered("  k@: v\n", NODES // 2, HEAD + "timeline:\n- what: a\n"),
    "unknown keys of events": _numbered("- {what: a, wha@: b}\n", 100_000, HEAD + "timeline:\n"),
    "several unknown keys of events": _numbered(
        "- {what: a, a@: b, b@: c, c@: d, e@: f}\n", 90_000, HEAD + "timeline:\n"
    ),
    "unknown keys in one line": _numbered("{what: a, wha@: b},", 100_000, HEAD + "timeline: [", "]"),
    "unknown kinds": _numbered("- {what: a, kind: rest@}\n", 100_000, HEAD + "timeline:\n"),
    "bad times": _numbered("- {what: a, at: 18:2x@}\n", 100_000, HEAD + "timeline:\n"),
    "bad times in one line": _numbered("{what: a, at: 18:2x@},", 100_000, HEAD + "timeline: [", "]"),
    "bad times of words": _numbered(
        "- {what: a, at: abuot @ minutse aftr e}\n", 100_000, HEAD + "timeline:\n"
    ),
    "bad zones": _numbered("- {what: a, at: 18:20 Europe/Bern@}\n", 100_000, HEAD + "timeline:\n"),
    "bad durations": _numbered("- {what: a, at: 18:20, for: @ parsec}\n", 100_000, HEAD + "timeline:\n"),
    "bad quantities": _numbered("- {what: a, counts: {m: @ manny}}\n", 100_000, HEAD + "timeline:\n"),
    "bad dates": _numbered("- {what: a, at: 2024-02-31 1@:00}\n", 100_000, HEAD + "timeline:\n"),
    "times that a zone skips": _numbered("- {what: a, at: 2024-03-31 02:20:@}\n", 60, HEAD + "timeline:\n"),
    "times without a day": _numbered("- {what: a, at: 18:20}\n", 100_000, TOP + "timeline:\n"),
    "bad ids": _numbered("- {what: a, id: ä@ b}\n", 100_000, HEAD + "timeline:\n"),
    "one id": _numbered("- {what: a, id: e}\n", 100_000, HEAD + "timeline:\n"),
    "empty times": _numbered("- {what: a, at: , id: , kind: , url: }\n", 90_000, HEAD + "timeline:\n"),
    "empty events": _numbered("-\n", 100_000, HEAD + "timeline:\n"),
    "events that are texts": _numbered("- a@\n", 100_000, HEAD + "timeline:\n"),
    "events that say nothing": _numbered("- {}\n", 100_000, HEAD + "timeline:\n"),
    "lists for texts": _numbered("- {what: [a@]}\n", 100_000, HEAD + "timeline:\n"),
    "unknown sources": _numbered("- {what: a, source: nope@}\n", 100_000, HEAD + SOURCES + "timeline:\n"),
    "unknown sources among many": Shape(_sourced, 45_000),
    "unknown counts": Shape(_counted, 19_000),
    "unknown events in times": _numbered("- {what: a, at: 5m after e@}\n", 100_000, HEAD + "timeline:\n"),
    "bad addresses": _numbered("- {what: a, url: 'javascript:@'}\n", 100_000, HEAD + "timeline:\n"),
    "clock times that jump back": Shape(
        lambda count: (
            HEAD + "timeline:\n" + "- {what: a, at: 23:00}\n- {what: a, at: 01:00}\n" * (count // 2)
        ),
        100_000,
    ),
    "blame in events": _numbered("- {what: the idiot @ failed to care}\n", 100_000, HEAD + "timeline:\n"),
    "blame in one text": _fields("the idiot "),
    "blame among quotes": _fields('"a" idiot '),
    "secrets in one text": _fields("AKIAABCDEFGHIJKLMNOP "),
    "secrets in lines": _fields("AKIAABCDEFGHIJKLMNOP\n"),
    "secrets in one line": _numbered("{what: AKIAABCDEFGHIJKL0000},", 100_000, HEAD + "timeline: [", "]"),
    "secrets without end": _numbered("- {what: AKIAABCDEFGHIJKL1234 @}\n", 100_000, HEAD + "timeline:\n"),
    "persons in one text": _fields(
        "call a@b.example +49 170 1234567 at 10.1.2.3 ", HEAD + "audience: public\n"
    ),
    "persons in lines": _fields("a@b.example\n10.1.2.3\n", HEAD + "audience: public\n"),
    "factors that prove nothing": _numbered(
        "- {id: f@, what: a, confidence: established}\n", NODES // 7, HEAD + EVENT + "factors:\n"
    ),
    "two ends": _numbered("- {what: a, at: 18:00, until: 18:20, for: 5m}\n", 100_000, HEAD + "timeline:\n"),
    "rulings of nothing": _numbered("- {what: a, ruling: {open: true}}\n", 100_000, HEAD + "timeline:\n"),
    "rulings without a conflict": _numbered(
        "- {what: a, ruling: {open: true, because: b}}\n", 100_000, HEAD + "timeline:\n"
    ),
}
"""Shapes in which each part is wrong."""

TIED: dict[str, Shape] = {
    "each after the one before": _numbered(
        "- {id: e@, at: after e<, what: a}\n", 100_000, HEAD + "timeline:\n- {id: e-1, at: 18:00, what: a}\n"
    ),
    "each a while after the one before": _numbered(
        "- {id: e@, at: 1s to 9s after e<, what: a}\n",
        100_000,
        HEAD + "timeline:\n- {id: e-1, at: 18:00, what: a}\n",
    ),
    "each before the one before": _numbered(
        "- {id: e@, at: before e<, what: a}\n", 100_000, HEAD + "timeline:\n- {id: e-1, at: 18:00, what: a}\n"
    ),
    "each after the next": Shape(
        lambda count: (
            HEAD
            + "timeline:\n"
            + "".join(f"- {{id: e{n}, at: after e{n + 1}, what: a}}\n" for n in range(count))
            + f"- {{id: e{count}, at: 18:00, what: a}}\n"
        ),
        99_999,
    ),
    "all after one": _numbered(
        "- {id: e@, at: after first, what: a}\n",
        100_000 - 1,
        HEAD + "timeline:\n- {id: first, at: 18:00, what: a}\n",
    ),
    "each after forty": Shape(_afters, 10_000),
    "tied all over": Shape(_cloud, 50_000),
    "a circle": _numbered(
        "- {id: e@, at: 1s after e<, what: a}\n",
        99_998,
        HEAD + "timeline:\n- {id: e-1, at: 1s after e9, what: a}\n",
    ),
    "circles of two": _numbered(
        "- {id: a@, at: after b@, what: a}\n- {id: b@, at: 5m after a@, what: a}\n",
        50_000,
        HEAD + "timeline:\n",
    ),
    "contradictions with the first": _numbered(
        "- {id: e@, at: 5m before first, until: 17:30, what: a}\n",
        90_000,
        HEAD + "timeline:\n- {id: first, at: 18:00, what: a}\n",
    ),
    "each contradicts itself": _numbered(
        "- {id: e@, at: 18:20, claims: [{at: 18:40}], what: a}\n", 90_000, HEAD + "timeline:\n"
    ),
    "each contradicts all before": _numbered(
        "- {id: e@, at: 1s after e<, claims: [{at: 1s before first}], what: a}\n",
        60_000,
        HEAD + "timeline:\n- {id: first, at: 18:00, what: a}\n- {id: e-1, at: 1s after first, what: a}\n",
    ),
    "all by one clock": _numbered(
        "- {id: e@, at: 18:20, source: c, what: a}\n",
        90_000,
        HEAD + 'sources: {c: {title: C, clock: "+30s ±60s"}}\ntimeline:\n',
    ),
    "each by a clock of its own": Shape(
        lambda count: (
            HEAD
            + "sources:\n"
            + "".join(f"  c{n}: {{title: C, clock: '+30s ±60s'}}\n" for n in range(count))
            + "timeline:\n"
            + "".join(f"- {{id: e{n}, at: 18:20, source: c{n}, what: a}}\n" for n in range(count))
        ),
        30_000,
    ),
    "open rulings": _numbered(
        "- {id: e@, at: 18:20, claims: [{at: 18:40}], what: a, ruling: {open: true, because: b}}\n",
        70_000,
        HEAD + "timeline:\n",
    ),
    "open rulings that lean on each other": _numbered(
        "- {id: e@, what: a, at: 1m after e<, claims: [{at: 2m after e<}],"
        " ruling: {open: true, because: b}}\n",
        60_000,
        HEAD + "timeline:\n- {id: e-1, at: 18:00, what: a}\n",
    ),
    "rulings that prefer": _numbered(
        "- {id: e@, what: a, at: 18:20, source: s, claims: [{at: 18:40, source: t}],"
        " ruling: {prefer: s, because: b}}\n",
        60_000,
        HEAD + SOURCES + "timeline:\n",
    ),
    "counts that disagree": _numbered(
        "- {id: e@, at: 18:20, counts: {m: 5}, claims: [{counts: {m: 50}}], what: a}\n",
        60_000,
        HEAD + "timeline:\n",
    ),
    "counts of one event that disagree": _numbered(
        "  - {counts: {m: 5@}, source: s}\n",
        NODES // 7,
        HEAD + SOURCES + "timeline:\n- what: a\n  id: e\n  claims:\n",
    ),
    "spans inside each other": _numbered(
        "- {id: e@, at: after e<, until: before e<.end, what: a}\n",
        50_000,
        HEAD + "timeline:\n- {id: e-1, at: 18:00, until: 19:00, what: a}\n",
    ),
    "times of many bounds": _numbered(
        "- {what: a, at: 'after e, after f, after e, after f, after e, after f, after e, before e.end'}\n",
        100_000,
        HEAD + "timeline:\n- {id: e, at: 18:00, what: a}\n- {id: f, at: 18:00, what: a}\n",
    ),
}
"""Shapes that busy the weighing of times and counts."""

MARKDOWN: dict[str, Shape] = {
    name: _fields(letters)
    for name, letters in {
        "brackets": "[",
        "closing brackets": "]",
        "links that stay open": "[a](",
        "images that stay open": "![a](",
        "nested links": "[a](<b",
        "stars": "*",
        "stars and letters": "*a **a ",
        "stars that cross": "*a _b ",
        "underscores": "_a ",
        "backticks": "`a``b```c````",
        "backticks of all lengths": "".join("`" * n + "a" for n in range(1, 360)),
        "angles": "<a <a ",
        "angles and addresses": "<http:a ",
        "nested quotes": ">" * 5_000 + "a\n",
        "nested lists in a field": "".join("  " * n + "- a\n" for n in range(180)),
        "lists": "- a\n",
        "tables": "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|b|\n" * 1_000,
        "definitions": "".join(f"[a{n}]: b\n" for n in range(5_000)),
        "uses of definitions": "[a]: b\n\n" + "[a] " * 16_000,
        "entities": "&amp; &#1; &",
        "escapes": "\\a\\*",
        "dashes": "- - - ",
        "rules": "---\n",
        "headings": "# a\n",
        "fences": "```\na\n",
        "emphasis at depth": "*" * 4_000 + "a" + "*" * 4_000,
        "brackets at depth": "[" * 8_000 + "a" + "]" * 8_000,
        "blank lines": "a\n\n",
        "tabs": "\t",
        "html": "<!-- <b a='",
        "bare addresses": "http://a.example/ ",
        "bidi": "\u0627 a ",
    }.items()
}
"""Shapes of fields that a Markdown parser may be slow with."""

SHAPES = SYNTAX | DENSE | WRONG | TIED | MARKDOWN


def log_of(name: str, scale: float = 1.0) -> bytes:
    """Return the log of a shape, ``scale`` of what the bounds allow; cut to whole parts."""
    shape = SHAPES[name]
    text = shape.make(max(2, int(shape.full * scale)))
    return text if isinstance(text, bytes) else text.encode()
