"""The comparison as text for a terminal: one line of counts, then what changed, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem.report.terminal.columns import width
from postmortem.report.terminal.pen import Pen, pen_of
from postmortem.review.changes import Comparison, EventChange, FieldChange, Told
from postmortem.review.conflicts import standing_words
from postmortem.review.counts import checks, summary
from postmortem.review.lines import line_of
from postmortem.review.things import SECTIONS

_ABOUT = {"at": "when it happened", "end": "when it ended"}
_TITLES = {"metrics": "Metric definitions"}
_COLOURS = {"added": "32", "opened": "31", "removed": "31", "settled": "32", "moved": "33", "changed": "33"}
_WORD_COLUMNS = 9


def text(several: Sequence[Comparison], *, columns: int, ascii_only: bool, colour: bool) -> str:
    """Return comparisons as text; each begins with the name of its log and one line of counts."""
    pen = pen_of(columns, ascii_only=ascii_only, colour=colour)
    blocks = ["".join(f"{line}\n" for line in _lines(one, pen)) for one in several]
    return "\n".join(blocks) if blocks else "no log changed\n"


def name_of(comparison: Comparison) -> str:
    """Return what a comparison is called: the log's name, with its former one where that was another."""
    old, new = comparison.old, comparison.new
    if old is None or new is None:
        side = new or old
        assert side is not None
        return side.file
    same = old.file == new.file or old.file.endswith(f":{new.file}")  # as it was at a revision
    return new.file if same else f"{old.file} → {new.file}"


def _lines(comparison: Comparison, pen: Pen) -> Iterator[str]:
    head = f"{name_of(comparison)}: {summary(comparison)}"
    for line in pen.fitted(pen.words(head)):
        yield pen.strong(line)
    if comparison.new is not None and comparison.new.diagnostics:
        yield from pen.fitted(pen.words(f"checks: {checks(comparison.new)}"))
    if comparison.old is None or comparison.new is None:
        return  # the counts say it; `timeline` shows the rest
    for title, rows in _parts(comparison):
        told = list(rows)
        if told:
            yield ""
            yield pen.strong(title)
            for word, sentences in told:
                yield from _row(word, sentences, pen)


def _row(word: str, sentences: Sequence[str], pen: Pen) -> Iterator[str]:
    lead = "  " + word.ljust(_WORD_COLUMNS)
    room = max(20, pen.columns - width(lead))
    lines = [line for one in sentences for line in pen.lines(one, room, between=" → ")]
    for number, line in enumerate(lines):
        if number == 0:
            yield f"  {pen.paint(word.ljust(_WORD_COLUMNS), _COLOURS.get(word, '0'))}{line}"
        else:
            yield " " * width(lead) + line


Rows = Iterator[tuple[str, Sequence[str]]]


def _parts(comparison: Comparison) -> Iterator[tuple[str, Rows]]:
    yield "Events", _events(comparison)
    yield (
        "Claims",
        (
            (one.change, [f"{one.event}: {one.source or 'no source'}: {_change(one.before, one.after)}"])
            for one in comparison.claims
        ),
    )
    yield (
        "Rulings",
        ((one.change, [f"{one.event}: {_change(one.before, one.after)}"]) for one in comparison.rulings),
    )
    yield "Conflicts", _conflicts(comparison)
    yield (
        "Metrics",
        ((one.change, [f"{one.title}: {_change(one.before, one.after)}"]) for one in comparison.metrics),
    )
    for section in SECTIONS:
        yield (
            _TITLES.get(section, section.capitalize()),
            (
                (one.change, [one.id, *(_field(field) for field in one.fields if one.change == "changed")])
                for one in comparison.of(section)
            ),
        )
    yield "Log", (("changed", [_field(one)]) for one in comparison.fields)


def _events(comparison: Comparison) -> Rows:
    titles = {one.id: one.title for one in comparison.metrics}
    for one in comparison.events:
        sentences = list(_event(one, comparison))
        if one.follows:
            sentences.append("its own claims are unchanged: it moves with what it is told by")
        if one.shows_in:
            sentences.append(f"shows in: {', '.join(titles[name] for name in one.shows_in)}")
        yield "moved" if one.moved else one.change, sentences


def _event(one: EventChange, comparison: Comparison) -> Iterator[str]:
    if one.change != "changed":
        version = comparison.after if one.change == "added" else comparison.before
        event = one.after if one.change == "added" else one.before
        assert version is not None
        assert event is not None
        line = line_of(event, version)
        yield f"{one.key}: {line.time} {line.kind}: {line.what}"
        return
    fields = list(one.fields)
    if fields and fields[0].name == "at":
        first = fields.pop(0)
        yield f"{one.key}: {_change(first.before, first.after)}"
    else:
        yield one.key
    yield from (_field(field) for field in fields)


def _conflicts(comparison: Comparison) -> Rows:
    for one in comparison.conflicts:
        about = _ABOUT.get(one.about, one.about.partition(":")[2] or one.about)
        yield one.change, [f"{one.event}, {about}: {standing_words(one)}", one.told]


def _field(field: FieldChange) -> str:
    return f"{field.name}: {_change(field.before, field.after)}"


def _change(before: Told | None, after: Told | None) -> str:
    if before is None or after is None:
        told = after or before
        words = "" if told is None else told.words
        return words if after is not None else f"was {words}"
    return f"{before.words} → {after.words}"
