"""Logs written from a known truth, through the real network: every figure must allow what truly was."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from postmortem.measure.measure import measure
from postmortem.measure.standard import STANDARD
from postmortem.model.build import validate
from postmortem.resolve.resolve import resolve

RUNS = int(os.environ.get("POSTMORTEM_TEST_SCALE", "1")) * 60
KINDS = ["impact", "detected", "acknowledged", "mitigated", "resumed", "resolved", "scheduled", "note"]


def clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def say(dice: random.Random, key: str, true: dict[str, int]) -> str | None:
    """Return one true statement about when an event was, or none."""
    when = true[key]
    other = dice.choice([one for one in true if one != key])
    apart = when - true[other]
    give = dice.randrange(1, 900)
    choices = [
        f"{when // 3600:02}:{when // 60 % 60:02}",
        f"{clock(when)} ±{give}s",
        f"about {clock(max(0, when - dice.randrange(300)))}",
        f"{clock(max(0, when - give))} to {clock(when + give)}",
        f"after {clock(max(0, when - give))}",
        f"by {clock(when + give)}",
    ]
    if apart >= 0:
        choices += [f"{apart}s after {other}", f"after {other}", f"within {apart + give}s after {other}"]
        choices += [
            f"{max(0, apart - give)}s to {apart + give}s after {other}",
            f"at least {apart}s after {other}",
        ]
    else:
        choices += [f"before {other}", f"{-apart}s before {other}"]
    return dice.choice([*choices, None])


def log(dice: random.Random) -> tuple[dict[str, Any], dict[str, int]]:
    size = dice.randrange(2, 12)
    true = {f"e{n}": dice.randrange(7_200, 14_400) for n in range(size)}
    events = []
    for key in true:
        event: dict[str, Any] = {"id": key, "what": key, "kind": dice.choice(KINDS)}
        if (said := say(dice, key, true)) is not None:
            event["at"] = said
        if dice.random() < 0.3 and (more := say(dice, key, true)) is not None:
            event["claims"] = [{"source": "s", "at": more}]
        events.append(event)
    pairs = [dice.sample(list(true), 2) for _ in range(4)]
    return {
        "format": "postmortem/1",
        "title": "A test",
        "date": "2023-05-24",
        "timezone": "UTC",
        "status": "resolved",
        "sources": {"s": {"title": "S"}},
        "timeline": events,
        "metrics": [{"id": f"m{n}", "duration": {"from": a, "to": b}} for n, (a, b) in enumerate(pairs)],
    }, true


@pytest.mark.parametrize("seed", range(RUNS))
def test_what_truly_was_is_within_every_figure(seed: int) -> None:
    stated, true = log(random.Random(seed))
    timeline, findings = resolve(validate(stated))
    # A minute, a second and a millisecond are closed intervals: the truth on their edge is within them.
    assert not [one for one in findings if one.code == "PM301"]
    metrics, findings = measure(timeline, None)
    assert findings == ()
    first = {
        kind: min((true[event["id"]] for event in stated["timeline"] if event["kind"] == kind), default=None)
        for kind in KINDS
    }
    truth: dict[str, int | None] = {}
    for row in STANDARD:
        start = first[row.start]
        stop = next((first[kind] for kind in row.stops if first[kind] is not None), None)
        if row.else_last and stop is None:
            stop = max(true.values())
        truth[row.id] = None if start is None or stop is None else stop - start
    for one in stated["metrics"]:
        truth[one["id"]] = true[one["duration"]["to"]] - true[one["duration"]["from"]]
    for metric in metrics.metrics:
        was = truth[metric.id]
        if was is None:
            assert (metric.low, metric.high, metric.nominal) == (None, None, None)
            assert metric.missing
            continue
        low, high = metric.low, metric.high
        assert low is None or low <= was
        assert high is None or was <= high
        assert bool(metric.missing) == (low is None or high is None)
        # That the last event is not before the impact needs no claim.
        assert low is None or metric.proof_low or (low == 0 and metric.id == "incident_duration")
        assert high is None or metric.proof_high
        if metric.nominal is not None:
            assert (low is None or low <= metric.nominal) and (high is None or metric.nominal <= high)
