"""The comparison as a pull-request comment: counts, what moved and where it shows, a diff of the timeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postmortem.ground.finding import Diagnostic
from postmortem.report.escaping.markdown_fields import one_line
from postmortem.report.escaping.markdown_text import Safe, code, firm, inline, joined, link
from postmortem.report.findings.examined import counted, tally
from postmortem.report.markdown.table import LEFT, RIGHT, table
from postmortem.report.wording.clock import Clock
from postmortem.resolve.timeline import ResolvedEvent
from postmortem.review.changes import Comparison, EventChange, FieldChange, Told
from postmortem.review.conflicts import standing_words
from postmortem.review.counts import checks, summary
from postmortem.review.lines import differing, from_zero, whole, written
from postmortem.review.side import Resolved
from postmortem.review.telling import shared_clock
from postmortem.review.text import name_of

MOST = 60_000
"""Characters that a comment may have; places that take comments refuse longer ones whole."""

_SPARE = 400
_CENTRE = ":-:"
_SIGNS = {"added": "✚", "removed": "✖", "changed": "✎"}
_MOVED = "↻"
_LONGEST_VALUE = 300
_MENTION = re.compile(r"@(?=\w)")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the comment that is kept whole or cut, and what is said where it is cut."""

    text: str
    name: str


def markdown(several: Sequence[Comparison], *, report_link: str | None = None) -> str:
    """Return comparisons as one comment of at most 60,000 characters; what is cut is said."""
    if not several:
        return "### postmortem review\n\n**no log changed**\n"
    heads = [_head(one, report_link) for one in several]
    room = MOST - _SPARE
    kept_heads, used = 0, 0
    # Of very many logs the first are told in full, and not all of them by a line.
    while kept_heads < len(heads) and used + len(heads[kept_heads]) + 1 <= (
        room // 3 if kept_heads else room
    ):
        used += len(heads[kept_heads]) + 1
        kept_heads += 1
    room -= used
    lines: list[str] = []
    cut: list[str] = []
    for head, one in zip(heads[:kept_heads], several, strict=False):
        lines.append(head)
        for part in _parts(one):
            if len(part.text) + 1 <= room:
                lines.append(part.text)
                room -= len(part.text) + 1
            else:
                cut.append(part.name)
    if kept_heads < len(heads):
        cut.append(counted(len(heads) - kept_heads, "more log"))
    if cut:
        what = ", ".join(
            f"{cut.count(name)} × {name}" if cut.count(name) > 1 else name for name in dict.fromkeys(cut)
        )
        lines.append(
            f"_Cut, for a comment holds {MOST:,} characters: {inline(what)}. "
            "`postmortem diff` has all of it._\n"
        )
    return "\n".join(lines)


def _head(comparison: Comparison, report_link: str | None) -> str:
    old, new = comparison.old, comparison.new
    names = code(name_of(comparison))
    parts = [Safe(f"**{inline(summary(comparison))}**")]
    if new is not None:
        parts.append(Safe(f"checks: {inline(checks(new))}"))
    elif old is not None:
        parts.append(Safe("nothing to check"))
    if report_link:
        parts.append(link(Safe("rendered report"), report_link))
    return f"### postmortem review · {names}\n\n{joined(parts, ' · ')}\n"


def _parts(comparison: Comparison) -> Iterator[Part]:
    makers = (
        ("the table of events", _events),
        ("the table of metrics", _metrics),
        ("conflicts", _conflicts),
        ("claims and rulings", _claims),
        ("the rest of the log", _things),
        ("the diff of the timeline", _timeline),
        ("the findings", _findings),
    )
    for name, maker in makers:
        text = maker(comparison)
        if text:
            yield Part(text, name)


def _events(comparison: Comparison) -> str:
    version = comparison.after
    if version is None or comparison.before is None:
        return ""  # all of a log that is new or gone stands in the timeline below
    shown = [one for one in comparison.events if not one.follows]
    rows = [_event_row(one, comparison) for one in shown]
    follow = len(comparison.events) - len(shown)
    header = [inline(one) for one in ("", "#", "T", version.clock.zone_short, "Event", "Why it matters")]
    parts = [table(header, (_CENTRE, RIGHT, LEFT, LEFT, LEFT, LEFT), rows)] if rows else []
    if follow:
        parts.append(Safe(f"{counted(follow, 'more event')} moved along, by claims that count from these.\n"))
    return "\n".join(parts)


def _event_row(one: EventChange, comparison: Comparison) -> list[Safe]:
    before, after = comparison.before, comparison.after
    assert before is not None
    assert after is not None
    clock = shared_clock(before.clock, after.clock)
    event = one.after or one.before
    assert event is not None
    version = after if one.after is not None else before
    sign = _MOVED if one.moved else _SIGNS[one.change]
    what = Safe(f"**{inline(clock.language.say(f'kind.{event.event.kind}'))}** {one_line(event.event.what)}")
    return [
        Safe(sign),
        Safe(str(_number(event, version))) if one.after is not None else Safe(""),
        _was_is(_relative(one.before, before), _relative(one.after, after), as_code=True),
        _was_is(_time(one.before, clock), _time(one.after, clock)),
        Safe(f"~~{what}~~") if one.change == "removed" else what,
        _why(one, comparison),
    ]


def _number(event: ResolvedEvent, version: Resolved) -> int:
    listed = (*version.timeline.events, *version.timeline.undated)
    return next(number for number, one in enumerate(listed, 1) if one.index == event.index)


