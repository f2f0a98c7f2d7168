"""Measure the network and resolve(): how long logs of growing size take, contradictions included.

Run as `python tests/bench/network.py [SIZES...]`. Times are medians of several runs
of processor time on incidents that are already in memory; reading and checking are not part of them.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

from postmortem.model.build import validate
from postmortem.model.incident import Incident, claims_of
from postmortem.resolve.approximations import anchor_of
from postmortem.resolve.points import Points
from postmortem.resolve.resolve import resolve
from postmortem.resolve.rulings import rulings_of
from postmortem.resolve.statements import bases, claim_statements, clock_statements
from postmortem.resolve.weighing import Weighed

SIZES = (200, 2_000, 10_000)


def mixed(events: int, contradictions: int, seed: int = 1) -> Incident:
    """Return a log of absolute and relative claims, orders, spans, clocks, counts and some contradictions."""
    random = Random(seed)
    timeline: list[dict[str, Any]] = []
    wrong = set(random.sample(range(10, events), contradictions))
    for number in range(events):
        second = number * 20
        clock = f"2024-03-0{1 + second // 86_400} {second // 3600 % 24:02}:{second // 60 % 60:02}"
        event: dict[str, Any] = {"id": f"e{number}", "what": f"Event {number}.", "source": f"s{number % 5}"}
        way = number % 6
        before = f"e{random.randrange(max(0, number - 8), number)}" if number else ""
        if way in (0, 3) or not number:
            event["at"] = clock
        elif way == 1:
            event["at"] = f"about {clock}, after {before}"
        elif way == 2:
            event["at"] = f"0m to 30m after {before}"
        elif way == 4:
            event["at"] = f"after {before}"
            event["claims"] = [{"at": f"about {clock}", "source": f"s{random.randrange(5)}"}]
        else:
            event["at"] = f"{clock} ±10m"
            event["for"] = "20m"
        if number % 7 == 0:
            event["counts"] = {"users": f"~{number}k"}
        if number in wrong:
            event["claims"] = [{"at": f"2024-03-09 0{random.randrange(10)}:00", "source": "s9"}]
        timeline.append(event)
    sources: dict[str, Any] = {f"s{n}": {"title": f"Source {n}"} for n in range(10)}
    sources["s1"]["clock"] = "±2m"
    sources["s2"]["clock"] = "+30s ±60s"
    return validate(
        {
            "format": "postmortem/1",
            "title": "Mixed",
            "status": "resolved",
            "date": "2024-03-01",
            "timezone": "Europe/Paris",
            "sources": sources,
            "timeline": timeline,
        }
    )


def chain(events: int) -> Incident:
    """Return a log in which every event counts from the one before, far from the only clock time."""
    timeline: list[dict[str, Any]] = [{"id": "e0", "at": "2024-03-01 10:00Z", "what": "Begin."}]
    timeline += [
        {"id": f"e{number}", "at": f"e{number - 1} + ~20s", "what": "Next."} for number in range(1, events)
    ]
    return _plain(timeline)


def descending(events: int) -> Incident:
    """Return a log in which every event tightens all those before it."""
    timeline: list[dict[str, Any]] = []
    for number in range(events):
        second = 86_399 - number * 8
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        after = f", after e{number - 1}" if number else ""
        timeline.append({"id": f"e{number}", "at": f"by 2024-03-01 {clock}{after}", "what": "Next."})
    return _plain(timeline)


def star(events: int) -> Incident:
    """Return a log in which all events count from one, whose own time is uncertain."""
    timeline: list[dict[str, Any]] = [{"id": "e0", "at": "about 2024-03-01 10:00Z", "what": "Begin."}]
    timeline += [
        {"id": f"e{number}", "at": f"e0 + {number}s ±20s", "what": "Next."} for number in range(1, events)
    ]
    return _plain(timeline)


def one_clock(events: int) -> Incident:
    """Return a log whose every time is by one source's clock, which is hours off."""
    timeline: list[dict[str, Any]] = []
    for number in range(events):
        second = number * 8
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        timeline.append({"id": f"e{number}", "at": f"2024-03-01 {clock}", "what": "Next.", "source": "s0"})
    return _plain(timeline)


def _plain(timeline: list[dict[str, Any]]) -> Incident:
    return validate(
        {
            "format": "postmortem/1",
            "title": "One shape",
            "status": "resolved",
            "date": "2024-03-01",
            "timezone": "UTC",
            "sources": {"s0": {"title": "Source", "clock": "±3h"}},
            "timeline": timeline,
        }
    )


def network_of(incident: Incident) -> Callable[[], Weighed]:
    """Return what weighs the network alone, its statements at hand."""
    claims = [
        (index, event, route, claim)
        for index, event in enumerate(incident.timeline)
        for route, claim in claims_of(event, index)
    ]
    names = [event.id or "" for event in incident.timeline]
    ids: dict[str | None, int] = {name: index for index, name in enumerate(names)}
    statements = [
        *clock_statements(incident),
        *claim_statements(claims, anchor_of(incident), len(incident.sources)),
    ]
    ended = {one.event for one in statements if one.aspect == "end"}
    ended |= {ids.get(base.event) for base in bases(statements) if base.end}
    clocks = [one.sources[0] for one in statements if one.event is None]
    points = Points(clocks, len(names), ids, {index for index in ended if index is not None})
    rulings = rulings_of(incident, claims)
    return lambda: Weighed(points, statements, rulings, names)


def median_of(work: Callable[[], object], runs: int) -> float:
    """Return the median processor time of a piece of work in milliseconds."""
    times = []
    gc.collect()
    gc.freeze()  # what is in memory already is not the work's own garbage
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def main(sizes: tuple[int, ...]) -> None:
    """Print one line for every shape and size."""
    print(f"{'log':28}{'events':>8}{'found':>7}{'network ms':>12}{'resolve ms':>12}")
    shapes: list[tuple[str, Callable[[int], Incident]]] = [
        ("mixed, consistent", lambda size: mixed(size, 0)),
        ("mixed, 1% contradict", lambda size: mixed(size, max(2, size // 100))),
        ("chain of durations", chain),
        ("each tightens all before", descending),
        ("all from one event", star),
        ("all by one clock", one_clock),
    ]
    for name, make in shapes:
        for size in sizes:
            incident = make(size)
            found = sum(finding.code == "PM301" for finding in resolve(incident)[1])
            runs = 21 if size < 1_000 else 7 if size < 5_000 else 3
            network = median_of(network_of(incident), runs)
            whole = median_of(lambda incident=incident: resolve(incident), runs)  # type: ignore[misc]
            print(f"{name:28}{size:>8}{found:>7}{network:>12.1f}{whole:>12.1f}", flush=True)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
