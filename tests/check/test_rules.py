"""The rules over a stated incident: what each finds, where, and what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from postmortem.check.check import judged, without_ignored
from postmortem.check.facts import Facts
from postmortem.check.registry import RULES
from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot

if TYPE_CHECKING:
    from tests.check.conftest import Judge, Look, Mark

SOURCES = "sources:\n  nbc: {title: NBC}\n  own: {title: Own}\n"
HEADLESS = "format: postmortem/1\ntitle: A log\nstatus: resolved\n"


def events(*lines: str) -> str:
    return "timeline:\n" + "".join(f"- {{what: A, {line}}}\n" for line in lines)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (events("at: 18:2O"), ("PM205", 2, "18:2O")),
        (events("at: 25:00"), ("PM205", 2, "25")),
        (events("for: 5x"), ("PM206", 2, "5x")),
        (events("counts: {m: many}"), ("PM207", 2, "many")),
        ("actions:\n- {what: A, due: 2023-02-30}\n" + events("id: a"), ("PM211", 2, "2023-02-30")),
        (events("at: 18:20 Europe/Pariss"), ("PM212", 2, "Europe/Pariss")),
        (events("at: 2023-03-12 02:30"), ("PM214", 2, "2023-03-12 02:30")),
        (events("at: 2023-11-05 01:30"), ("PM215", 2, "2023-11-05 01:30")),
        (events("id: a", "at: 5m after b"), ("PM208", 3, "b")),
        (events("id: a", "at: b.end"), ("PM208", 3, "b")),
        (events("id: a", "until: b"), ("PM208", 3, "b")),
        (events("id: a", "claims: [{at: 5m after b}]"), ("PM208", 3, "b")),
        (SOURCES + events("source: nbx"), ("PM208", 5, "nbx")),
        (SOURCES + events("source: [nbc, nbx]"), ("PM208", 5, "nbx")),
        (SOURCES + events("claims: [{source: nbx}]"), ("PM208", 5, "nbx")),
        (SOURCES + events("ruling: {prefer: nbx, because: B}"), ("PM208", 5, "nbx")),
        ("series:\n- {measure: m, source: nbx, points: []}\n" + events("id: a"), ("PM208", 2, "nbx")),
        ("perspectives:\n- {source: nbx, who: A, says: B}\n" + events("id: a"), ("PM208", 2, "nbx")),
        ("measures: {m: {title: M}}\n" + events("counts: {n: 5}"), ("PM208", 3, "n")),
        (
            "measures: {m: {title: M}}\nseries:\n- {measure: n, points: []}\n" + events("id: a"),
            ("PM208", 3, "n"),
        ),
        ("components: {m: {title: M}}\n" + events("component: n"), ("PM208", 3, "n")),
        ("phases:\n- {title: P, from: a, to: b}\n" + events("id: a"), ("PM208", 2, "b")),
        ("phases:\n- {title: P, from: a, to: b.end}\n" + events("id: a"), ("PM208", 2, "b")),
        ("t0: b\n" + events("id: a"), ("PM208", 1, "b")),
        ("figures:\n- {title: F, metric: m}\n" + events("id: a"), ("PM208", 2, "m")),
        ("figures:\n- {title: F, count: b.m}\n" + events("id: a, counts: {m: 5}"), ("PM208", 2, "b")),
        ("figures:\n- {title: F, count: a.n}\n" + events("id: a, counts: {m: 5}"), ("PM208", 2, "n")),
        (
            "metrics:\n- {id: m, difference: {of: a.m, minus: a.n}}\n" + events("id: a, counts: {m: 5}"),
            ("PM208", 2, "n"),
        ),
        (
            "metrics:\n- {id: m, stat: {measure: m, of: max, between: [a, b]}}\n" + events("id: a"),
            ("PM208", 2, "b"),
        ),
        ("factors:\n- {id: f, what: F, leads_to: [a, g]}\n" + events("id: a"), ("PM208", 2, "g")),
        ("factors:\n- {id: f, what: F, evidence: [a, g]}\n" + events("id: a"), ("PM208", 2, "g")),
        ("actions:\n- {what: F, addresses: f}\n" + events("id: a"), ("PM208", 2, "f")),
        (events("id: a", "id: a"), ("PM209", 3, "a")),
        ("factors:\n- {id: f, what: F}\n- {id: f, what: F}\n" + events("id: a"), ("PM209", 3, "f")),
        ("actions:\n- {id: f, what: F}\n- {id: f, what: F}\n" + events("id: a"), ("PM209", 3, "f")),
        ("questions:\n- {id: f, what: F}\n- {id: f, what: F}\n" + events("id: a"), ("PM209", 3, "f")),
        (
            "metrics:\n- {id: start_delay, duration: {from: a, to: a}}\n" + events("id: a"),
            ("PM209", 2, "start_delay"),
        ),
        (events("id: 9a"), ("PM210", 2, "9a")),
        (events("id: T"), ("PM210", 2, "T")),
        (events("id: after"), ("PM210", 2, "after")),
        (events("counts: {m n: 5}"), ("PM210", 2, "m n")),
        ("sources:\n  'n b': {title: N}\n" + events("id: a"), ("PM210", 2, "'n b'")),
        ("id: a b\n" + events("id: a"), ("PM210", 1, "a b")),
        (events("counts: {m: -5}"), ("PM216", 2, "-5")),
        ("series:\n- {measure: m, points: [[2023-05-24 18:20, -1]]}\n" + events("id: a"), ("PM216", 2, "-1")),
        (SOURCES + events("ruling: {prefer: nbc}"), ("PM217", 5, "ruling")),
        (SOURCES + events("ruling: {prefer: nbc, because: ' '}"), ("PM217", 5, "ruling")),
        (SOURCES + events("ruling: {because: B}"), ("PM217", 5, "ruling")),
        (SOURCES + events("ruling: {open: true, prefer: nbc, because: B}"), ("PM217", 5, "ruling")),
        (SOURCES + events("ruling: {open: false}"), ("PM217", 5, "ruling")),
        ("factors:\n- {id: f, what: F, leads_to: f}\n" + events("id: a"), ("PM218", 2, "f")),
        (
            "factors:\n- {id: f, what: F, leads_to: g}\n- {id: g, what: F, leads_to: f}\n" + events("id: a"),
            ("PM218", 3, "f"),
        ),
        (events("url: 'javascript:alert(1)'"), ("PM222", 2, "'javascript:alert(1)'")),
        ("links: [//host/path]\n" + events("id: a"), ("PM222", 1, "//host/path")),
        (
            "actions:\n- {what: A, url: 'https://user@host/'}\n" + events("id: a"),
            ("PM222", 2, "'https://user@host/'"),
        ),
        (events("until: 18:30, for: 5m"), ("PM223", 2, "for")),
        ("series:\n- {measure: m}\n" + events("id: a"), ("PM225", 2, "m")),
        ("series:\n- {measure: m, points: [], file: a.csv}\n" + events("id: a"), ("PM225", 2, "file")),
        ("metrics:\n- {id: m}\n" + events("id: a"), ("PM225", 2, "m")),
        (
            "metrics:\n- {id: m, duration: {from: a, to: a}, stat: {measure: m, of: max}}\n"
            + events("id: a"),
            ("PM225", 2, "stat"),
        ),
        (
            "figures:\n- {title: F, metric: start_delay, count: a.m}\n" + events("id: a, counts: {m: 5}"),
            ("PM225", 2, "count"),
        ),
        (
            "sources: {nbc: {title: N, audience: internal}}\naudience: public\n" + events("source: nbc"),
            ("PM226", 4, "nbc"),
        ),
        (SOURCES + events("source: nbc, audience: public"), ("PM226", 5, "nbc")),
        ("summary: " + "a" * 70_000 + "\n" + events("id: a"), ("PM227", 1, "a" * 70000)),
        ("figures:\n" + "- {title: F, metric: start_delay}\n" * 7 + events("id: a"), ("PM228", 1, "figures")),
        (events("at: 23:50", "at: 00:10"), ("PM302", 3, "00:10")),
        ("checks: {ignore: [PM302]}\n" + events("id: a"), ("PM229", 1, "ignore")),
        ("checks: {ignore: PM301, because: B}\n" + events("id: a"), ("PM229", 1, "PM301")),
        ("checks: {ignore: PM402, because: B}\n" + events("id: a"), ("PM229", 1, "PM402")),
        ("checks: {ignore: PM999, because: B}\n" + events("id: a"), ("PM208", 1, "PM999")),
    ],
)
def test_one_mistake_is_one_finding(mark: Mark, body: str, expected: tuple[str, int, str]) -> None:
    assert mark(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        events("id: a, at: 18:20", "at: 20m after a", "at: T+5m", "at: a.end", "at: 'after a, before 19:00'"),
        events("id: a, counts: {m: 5}")
        + "figures: [{title: F, count: a.m}, {title: G, metric: start_delay}]\n",
        events("counts: {anything: +50k/min}", "component: anywhere", "by: Somebody of no role"),
        events("at: 2023-05-24 23:50", "at: +1d 00:10", "at: 00:20 UTC"),
        SOURCES + events("source: [nbc, own], ruling: {open: true, because: B}"),
        "factors:\n- {id: f, what: F, leads_to: [g, h]}\n- {id: g, what: G, leads_to: h}\n"
        "- {id: h, what: H, leads_to: a}\n" + events("id: a"),
        "links: ['https://a.example/x?y=z#w', 'mailto:a@b.example', other.html, '#part', {url: ../up}]\n"
        + events("id: a"),
        "sources: {nbc: {title: N, audience: public}}\n" + events("source: nbc, audience: public"),
        "checks: {ignore: [PM302], because: The times are those of two days.}\n" + events("id: a"),
    ],
)
def test_what_is_right_is_left_alone(look: Look, body: str) -> None:
    assert look(body) == []


@pytest.mark.parametrize(
    ("head", "lacks"),
    [("", "`date` and no `timezone`"), ("date: 2023-05-24\n", "`timezone`"), ("timezone: UTC\n", "`date`")],
)
def test_a_missing_day_or_zone_is_said_once(judge: Judge, head: str, lacks: str) -> None:
    findings = judge(HEADLESS + head + events("at: 18:20", "at: 18:25", "at: 18:30")).findings
    assert [one.code for one in findings] == ["PM213"]
    assert f"states no {lacks}:" in findings[0].message
    assert "2 more" in findings[0].message


def test_times_with_their_own_day_and_zone_need_neither(judge: Judge) -> None:
    assert (
        judge(HEADLESS + events("at: 2023-05-24T22:20Z", "at: 2023-05-24 18:20 Europe/Paris")).findings == ()
    )


def test_a_bad_zone_is_said_once_and_not_of_each_time(look: Look) -> None:
    head = HEADLESS + "date: 2023-05-24\ntimezone: EST\n"
    assert [one[0] for one in look(events("at: 18:20", "at: 18:30"), head)] == ["PM212"]


def test_each_independent_circle_of_factors_is_said_once(look: Look) -> None:
    arrows = {"a": "b", "b": "a", "c": "d", "d": "[c, a]", "e": "a"}
    factors = "".join(f"- {{id: {one}, what: F, leads_to: {to}}}\n" for one, to in arrows.items())
    found = look("factors:\n" + factors + events("id: x"))
    assert [one[:2] for one in found] == [("PM218", 3), ("PM218", 5)]


def test_a_long_circle_is_found_without_recursion(judge: Judge) -> None:
    count = 3_000
    factors = "".join(f"- {{id: f{n}, what: F, leads_to: f{(n + 1) % count}}}\n" for n in range(count))
    codes = [one.code for one in judge(HEADLESS + "factors:\n" + factors + events("id: x")).findings]
    assert codes == ["PM218"]


def test_a_rule_that_crashes_is_a_finding_and_the_others_go_on(judge: Judge) -> None:
    incident = judge(HEADLESS + events("id: 9a")).incident

    def falls(facts: Facts) -> tuple[Finding, ...]:
        raise ZeroDivisionError("by zero")

    assert incident is not None
    findings = judged(Facts(incident), (falls, *RULES))
    assert [one.code for one in findings] == ["PM901", "PM210"]
    assert "falls" in findings[0].message
    assert "ZeroDivisionError" in findings[0].message


def test_warnings_are_ignored_with_a_reason_only(judge: Judge) -> None:
    body = events("at: 23:50", "at: 00:10")
    dated = "date: 2023-05-24\ntimezone: UTC\n"
    reasoned = judge(HEADLESS + dated + "checks: {ignore: PM302, because: Two days.}\n" + body)
    assert [one.code for one in reasoned.findings] == ["PM302"]
    assert reasoned.incident is not None
    assert without_ignored(reasoned.incident, reasoned.findings) == ()
    bare = judge(HEADLESS + dated + "checks: {ignore: PM302}\n" + body)
    assert bare.incident is not None
    assert [one.code for one in without_ignored(bare.incident, bare.findings)] == ["PM302", "PM229"]


def test_what_makes_a_log_contradictory_is_never_ignored(judge: Judge) -> None:
    incident = judge(HEADLESS + "checks: {ignore: [PM301, PM402], because: B}\n" + events("id: a")).incident
    assert incident is not None
    findings = tuple(Finding(code, "", Spot(())) for code in ("PM301", "PM402", "PM403"))
    assert without_ignored(incident, findings) == findings


def test_every_rule_file_is_in_the_registry() -> None:
    from pathlib import Path

    import postmortem.check.rules as rules

    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {rule.__module__.rsplit(".", 1)[-1] for rule in RULES}
    assert len(set(RULES)) == len(RULES)


def test_the_names_of_standard_metrics_are_those_that_are_measured() -> None:
    from postmortem.measure.standard import STANDARD
    from postmortem.model.metric_names import STANDARD_METRICS

    assert tuple(row.id for row in STANDARD) == STANDARD_METRICS


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://a.example/x?y=z:w#v", True),
        ("http://[::1]:8080/", True),
        ("mailto:a@b.example", True),
        ("../report.html#part", True),
        ("#part", True),
        ("a/b:c", True),
        ("HTTPS://a.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("\u200bjavascript:alert(1)", False),
        ("data:text/html,x", False),
        ("blob:https://a.example/x", False),
        ("vscode://file/x", False),
        ("file:///etc/passwd", False),
        ("//a.example/x", False),
        ("/\\a.example/x", False),
        ("https:a.example", False),
        ("https:///x", False),
        ("https://user@a.example/", False),
        ("https://a.example@b.example/", False),
        ("mailto:nobody", False),
        ("a b", False),
        ("%6aavascript:x", False),
    ],
)
def test_only_what_a_reader_may_follow_is_an_address(url: str, fine: bool) -> None:
    from postmortem.ground.urls import refused

    assert (refused(url) == "") is fine
