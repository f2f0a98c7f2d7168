"""A budget for each log: what is slow ends in a finding, what was found stays, and growth is linear."""

from __future__ import annotations

import json
import re
import signal
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from postmortem.flow import Judged, judge
from postmortem.ground import budget
from postmortem.ground.budget import MOST_GUESSES, TooSlow, may_guess, on_time, within
from postmortem.ground.record import replace
from postmortem.ground.settings import STANDARD_POLICY
from tests.bench.hostile_shapes import HEAD, log_of
from tests.safety.conftest import Told, written

TINY = replace(STANDARD_POLICY, time_budget=1e-6)


def codes(judged: Judged) -> list[str]:
    return [one.code for one in judged.diagnostics]


def spin() -> None:
    while True:
        pass


def backtrack() -> None:
    re.match(r"(a*)*b", "a" * 60)


def swallow() -> None:
    while True:
        try:
            spin()
        except Exception:
            continue


@pytest.mark.parametrize("work", [spin, backtrack, swallow])
def test_what_asks_nobody_is_interrupted(work: Callable[[], None]) -> None:
    if not hasattr(signal, "setitimer"):
        pytest.skip("this system has no alarm that counts processor time")
    before = signal.getsignal(signal.SIGVTALRM)
    began = time.process_time()
    with pytest.raises(TooSlow), within(0.1, unasked=True):
        work()
    assert time.process_time() - began < 5
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_the_alarm_is_set_for_what_takes_long_only(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(signal, "setitimer"):
        pytest.skip("this system has no alarm that counts processor time")
    monkeypatch.setattr(budget, "_PATIENCE", 0.0)
    with pytest.raises(TooSlow), within(0.05):
        on_time()
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
        spin()
    monkeypatch.setattr(budget, "_PATIENCE", 60.0)
    with within(60):
        on_time()
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_beside_the_main_thread_what_asks_is_stopped_all_the_same() -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            with within(0.02, unasked=True):
                while True:
                    on_time()
        except TooSlow:
            ended.append("too slow")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert ended == ["too slow"]


def test_budgets_stand_inside_each_other_and_leave_nothing_behind() -> None:
    with within(60):
        with pytest.raises(TooSlow), within(0):
            on_time()
        on_time()
    on_time()


def test_guesses_are_counted_by_kind_and_what_was_granted_stays_so() -> None:
    assert may_guess("word", MOST_GUESSES * 2, "outside of a budget")
    with within(60):
        assert may_guess("word", MOST_GUESSES, "a")
        assert not may_guess("word", 1, "b")
        assert may_guess("word", MOST_GUESSES, "a")
        assert may_guess("name", 1, "b")
    with within(60):
        assert may_guess("word", 1, "b")


def test_a_log_over_its_time_has_one_finding_that_says_so(log: str) -> None:
    judged = judge("log.yaml", log.encode(), None, policy=TINY)
    assert codes(judged) == ["PM113"]
    assert not judged.sound


@pytest.mark.parametrize("stage", ["read", "check", "healing", "resolve", "measure"])
def test_what_was_found_before_is_kept(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def over(*_: object, **__: object) -> None:
        raise TooSlow

    log = HEAD + "t0: nobody\ntimeline:\n- {what: a, at: 18:20}\nextra: a\ntitle: again\n"
    place = {
        "read": "postmortem.read.building.Tree.root",
        "check": "postmortem.check.rules.ids._ids",
        "healing": "postmortem.check.healing._Healing._take_out",
        "resolve": "postmortem.flow.resolve",
        "measure": "postmortem.flow.measure",
    }[stage]
    monkeypatch.setattr(place, over)
    found = codes(judge("log.yaml", (log + "severity: [a]\n" if stage == "healing" else log).encode(), None))
    assert found.count("PM113") == 1
    assert "PM102" in found  # told by the reading, before any of them
    assert ("PM201" in found) == (stage != "read")  # told by the shape
    assert ("PM208" in found) == (stage not in ("read", "healing"))  # told by a rule


def test_a_rule_that_runs_out_of_time_is_no_fault_of_ours(monkeypatch: pytest.MonkeyPatch, log: str) -> None:
    def over(_: object) -> None:
        raise TooSlow

    monkeypatch.setattr("postmortem.check.check.RULES", (over,))
    assert codes(judge("log.yaml", log.encode(), None)) == ["PM113"]


def test_below_the_budget_nothing_changes(log: str) -> None:
    wide, narrow = (
        judge("log.yaml", log.encode(), None, policy=replace(STANDARD_POLICY, time_budget=seconds))
        for seconds in (3600.0, 30.0)
    )
    assert wide.diagnostics == narrow.diagnostics


def test_every_command_answers_with_the_finding(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    for command in (
        ["check"],
        ["render"],
        ["timeline"],
        ["metrics"],
        ["explain", "log.yaml"],
        ["diff", "log.yaml"],
    ):
        last = ["errors"] if command[0] == "explain" else ["log.yaml"]
        ran = told(*command, *last, "--time-budget", "1us")
        assert ran.code == 1, ran.err
        assert "PM113" in ran.out + ran.err
    assert not (tmp_path / "build").exists()


def test_one_slow_log_does_not_stop_the_others(
    told: Told, log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.yaml", "b.yaml"):
        written(tmp_path, log, name)

    def slow(text: str, *_: object) -> str:
        if "slow" in text:
            raise TooSlow
        return text

    written(tmp_path, log.replace("Logins fail", "A slow log"), "slow.yaml")
    monkeypatch.setattr("postmortem.report.page.html.bidi", slow, raising=False)
    monkeypatch.setattr("postmortem.cli.render._report", lambda judged, *_: slow(judged.incident.title))
    ran = told("render", ".", "-o", "out")
    assert ran.code == 1
    assert "making a report of this log takes more than 60 s" in ran.err
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["a.html", "a.md", "b.html", "b.md"]


def test_the_settings_set_the_time_but_not_without_end(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    settings = tmp_path / "postmortem.toml"
    settings.write_text('time-budget = "1us"\n', encoding="utf-8")
    from postmortem.cli.settings import _of_folder

    for text, code, says in [("1us", 1, "PM113"), ("11m", 2, "at most 10m"), ("soon", 2, "at most 10m")]:
        settings.write_text(f'time-budget = "{text}"\n', encoding="utf-8")
        _of_folder.cache_clear()
        ran = told("check", "log.yaml")
        assert (ran.code, says in ran.out + ran.err) == (code, True), ran
    settings.write_text('time-budget = "1us"\n', encoding="utf-8")
    _of_folder.cache_clear()
    assert told("check", "log.yaml", "--time-budget", "1h").code == 0
    assert told("check", "log.yaml", "--time-budget", "soon").code == 2
    _of_folder.cache_clear()


def test_a_thousand_of_a_kind_are_told_and_the_rest_counted(told: Told, tmp_path: Path) -> None:
    log = HEAD + "timeline:\n" + "".join(f"- {{what: a, at: 18:2x{n}}}\n" for n in range(1_300))
    written(tmp_path, log)
    ran = told("check", "--format", "json", "log.yaml")
    found = [one for one in json.loads(ran.out)["diagnostics"] if one["code"] == "PM205"]
    assert len(found) == 1_000
    assert [one["line"] for one in found] == list(range(7, 1_007))
    assert found[-1]["message"].endswith("; there are 300 more of this kind")
    assert sum("more of this kind" in one["message"] for one in found) == 1


def test_past_ten_thousand_places_a_long_proof_tells_its_ends(told: Told, tmp_path: Path) -> None:
    written(tmp_path, log_of("each contradicts all before", 200 / 60_000).decode())
    ran = told("check", "--format", "json", "log.yaml")
    found = [one for one in json.loads(ran.out)["diagnostics"] if one["code"] == "PM301"]
    places = {len(one["related"]): one["message"] for one in found if "left out" not in one["message"]}
    cut = [one for one in found if "left out" in one["message"]]
    assert len(found) == 200 and len(places) + len(cut) == 200
    assert 9_700 < sum(places) <= 10_000
    assert {len(one["related"]) for one in cut} == {10}
    assert max(one["message"] for one in cut).endswith("; 191 of its 201 other places are left out here")
    lines = sorted(one["line"] for one in cut[-1]["related"])
    assert max(after - before for before, after in pairwise(lines)) > 100


def test_a_secret_past_the_thousandth_is_covered_all_the_same(told: Told, tmp_path: Path) -> None:
    secrets = [f"AKIAABCDEFGH{n:08}" for n in range(1_100)]
    log = HEAD + "timeline:\n- what: a\n  by: " + ", ".join(secrets) + "\n  kind: wrong\n"
    ran = told("check", str(written(tmp_path, log)))
    assert "PM707" in ran.out
    assert not [one for one in secrets if one in ran.out]


SHAPES = [
    "texts of escapes", "keys that are lists", "one key again and again", "aliases", "empty keys",
    "forbidden escapes", "claims that disagree", "people and their names", "factors in a circle",
    "comments that switch off", "ignored codes", "everything in one line",
    "unknown keys", "unknown keys in one line", "unknown keys of events", "bad times", "bad times of words",
    "bad zones", "bad quantities", "bad ids", "empty times", "unknown sources", "unknown counts",
    "secrets in one line", "unknown sources among many", "each a while after the one before",
    "each after the next", "all after one",
    "tied all over", "a circle", "circles of two", "each contradicts itself", "open rulings",
    "open rulings that lean on each other", "counts that disagree", "spans inside each other",
]  # fmt: skip
AT_ONCE = 0.008
"""Of the bounds: hundreds of parts, so that what grows with the square of them is seen."""

WORDS = {
    "blame": "the idiot ",
    "blame among quotes": '"a" idiot ',
    "secrets": "AKIAABCDEFGHIJKLMNOP ",
    "persons": "a@b.example 10.1.2.3 ",
}


def linear(make: Callable[[int], bytes], most: int) -> None:
    """Prove that four times as much takes about four times as long, in one look of four."""

    def spent(parts: int) -> float:
        data = make(parts)
        began = time.process_time()
        judged = judge("log.yaml", data, None)
        assert judged.excerpts is not None
        assert "PM113" not in codes(judged)
        return time.process_time() - began

    spent(most // 8)  # loads what is loaded late
    for _ in range(4):
        small, large = spent(most // 4), spent(most)
        if large < 8 * small + 0.05:
            return
    raise AssertionError(f"four times as much took {large / small:.1f} times as long ({small:.2f} s before)")


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_with_a_log_and_not_with_its_square(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Guesses compare all with all until they are used up: half a second in any log, and here next to nothing.
    monkeypatch.setattr(budget, "MOST_GUESSES", 5_000)
    linear(lambda parts: log_of(name, parts / 10_000), int(AT_ONCE * 10_000))


@pytest.mark.parametrize("name", WORDS)
def test_work_grows_with_a_text_and_not_with_its_square(name: str) -> None:
    words = WORDS[name]
    linear(
        lambda parts: (
            f"{HEAD}audience: public\ntimeline:\n- {{at: 18:20, what: '{words * parts}'}}\n".encode()
        ),
        2_000,
    )
