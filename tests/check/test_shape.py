"""What does not fit the format: said once, in the author's words, and the rest is judged on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.check.conftest import Diagnose, Judge, Look

ONE = "timeline:\n- what: A thing.\n"


def test_a_sound_log_has_no_findings(judge: Judge) -> None:
    checked = judge("format: postmortem/1\ntitle: A\nstatus: resolved\n" + ONE)
    assert checked.findings == ()
    assert checked.incident is not None
    assert checked.incident.timeline[0].what == "A thing."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("severty: P1\n" + ONE, ("PM201", 1, 1, "did you mean `severity`?")),
        ("timeline:\n- waht: A\n", ("PM201", 2, 3, "did you mean `what`?")),
        ("timeline:\n- what: A\n  notes: B\n", ("PM201", 3, 3, "did you mean `note`?")),
        ("timeline:\n- description: A\n", ("PM201", 2, 3, "did you mean `what`?")),
        ("zzz: 1\n" + ONE, ("PM201", 1, 1, "")),
        ("zzz:\n" + ONE, ("PM201", 1, 1, "")),
        ("timeline:\n- what: A\n  quote: {txt: B}\n", ("PM201", 3, 11, "did you mean `text`?")),
        ("timeline:\n- id: a\n", ("PM202", 2, 3, "")),
        ("timeline:\n- what:\n", ("PM202", 2, 3, "")),
        ("timeline:\n", ("PM202", 1, 1, "")),
        ("timeline:\n- what: A\n-\n", ("PM202", 3, 1, "")),
        ("sources:\n  nbc:\n" + ONE, ("PM202", 2, 3, "")),
        ("sources: {nbc: {url: a.html}}\n" + ONE, ("PM202", 1, 17, "")),
        ("summary:\n" + ONE, ("PM221", 1, 1, "")),
        ("timeline:\n- what: A\n  at:\n", ("PM221", 3, 3, "")),
        ("timeline:\n- what: A\n  counts:\n    listeners:\n", ("PM221", 4, 5, "")),
        ("people:\n  host:\n" + ONE, ("PM221", 2, 3, "")),
        ("timeline: {}\n", ("PM203", 1, 1, "")),
        ("timeline: none\n", ("PM203", 1, 11, "")),
        ("timeline:\n- just text\n", ("PM203", 2, 3, "")),
        ("timeline:\n- what: [a]\n", ("PM203", 2, 3, "")),
        ("tags: {a: b}\n" + ONE, ("PM203", 1, 1, "")),
        ("tags: [a, [b]]\n" + ONE, ("PM203", 1, 11, "")),
        ("sources: [nbc]\n" + ONE, ("PM203", 1, 1, "")),
        ("approx: {clock: [5m]}\n" + ONE, ("PM203", 1, 10, "")),
        ("series:\n- {measure: m, points: [[2023-05-24]]}\n" + ONE, ("PM203", 2, 25, "")),
        ("series:\n- {measure: m, points: [[2023-05-24, 1, 2]]}\n" + ONE, ("PM203", 2, 25, "")),
        ("review: accpeted\n" + ONE, ("PM204", 1, 9, "did you mean `accepted`?")),
        ("timeline:\n- what: A\n  highlight: yes\n", ("PM204", 3, 14, "did you mean `true`?")),
        ("timeline:\n- what: A\n  kind: Restart\n", ("PM204", 3, 9, "did you mean `restart`?")),
    ],
)
def test_one_mistake_is_one_finding(look: Look, body: str, expected: tuple[str, int, int, str]) -> None:
    assert look(body) == [expected]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just text\n", "[]\n"])
def test_a_log_that_is_no_map_is_one_finding(judge: Judge, text: str) -> None:
    checked = judge(text)
    assert checked.incident is None
    assert [one.code for one in checked.findings] == ["PM203"]
    assert "a log is a map" in checked.findings[0].message


def test_all_that_is_needed_at_the_top_is_asked_for_at_once(judge: Judge) -> None:
    messages = [one.message for one in judge("review: draft\n").findings]
    assert messages == [
        "the log has no `format`",
        "the log has no `title`",
        "the log has no `status`",
        "the log has no `timeline`",
    ]


def test_an_unknown_key_near_a_known_one_is_read_as_it(judge: Judge, look: Look) -> None:
    body = "sorces:\n  nbc: {titel: NBC}\ntimeline:\n- {what: A, source: nbc}\n"
    assert [found[:2] for found in look(body)] == [("PM201", 1), ("PM201", 2)]
    head = "format: postmortem/1\ntitle: A\nstatus: resolved\n"
    incident = judge(head + body).incident
    assert incident is not None
    assert incident.sources["nbc"].title == "NBC"


def test_findings_below_a_key_that_was_read_as_another_keep_their_place(look: Look) -> None:
    assert [found[:3] for found in look("timline:\n- {what: A, at: 18:2O}\n")] == [
        ("PM201", 1, 1),
        ("PM205", 2, 17),
    ]


def test_keys_that_begin_with_x_are_left_alone(look: Look) -> None:
    assert look("x-own: {a: [1]}\ntimeline:\n- {what: A, x-y: 2}\n") == []


def test_references_into_a_broken_part_are_not_said_to_dangle(look: Look) -> None:
    assert [one[0] for one in look("sources: [nbc]\ntimeline:\n- {what: A, source: nbc}\n")] == ["PM203"]


def test_no_class_name_and_no_word_of_code_is_in_any_message(judge: Judge) -> None:
    text = "format: 1\ntimeline:\n- [a]\n- {what: {a: b}, counts: [1], kind: x, claims: {a: b}}\n"
    for finding in judge(text).findings:
        for word in (
            "model",
            "Stating",
            "Misfit",
            "tuple",
            "dict",
            "Incident",
            "Event",
        ):
            assert word not in finding.message + finding.help


def test_thirty_mistakes_are_thirty_findings(diagnose: Diagnose) -> None:
    mistakes = [
        ("format: postmortem/1\ntitle: Thirty\n", None),
        ("statuss: resolved\n", "PM201"),
        ("date: 2023-02-30\n", "PM211"),
        ("timezone: EST\n", "PM212"),
        ("review: darft\n", "PM204"),
        ("audience: everyone\n", "PM204"),
        ("id: 'no slug'\n", "PM210"),
        ("tags: {a: b}\n", "PM203"),
        ("impact:\n", "PM221"),
        ("t0: nowhere\n", "PM208"),
        ("approx: {clock: five}\n", "PM206"),
        ("links: ['javascript:alert(1)']\n", "PM222"),
        ("measures:\n  listeners: {title: Listeners, kind: guage}\n", "PM204"),
        ("components:\n  room: {}\n", "PM202"),
        ("sources:\n  nbc: {title: NBC, clock: soon}\n", "PM206"),
        ("  own: {title: Own, reliability: Z}\n", "PM204"),
        ("figures:\n- {title: A}\n", "PM225"),
        ("metrics:\n- {id: m, ratio: {of: a.listeners, to: zz.listeners}}\n", "PM208"),
        ("- {id: n, duration: {from: a}}\n", "PM202"),
        ("factors:\n- {id: f, what: F, leads_to: f}\n", "PM218"),
        ("- {id: g, what: G, evidence: owm}\n", "PM208"),
        ("actions:\n- {what: Do, due: soon}\n", "PM211"),
        ("checks: {ignore: [PM302]}\n", "PM229"),
        ("timeline:\n- {id: a, what: A, at: 18:2O, counts: {listeners: 6k}}\n", "PM205"),
        ("- {id: a, what: B}\n", "PM209"),
        ("- {what: C, at: 25:00}\n", "PM205"),
        ("- {what: D, source: nbx}\n", "PM208"),
        ("- {what: E, counts: {listeners: -5}}\n", "PM216"),
        ("- {what: F, counts: {lisners: 5}}\n", "PM208"),
        ("- {what: G, ruling: {prefer: nbc}}\n", "PM217"),
        ("- {what: H, until: 18:30, for: 5m}\n", "PM223"),
        ("- {what: I, at: 5m after b}\n", "PM208"),
    ]
    expected, line, text = [], 0, ""
    for part, code in mistakes:
        text += part
        line += part.count("\n")
        if code:
            expected.append((code, line))
    assert len(expected) >= 30
    assert [(one.code, one.span.line) for one in diagnose(text)] == expected