def _relative(event: ResolvedEvent | None, version: Resolved) -> str:
    return "" if event is None else from_zero(event, event.at, version)


def _time(event: ResolvedEvent | None, clock: Clock) -> str:
    return "" if event is None else clock.span(event.at, event.end)


def _was_is(before: str, after: str, *, as_code: bool = False) -> Safe:
    """Show a value before and after: the old one struck out, an arrow, the new one."""
    show = code if as_code else firm
    if before == after or not before:
        return show(after) if after else Safe("")
    was = Safe(f"~~{show(before)}~~")
    return Safe(f"{was} → {show(after)}") if after else was


def _why(one: EventChange, comparison: Comparison) -> Safe:
    says: list[Safe] = []
    if one.shows_in:
        titles = {metric.id: metric.title for metric in comparison.metrics}
        says.append(Safe("moves " + ", ".join(inline(titles[name]) for name in one.shows_in)))
    sources = [claim for claim in comparison.claims if claim.event == one.key and claim.change == "added"]
    if sources:
        names = ", ".join(f"`{inline(claim.source)}`" for claim in sources if claim.source)
        if names:
            says.append(Safe(f"new claim: {names}"))
    if one.change == "added" and one.after is not None:
        cited = ", ".join(code(source) for source in one.after.event.source)
        if cited:
            says.append(Safe(f"source: {cited}"))
    says += [_field(field) for field in one.fields if field.name not in ("at",)]
    return joined(says, "; ")


def _field(field: FieldChange) -> Safe:
    return Safe(f"{code(field.name)}: {_values(field.before, field.after)}")


def _values(before: Told | None, after: Told | None) -> Safe:
    if before is None:
        return Safe(f"**{_short(after)}**")
    if after is None:
        return Safe(f"~~{_short(before)}~~")
    return Safe(f"~~{_short(before)}~~ → **{_short(after)}**")


def _short(told: Told | None) -> Safe:
    words = "" if told is None else told.words
    cut = words[:_LONGEST_VALUE]
    return inline(cut + ("…" if len(words) > len(cut) else "")) or Safe("—")


def _metrics(comparison: Comparison) -> str:
    if not comparison.metrics:
        return ""
    rows = [
        [
            inline(one.title),
            firm(one.before.words) if one.before else Safe("—"),
            Safe(f"**{firm(one.after.words)}**") if one.after else Safe("—"),
        ]
        for one in comparison.metrics
    ]
    return table([inline(one) for one in ("Metric", "Before", "After")], (LEFT, RIGHT, RIGHT), rows)


def _conflicts(comparison: Comparison) -> str:
    return _list(
        Safe(
            f"**conflict {one.change}** on {code(one.event)}: "
            f"{inline(standing_words(one))} ({inline(one.told)})"
        )
        for one in comparison.conflicts
    )


def _claims(comparison: Comparison) -> str:
    claims = [
        Safe(
            f"claim {one.change} on {code(one.event)}, {code(one.source) if one.source else 'no source'}: "
            f"{_values(one.before, one.after)}"
        )
        for one in comparison.claims
    ]
    rulings = [
        Safe(f"ruling {one.change} on {code(one.event)}: {_values(one.before, one.after)}")
        for one in comparison.rulings
    ]
    return _folded(
        counted(len(claims) + len(rulings), "change") + " of claims and rulings", _list([*claims, *rulings])
    )


def _things(comparison: Comparison) -> str:
    rows = [
        Safe(
            f"{inline(one.section)}: {code(one.id)} {one.change}"
            + ("".join(f"; {_field(field)}" for field in one.fields) if one.change == "changed" else "")
        )
        for one in comparison.things
    ]
    rows += [_field(one) for one in comparison.fields]
    return _folded(counted(len(rows), "change") + " in the rest of the log", _list(rows))


def _list(rows: Iterator[Safe] | Sequence[Safe]) -> str:
    return "".join(f"- {row}\n" for row in rows)


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{inline(title)}</summary>\n\n{text}\n</details>\n" if text else ""


def _timeline(comparison: Comparison) -> str:
    before, after = comparison.before, comparison.after
    if before is not None and after is not None:
        lines = differing(comparison, shared_clock(before.clock, after.clock))
    else:
        lines = whole(comparison)
    if all(sign not in "+-" for sign, _ in lines):
        return ""
    return _fenced(list(written(lines)))


def _fenced(lines: list[str]) -> str:
    """Return lines as a block that nothing in them can end, and in which nobody is mentioned."""
    body = "\n".join(_MENTION.sub("@\u200b", line) for line in lines)
    longest = max((len(run) for run in re.findall("`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}diff\n{body}\n{fence}\n"


def _findings(comparison: Comparison) -> str:
    found = comparison.new.diagnostics if comparison.new is not None else ()
    if comparison.before is None and comparison.old is not None:
        found = (*comparison.old.diagnostics, *found)
    if not found:
        return ""
    errors, warnings = tally(found)
    title = " and ".join(counted(n, noun) for n, noun in ((errors, "error"), (warnings, "warning")) if n)
    return _folded(title, _list(_finding(one) for one in found))


def _finding(one: Diagnostic) -> Safe:
    more = "; ".join(part for part in (one.label, one.help) if part)
    place = code(f"{one.file}:{one.span.line}")
    return Safe(f"`{one.code}` {inline(one.message)}{Safe(f' ({inline(more)})') if more else ''} · {place}")
