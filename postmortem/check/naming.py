"""How findings speak of a place: in the author's words, by id where there is one, else by count."""

from __future__ import annotations

from postmortem.check.plain import Plain, value_at
from postmortem.ground.place import Route

_LISTED = {
    "timeline": "event",
    "phases": "phase",
    "figures": "figure",
    "series": "series",
    "metrics": "metric",
    "factors": "factor",
    "actions": "action",
    "perspectives": "perspective",
    "questions": "question",
    "links": "link",
}
"""The lists of the top level, and what one item of each is called."""

_NAMED = {"sources": "source", "people": "person", "components": "component", "measures": "measure"}
"""The maps of the top level, and what one entry of each is called."""

_LONGEST_ID = 60


def thing(route: Route, plain: Plain) -> str:
    """Return what stands at or above ``route``, by name: ``event `peak` ``, ``the 3rd action``."""
    return _thing(route, plain)[0]


def phrase(route: Route, plain: Plain) -> str:
    """Return a place in words: ``the `at` of event `peak` ``, ``source `nbc` ``, `` `timeline` ``."""
    name, used = _thing(route, plain)
    rest = _rest(route[used:])
    if not rest:
        return name
    return rest if not used else f"{rest} of {name}"


def takes(route: Route) -> str:
    """Return what a list of keys is introduced by: ``an event takes``, ``the top level takes``."""
    if not route:
        return "the top level takes"
    if route[0] in _LISTED and len(route) == 2:
        return f"{_with_article(_LISTED[str(route[0])])} takes"
    if route[0] in _NAMED and len(route) == 2:
        return f"{_with_article(_NAMED[str(route[0])])} takes"
    if len(route) == 4 and route[2] == "claims":
        return "a claim takes"
    named = [part for part in route if isinstance(part, str)]
    return f"`{named[-1]}` takes"


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th, 21st ..."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _thing(route: Route, plain: Plain) -> tuple[str, int]:
    if len(route) >= 2 and route[0] in _LISTED and isinstance(route[1], int):
        name = _item_name(_LISTED[str(route[0])], route[1], value_at(plain, route[:2]))
        if len(route) >= 4 and route[2] == "claims" and isinstance(route[3], int):
            return f"a claim of {name}", 4
        return name, 2
    if len(route) >= 2 and route[0] in _NAMED:
        return f"{_NAMED[str(route[0])]} `{route[1]}`", 2
    return "the log", 0


def _item_name(noun: str, index: int, item: Plain | None) -> str:
    named = item.get("id") if isinstance(item, dict) else None
    if isinstance(named, str) and 0 < len(named) <= _LONGEST_ID:
        return f"{noun} `{named}`"
    return f"the {ordinal(index + 1)} {noun}"


def _rest(parts: Route) -> str:
    words = ""
    for part in parts:
        if isinstance(part, int):
            words = f"item {part + 1} of {words}" if words else f"item {part + 1}"
        else:
            words = f"`{part}` of {words}" if words else f"`{part}`"
    return words


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
