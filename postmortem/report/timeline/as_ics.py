"""The timeline as an iCalendar file (RFC 5545): a dated event is a VEVENT, an undated one a VJOURNAL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from postmortem.report.facts.facts import Facts, Row
from postmortem.report.wording.clock import Clock
from postmortem.report.wording.local import zone_of
from postmortem.report.wording.units import MINUTE, SECOND
from postmortem.report.wording.withheld import withheld_words
from postmortem.report.wording.words import component_title, source_title

_OCTETS = 75
_FIRST = -62_135_596_800 * SECOND
_LAST = 253_402_300_799 * SECOND


def timeline_ics(facts: Facts) -> str:
    """Return the timeline as iCalendar text, lines ended by CRLF and folded at 75 octets.

    An entry covers all of the time in which its event may lie; its summary words what is known. The stamp
    that the format asks for is the incident's last known moment, since the same log must give the same bytes.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//postmortem//timeline//EN", "METHOD:PUBLISH"]
    lines.append(_text("X-WR-CALNAME", facts.incident.title))
    if withheld := withheld_words(facts):
        lines.append(_text("X-WR-CALDESC", withheld))
    extent = facts.clock.extent
    stamp = _utc(_within(extent[1], up=True) if extent is not None else 0)
    for row in facts.rows:
        lines += _entry(row, facts, stamp)
    lines.append("END:VCALENDAR")
    return "".join(folded + "\r\n" for line in lines for folded in _folded(line))


def _entry(row: Row, facts: Facts, stamp: str) -> Iterator[str]:
    incident, event = facts.incident, row.event.event
    when = facts.clock.span(row.event.at, row.event.end)
    start, end = _covered(row)
    kind = "VJOURNAL" if start is None else "VEVENT"
    yield f"BEGIN:{kind}"
    yield f"UID:{_uid(facts.name, row.event.key)}"
    yield f"DTSTAMP:{stamp}"
    if start is not None:
        yield f"DTSTART:{_utc(start)}"
    if start is not None and end is not None and end > start:
        yield f"DTEND:{_utc(end)}"
    what = event.what.strip()
    yield _text("SUMMARY", f"{when}: {' '.join(what.split())}")
    sources = ", ".join(source_title(incident, one) for one in row.sources)
    zone = facts.clock.zone_label
    yield _text("DESCRIPTION", "\n".join(part for part in (what, f"{when} {zone}", sources) if part))
    if event.component and start is not None:
        yield _text("LOCATION", ", ".join(component_title(incident, one) for one in event.component))
    yield _text("CATEGORIES", facts.clock.language.inside(f"kind.{event.kind}"))
    yield f"END:{kind}"


def _covered(row: Row) -> tuple[int | None, int | None]:
    """Return from when to when an event may have lain; one known to the minute has no length."""
    at, end = row.event.at, row.event.end
    first = at.earliest if at.earliest is not None else at.latest
    if first is None:
        return None, None
    last = at.latest if end is None else end.latest if end.latest is not None else end.earliest
    if end is None and at.earliest is not None and last is not None and last - at.earliest <= MINUTE:
        last = None
    return _within(first, up=False), None if last is None else _within(last, up=True)


def _within(us: int, *, up: bool) -> int:
    """Return whole seconds, rounded outwards, inside the four-digit years that the format can write."""
    whole = -(-us // SECOND) * SECOND if up else us // SECOND * SECOND
    return min(max(whole, _FIRST), _LAST)


def _utc(us: int) -> str:
    return _STAMP.iso(us)[:19].replace("-", "").replace(":", "") + "Z"


_STAMP = Clock(zone_of("UTC"), "UTC", None, None, None)


def _uid(incident: str, key: str) -> str:
    """Return an id that stays with the event however its time or text changes."""
    digest = hashlib.sha256(f"{incident}\n{key}".encode("utf-8", "backslashreplace")).hexdigest()[:32]
    return f"{digest}@postmortem"


def _text(name: str, value: str) -> str:
    """Write a property of type TEXT: backslash, `;`, `,` and line ends escaped, no controls."""
    clean = "".join(
        char if char >= " " and char != "\x7f" else "\n" if char in "\n\r" else " " for char in value
    )
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        clean = clean.replace(plain, escaped)
    return f"{name}:{clean}"


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, no character cut; further ones begin with a blank."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += char
        size += width
    yield piece
