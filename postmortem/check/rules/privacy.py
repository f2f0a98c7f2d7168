"""PM701 to PM707: what would be public gives away no secret and nobody; no log holds a secret at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot

if TYPE_CHECKING:
    from postmortem.check.personal import Trace

_REVOKE = "take it out and make it worthless: what has stood in a file that others have is known"
_REDACT = {
    "PM702": "say who by their role, or mark the part `audience: internal`",
    "PM703": "leave the number out, or mark the part `audience: internal`",
    "PM704": "say what the machine does, or mark the part `audience: internal`",
    "PM705": "say what the machine does, or mark the part `audience: internal`",
    "PM706": "write the role, mark the part `audience: internal`, or the person `public: true`",
}


def gives_nothing_away(facts: Facts) -> Iterator[Finding]:
    """Find secrets, and in what would be public whatever leads to a person or into the house."""
    from postmortem.check.texts import joined, keys_of

    text = "\n".join((joined(facts.plain), *{key: None for _, key in keys_of(facts.incident)}))
    yield from _secrets(facts, text)
    if facts.public:
        yield from _traces(facts, text)


def _secrets(facts: Facts, text: str) -> Iterator[Finding]:
    from postmortem.check.as_read import as_read, looked_through
    from postmortem.check.secrets import secrets_in, suspected
    from postmortem.check.texts import as_stated, keys_of, texts_of

    seen = as_read(text)
    kinds = suspected(text if seen == text else f"{text}\n{seen}")
    if all(next(secrets_in(each, kinds), None) is None for each in (text, seen)):
        return
    public: set[Route] = {route for route, _ in public_texts(facts)}
    for route, one in texts_of(facts.incident):
        place = as_stated(facts.plain, route)
        for found, value, written in looked_through(one, lambda each: secrets_in(each, kinds)):
            yield Finding(
                "PM701" if route in public else "PM707",
                f"{facts.name(place)} holds what looks like {found.kind} (`{_begun(value)}...`)",
                Spot(place, start=found.start, end=found.end) if written else Spot(place),
                help=_REVOKE,
            )
    keys: set[Route] = {route for route, _ in public_keys(facts)}
    for route, one in keys_of(facts.incident):
        for found in secrets_in(one, kinds):
            yield Finding(
                "PM701" if route in keys else "PM707",
                f"a key holds what looks like {found.kind} (`{_begun(one[found.start : found.end])}...`)",
                Spot(route, key=True),
                help=_REVOKE,
            )


def _traces(facts: Facts, text: str) -> Iterator[Finding]:
    from postmortem.check.as_read import as_read, looked_through
    from postmortem.check.personal import named_in, names_of, traces_in
    from postmortem.check.texts import as_stated

    names = names_of(facts.incident)
    look = any(next(traces_in(each), None) is not None for each in {text: None, as_read(text): None})
    if not (look or names):
        return

    def traces(one: str) -> Iterator[Trace]:
        found = list(traces_in(one)) if look else []
        if names and not in_people:
            found += named_in(one, names)
        return _apart(found)

    for route, one in public_texts(facts):
        in_people = route[:1] == ("people",)
        for trace, _, written in looked_through(one, traces):
            place = as_stated(facts.plain, route)
            yield Finding(
                trace.code,
                f"{facts.name(place)} would be public and holds {trace.what}",
                Spot(place, start=trace.start, end=trace.end) if written else Spot(place),
                help=_REDACT[trace.code],
            )
    for route, one in public_keys(facts):
        in_people = route[:1] == ("people",)
        for trace in traces(one):
            yield Finding(
                trace.code,
                f"the key `{one}` would be public and holds {trace.what}",
                Spot(route, key=True),
                help=_REDACT[trace.code],
            )


def _apart(found: Iterable[Trace]) -> Iterator[Trace]:
    """Yield what was found in one text in its order, without what lies inside something said already."""
    end = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def public_texts(facts: Facts) -> Iterator[tuple[Route, str]]:
    """Yield the texts of the public version, each with its route in the log; none where it has none."""
    from postmortem.check.texts import texts_of

    if copy := facts.public:
        for route, one in texts_of(copy.incident):
            yield copy.written(route), one


def public_keys(facts: Facts) -> Iterator[tuple[Route, str]]:
    """Yield the keys of the public version, each with its route in the log; none where it has none."""
    from postmortem.check.texts import keys_of

    if copy := facts.public:
        for route, one in keys_of(copy.incident):
            yield copy.written(route), one


def _begun(value: str) -> str:
    """Return how a secret begins: enough to find it, at most four characters and a quarter of it."""
    return value[: min(4, len(value) // 4)]
