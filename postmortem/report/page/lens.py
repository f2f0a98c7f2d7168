"""How the HTML page sees the facts: times in two zones, sources as badges, statements with their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from postmortem.ground.place import Route
from postmortem.ground.record import record
from postmortem.report.escaping.put import put
from postmortem.report.escaping.safe_markdown import bidi, plain
from postmortem.report.facts.facts import Facts, Row
from postmortem.report.wording.words import Clock, source_title
from postmortem.resolve.timeline import Bounds, Proof, Step

_FULL_TITLES = 200
_FINER = re.compile(r"(\.\d{3})\d{3}")


@record
class Lens:
    """Facts, the line each statement stands at, and the same clock in UTC."""

    facts: Facts
    line_of: Callable[[Route], int]
    utc: Clock

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

    def both(self, words: Callable[[Clock], str]) -> Markup:
        """Return a time in words, in both zones, one of which the page shows."""
        own = words(self.clock)
        if self.one_zone:
            return put('<span class="i">%s UTC</span>', own)
        return put(
            '<span class="i">%s %s</span><span class="u">%s UTC</span>',
            own,
            self.clock.zone_short,
            words(self.utc),
        )

    def time(self, bounds: Bounds | None) -> Markup:
        """Return a resolved time as a time element; one without any bound as a word."""
        moment = anchor_of(bounds)
        if bounds is None or moment is None:
            return put("<span>%s</span>", self.say("time.undated"))
        return self._element(moment, lambda clock: clock.time(bounds))

    def moment(self, us: int) -> Markup:
        """Return one moment as a time element."""
        return self._element(us, lambda clock: clock.moment(us))

    def _element(self, us: int, words: Callable[[Clock], str]) -> Markup:
        # HTML knows milliseconds at the finest, and no sign before a year.
        machine = _FINER.sub(r"\1", self.clock.iso(us)).lstrip("+")
        return put('<time datetime="%s">%s</time>', machine, self.both(words))

    def span(self, row: Row) -> Markup:
        """Return when an event was: its start, and its end where it has one."""
        start = self.time(row.event.at)
        if row.event.end is None:
            return start
        return put("%s %s %s", start, self.say("event.to"), self.time(row.event.end))

    def relative(self, row: Row) -> str:
        """Return when an event was, from the incident's zero; an empty text without one."""
        start = self.clock.relative(row.event.at, row.since_zero)
        if row.event.end is None or not start:
            return start
        if not self.clock.sharp_zero:
            return start
        end = self.clock.relative(row.event.end)
        return f"{start} → {end}" if end and end != start else start

    def badges(self, sources: Iterable[str], titled: bool = False) -> Markup:
        """Return sources as links into the ledger, with their titles to hover over where ``titled``."""
        return Markup(" ").join(self.badge(key, titled) for key in sources)

    def badge(self, id: str, titled: bool = False) -> Markup:
        """Return a source as a link into the ledger, edged by its kind."""
        incident = self.facts.incident
        source = incident.sources.get(id)
        if source is None:
            return put('<span class="b">%s</span>', id)
        kind = f" b-{source.kind}" if source.kind else ""
        title = put(' title="%s"', source_title(incident, id)) if titled and self._roomy else Markup()
        return put('<a class="b%s" href="#s-%s"%s>%s</a>', kind, id, title, id)

    def names(self, sources: Iterable[str]) -> Markup:
        """Return sources as plain links into the ledger, for running text."""
        known = self.facts.incident.sources
        return Markup(", ").join(
            put('<a href="#s-%s">%s</a>', key, key) if key in known else bidi(key) for key in sources
        )

    @property
    def _roomy(self) -> bool:
        return len(self.facts.rows) <= _FULL_TITLES

    def number(self, row: Row) -> Markup:
        """Return an event's number as a link to it."""
        label = self.say("event.label", number=row.number)
        return put('<a class="n" href="#e-%s" aria-label="%s">%s</a>', row.event.key, label, row.number)

    def line(self, route: Route) -> Markup:
        """Return the line of the log at which a statement stands."""
        return put('<span class="ln">%s</span>', self.say("proof.line", line=self.line_of(route)))

    def step(self, step: Step) -> Markup:
        """Return one link of a proof: what is stated, of which event, by whom, at which line."""
        row = self.facts.row(step.event) if step.event is not None else None
        of = put("%s ", self.number(row)) if row is not None else Markup()
        sources = self.names(step.sources)
        tail = put(" %s", sources) if sources else Markup()
        return put("%s<code>%s</code>%s %s", of, bidi(step.text), tail, self.line(step.route))

    def chain(self, proof: Proof) -> Markup:
        """Return a proof as a list of its links, or in words that there is none."""
        if not proof:
            return put("<p>%s</p>", self.say("proof.none"))
        if len(proof) == 1:
            return put("<p>%s</p>", self.step(proof[0]))
        steps = Markup("").join(put("<li>%s</li>", self.step(one)) for one in proof)
        return put("<ol>%s</ol>", steps)


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
    return Markup(escape(between)).join(part for part in parts if part)
