"""How the HTML page sees the facts: times in two zones, sources as badges, statements with their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from postmortem.ground.place import Route
from postmortem.ground.record import record
from postmortem.report.escaping.put import put, strung
from postmortem.report.escaping.safe_markdown import bidi, block, inline, plain
from postmortem.report.facts.facts import Facts, Row
from postmortem.report.page.pictures import Gallery
from postmortem.report.wording.units import MINUTE
from postmortem.report.wording.words import Clock, Shape
from postmortem.resolve.timeline import Bounds

_EDGES = (("press",), ("telemetry", "alert"), ("observer",), ("participant", "vendor"), ("chat", "document"))
_EDGE = {kind: f"b b{number}" for number, kinds in enumerate(_EDGES, 1) for kind in kinds}
_FINER = re.compile(r"(\.\d{3})\d{3}")


@record
class Lens:
    """Facts, the line each statement stands at, and the same clock in UTC."""

    facts: Facts
    line_of: Callable[[Route], int]
    utc: Clock
    gallery: Gallery

    @property
    def clock(self) -> Clock:
        """The clock of the incident's own zone."""
        return self.facts.clock

    @property
    def one_zone(self) -> bool:
        """Tell whether the incident's own zone is UTC, so that there is nothing to switch to."""
        return self.clock.zone_short == "UTC"

    def say(self, key: str, **values: object) -> str:
        """Return a fixed phrase."""
        return self.clock.language.say(key, **values)

    @property
    def percent(self) -> str:
        """Return what follows a number of hundredths: `%`, or with a space before it."""
        return self.say("amount.percent", number="")

    def block(self, text: str, level: int = 4) -> Markup:
        """Return an author's Markdown as blocks, with the pictures that are at hand."""
        return block(text, level, self.gallery.show)

    def inline(self, text: str) -> Markup:
        """Return an author's Markdown on one line, with the pictures that are at hand."""
        return inline(text, self.gallery.show)

    def both(self, words: Callable[[Clock], str]) -> Markup:
        """Return a time in words, in both zones, one of which the page shows."""
        own = words(self.clock)
        if self.one_zone:
            return put("<i>%s UTC</i>", own)
        return put("<i>%s %s</i><u>%s UTC</u>", own, self.clock.zone_short, words(self.utc))

    def time(self, bounds: Bounds | None) -> Markup:
        """Return a resolved time as a time element; one without any bound as a word."""
        moment = anchor_of(bounds)
        if bounds is None or moment is None:
            return put("<span>%s</span>", self.say("time.undated"))
        return self._element(moment, lambda clock: clock.time(bounds))

    def moment(self, us: int) -> Markup:
        """Return one moment as a time element."""
        return self._element(us, lambda clock: clock.moment(us))

    def bounded(self, bounds: Bounds) -> Markup:
        """Return a resolved time with its bounds: `≈18:20 (18:18–18:22)`."""
        moment = anchor_of(bounds)
        if moment is None or self.clock.shape(bounds) != "about":
            return self.time(bounds)
        return self._element(moment, lambda clock: _with_bounds(clock, bounds))

    def from_zero(self, us: int) -> str:
        """Return one moment from the incident's zero; an empty text where that is not sharp."""
        return self.clock.relative(Bounds(us, us, us)) if self.clock.sharp_zero else ""

    def _element(self, us: int, words: Callable[[Clock], str]) -> Markup:
        # HTML knows milliseconds at the finest, and no sign before a year.
        machine = _FINER.sub(r"\1", self.utc.iso(us).removesuffix("+00:00")).lstrip("+")
        return put('<time datetime="%sZ">%s</time>', machine.removesuffix(":00"), self.both(words))

    def span(self, row: Row) -> Markup:
        """Return when an event was: its start, and its end where it has one."""
        start = self.bounded(row.event.at)
        if row.event.end is None:
            return start
        return put("<span>%s %s %s</span>", start, self.say("event.to"), self.bounded(row.event.end))

    def shape(self, bounds: Bounds) -> Shape:
        """Tell how far a time is known; a whole day is a range, however it is written."""
        shape = self.clock.shape(bounds)
        if shape != "exact" or bounds.earliest is None or bounds.latest is None:
            return shape
        return shape if bounds.latest - bounds.earliest <= MINUTE else "range"

    def relative(self, row: Row) -> str:
        """Return when an event was, from the incident's zero; an empty text without one."""
        start = self.clock.relative(row.event.at, row.since_zero)
        if row.event.end is None or not start:
            return start
        if not self.clock.sharp_zero:
            return start
        end = self.clock.relative(row.event.end)
        return f"{start} → {end}" if end and end != start else start

    def badges(self, sources: Iterable[str]) -> Markup:
        """Return sources as links into the ledger, each edged by its kind."""
        return strung(" ", map(self.badge, sources))

    def badge(self, id: str) -> Markup:
        """Return a source as a link into the ledger, edged by its kind."""
        source = self.facts.incident.sources.get(id)
        if source is None:
            return put('<span class="b">%s</span>', id)
        return put('<a class="%s" href="#s-%s">%s</a>', edge_of(source.kind), id, id)

    def names(self, sources: Iterable[str]) -> Markup:
        """Return sources as plain links into the ledger, for running text."""
        known = self.facts.incident.sources
        return strung(
            ", ",
            (put('<a href="#s-%s">%s</a>', key, key) if key in known else bidi(key) for key in sources),
        )

    def number(self, row: Row) -> Markup:
        """Return an event's number as a link to it, for a place that does not say what it counts."""
        label = self.say("event.label", number=row.number)
        return put('<a class="n" href="#e-%s" aria-label="%s">%s</a>', row.event.key, label, row.number)

    def numeral(self, row: Row) -> Markup:
        """Return an event's number as a link to it, for a list of such numbers or a proof."""
        return put('<a href="#e-%s">%s</a>', row.event.key, row.number)

    def numerals(self, rows: Sequence[Row]) -> Markup:
        """Return numbers of events (in listed order) as links, three and more in a row by first and last."""
        out: list[Markup] = []
        start = 0
        for at, row in enumerate(rows):
            if at + 1 < len(rows) and rows[at + 1].number == row.number + 1:
                continue
            run = rows[start : at + 1]
            start = at + 1
            if len(run) > 2:
                out.append(put("%s–%s", self.numeral(run[0]), self.numeral(run[-1])))
            else:
                out += map(self.numeral, run)
        return strung(" ", out)

    def line(self, route: Route) -> Markup:
        """Return the line of the log at which a statement stands."""
        return put("<small>%s</small>", self.say("proof.line", line=self.line_of(route)))


def edge_of(kind: str | None) -> str:
    """Return the classes of a source's badge: its edge tells its kind."""
    return _EDGE.get(kind or "", "b")


def _with_bounds(clock: Clock, bounds: Bounds) -> str:
    words, edges = clock.time(bounds), clock.bounds(bounds)
    day = words[1:12] if words[11:12] == " " else ""
    return f"{words} ({edges.removeprefix(day)})"


def anchor_of(bounds: Bounds | None) -> int | None:
    """Return the moment that stands for a time to machines: what is named, else its first known bound."""
    if bounds is None:
        return None
    if bounds.nominal is not None and bounds.named:
        return bounds.nominal
    return bounds.earliest if bounds.earliest is not None else bounds.latest


def label_of(text: str) -> str:
    """Return the first sentence of an event's text without markup: its name in a drawing."""
    words = plain(text)
    for stop in (". ", "; ", ": "):
        head, found, _ = words.partition(stop)
        if found and len(head) > 12:
            words = head
    return words.rstrip(".")


def joined(parts: Iterable[str], between: str = " · ") -> Markup:
    """Return the parts that hold anything, joined."""
    return strung(escape(between), filter(None, parts))
