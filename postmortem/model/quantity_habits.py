"""Habits: how people write quantities that are not in the notation, and what is written instead."""

from __future__ import annotations

from functools import partial
from re import Match

from postmortem.model import near, rewriting

_habit = partial(near.habit, code="PM207")
_NUMBER = r"[0-9][0-9.,_]{0,20}"
_UNIT = r"(?:k|m|g|bn|thousand|million|billion)"
_MOST_ZEROS = 12


def _ungrouped(found: Match[str]) -> tuple[str, ...]:
    return ("_".join(part for part in found[0].replace(".", " ").replace("'", " ").split()),)


def _expanded(found: Match[str]) -> tuple[str, ...]:
    """Write `1.2e6` as `1_200_000`."""
    decimals, zeros = found[2] or "", int(found[3])
    if zeros > _MOST_ZEROS or zeros < len(decimals):
        return ()
    return (f"{int(found[1] + decimals) * 10 ** (zeros - len(decimals)):_}",)


HABITS: tuple[near.Habit, ...] = (
    _habit(
        r"[0-9:]*[^\x00-\x7f](?:[0-9:]|[^\x00-\x7f])*",
        "{said} is not written in plain digits and signs",
        rewriting.plain_signs,
    ),
    _habit(r"(?<=[0-9]) ?m(?:n|io|ln)?(?![a-z0-9])\.?", "a million is `M`", "M"),
    _habit(r"(?<=[0-9]) ?(?:b|mrd|bil|bln)(?![a-z0-9])\.?", "a billion is `bn`", "bn"),
    _habit(r"(?<=[0-9]) ?(?:tsd|th)(?![a-z0-9])\.?", "a thousand is `k`", "k"),
    _habit(
        rf"\b({_NUMBER})( ?(?:\.\.|-|–|to) ?{_NUMBER} ?)({_UNIT})\b",
        "the first number has no unit, and the second has one",
        r"\1\3\2\3",
    ),
    _habit(
        r"\b[0-9]{1,3}(?:(?: [0-9]{3})+|(?:'[0-9]{3})+|(?:\.[0-9]{3}){2,})(?![0-9])",
        "thousands are parted by `_` or `,`",
        _ungrouped,
    ),
    _habit(r"\b([0-9]{1,15})\.?([0-9]{1,15})?e\+?([0-9]{1,3})\b", "a number has no exponent", _expanded),
    _habit(r"\b([0-9]{1,15}),([0-9]{1,2})(?![0-9])", "a decimal point is due", r"\1.\2"),
    _habit(r"(?:>=?|=>|[≥⩾＞]) ?([^ ]+)", "a bound is said in words", r"over \1"),
    _habit(r"(?:<=?|=<|[≤⩽＜]) ?([^ ]+)", "a bound is said in words", r"under \1"),
    _habit(r"\b(?:just|well|slightly|a little) (over|under|above|below)\b", "one word is due", r"\1"),
    _habit(r"\b(?:close to|not quite|just short of|short of)\b", "the word for it is `nearly`", "nearly"),
    _habit(
        r"\b(?:approx(?:imately)?\b\.?|circa\b|ca\b\.?|c\b\.?|roughly\b|some\b|near\b|est(?:imated)?\b\.?) ?",
        "the word for it is `about`",
        "about ",
    ),
    _habit(r"(?<=[0-9]) ?(?:percent|per cent|pct)\b\.?", "a share has the sign `%`", "%"),
    _habit(r"-/?\+", "the sign for it is `±`", "±"),
    _habit(r"\.{3,}|…", "two dots are due", ".."),
    _habit(r"['\"`]([^'\"`]*)['\"`]", "quotation marks are part of the text here", r"\1"),
    _habit(r"^ ?[$€£¥] ?", "the measure says what is counted", ""),
    _habit(r" [a-z][a-z ]*$", "the measure says what is counted", ""),
)
