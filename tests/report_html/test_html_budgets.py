"""What a page may weigh and take: budgets that hold for every log."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from postmortem.report.page.html import html, part

KIB = 1024


def _many(count: int, claims: int = 1) -> dict[str, Any]:
    """Return a log of so many events three minutes apart, every sixth with a count."""
    timeline = []
    for number in range(count):
        minutes = number * 3
        event: dict[str, Any] = {
            "id": f"e{number}",
            "at": f"2024-03-{1 + minutes // 1440:02} {minutes % 1440 // 60:02}:{minutes % 60:02}",
            "kind": "impact" if number == 2 else "detected" if number == 4 else "update",
            "what": f"Responders note that node {number} of the queue is slow; they look for the cause",
            "source": "mon",
            "component": "api",
        }
        if number % 6 == 0:
            event |= {"kind": "count", "counts": {"errors": f"about {100 + number}"}}
        if number % 3 == 0 and claims > 1:
            event["claims"] = [{"source": "chat", "at": f"about 2m after e{number - 1}"}] if number else []
        timeline.append(event)
    timeline[-2]["kind"] = "resumed"
    return {
        "format": "postmortem/1", "title": "Many events", "timezone": "UTC", "date": "2024-03-01",
        "status": "resolved", "summary": "A queue was slow.", "components": {"api": {"title": "API"}},
        "measures": {"errors": {"title": "Errors", "unit": "errors a minute"}},
        "sources": {"mon": {"title": "Monitoring", "kind": "telemetry"}, "chat": {"title": "Chat"}},
        "timeline": timeline,
    }  # fmt: skip


def test_the_parts_keep_their_budgets() -> None:
    assert len(part("style.css").encode()) <= 18 * KIB
    assert len(part("script.js").encode()) <= 2.5 * KIB


def test_fifty_events_stay_small(render: Callable[..., str]) -> None:
    assert len(render(_many(50, claims=2)).encode()) <= 150_000


def test_chart_layouts_stay_small_at_sixty_events(render: Callable[..., str]) -> None:
    layouts = re.findall(r'<svg class="ch.*?</svg>', render(_many(60)), re.DOTALL)
    assert len(layouts) == 3
    assert all(len(one.encode()) <= 10_000 for one in layouts)


@pytest.fixture(scope="module")
def thousand(gathered: Callable[..., Any]) -> Any:
    return gathered(_many(1000))


def test_a_thousand_events_stay_below_a_megabyte_and_fold(thousand: Any) -> None:
    facts, line_of = thousand
    page = html(facts, line_of)
    assert len(page.encode()) <= 1_000_000
    assert page.count('class="ev"') == 1000
    assert 'class="more"' in page
    shown = re.sub(r'<li class="more">.*?</ol></details></li>', "", page, flags=re.DOTALL)
    assert 1 <= shown.count('class="ev"') < 60


def test_rendering_takes_at_most_a_millisecond_an_event(thousand: Any) -> None:
    facts, _ = thousand
    html(facts, lambda _: 1)
    taken = []
    for _ in range(3):
        began = time.process_time()
        html(facts, lambda _: 1)
        taken.append(time.process_time() - began)
    assert min(taken) <= 1.0


def test_far_apart_events_have_their_gap_said(render: Callable[..., str]) -> None:
    stated = _many(12)
    stated["timeline"][-1]["at"] = "2024-03-02 12:00"
    assert "1 d 11 h" in render(stated) or "35 h" in render(stated)
    assert 'class="gap"' not in render(_many(12))
