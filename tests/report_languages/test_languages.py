"""Languages: every table is whole, and no fixed word stands outside the tables.

The second is shown with a language whose every letter is Cyrillic, over a log whose authors write Greek: a
Latin word in the output is then one that a renderer wrote itself.
"""

from __future__ import annotations

import html as markup
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from postmortem.flow import Judged, judge
from postmortem.ground.said import COUNTING, FORMS
from postmortem.ground.settings import LANGUAGES
from postmortem.measure.wording import ENGLISH as DEFINITIONS
from postmortem.measure.wording import said
from postmortem.report.facts.facts import Facts
from postmortem.report.facts.gather import gather
from postmortem.report.markdown.markdown import markdown
from postmortem.report.metrics.as_markdown import metrics_markdown
from postmortem.report.metrics.as_text import metrics_text
from postmortem.report.page.html import html
from postmortem.report.timeline.as_ics import timeline_ics
from postmortem.report.timeline.as_markdown import timeline_markdown
from postmortem.report.timeline.as_mermaid import timeline_mermaid
from postmortem.report.timeline.as_text import timeline_text
from postmortem.report.wording.amounts import quantity
from postmortem.report.wording.phrases import ENGLISH, Language, language_of

LOG = """
format: postmortem/1
id: q0
title: αβγ
date: 2023-05-24
timezone: America/New_York
status: resolved
review: in-review
severity: "2"
summary: "αβ γδ εζ."
impact: αβ
background: αβ
detection: αβ
response: αβ
resolution: αβ
authors: [αα]
people: {q1: {role: ββ}}
tags: [γγ]
links: ["https://example.org/1"]
related: [δδ]
t0: q1
components: {q1: {title: αα}, q2: {title: ββ}}
measures: {q1: {title: γγ, unit: γ, kind: gauge}, q2: {title: δδ, unit: δ, kind: gauge}}
sources:
  q1: {title: αα, kind: press, url: "https://example.org/1", reliability: B, published: 19:00}
  q2: {title: ββ, kind: participant, clock: ±2m, note: γγ}
  q3: {title: γγ, kind: telemetry, reliability: A, archived: "https://example.org/2", captured: 2023-06-01}
  q4: {title: δδ, kind: vendor}
phases: [{title: αα, from: q1, to: q6, state: degraded}, {title: ββ, from: q6, state: ok}]
timeline:
  - {id: q1, at: "18:00", kind: scheduled, what: αα., source: q1, highlight: true}
  - {id: q2, at: "18:00..18:10", until: "18:15", kind: impact, what: ββ., source: [q1, q2], component: q1}
  - {id: q3, at: between q1 and q6, kind: statement, what: γγ., by: q1, source: q2,
     quote: {by: α, text: β.}}
  - {id: q4, at: "18:20", kind: count, what: δδ., source: q1, component: q1,
     counts: {q1: {value: 570k..600k, stated: εε}}, claims: [{source: q3, counts: {q1: 668k}}],
     ruling: {prefer: q1, because: ζζ.}}
  - {id: q5, at: "18:20 ±1m", kind: count, what: ηη., source: q2, component: q1, counts: {q1: +50k/min}}
  - {id: q6, at: "18:20 ±2m", kind: restart, what: θθ., source: q1,
     claims: [{source: q2, at: "18:40", stated: ι,
     known: "18:50", note: λλ, url: "https://example.org/3"}],
     ruling: {open: true, because: κκ.}}
  - {id: q7, at: after q6, kind: resumed, what: λλ., source: q1, component: q2}
  - {id: q8, at: after q7, kind: count, what: μμ., source: q3, component: q2, counts: {q1: "161000"}}
  - {id: q9, at: 2023-05-25 10:00, kind: note, what: νν., source: q1}
  - {id: q10, kind: note, what: ξξ.}
series: [{measure: q2, source: q3, points: [["18:00", 1], ["18:01", 5.5], ["18:02", 90]]}]
metrics:
  - {id: m1, title: οο, ratio: {of: q8.q1, to: q4.q1}, note: ππ.}
  - {id: m2, title: ρρ, difference: {of: q4.q1, minus: q8.q1}}
  - {id: m3, title: σσ, reach: {from: q4.q1, growth: q5.q1, target: 700k}}
  - {id: m4, title: ττ, stat: {of: p95, measure: q2, between: [q1, q2.end]}}
  - {id: m5, title: υυ, duration: {from: q10, to: q2.end}}
  - {id: m6, title: φφ, stat: {of: max, measure: q2}}
factors:
  - {id: f1, what: αα., kind: cause, confidence: established, evidence: [q1], leads_to: [f2]}
  - {id: f2, what: ββ., kind: barrier-held, confidence: suspected, evidence: [q3],
     leads_to: [q2], because: γγ.}
actions:
  - {id: a1, what: δδ., owner: εε, kind: prevent, status: in-progress, due: 2023-06-01,
     addresses: [f1], verify: ζζ.}
  - {id: a2, what: ηη., status: dropped, because: θθ.}
lessons: {went_well: [αα.], went_wrong: [ββ.], got_lucky: [γγ.]}
perspectives: [{who: αα, says: ββ., source: q1}]
questions: [{id: u1, what: γγ, owner: δδ}]
"""
OWN = {"utc", "edt", "est", "america", "new", "york", "postmortem", "yaml", "https", "example", "org"}
"""Names, which no language changes."""
WRITTEN = {"after", "between", "and", "q", "m", "f", "a", "u", "e", "s", "min", "resolved", "in", "t", "k"}
"""What the log writes itself, in its own notation: ids, times, kinds; and units of SI."""


