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
    claims = [party for party in found.parties if statements[party.number].event is not None]
    clocks = [party for party in found.parties if statements[party.number].event is None]
    first, *others = _one_a_claim(claims, statements)
    if not others:
        own = _within_one(claims, clocks, statements, events, found.miss)
        beside = [] if own.at == _spot(claims[-1], statements) else claims[1:]
        related = tuple(_related(party, statements, events) for party in (*beside, *clocks))
        return Finding(own.code, own.message, own.at, own.label, own.help, related)
    related = tuple(_related(party, statements, events) for party in (*claims[1:], *clocks))
    return Finding(
        "PM301",
        _sentence([first, *others], clocks, statements, events, found.miss),
        _spot(first, statements),
        label=f"{_name(events, statements[first.number])} is {_quoted(first, statements)}",
        help=_help([first, *others], clocks, statements),
        related=related,
    )


def _sentence(
    claims: Sequence[Party],
    clocks: Sequence[Party],
    statements: Sequence[Statement],
    events: Sequence[Event],
    miss: int,
) -> str:
    told = [statements[party.number] for party in claims]
    if len(claims) > 2:
        return f"these {len(claims)} claims cannot all hold: they miss by {spoken(miss)}"
    despite = " even as far as the clocks may be off" if clocks else ""
    one, other = told
    if one.event == other.event and one.aspect == other.aspect:
        which = "the end of " if one.aspect == "end" else ""
        return (
            f"on {which}{_name(events, one)}, {_says(claims[0], statements)} "
            f"and {_says(claims[1], statements)}: they miss each other by {spoken(miss)}{despite}"
        )
    return (
        f"{_whose(events, one)} {_quoted(claims[0], statements)} and "
        f"{_whose(events, other)} {_quoted(claims[1], statements)} cannot both hold: "
        f"they miss each other by {spoken(miss)}{despite}"
    )


def _within_one(
    claims: Sequence[Party],
    clocks: Sequence[Party],
    statements: Sequence[Statement],
    events: Sequence[Event],
    miss: int,
) -> Finding:
    """Return the finding for a claim that contradicts itself."""
    told = {statements[party.number].aspect: party for party in claims}
    name = _name(events, statements[claims[0].number])
    last = claims[-1]
    if "at" in told and "end" in told:
        end = told["end"]
        return Finding(
            "PM301",
            f"{name} ends before it begins: it is {_quoted(told['at'], statements)} "
            f"until {_quoted(end, statements)}, {spoken(miss)} too early",
            _spot(end, statements),
            label="before its start",
            help="does it end on the next day (`+1d 00:10`)? Else correct one of the two",
        )
    if clocks:
        message = (
            f"{name} is {_quoted(last, statements)} by several clocks, which cannot all have shown it: "
            f"they miss by {spoken(miss)}"
        )
        hint = "give each source a claim of its own, or widen its `clock`"
    elif len(claims) == 1 and last.bound.base is not None and _of_itself(last, statements, events):
        message, hint = f"{name} is counted from itself", "count it from another event or from the clock"
    else:
        message = f"{name} cannot be {_whole(last, statements)}: that misses by {spoken(miss)}"
        hint = "correct one of its parts"
    return Finding("PM301", message, _spot(last, statements), help=hint)


def _of_itself(party: Party, statements: Sequence[Statement], events: Sequence[Event]) -> bool:
    one = statements[party.number]
    base = party.bound.base
    if base is None or one.event is None:
        return False
    return base.event is None or base.event == events[one.event].id


def _one_a_claim(parties: Sequence[Party], statements: Sequence[Statement]) -> list[Party]:
    firsts: dict[int, Party] = {}
    for party in parties:
        firsts.setdefault(statements[party.number].element, party)
    return list(firsts.values())


def _help(claims: Sequence[Party], clocks: Sequence[Party], statements: Sequence[Statement]) -> str:
    events = [statements[party.number].event for party in claims]
    ways = "correct a time, widen its range"
    if clocks:
        ways += " or the `clock` of its source"
    if len(set(events)) < len(events):
        return (
            f"{ways}, or rule: `ruling: {{prefer: SOURCE, because: ...}}` or `{{open: true, because: ...}}`"
        )
    return f"{ways}, or leave an event open: `ruling: {{open: true, because: ...}}`"


def _related(party: Party, statements: Sequence[Statement], events: Sequence[Event]) -> Related:
    one = statements[party.number]
    if one.event is None:
        return Related(f"the clock of `{one.sources[0]}` is off by `{one.text}`", _spot(party, statements))
    verb = "is"
    if one.aspect == "end":
        verb = "lasts" if one.spans else "ends"
    by = f", says {_sources(one)}" if one.sources else ""
    return Related(f"{_name(events, one)} {verb} {_quoted(party, statements)}{by}", _spot(party, statements))


def _spot(party: Party, statements: Sequence[Statement]) -> Spot:
    return Spot(statements[party.number].route, start=party.bound.start, end=party.bound.end)


def _quoted(party: Party, statements: Sequence[Statement]) -> str:
    """Return the part of a scalar that takes part, as it is written."""
    text = statements[party.number].text[party.bound.start : party.bound.end].strip()
    return f"`{text or statements[party.number].text}`"


def _whole(party: Party, statements: Sequence[Statement]) -> str:
    return f"`{statements[party.number].text}`"


def _says(party: Party, statements: Sequence[Statement]) -> str:
    one = statements[party.number]
    verb = "say" if len(one.sources) > 1 else "says"
    return f"{_sources(one) or 'one claim'} {verb} {_quoted(party, statements)}"


def _sources(one: Statement) -> str:
    return " and ".join(f"`{source}`" for source in one.sources)


def _whose(events: Sequence[Event], one: Statement) -> str:
    name = _name(events, one)
    return f"the end of {name}" if one.aspect == "end" else name


def _name(events: Sequence[Event], one: Statement) -> str:
    """Return an event's id, else the beginning of its text."""
    event = events[one.event or 0]
    if event.id:
        return f"`{event.id}`"
    words = event.what.split()
    return f"“{' '.join(words[:_WORDS_SHOWN])}{'…' if len(words) > _WORDS_SHOWN else ''}”"
