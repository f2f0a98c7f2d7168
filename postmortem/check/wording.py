"""The sentences about a log's shape: what stands there, what is due, what would be right."""

from __future__ import annotations

from postmortem.check.format import Taken, due, keys_of, model_at, words_of
from postmortem.check.meant import meant_word
from postmortem.check.naming import phrase, takes
from postmortem.check.plain import Plain, value_at
from postmortem.check.words import did_you_mean, listing, quoted
from postmortem.ground.budget import may_guess
from postmortem.ground.finding import Finding
from postmortem.ground.place import Route, Spot
from postmortem.model.incident import Incident

_EXAMPLES = {
    "format": "write `format: postmortem/1` at the top",
    "title": "write `title:` and a few words",
    "timeline": "write `timeline:` and below it one `- what: ...` for each thing that happened",
    "what": "write `what:` and one sentence that says what happened",
}
"""What would be right where a needed key is missing, for the keys where more can be said than its name."""


def kind_of(value: Plain | None) -> str:
    """Return in words what stands there."""
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    return "text" if value else "nothing"


def no_map(value: Plain) -> Finding:
    """Say that the whole log is not a map."""
    return Finding(
        "PM203",
        f"a log is a map of keys, here stands {kind_of(value)}",
        Spot(()),
        help=f"begin with `format: postmortem/1`; {takes(())} {listing(keys_of(Incident))}",
    )


def unknown_key(route: Route, near: str | None, known: tuple[str, ...], plain: Plain) -> Finding:
    """Say that a map has a key that the format does not know there."""
    return Finding(
        "PM201",
        f"{phrase(route[:-1], plain)} has an unknown key {quoted(str(route[-1]))}",
        Spot(route, key=True),
        label=did_you_mean(near),
        help=f"{takes(route[:-1])} {listing(known)}",
    )


def missing_key(route: Route, taken: Taken, empty: bool, plain: Plain) -> Finding:
    """Say that a key is missing that a map cannot do without; ``empty``: it is there, without a value."""
    key, words = str(route[-1]), words_of(taken)
    hint = _EXAMPLES.get(key, f"write `{key}: {words[0]}`, or another of {listing(words)}" if words else "")
    if empty:
        return Finding("PM202", f"{phrase(route, plain)} is empty", Spot(route, key=True), help=hint)
    return Finding(
        "PM202",
        f"{phrase(route[:-1], plain)} has no `{key}`",
        _first_key(route[:-1], plain),
        help=hint or f"write `{key}:` and {due(taken)}",
    )


def empty_item(route: Route, plain: Plain) -> Finding:
    """Say that an item of a list or an entry of a map says nothing."""
    key = isinstance(route[-1], str)
    return Finding(
        "PM202", f"{phrase(route, plain)} is empty", Spot(route, key=key), help="fill it in, or take it out"
    )


def empty_value(route: Route, plain: Plain) -> Finding:
    """Say that a key stands without a value; it counts as not stated."""
    return Finding(
        "PM221",
        f"{phrase(route, plain)} is empty, and counts as not stated",
        Spot(route, key=True),
        help=f"write a value, or take `{route[-1]}:` out",
    )


def wrong_value(route: Route, taken: Taken, value: Plain | None, plain: Plain) -> Finding:
    """Say that a value is not of the type, or not of the words, that its place takes."""
    words, where = words_of(taken), phrase(route, plain)
    if words and isinstance(value, str):
        return Finding(
            "PM204",
            f"{where} cannot be {quoted(value)}",
            Spot(route),
            label=did_you_mean(meant_word(value, words) if may_guess("word", 200, (value, words)) else None),
            help=f"one of {listing(words)}",
        )
    stands, wanted = kind_of(value), due(taken)
    if wanted.startswith("a list of") and isinstance(value, list):
        stands = f"a list of {len(value)}"
    cls = model_at(route)
    return Finding(
        "PM203",
        f"{where} is {wanted}, here stands {stands}",
        _value_or_key(route, value),
        help=f"{takes(route)} {listing(keys_of(cls))}" if cls is not None else "",
    )


def _value_or_key(route: Route, value: Plain | None) -> Spot:
    # A list or map may be many lines long: its key is what the eye looks for.
    return Spot(route, key=isinstance(value, dict | list) and bool(route) and isinstance(route[-1], str))


def _first_key(route: Route, plain: Plain) -> Spot:
    holder = value_at(plain, route)
    if isinstance(holder, dict) and holder:
        return Spot((*route, next(iter(holder))), key=True)
    return Spot(route)
