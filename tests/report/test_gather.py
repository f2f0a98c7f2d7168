"""Facts: bands, key figures, disagreements, evidence and the stretch of time that is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from postmortem.ground.record import replace
from postmortem.report.facts.facts import Facts
from postmortem.report.facts.focus import focus
from postmortem.report.facts.gather import gather, sources_of
from postmortem.report.wording.units import MINUTE

Made = Callable[..., Facts]
Places = dict[str, tuple[float | None, float | None, float | None, bool]]


def _log(log: str, **changes: Any) -> dict[str, Any]:
    stated: dict[str, Any] = yaml.load(log, yaml.BaseLoader)
    return stated | changes


def _bands(facts: Facts) -> list[tuple[str, list[int]]]:
    return [(band.place, [row.number for row in band.rows]) for band in facts.bands]


def _events(count: int) -> tuple[list[dict[str, str]], Places]:
    names = [f"e{n}" for n in range(count)]
    return [{"id": name, "what": name} for name in names], {
        name: (n, n + 1, n, True) for n, name in enumerate(names)
    }


def test_events_are_numbered_dated_ones_first(rooms: Facts) -> None:
    assert [row.number for row in rooms.rows] == [1, 2, 3, 4, 5, 6]
    assert rooms.rows[-1].event.key == "note-later-someone-laughs"
    row = rooms.row("peak")
    assert row is not None
    assert row.number == 3
    assert rooms.row("nobody") is None


def test_events_stand_in_the_phase_that_began_last(rooms: Facts) -> None:
    assert _bands(rooms) == [("phase", [1, 2, 3]), ("phase", [4, 5]), ("undated", [6])]
    assert rooms.bands[0].length is not None
    assert rooms.bands[0].length.low == 17 * MINUTE
    assert rooms.bands[1].end is None


def test_what_lies_before_between_and_after_phases_is_told_apart(made: Made, log: str) -> None:
    events, places = _events(7)
    phases = [{"title": "A", "from": "e1", "to": "e2"}, {"title": "B", "from": "e4", "to": "e5"}]
    facts = made(_log(log, timeline=events, phases=phases, factors=[], actions=[]), places)
    assert _bands(facts) == [
        ("before", [1]),
        ("phase", [2, 3]),
        ("between", [4]),
        ("phase", [5, 6]),
        ("afterwards", [7]),
    ]


def test_a_phase_inside_another_parts_it_in_two(made: Made, log: str) -> None:
    events, places = _events(5)
    phases = [{"title": "Out", "from": "e0", "to": "e4"}, {"title": "In", "from": "e1", "to": "e2"}]
    facts = made(_log(log, timeline=events, phases=phases, factors=[], actions=[]), places)
    assert [(band.title, band.continued) for band in facts.bands] == [
        ("Out", False), ("In", False), ("Out", True),
    ]  # fmt: skip


def test_without_phases_there_is_one_band(made: Made, log: str) -> None:
    events, places = _events(2)
    facts = made(_log(log, timeline=events, phases=[], factors=[], actions=[]), places)
    assert _bands(facts) == [("all", [1, 2])]


def test_key_figures_are_by_default_known_metrics_and_the_largest_counts(rooms: Facts) -> None:
    assert [(one.title, one.amount.value) for one in rooms.figures] == [
        ("Start delay", "≈20 min"),
        ("People, First room", "≈600,000"),
    ]
    assert [one.row.number for one in rooms.figures if one.row is not None] == [4, 3]


def test_key_figures_that_the_log_names_come_as_named(made: Made, log: str) -> None:
    named = [{"title": "Came along", "metric": "share"}, {"title": "Most", "count": "peak.people"}]
    facts = made(_log(log, figures=named))
    assert [(one.title, one.amount.full) for one in facts.figures] == [
        ("Came along", "25.5 to 29.9%"),
        ("Most", "≈600,000 (570,000 to 630,000)"),
    ]


def test_disagreements_say_what_the_report_shows(rooms: Facts) -> None:
    (one,) = rooms.disagreements
    assert (one.row.event.key, one.conflict.status, one.shown) == ("move", "open", "≈18:20")


def test_evidence_knows_who_cites_it_and_how_much_is_sourced(made: Made, log: str, rooms: Facts) -> None:
    press, air, idle = rooms.evidence
    assert [row.number for row in press.rows] == [1, 2, 3, 4]
    assert press.factors == ("load",)
    assert [row.number for row in air.rows] == [2, 4, 5]
    assert [row.number for row in idle.rows] == [6]
    assert (rooms.sourced_claims, rooms.all_claims) == (7, 7)
    bare = made(log.replace("what: Later someone laughs., source: idle", "what: Later someone laughs."))
    assert (bare.sourced_claims, bare.all_claims) == (6, 7)


def test_sources_stand_in_the_order_of_their_first_mention(rooms: Facts) -> None:
    assert sources_of(rooms.incident.timeline[3]) == ("air", "press")


def test_edges_and_actions_are_linked(rooms: Facts) -> None:
    (edge,) = rooms.edges
    assert edge.row is not None
    assert (edge.origin, edge.target, edge.row.number) == ("load", "sound", 2)
    assert [one.id for one in rooms.actions] == ["A1", "A9"]
    assert [one.id for one in rooms.actions_on("load")] == ["A1"]


def test_another_zone_words_everything_in_it(rooms: Facts) -> None:
    utc = gather(rooms.metrics, "rooms", zone="UTC")
    assert utc.clock.time(utc.rows[2].event.at) == "22:20"
    assert utc.disagreements[0].shown == "≈22:20"


def test_few_far_off_events_do_not_squeeze_the_drawing(made: Made, log: str) -> None:
    events, places = _events(10)
    facts = made(_log(log, timeline=events, phases=[], factors=[], actions=[]), places)
    assert focus(facts) == facts.clock.extent
    places["e9"] = (5000, 5001, 5000, True)
    facts = made(_log(log, timeline=events, phases=[], factors=[], actions=[]), places)
    drawn = focus(facts)
    assert drawn is not None
    assert facts.clock.extent is not None
    assert drawn[0] == facts.clock.extent[0]
    assert drawn[1] - drawn[0] <= 9 * MINUTE


def test_the_zero_is_always_drawn(made: Made, log: str) -> None:
    events, places = _events(10)
    places = {name: (5000 + n, 5001 + n, 5000 + n, True) for n, name in enumerate(places)}
    places["e0"] = (0, 1, 0, True)
    facts = made(_log(log, timeline=events, phases=[], factors=[], actions=[]), places)
    assert focus(facts) == facts.clock.extent


def test_an_incident_without_any_time_is_gathered(made: Made, log: str) -> None:
    from postmortem.report.markdown.markdown import markdown
    from postmortem.report.timeline.as_ics import timeline_ics
    from postmortem.report.timeline.as_mermaid import timeline_mermaid
    from postmortem.report.timeline.as_text import timeline_text

    events, places = _events(2)
    places = dict.fromkeys(places, (None, None, None, False))
    facts = made(_log(log, timeline=events, phases=[], factors=[], actions=[]), places)
    facts = replace(facts, clock=replace(facts.clock, zero=None))
    assert focus(facts) is None
    assert "undated" in timeline_text(facts, 120)
    assert "no event has a time" in timeline_mermaid(facts)
    assert "VEVENT" not in timeline_ics(facts)
    assert "```mermaid" not in markdown(facts, lambda _route: 1)
