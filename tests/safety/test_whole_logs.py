"""Whole logs taken up the stairs: never a traceback, every finding at a place, sound ones to every output.

`POSTMORTEM_TEST_EXAMPLES` says how many of each; `make fuzz` takes many.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postmortem.flow import Judged, judge
from postmortem.report.explain.explain import explain, things
from postmortem.report.facts.gather import gather
from postmortem.report.markdown.markdown import markdown
from postmortem.report.page.html import html
from postmortem.report.report_json import report_json
from tests.strategies import hostile_logs, nearly_valid_logs, texts_of, valid_logs

EXAMPLES = int(os.environ.get("POSTMORTEM_TEST_EXAMPLES", "15"))
some = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_OWN_FAULTS = ("PM901", "PM902")


def judged(data: bytes) -> Judged:
    """Judge a log, and prove what holds for any answer."""
    one = judge("log.yaml", data, None)
    lines = data.decode("utf-8", "replace").split("\n")
    for found in one.diagnostics:
        assert found.code not in _OWN_FAULTS, found.message
        assert 1 <= found.span.line <= len(lines)
        assert 1 <= found.span.column <= len(lines[found.span.line - 1]) + 1
        assert found.message
        assert (found.span.line, found.span.column) <= (found.span.end_line, found.span.end_column)
    assert one.diagnostics == judge("log.yaml", data, None).diagnostics
    return one


def outputs_of(one: Judged) -> None:
    """Make every kind of output of a log that is sound."""
    assert one.metrics is not None
    facts = gather(one.metrics, "log")
    for text in (
        html(facts, one.line_of, "log.yaml"),
        markdown(facts, one.line_of),
        report_json(facts, one.line_of),
    ):
        assert text.endswith("\n")
    for thing in things(facts):
        assert explain(facts, thing, one.line_of)


@some
@given(texts_of(valid_logs()))
def test_a_valid_log_has_no_fault_of_form(data: bytes) -> None:
    one = judged(data)
    assert not [
        found for found in one.diagnostics if found.code[:3] in ("PM1", "PM2") and found.severity == "error"
    ]
    if one.sound:
        outputs_of(one)


@some
@given(texts_of(nearly_valid_logs()))
def test_a_nearly_valid_log_is_answered(data: bytes) -> None:
    one = judged(data)
    if one.sound:
        outputs_of(one)


@some
@given(texts_of(hostile_logs()))
def test_a_hostile_log_is_answered(data: bytes) -> None:
    judged(data)


@some
@given(texts_of(nearly_valid_logs()), st.data())
def test_a_log_cut_or_overwritten_anywhere_is_answered(data: bytes, choose: st.DataObject) -> None:
    at = choose.draw(st.integers(0, len(data)))
    put = choose.draw(
        st.sampled_from(
            (b"", b"\0", b"\xff", b"&a ", b"*a", b"<<: ", b"[", b"}", b"\t", b"\n", b"- ", b"!x ")
        )
    )
    judged(data[:at] + put + data[at + choose.draw(st.integers(0, 40)) :])


@pytest.mark.parametrize("public", [True, False])
def test_the_public_version_of_a_log_without_a_public_part_is_refused(public: bool) -> None:
    data = b"format: postmortem/1\ntitle: x\nstatus: resolved\ntimeline: []\n"
    one = judge("log.yaml", data, None, "public" if public else "internal")
    assert not public or not one.sound
