"""What is said of times that cannot all hold: who says what, and by how much they miss each other."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot
from postmortem.model.incident import Event
from postmortem.resolve.settlement import Contradiction, Party
from postmortem.resolve.statements import Statement

_UNITS = (
    (86_400_000_000, "d"),
    (3_600_000_000, "h"),
    (60_000_000, "min"),
    (1_000_000, "s"),
    (1_000, "ms"),
    (1, "µs"),
)
_WORDS_SHOWN = 6


def spoken(size: int) -> str:
    """Return a length of time in microseconds in words, whole: `2 min 30 s`."""
    words = []
    for unit, name in _UNITS:
        count, size = divmod(size, unit)
        if count:
            words.append(f"{count} {name}")
    return " ".join(words) or "0 s"


def contradiction(found: Contradiction, statements: Sequence[Statement], events: Sequence[Event]) -> Finding:
    """Return the finding for statements that cannot all hold: at the first claim, the others beside it."""
    told = _Told(statements, events)
    parties = [party for party in found.parties if statements[party.number].event is not None]
    clocks = [party for party in found.parties if statements[party.number].event is None]
    by_claim: dict[int, list[Party]] = {}
    for party in parties:
        by_claim.setdefault(statements[party.number].element, []).append(party)
    claims = list(by_claim.values())
    if len(claims) == 1:
        return _within_one(told, claims[0], clocks, found.miss)
    return Finding(
        "PM301",
        _sentence(told, claims, clocks, found.miss),
        told.spot(parties[0]),
        label=told.alone(parties[0]),
        help=_help(told, claims, clocks),
        related=tuple(told.beside(party) for party in (*parties[1:], *clocks)),
    )


def _sentence(told: _Told, claims: Sequence[Sequence[Party]], clocks: Sequence[Party], miss: int) -> str:
    if len(claims) > 2:
        return f"these {len(claims)} claims cannot all hold: they miss by {spoken(miss)}"
    by = f"they miss each other by {spoken(miss)}{' even as far as the clocks may be off' if clocks else ''}"
    one, other = claims
    if told.of(one[0]).event != told.of(other[0]).event:
        return f"{told.fact(one)} and {told.fact(other)}, which cannot both hold: {by}"
    ends = all(told.of(party).aspect == "end" and not told.of(party).spans for party in (*one, *other))
    which = "the end of " if ends else ""
    return f"on {which}{told.name(one[0])}, {told.says(one, ends)} and {told.says(other, ends)}: {by}"


def _within_one(told: _Told, parties: Sequence[Party], clocks: Sequence[Party], miss: int) -> Finding:
    """Return the finding for a claim that contradicts itself."""
    by_aspect = {told.of(party).aspect: party for party in parties}
    name, last = told.name(parties[0]), parties[-1]
    related = tuple(told.beside(party) for party in clocks)
    if len(by_aspect) == 2:
        start, end = by_aspect["at"], by_aspect["end"]
        message = (
            f"{name} ends before it begins: it is {told.words(start)} until {told.words(end)}, "
            f"{spoken(miss)} too early"
        )
        hint = "does it end on the next day (`+1d 00:10`)? Else correct one of the two"
        return Finding("PM301", message, told.spot(end), "before its start", hint, related)
    if clocks:
        message = (
            f"{name} is {told.words(last)} by several clocks, which cannot all have shown it: "
            f"they miss by {spoken(miss)}"
        )
        hint = "give each source a claim of its own, or widen its `clock`"
    elif len(parties) == 1 and told.counts_from_itself(last):
        message, hint = f"{name} is counted from itself", "count it from another event or from the clock"
    else:
        message = f"{name} cannot be `{told.of(last).text}`: that misses by {spoken(miss)}"
        hint = "correct one of its parts"
    return Finding("PM301", message, told.spot(last), help=hint, related=related)


def _help(told: _Told, claims: Sequence[Sequence[Party]], clocks: Sequence[Party]) -> str:
    events = {told.of(claim[0]).event for claim in claims}
    ways = "correct a time, widen its range"
    if clocks:
        ways += " or the `clock` of its source"
    if len(events) < len(claims):
        return (
            f"{ways}, or rule: `ruling: {{prefer: SOURCE, because: ...}}` or `{{open: true, because: ...}}`"
        )
    return f"{ways}, or leave an event open: `ruling: {{open: true, because: ...}}`"


class _Told:
    """The words for statements: whose they are, what they say."""

    def __init__(self, statements: Sequence[Statement], events: Sequence[Event]) -> None:
        self.statements, self.events = statements, events

    def of(self, party: Party) -> Statement:
        """Return the statement of a party."""
        return self.statements[party.number]

    def spot(self, party: Party) -> Spot:
        """Return the part of the scalar that takes part."""
        return Spot(self.of(party).route, start=party.bound.start, end=party.bound.end)

    def words(self, party: Party) -> str:
        """Return the part of the scalar that takes part, as it is written."""
        text = self.of(party).text
        return f"`{text[party.bound.start : party.bound.end].strip()}`"

    def name(self, party: Party) -> str:
        """Return an event's id, else the beginning of its text."""
        event = self.events[self.of(party).event or 0]
        if event.id:
            return f"`{event.id}`"
        words = event.what.split()
        return f"“{' '.join(words[:_WORDS_SHOWN])}{'…' if len(words) > _WORDS_SHOWN else ''}”"

    def alone(self, party: Party) -> str:
        """Return what one party says, as a sentence."""
        one = self.of(party)
        verb = "is" if one.aspect == "at" else "lasts" if one.spans else "ends"
        return f"{self.name(party)} {verb} {self.words(party)}"

    def beside(self, party: Party) -> Related:
        """Return a party that stands elsewhere."""
        one = self.of(party)
        if one.event is None:
            return Related(f"the clock of `{one.sources[0]}` is off by `{one.text}`", self.spot(party))
        by = f", says {_sources(one)}" if one.sources else ""
        return Related(f"{self.alone(party)}{by}", self.spot(party))

    def fact(self, claim: Sequence[Party]) -> str:
        """Return what one claim says, as a sentence."""
        if len(claim) == 1:
            return self.alone(claim[0])
        return f"{self.name(claim[0])} is {self._whole(claim)}"

    def says(self, claim: Sequence[Party], ends: bool) -> str:
        """Return who makes a claim and what it says; ``ends``: it is plain that it is one word on an end."""
        one = self.of(claim[0])
        who = (
            f"{_sources(one)} {'say' if len(one.sources) > 1 else 'says'}"
            if one.sources
            else "one claim says"
        )
        return f"{who} {self.words(claim[0]) if ends else self._whole(claim)}"

    def _whole(self, claim: Sequence[Party]) -> str:
        """Return all that a claim says here: `18:00` until `18:10`."""
        fields: dict[int, list[Party]] = {}
        for party in claim:
            fields.setdefault(party.number, []).append(party)
        said = []
        for parties in fields.values():
            one = self.of(parties[0])
            before = "" if one.aspect == "at" else "for " if one.spans else "until "
            said.append(before + (self.words(parties[0]) if len(parties) == 1 else f"`{one.text}`"))
        return " ".join(said)

    def counts_from_itself(self, party: Party) -> bool:
        """Tell whether a bound of an event is counted from that event, or from a zero that it is."""
        base = party.bound.base
        return base is not None and base.event in (None, self.events[self.of(party).event or 0].id)


def _sources(one: Statement) -> str:
    return " and ".join(f"`{source}`" for source in one.sources)
