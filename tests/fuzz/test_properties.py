"""Properties of whole logs, with every feature of the format: what must not matter does not.

`POSTMORTEM_TEST_EXAMPLES` says how many logs each property gets; `make fuzz-logs` takes many.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from postmortem.check.format import keys_of
from postmortem.flow import judge
from postmortem.ground.source_text import SourceText
from postmortem.measure.metrics import Metrics
from postmortem.model.incident import Claim, Event, Incident, Source
from postmortem.model.public_copy import public_copy
from postmortem.read import read
from tests.fuzz.harnesses import logs
from tests.fuzz.outputs import findings_of, outputs_of
from tests.fuzz.promises import answered
from tests.fuzz.structure import sound
from tests.strategies import hostile_logs, in_blocks, nearly_valid_logs, texts_of, whole_logs

EXAMPLES = int(os.environ.get("POSTMORTEM_TEST_EXAMPLES", "6"))
quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
some = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=quiet)


def bytes_of(log: dict[str, Any]) -> bytes:
    return in_blocks(log).encode("utf-8")


@some
@given(whole_logs())
def test_what_is_written_in_blocks_is_what_is_read(log: dict[str, Any]) -> None:
    document, findings = read(SourceText("log.yaml", in_blocks(log)))
    assert document is not None
    assert findings == ()
    assert logs.tree(document.root) == log


@some
@given(whole_logs())
def test_every_word_of_a_whole_log_is_understood(log: dict[str, Any]) -> None:
    one = answered(bytes_of(log))
    faults = [found for found in one.diagnostics if found.code[:3] in ("PM1", "PM2")]
    assert not [found.message for found in faults if found.severity == "error"]
    findings_of(one)


class AllSeen(Exception):
    """Nothing is left to be drawn for."""


def test_whole_logs_have_every_key_there_is() -> None:
    kinds: dict[str, Any] = {"log": Incident, "source": Source, "event": Event, "claim": Claim}
    due = {f"{name}.{key}" for name, kind in kinds.items() for key in keys_of(kind)}
    due -= {"source.audience", "event.audience", "claim.audience"}

    @settings(some, max_examples=2000, database=None, phases=[Phase.generate])
    @given(st.one_of(whole_logs(), whole_logs(public=True)))
    def look(log: dict[str, Any]) -> None:
        due.difference_update(f"log.{key}" for key in log)
        due.difference_update(f"source.{key}" for one in log["sources"].values() for key in one)
        due.difference_update(f"event.{key}" for one in log["timeline"] for key in one)
        for claim in (each for one in log["timeline"] for each in one.get("claims", ())):
            due.difference_update(f"claim.{key}" for key in claim)
        if not due:
            raise AllSeen

    with pytest.raises(AllSeen):
        look()
    assert due == set()


@some
@given(whole_logs())
def test_arranging_a_log_keeps_its_meaning_and_is_done_at_once(log: dict[str, Any]) -> None:
    logs.fmt(bytes_of(log))


def found(metrics: Metrics) -> dict[str, object]:
    """Return what was derived, by names that do not depend on places, without the proofs: several may do."""
    timeline = metrics.timeline
    out: dict[str, object] = {"zero": timeline.t0}
    for one in (*timeline.events, *timeline.undated):
        ends = [(at.earliest, at.latest, at.nominal) for at in (one.at, one.end) if at is not None]
        out[one.key] = ends, sorted((at.measure, at.low, at.high, at.nominal) for at in one.counts)
    return out | {one.id: (one.low, one.high, one.nominal, one.unit) for one in metrics.metrics}


@some
@given(whole_logs(), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(log: dict[str, Any], chance: Any) -> None:
    one = judge("log.yaml", bytes_of(log), None)
    moved = dict(log)
    for name in ("timeline", "factors", "actions", "metrics"):
        moved[name] = chance.sample(log[name], len(log[name]))
    for name in ("sources", "measures", "components", "people"):
        moved[name] = dict(chance.sample(list(log[name].items()), len(log[name])))
    keys = chance.sample(list(moved), len(moved))
    other = judge("log.yaml", bytes_of({key: moved[key] for key in keys}), None)
    assert one.metrics is not None
    assert other.metrics is not None
    assert one.sound == other.sound
    assert sorted({each.code for each in one.diagnostics}) == sorted(
        {each.code for each in other.diagnostics}
    )
    if one.sound:
        assert found(one.metrics) == found(other.metrics)


@some
@given(whole_logs(), whole_logs())
def test_a_log_is_the_same_as_itself_and_compared_with_any(
    log: dict[str, Any], other: dict[str, Any]
) -> None:
    logs.diff(bytes_of(log) + logs.SEPARATOR + bytes_of(other))


@some
@given(whole_logs(public=True))
def test_the_public_copy_of_what_is_all_public_is_the_log(log: dict[str, Any]) -> None:
    one = judge("log.yaml", bytes_of(log), None)
    assert one.incident is not None
    copy = public_copy(one.incident)
    assert copy.withheld == 0
    assert copy.incident == one.incident


@some
@given(whole_logs())
def test_the_outputs_of_a_log_are_the_same_each_time(log: dict[str, Any]) -> None:
    data = bytes_of(log)
    first, again = judge("log.yaml", data, None), judge("log.yaml", data, None)
    assert findings_of(first) == findings_of(again)
    if first.sound:
        made = outputs_of(first)
        sound(made)
        assert made == outputs_of(again)


@some
@given(texts_of(st.one_of(nearly_valid_logs(), hostile_logs())), texts_of(nearly_valid_logs()))
def test_no_log_breaks_a_promise_of_a_harness(data: bytes, other: bytes) -> None:
    logs.loader(data)
    logs.render(data)
    logs.fmt(data)
    logs.audience(data)
    logs.diff(data + logs.SEPARATOR + other)
