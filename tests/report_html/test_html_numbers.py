"""Every number in a chart stands in its table, in the same words, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from postmortem.report.page.metrics import small_units


def _drawn(page: str) -> set[str]:
    """Return the numbers that the wide charts name, by label or by the title of a mark without one."""
    found = set()
    for drawing in re.findall(r'<svg class="ch ch-l".*?</svg>', page, re.DOTALL):
        found |= set(re.findall(r"<tspan>([^<]*)</tspan>", drawing))
        found |= {one.split(" · ")[0] for one in re.findall(r"r\d[^<]*<title>([^<]*)</title>", drawing)}
    return {unescape(one) for one in found}


def _tabled(page: str) -> set[str]:
    table = page[page.index("Every count as it is drawn") :].split("</table>")[0]
    return {unescape(one) for one in re.findall(r"</th><td>([^<]+)</td>", table)}


def test_numbers_of_chart_and_table_are_the_same(page: str) -> None:
    assert _drawn(page) == _tabled(page)
    assert {"≈600,000", "668,000", "300,000 or more", "+50,000 a minute", "≈161,000"} <= _tabled(page)


def test_conflicting_numbers_are_never_joined(log: Any, render: Callable[..., str]) -> None:
    log["timeline"][4]["ruling"] = {"open": "true", "because": "Nobody can tell."}
    page = render(log)
    assert {"≈600,000", "668,000"} <= _drawn(page)
    assert not {"634,000", "≈634,000", "1,268,000"} & _drawn(page)


def test_a_series_is_said_in_words(page: str) -> None:
    assert "Errors, dense series: 5 points from 18:00 to 18:04, 1 to 90" in page


def test_units_of_key_figures_are_small_and_a_percent_sign_stands_as_its_language_has_it() -> None:
    assert small_units("≈26.8%") == "≈26.8<i>%</i>"
    assert small_units("26,8\N{NO-BREAK SPACE}%") == "26,8\N{NO-BREAK SPACE}%"
    assert small_units("2 min 36 s") == "2 <i>min</i> 36 <i>s</i>"
