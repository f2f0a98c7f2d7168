"""Habits: how people write durations that are not in the notation, and what is written instead."""

from __future__ import annotations

from functools import partial

from postmortem.model import near, rewriting

_habit = partial(near.habit, code="PM206")

HABITS: tuple[near.Habit, ...] = (
    _habit(
        r"^( ?)([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?",
        "a duration names its units",
        rewriting.duration_of_colons,
    ),
    _habit(
        r"\bP(?:([0-9]{1,5})D)?T?(?:([0-9]{1,5})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,5})S)?\b",
        "an ISO 8601 duration is not in the notation",
        rewriting.duration_of_iso,
    ),
    _habit(
        r"(?:~|≈|\b(?:about|around|approx(?:imately)?\b\.?|ca\b\.?|circa|roughly|nearly|almost)) ?",
        "an exact duration is due here",
        "",
        "an end that is only roughly known is written `until: about 20m after EVENT`",
    ),
    _habit(r"(?:±|\+/?-) ?.*", "an exact duration is due here", ""),
    _habit(r"^ ?[-−–+] ?", "a duration has no sign", ""),
    _habit(r"\b([0-9]{1,9}),([0-9]{1,9})", "a decimal point is due", r"\1.\2"),
    _habit(r" ?(?:,|&|\band\b) ?", "the numbers of a duration follow one another", " "),
    _habit(r"\b([0-9]{1,9}) ?'", "a minute is `m`", r"\1m"),
    _habit(r"\b([0-9]{1,3}h ?[0-9]{1,2})(?![0-9a-z])", "the last number needs a unit", r"\1m"),
    _habit(r"\b([0-9]{1,9}(?:\.[0-9]{1,9})?)(?= ?$)", "a duration needs a unit: `m` for minutes", r"\1m"),
    _habit(r"\b(?:a|an|one) (?=[a-z])", "the number is written in digits", "1 "),
    _habit(r"(?<=[a-z])\.", "no full stop is due", ""),
)
