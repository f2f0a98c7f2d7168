"""PM601 to PM603: words that blame, words that know better afterwards, names where roles do."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot

_OWN_WORDS = frozenset(
    {"text", "what", "note", "because", "verify", "title", "went_well", "went_wrong", "got_lucky"}
)
_ATTRIBUTED = frozenset(
    {"quote", "perspectives", "sources", "people", "links", "checks", "components", "measures"}
)


def neutral(facts: Facts) -> Iterator[Finding]:
    """Find blame, hindsight and names in what the log says in its own words."""
    from postmortem.check.blame import loaded_words, named, suspected
    from postmortem.check.texts import joined

    rows = suspected(joined(facts.plain))
    roles = _roles(facts)
    if not (rows or roles):
        return
    from postmortem.check.names import Names
    from postmortem.check.rules.privacy import public_texts
    from postmortem.check.texts import as_stated

    names = Names(sorted(roles))
    # A name in what would be public is said by PM706, and once is enough.
    public = {route for route, _ in public_texts(facts)} if roles else ()
    for route, one in _own_texts(facts):
        found = list(loaded_words(one, rows)) if rows else []
        if roles and route not in public:
            found += named(one, names, roles)
        end = 0
        for word in sorted(found, key=lambda word: (word.start, -word.end)):
            if word.start < end:
                continue
            end = word.end
            yield Finding(
                word.code,
                word.message,
                Spot(as_stated(facts.plain, route), start=word.start, end=word.end),
                label=word.label,
                help=word.help,
            )


def _roles(facts: Facts) -> dict[str, str]:
    """Return the names of people who have a role and are not to be named, each with the role."""
    people = facts.incident.people.values()
    named = [(" ".join((one.name or "").split()), one.role) for one in people if not one.public]
    return {name: role for name, role in named if name and role}


def _own_texts(facts: Facts) -> Iterator[tuple[Route, str]]:
    """Yield the texts that speak in the log's own voice: not quotes, not sources, not perspectives."""
    from postmortem.check.texts import texts_of

    for name, part in vars(facts.incident).items():
        if not part or name in _ATTRIBUTED or name in ("authors", "tags", "related"):
            continue
        for route, text in texts_of(part, (name.rstrip("_"),)):
            keys = {one for one in route if isinstance(one, str)}
            if keys & _OWN_WORDS and not keys & _ATTRIBUTED:
                yield route, text
