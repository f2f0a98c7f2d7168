"""Logs of every shape a chart may have: few events or many, a minute or nine days, one component or many."""

from __future__ import annotations

import json
from typing import Any

_WORDS = (
    "The queue stops",
    "WWWW MMMM of the gateway",
    "Someone restarts node 7 by hand and waits for it to come back",
    "Störung im Rechenzentrum",
    "Очередь остановлена",
    "队列停止了",
    "ok",
    "iiii llll tttt",
    "95% of 1,204,000 are lost",
)
_COUNTS = ("about 1204000", 700, "at least 300")
_MINUTE = 60_000
_NINE_DAYS = 9 * 24 * 60 * _MINUTE


def _moment(milliseconds: int) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    day, minute = divmod(minutes, 1440)
    return f"2024-03-{1 + day:02} {minute // 60:02}:{minute % 60:02}:{second:02}.{fraction:03}"


def _event(number: int, count: int, length: int, components: int) -> dict[str, Any]:
    """Return an event; they crowd towards the beginning, and every third one has a count."""
    share = number / max(1, count - 1)
    at = round(share * share * length)
    event: dict[str, Any] = {
        "id": f"e{number}",
        "at": _moment(at),
        "kind": {0: "impact", 1: "detected", count - 1: "resumed"}.get(number, "update"),
        "what": _WORDS[number * 7 % len(_WORDS)],
        "source": "mon",
        "component": f"c{number % components}",
    }
    if number % 3 == 0 or count < 10:
        event["counts"] = {"errors": _COUNTS[number % 4 % 3]}
    if number % 5 == 2:
        event["until"] = _moment(min(length, at + length // 7))
    return event


def _log(timeline: list[dict[str, Any]], components: int) -> str:
    log = {
        "format": "postmortem/1", "title": "A log of one shape", "timezone": "Europe/Paris",
        "date": "2024-03-01", "status": "resolved",
        "components": {f"c{n}": {"title": f"Service number {n} of the shop"} for n in range(components)},
        "measures": {"errors": {"title": "Errors seen by customers", "unit": "errors a minute"}},
        "sources": {"mon": {"title": "Monitoring", "kind": "telemetry"}},
        "timeline": timeline,
    }  # fmt: skip
    return json.dumps(log, ensure_ascii=False)


def _undated() -> str:
    timeline = [
        {"id": f"e{n}", "kind": "note", "what": words, "source": "mon", "component": "c0"}
        for n, words in enumerate(_WORDS)
    ]
    return _log(timeline, 1)


def shapes() -> dict[str, str]:
    """Return the logs by what they are, as JSON (which is YAML)."""
    found = {
        f"{count}-events-{name}-{components}-components": _log(
            [_event(number, count, length, components) for number in range(count)], components
        )
        for count in (5, 500)
        for name, length in (("a-minute", _MINUTE), ("nine-days", _NINE_DAYS))
        for components in (1, 12)
    }
    return found | {"undated": _undated()}
