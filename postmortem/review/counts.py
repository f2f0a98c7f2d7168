"""The one line of counts that says what changed."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.report.findings.examined import counted, tally
from postmortem.review.changes import Comparison, Kind
from postmortem.review.side import Side

SAME = "no change in meaning"
_WORDS: tuple[Kind, ...] = ("added", "removed", "changed")
_NOUNS = {"metrics": "metric", "claims": "claim", "rulings": "ruling"}
_SINGULAR = {
    "people": "person",
    "series": "series",
    "lessons": "lesson",
    "metrics": "metric definition",
}


def summary(comparison: Comparison) -> str:
    """Say in one line what changed: `1 event moved, 1 added, 1 metric changed`."""
    if comparison.same:
        return SAME
    if comparison.old is None:
        return "new log" + _size(comparison)
    if comparison.new is None:
        return "log removed"
    if not comparison.compared:
        broken = comparison.new if comparison.after is None else comparison.old
        return f"cannot be compared: {broken.file} could not be understood"
    return ", ".join(_parts(comparison))


def _size(comparison: Comparison) -> str:
    if comparison.after is None:
        return ", which could not be understood"
    return f" of {counted(len(comparison.after.events), 'event')}"


def _parts(comparison: Comparison) -> Iterator[str]:
    yield from _event_parts(comparison)
    for name, noun in _NOUNS.items():
        yield from _kinds([one.change for one in getattr(comparison, name)], noun)
    for change in ("opened", "settled"):
        number = sum(1 for one in comparison.conflicts if one.change == change)
        if number:
            yield f"{counted(number, 'conflict')} {change}"
    for section in dict.fromkeys(one.section for one in comparison.things):
        noun = _SINGULAR.get(section, section.removesuffix("s"))
        yield from _kinds([one.change for one in comparison.of(section)], noun)
    if comparison.fields:
        yield f"{', '.join(f'`{one.name}`' for one in comparison.fields)} changed"


def _event_parts(comparison: Comparison) -> Iterator[str]:
    moved = [one for one in comparison.events if one.moved]
    kinds = [
        ("moved", sum(1 for one in moved if not one.follows)),
        ("moved along", sum(1 for one in moved if one.follows)),
        ("added", sum(1 for one in comparison.events if one.change == "added")),
        ("removed", sum(1 for one in comparison.events if one.change == "removed")),
        ("changed", sum(1 for one in comparison.events if one.change == "changed" and not one.moved)),
    ]
    yield from _named(kinds, "event")


def _kinds(kinds: list[Kind], noun: str) -> Iterator[str]:
    yield from _named([(word, kinds.count(word)) for word in _WORDS], noun)


def _named(kinds: list[tuple[str, int]], noun: str) -> Iterator[str]:
    """Yield `1 event moved`, then `1 added`: the noun stands once."""
    first = True
    for word, number in kinds:
        if number:
            yield f"{counted(number, noun) if first else number} {word}"
            first = False


def checks(side: Side) -> str:
    """Say how a version was judged: `0 errors, 1 warning`."""
    errors, warnings = tally(side.diagnostics)
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
