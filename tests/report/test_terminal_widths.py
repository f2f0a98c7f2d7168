"""Texts for a terminal at every width: no line is too long, columns stand in line, nothing is lost."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from postmortem.flow import judge
from postmortem.ground.characters import has_right_to_left
from postmortem.report.facts.facts import Facts
from postmortem.report.facts.gather import gather
from postmortem.report.metrics.as_text import metrics_text
from postmortem.report.terminal.columns import width, wrapped
from postmortem.report.timeline.as_text import timeline_text
from postmortem.report.wording.phrases import language_of
from tests.strategies import texts_of, whole_logs

EXAMPLES = int(os.environ.get("POSTMORTEM_TEST_EXAMPLES", "10"))
WIDTHS = (60, 80, 100, 120, 160, 200)
FOREIGN = """
format: postmortem/1
title: 日本語の障害 ⚠\ufe0f שלום عربي a\u0301b👩‍👩‍👧 with a very longwordthatnobodybreaks{x}
date: 2023-05-24
timezone: America/New_York
status: resolved
sources:
  quelle: {title: あ}
  a-source-with-an-id-that-is-much-longer-than-others: {title: x}
phases:
  - {title: السقوط الأول والأخير, from: one, to: two, state: down}
timeline:
  - {id: one, at: "18:00", kind: acknowledged, what: "全世界の人々が 集まって いる", source: quelle}
  - {id: two, at: 2023-05-24 23:50 ±30m, kind: resolved,
     what: "שלום עולם and then 👩‍👩‍👧 ⚠\ufe0f⚠\ufe0f⚠\ufe0f",
     source: [quelle, a-source-with-an-id-that-is-much-longer-than-others]}
  - {id: three, at: between one and two, until: 2023-05-25 01:00, kind: note, what: "x\u00ady العربية"}
""".replace("{x}", "x" * 150).encode()


def _facts(data: bytes, code: str = "en") -> Facts | None:
    judged = judge("log.yaml", data, None)
    return None if judged.metrics is None else gather(judged.metrics, "log", language_of(code))


def _fits(text: str, columns: int, *, ascii_only: bool) -> None:
    assert [line for line in text.splitlines() if width(line) > columns] == []
    assert text.isascii() or not ascii_only


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(texts_of(whole_logs()), st.sampled_from(("en", "de")), st.booleans())
def test_no_line_of_any_log_is_too_long(data: bytes, code: str, ascii_only: bool) -> None:
    facts = _facts(data, code)
    if facts is None:
        return
    for columns in WIDTHS:
        _fits(timeline_text(facts, columns, ascii_only=ascii_only), columns, ascii_only=ascii_only)
        _fits(metrics_text([facts], columns, ascii_only=ascii_only), columns, ascii_only=ascii_only)
        _fits(metrics_text([facts] * 5, columns, ascii_only=ascii_only), columns, ascii_only=ascii_only)


@pytest.fixture(scope="module")
def foreign() -> Facts:
    facts = _facts(FOREIGN)
    assert facts is not None
    return facts


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("columns", WIDTHS)
def test_wide_joined_and_turned_letters_fit(foreign: Facts, columns: int, ascii_only: bool) -> None:
    _fits(timeline_text(foreign, columns, ascii_only=ascii_only), columns, ascii_only=ascii_only)
    _fits(metrics_text([foreign] * 3, columns, ascii_only=ascii_only), columns, ascii_only=ascii_only)


@pytest.mark.parametrize("columns", WIDTHS)
def test_words_from_right_to_left_turn_nothing_around_them(foreign: Facts, columns: int) -> None:
    for line in timeline_text(foreign, columns).splitlines():
        outside = re.sub("\u2068[^\u2069]*\u2069", "", line)
        assert not has_right_to_left(outside), line
        assert outside.count("\u2068") == outside.count("\u2069") == 0
    assert "\u2068" in timeline_text(foreign, columns)
    assert timeline_text(foreign, columns, ascii_only=True).isascii()


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_narrowest_loses_nothing(rooms: Facts, code: str) -> None:
    """Every word of the widest stands in the narrowest too; the drawn axis and its legend do not."""
    from postmortem.ground.record import replace

    facts = replace(rooms, clock=replace(rooms.clock, language=language_of(code)))
    narrow, wide = (timeline_text(facts, columns) for columns in (60, 200))
    legend, what = (facts.clock.language.say(f"terminal.{one}") for one in ("legend", "what"))
    body = wide[: wide.index(f"\n{legend} ")].splitlines()
    told = re.findall(r"\w{2,}", "\n".join(line for line in body if not line.endswith(f" {what}")))
    assert len(told) > 100
    assert set(told) - set(re.findall(r"\w{2,}", narrow)) == set()


@pytest.mark.parametrize("columns", [80, 100, 120, 160, 200])
def test_texts_of_all_events_begin_in_one_column(rooms: Facts, columns: int) -> None:
    lines = timeline_text(rooms, columns).splitlines()
    start = next(line.index("what") for line in lines if line.rstrip().endswith("what"))
    for row in rooms.rows:
        first = wrapped(row.event.event.what, columns)[0].split()[0]
        line = next(line for line in lines if re.match(rf"[┃ ] +{row.number}[? ]", line))
        assert line[start:].startswith(first), line


def test_signs_made_pictures_and_hyphens_that_show_are_counted() -> None:
    assert width("⚠") == 1
    assert width("⚠\ufe0f") == 2
    assert width("⭐\ufe0f") == 2
    assert width("x\u00ady") == 3
    assert width("\u2068שלום\u2069") == 4
    assert wrapped("⚠\ufe0f⚠\ufe0f⚠\ufe0f", 4) == ["⚠\ufe0f⚠\ufe0f", "⚠\ufe0f"]