def _cyrillic(phrase: str) -> str:
    parts = re.split(r"(\{[^{}]*\}|`[^`]*`)", phrase)
    return "".join(
        part if n % 2 else part.translate({c: 0x430 + i for i, c in enumerate(range(97, 123))}
                                          | {c: 0x410 + i for i, c in enumerate(range(65, 91))})
        for n, part in enumerate(parts)
    )  # fmt: skip


MARKED = Language(
    "xx", ".", ",", {key: _cyrillic(phrase) for key, phrase in ENGLISH.table.items()}, nouns=True
)


def _judged() -> Judged:
    judged = judge("q0.yaml", LOG.encode(), None)
    assert [one for one in judged.diagnostics if one.severity == "error"] == []
    return judged


@pytest.fixture(scope="module")
def judged() -> Judged:
    return _judged()


def _facts(judged: Judged, language: Language = MARKED) -> Facts:
    assert judged.metrics is not None
    return gather(judged.metrics, "q0", language, withheld=3, today=date(2023, 6, 2))


def _latin(text: str) -> list[str]:
    text = re.sub(r"https?://\S+|`[^`]*`", "", markup.unescape(text))
    text = re.sub(r"T?[+−-]?(?:\d+[dhm])+(?:\d+s)?|\d+s\b|\d+(?:[kMm]|min)\b", "", text)
    found = (word.lower() for word in re.findall(r"[A-Za-z]+", text))
    return sorted({word for word in found if word not in OWN | WRITTEN})


def _shown(page: str) -> str:
    """Return what a reader of the page sees or hears: text, and attributes that are read out."""
    body = page[page.index("<body") :].partition("<script>")[0]
    body = re.sub(r"<code>.*?</code>", " ", body, flags=re.DOTALL)
    said = re.findall(r'(?:title|aria-label|data-copied|data-local|data-keys|data-l)="([^"]*)"', body)
    keys = re.sub(r"<kbd>.*?</kbd>", " ", body)
    return markup.unescape(" ".join([re.sub(r"<[^>]+>", " ", keys), *said]))


def test_the_page_says_nothing_but_phrases(judged: Judged) -> None:
    page = html(_facts(judged), judged.line_of, "q0.yaml")
    assert '<html lang="xx">' in page
    assert _latin(_shown(page)) == []
    head = page.partition("<body")[0]
    assert (
        _latin(" ".join(re.findall(r'name="description" content="([^"]*)"|<title>(.*?)</title>', head)[0]))
        == []
    )


@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
def test_the_terminal_says_nothing_but_phrases(judged: Judged, width: int) -> None:
    facts = _facts(judged)
    assert _latin(timeline_text(facts, width)) == []
    assert _latin(metrics_text([facts], width)) == []
    assert _latin(metrics_text([facts, facts], width)) == []


def test_markdown_says_nothing_but_phrases(judged: Judged) -> None:
    facts = _facts(judged)
    for text in (markdown(facts, judged.line_of), timeline_markdown(facts), metrics_markdown([facts])):
        prose = re.sub(r"```.*?```|<[^>]*>|\[!\w+\]|\]\([^)]*\)", " ", text, flags=re.DOTALL)
        assert _latin(prose) == []


def test_charts_in_markdown_say_nothing_but_phrases(judged: Judged) -> None:
    grammar = r"^gantt|accTitle|accDescr|dateFormat.*|axisFormat.*|tickInterval.*|section|:.*$"
    text = re.sub(grammar, " ", timeline_mermaid(_facts(judged)), flags=re.MULTILINE)
    assert _latin(text) == []


