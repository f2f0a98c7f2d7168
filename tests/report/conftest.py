"""Small timelines made by hand, so that renderers are tested on bounds that stand in the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from postmortem.measure.metrics import Metric, Metrics
from postmortem.model.build import validate
from postmortem.report.facts.facts import Facts
from postmortem.report.facts.gather import gather
from postmortem.resolve.timeline import (
    Bounds,
    Conflict,
    ConflictClaim,
    Count,
    CountClaim,
    Distance,
    ResolvedEvent,
    Step,
    Timeline,
)

MINUTE = 60_000_000
ZERO = int(datetime(2023, 5, 24, 22, tzinfo=UTC).timestamp()) * 1_000_000

LOG = """
format: postmortem/1
title: Room | one *fails* <b>
id: rooms
date: 2023-05-24
timezone: America/New_York
status: resolved
severity: SEV2
summary: |
  # Big words
  Sound **failed** in room #1, see https://example.org/a_b. cc @everyone

  - one
  - two
components:
  first: {title: First room}
measures:
  people: {title: People, unit: people, kind: gauge}
sources:
  press: {title: "Daily [press]", kind: press, url: "https://example.org/a(b)", reliability: B}
  air: {title: On air, kind: participant}
  idle: {title: Nobody reads it, kind: document, url: "javascript:alert(1)"}
phases:
  - {title: "First room, degraded", from: start, to: move, state: degraded}
  - {title: "Second: room; #1", from: move}
timeline:
  - {id: start, at: "18:00", kind: scheduled, what: The start is due., source: press}
  - {id: sound, kind: impact, what: "Sound breaks | `a|b` <script>", source: [press, air], component: first}
  - {id: peak, at: "18:20", kind: count, what: Most people., source: press, counts: {people: ~600k}}
  - id: move
    kind: restart
    what: |
      The room
      is moved
    source: air
    ruling: {open: true, because: Nobody can tell.}
    claims: [{source: press, at: about 20m after start, stated: about twenty}]
  - {id: speech, at: after move, kind: resumed, what: The speech is read., source: air, highlight: "true"}
  - {kind: note, what: Later someone laughs., source: idle}
factors:
  - id: load
    what: 'Too many "people" in one room'
    kind: cause
    leads_to: [sound]
    confidence: likely
    evidence: [press]
actions:
  - {what: Split the room. , owner: audio, status: open, kind: prevent, addresses: [load], due: 2023-06-01}
  - {id: A9, what: Nothing, status: dropped, because: no need}
