"""The timeline as Markdown: one table a band, with anchors and no-break spaces in time cells."""

from __future__ import annotations

from postmortem.report.escaping.markdown_fields import one_line
from postmortem.report.escaping.markdown_text import Safe, anchor, code, firm, fragment, inline, link
from postmortem.report.facts.facts import Band, Facts, Row
from postmortem.report.markdown.table import LEFT, RIGHT, table
from postmortem.report.timeline.rows import band_time, event_bounds, event_relative, not_ordered
from postmortem.report.wording.amounts import duration
from postmortem.report.wording.withheld import withheld_words
from postmortem.report.wording.words import component_title, person_words


def timeline_markdown(facts: Facts) -> str:
    """Return the timeline as a Markdown text of its own; sources are named by their ids."""
    incident, clock = facts.incident, facts.clock
    lines = [f"# {inline(incident.title)}\n"]
    if clock.day is not None:
        lines.append(f"{inline(clock.date_words(clock.day))} · {inline(clock.zone_label)}\n")
    for band in facts.bands:
        lines += [f"## {band_heading(band, facts)}\n", band_table(band, facts, links=False)]
    lines += [f"{one}\n" for one in (order_note(facts), left_out(facts), withheld(facts)) if one]
    return "\n".join(lines)


def order_note(facts: Facts) -> Safe:
    """Say what `?` beside a number means; '' where there is none."""
    if not any(not_ordered(row) for row in facts.rows):
        return Safe("")
    return inline(f"?: {facts.clock.language.say('terminal.order')}")


def left_out(facts: Facts) -> Safe:
    """Say how many events a view as of some moment leaves out; '' where it is all of them."""
    if not facts.left_out:
        return Safe("")
    return inline(facts.clock.language.say("terminal.left-out", count=facts.left_out))


def withheld(facts: Facts) -> Safe:
    """Say how many entries are not public; '' where nothing was left out."""
    return inline(withheld_words(facts))


def band_heading(band: Band, facts: Facts) -> Safe:
    """Return a band's title with its time from the zero and its length."""
    parts = [inline(band.title)]
    times = band_time(band, facts.clock)
    if times:
        parts.append(inline(times))
    if band.length is not None:
        length = band.length
        words = duration(length.low, length.high, length.nominal, length.named, facts.clock.language)
        parts.append(inline(words.full))
    return Safe(f"{parts[0]} — {' · '.join(parts[1:])}") if len(parts) > 1 else parts[0]


def band_table(band: Band, facts: Facts, *, links: bool) -> Safe:
    """Return a band's events as a table; ``links`` leads sources to the evidence of the same page."""
    say = facts.clock.language.say
    zone = inline(facts.clock.zone_short)
    header = [Safe("#"), Safe("T"), zone, inline(say("timeline.event")), inline(say("timeline.sources"))]
    rows = [_cells(row, facts, links=links) for row in band.rows]
    return table(header, (RIGHT, LEFT, LEFT, LEFT, LEFT), rows)


def _cells(row: Row, facts: Facts, *, links: bool) -> list[Safe]:
    clock, event = facts.clock, row.event.event
    relative = event_relative(row, clock)
    time = firm(clock.span(row.event.at, row.event.end))
    bounds = event_bounds(row, clock) if row.event.end is None else ""
    if bounds:
        time = Safe(f"{time} ({firm(bounds)})")
    what = Safe(f"**{inline(clock.language.say(f'kind.{event.kind}'))}** {one_line(event.what)}")
    notes = [", ".join(inline(component_title(facts.incident, one)) for one in event.component)]
    if event.by:
        notes.append(inline(clock.language.say("md.by", who=person_words(facts.incident, event.by))))
    if any(notes):
        what = Safe(f"{what} _{' · '.join(note for note in notes if note)}_")
    sources = Safe(", ".join(source_link(one) if links else code(one) for one in row.sources))
    number = Safe(f"{anchor(f'e{row.number}')}{row.number}{'?' if not_ordered(row) else ''}")
    return [number, Safe(f"**{firm(relative)}**") if relative else Safe(""), time, what, sources]


def source_link(id: str) -> Safe:
    """Return a source's id as a link to its row in the evidence."""
    return link(firm(id), f"#s-{fragment(id)}")