def test_calendars_say_nothing_but_phrases(judged: Judged) -> None:
    lines = timeline_ics(_facts(judged)).replace("\r\n ", "").splitlines()
    told = [
        line.partition(":")[2] for line in lines if line.startswith(("SUMMARY", "DESCRIPTION", "CATEGORIES"))
    ]
    assert told
    assert _latin(" ".join(told).replace("\\n", " ")) == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_has_every_phrase_with_its_placeholders(code: str) -> None:
    language = language_of(code)
    assert language.code == code
    assert sorted(set(ENGLISH.table) ^ set(language.table)) == []
    for key, phrase in language.table.items():
        assert _names(phrase) == _names(ENGLISH.table[key]), key
        assert phrase.strip(), key


def _names(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def test_another_language_is_not_english_left_standing() -> None:
    """A phrase of several words that is the same in both was forgotten."""
    german = language_of("de").table
    same = [
        key
        for key, phrase in ENGLISH.table.items()
        if german[key] == phrase and re.search(r"[a-z]{3} [a-z]", phrase)
    ]
    assert same == []


def test_every_phrase_of_a_definition_is_used() -> None:
    room = Path(__file__).resolve().parents[2] / "postmortem" / "measure"
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(room.glob("*.py")))
    code = code.replace(code[code.index("ENGLISH = {") : code.index("def said(")], "")
    made = ("noun.", "metric.", "stat.", "list.", "missing.")
    unused = [
        key
        for key in DEFINITIONS
        if f'"{key}"' not in code and not key.startswith(made) and not key.endswith(tuple(FORMS.values()))
    ]
    assert unused == []


def test_a_german_report_writes_numbers_and_days_as_germans_do(judged: Judged) -> None:
    facts = _facts(judged, language_of("de"))
    page = html(facts, judged.line_of, "q0.yaml")
    assert '<html lang="de">' in page
    assert "Mittwoch, 24. Mai 2023" in page
    assert "161.000" in page
    assert "161,000" not in page
    assert "Zeit bis zur Eindämmung" in page
    assert "kein Ereignis der Art `detected`" in metrics_text([facts], 100)


def test_what_is_counted_is_worded_by_its_number() -> None:
    for code in LANGUAGES:
        language = language_of(code)
        one, many = language.say("terminal.events", count=1), language.say("terminal.events", count=1_200)
        assert one.startswith("1 ")
        assert many.startswith(f"1{language.group}200 ")
        assert one != many


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_phrase_that_counts_has_a_form_for_one(code: str) -> None:
    table = language_of(code).table
    counting = {
        key
        for key, phrase in table.items()
        if _names(phrase) & set(COUNTING) and not key.endswith(tuple(FORMS.values()))
    }
    assert "event.claims" in counting
    # A run's limit is a fixed number far from one.
    assert {key for key in counting if f"{key}.one" not in table} == {"missing.points"}
    for key in table:
        base, form = key.rpartition(".")[::2]
        if f".{form}" in FORMS.values() and base in table and _names(table[base]) & set(COUNTING):
            assert _names(table[key]) <= _names(table[base]), key


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_nothing_is_one_things(code: str) -> None:
    """Of each counting phrase, the form for one thing is not the form for many with a 1 in it."""
    language = language_of(code)
    fixed = {"measure": "m", "first": "a", "last": "b", "low": "1", "high": "2"}
    for key, phrase in language.table.items():
        names = _names(phrase)
        if f"{key}.one" not in language.table or not names & set(COUNTING):
            continue
        values = {name: fixed.get(name, 1) for name in names}
        one = language.say(key, **values)
        assert one == language.table[f"{key}.one"].format_map(values), key
        if key not in ("list.more", "gantt.more"):
            assert one != phrase.format_map(values), key
    assert language.say("coverage", sourced=0, all=1) == language.table["coverage.none"]
    assert language.say("coverage", sourced=1, all=2_000).startswith("1 ")
    assert f"2{language.group}000" in language.say("coverage", sourced=1, all=2_000)


def test_a_phrase_of_a_figure_is_counted_in_every_language() -> None:
    for number, english, german in ((1, "1 point", "1 Punkt"), (2_000, "2,000 points", "2.000 Punkte")):
        phrase = said("series.points", count=number)
        assert ENGLISH.tell(phrase) == english
        assert language_of("de").tell(phrase) == german
    assert said("series.points", count=1) == "1 point"


def test_a_german_share_stands_off_its_sign() -> None:
    share = quantity(0.254, 0.297, 0.268, percent=True, language=language_of("de"))
    assert share.full == "≈26,8\u00a0% (25,4 bis 29,7\u00a0%)"
    assert quantity(0.254, 0.297, 0.268, percent=True).full == "≈26.8% (25.4 to 29.7%)"