lessons: {went_well: [It moved.], got_lucky: ["luck | and\\nmore"]}
perspectives: [{source: press, who: Press, says: It was a mess.}]
questions: [{what: "Why?", owner: audio, status: open}]
"""

PLACES: dict[str, tuple[float | None, float | None, float | None, bool]] = {
    "start": (0, 1, 0, True),
    "sound": (0, 23, 11, False),
    "peak": (20, 21, 20, True),
    "move": (18, 23, 20, True),
    "speech": (18, None, None, False),
    "note-later-someone-laughs": (None, None, None, False),
}


class _Gaps:
    """Distances as differences of bounds, enough for phases."""

    def __init__(self, places: list[Bounds]) -> None:
        self.places = places

    def between(self, first: tuple[int, bool], second: tuple[int, bool]) -> Distance:
        one, two = self.places[first[0]], self.places[second[0]]
        low = None if two.earliest is None or one.latest is None else two.earliest - one.latest
        high = None if two.latest is None or one.earliest is None else two.latest - one.earliest
        nominal = None if two.nominal is None or one.nominal is None else two.nominal - one.nominal
        return Distance(low, high, nominal, named=one.named and two.named)


def _us(minutes: float | None) -> int | None:
    return None if minutes is None else ZERO + round(minutes * MINUTE)


def make(
    log: str | dict[str, Any] = LOG,
    places: Mapping[str, tuple[float | None, float | None, float | None, bool]] = PLACES,
    **changes: Any,
) -> Facts:
    """Return the facts of a log whose events lie where ``places`` says, in minutes after 18:00."""
    stated = yaml.load(log, yaml.BaseLoader) if isinstance(log, str) else log
    incident = validate(stated | changes)
    events, bounds = [], []
    for index, (event, (key, place)) in enumerate(zip(incident.timeline, places.items(), strict=True)):
        step = Step(("timeline", index, "at"), event.at.text if event.at else "", event.source, key)
        known = [_us(one) for one in place[:3]]
        proof = [(step,) if one is not None else () for one in known]
        at = Bounds(known[0], known[1], known[2], proof[0], proof[1], place[3])
        bounds.append(at)
        events.append(ResolvedEvent(key, index, event, at, None, _order(key), _conflicts(key), _counts(key)))
    dated = tuple(one for one in events if one.at.earliest is not None or one.at.latest is not None)
    undated = tuple(one for one in events if one not in dated)
    keys = {one.key: one.index for one in events}
    timeline = Timeline(incident, dated, undated, events[0].key, keys, _Gaps(bounds))
    counts = tuple(count for one in dated for count in one.counts)
    return gather(Metrics(timeline, METRICS, counts, ()), "rooms")


def _order(key: str) -> Any:
    return "undetermined" if key in ("peak", "move") else "sure"


def _conflicts(key: str) -> tuple[Conflict, ...]:
    if key != "move":
        return ()
    claims = (
        ConflictClaim(("timeline", 3), ("air",), "18:40", None, True),
        ConflictClaim(
            ("timeline", 3, "claims", 0), ("press",), "about 20m after start", "about twenty", True
        ),
    )
    return (Conflict("at", "open", "Nobody can tell.", claims),)


def _counts(key: str) -> tuple[Count, ...]:
    if key != "peak":
        return ()
    route = ("timeline", 2, "counts", "people")
    claim = CountClaim(route, ("press",), "~600k", None, 570_000, 630_000, 600_000, True)
    return (Count("peak", "people", ("first",), 570_000, 630_000, 600_000, None, False, (claim,), True),)


_STEP = (Step(("timeline", 3, "at"), "start + ~20m", ("press",), "move"),)
METRICS = (
    Metric(
        id="time_to_detect",
        title="Time to detect",
        unit="s",
        low=None,
        high=None,
        nominal=None,
        definition="from the first impact to the first detected",
        missing=("no event of kind `detected`",),
        proof_low=(),
        proof_high=(),
        standard=True,
    ),
    Metric(
        id="start_delay",
        title="Start delay",
        unit="s",
        low=1080.0,
        high=1320.0,
        nominal=1200.0,
        definition="from scheduled to resumed",
        missing=(),
        proof_low=_STEP,
        proof_high=_STEP,
        standard=True,
        ends=("start", "move"),
        named=True,
    ),
    Metric(
        id="share",
        title="Share that came | along",
        unit="1",
        low=0.2555,
        high=0.2982,
        nominal=0.268,
        definition="people of `x` over people of `y`",
        missing=(),
        proof_low=_STEP,
        proof_high=_STEP,
        standard=False,
        note="a note",
        ends=("peak",),
    ),
)


def line_of(route: tuple[str | int, ...]) -> int:
    """Stand in for the places of a log: each event on a line of its own."""
    numbers = [part for part in route if isinstance(part, int)]
    return 10 * (numbers[0] if numbers else 0) + len(route)


@pytest.fixture
def rooms() -> Facts:
    return make()


@pytest.fixture
def made() -> Callable[..., Facts]:
    return make


@pytest.fixture(name="line_of")
def _line_of() -> Callable[[tuple[str | int, ...]], int]:
    return line_of


@pytest.fixture
def log() -> str:
    """The log that `rooms` is made from."""
    return LOG
