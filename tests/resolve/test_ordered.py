"""Which pairs of ends are told to lie either way round."""

from __future__ import annotations

import pytest

from postmortem.ground.place import Place, Spot
from postmortem.model.build import understood
from postmortem.model.incident import Incident
from postmortem.resolve.ordered import undetermined
from postmortem.resolve.resolve import resolve
from tests.resolve.test_resolve import Resolved

LOG = """
- {id: a, at: 18:20 to 18:35, until: 19:00 to 19:10, what: W.}
- {id: b, at: 18:30, what: W.}
- {id: c, at: 18:40, until: 19:05, what: W.}
- {id: u, what: W.}
"""


def told(head: str) -> list[tuple[str, Place]]:
    found = undetermined(Resolved(LOG, head=head).timeline)
    return [(one.message.split(",")[0], one.at) for one in found]


def test_each_open_pair_is_told_at_its_later_end_and_the_rest_is_passed_over() -> None:
    pairs = [("u", "b"), ("b", "u"), ("a", "a"), ("b", "c"), ("a", "b"), ("a.end", "c.end"), ("c", "c.end")]
    phases = ", ".join(f"{{title: P{n}, from: {u}, to: {v}}}" for n, (u, v) in enumerate(pairs))
    metrics = ", ".join(f"{{id: m{n}, duration: {{from: {u}, to: {v}}}}}" for n, (u, v) in enumerate(pairs))
    assert told(f"phases: [{phases}]\nmetrics: [{metrics}]\n") == [
        ("phase “P4” runs from `a` to `b`", Spot(("phases", 4, "to"))),
        ("phase “P5” runs from `a.end` to `c.end`", Spot(("phases", 5, "to"))),
        ("`m4` runs from `a` to `b`", Spot(("metrics", 4, "duration", "to"))),
        ("`m5` runs from `a.end` to `c.end`", Spot(("metrics", 5, "duration", "to"))),
    ]


@pytest.mark.parametrize(
    ("end", "open_"), [("18:19:59", False), ("18:20:00", True), ("18:35:59", True), ("18:36:00", False)]
)
def test_an_end_is_open_while_both_ways_round_are_possible(end: str, open_: bool) -> None:
    log = LOG.replace("{id: b, at: 18:30,", f'{{id: b, at: "{end}",')
    found = list(undetermined(Resolved(log, head="phases: [{title: P, from: a, to: b}]\n").timeline))
    assert bool(found) == open_


def test_a_pair_with_an_end_that_is_not_in_the_log_is_left_to_the_check() -> None:
    pairs = (("a", "nobody"), ("nobody", "a"), ("nobody", "neither"), ("a", "b"))
    log = understood(
        Incident,
        {
            "format": "postmortem/1",
            "title": "T",
            "status": "resolved",
            "date": "2023-05-24",
            "timezone": "UTC",
            "timeline": [{"id": one, "what": "W.", "at": "about 18:20"} for one in "ab"],
            "phases": [{"title": "P", "from": u, "to": v} for u, v in pairs],
        },
    )
    assert [one.at for one in undetermined(resolve(log)[0])] == [Spot(("phases", 3, "to"))]
