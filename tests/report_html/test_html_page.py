"""The page is whole: every part of the log stands on it, named and linked; it needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = (
    "summary", "disagree", "account", "timeline", "metrics", "factors", "actions", "perspectives",
    "questions", "lessons", "evidence", "links",
)  # fmt: skip
FETCHING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest"}


def test_every_section_stands_once_under_its_heading(tree: Any) -> None:
    sections = [one for one in tree.all("section") if not str(one["id"]).startswith("p-")]
    assert [one["id"] for one in sections] == list(SECTIONS)
    ids = [attributes["id"] for _, attributes in tree.tags if "id" in attributes]
    assert all(one["aria-labelledby"] in ids for one in tree.all("section"))
    assert len(tree.all("h1")) == len(tree.all("main")) == len(tree.all("header")) == 1


def test_ids_are_unique_and_every_link_on_the_page_lands(tree: Any) -> None:
    ids = [str(attributes["id"]) for _, attributes in tree.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(one["href"])[1:] for one in tree.all("a") if str(one.get("href")).startswith("#")}
    assert targets <= set(ids), targets - set(ids)
    for wanted in (
        "e-peak",
        "e-whenever",
        "f-F2",
        "a-A1",
        "a-A2",
        "s-press",
        "m-share",
        "m-start_delay",
        "q-1",
    ):
        assert wanted in ids


def test_headings_go_down_without_leaps(tree: Any) -> None:
    levels = [int(tag[1]) for tag, _ in tree.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_are_named_and_their_heads_have_a_scope(tree: Any) -> None:
    assert len(tree.all("table")) == len(tree.all("caption")) == 3
    assert all(one.get("scope") in ("row", "col") for one in tree.all("th"))


def test_drawings_are_named_or_hidden(tree: Any) -> None:
    for one in tree.all("svg"):
        assert one.get("aria-hidden") == "true" or one.get("aria-label") or one.get("aria-labelledby")


def test_every_text_of_the_log_stands_on_the_page(tree: Any, page: str) -> None:
    said = " ".join(text for _, text in tree.texts)
    for words in (
        "The sound breaks.", "It is close to melting.", "nearly 600,000", "668k", "twenty to seven",
        "Nobody can tell.", "It alone has a clock time.", "Nothing of that size had been tried.",
        "One room for all.", "Said on air.", "Try it out before.", "Works if: It holds.", "2023-07-01",
        "Supporters", "A win.", "Who closed it?", "A recording stayed.", "No trial.", "The host was there.",
        "A recording.", "clock ±2m", "published 19:00", "reliability A, completely reliable", "capacity",
        "other-incident", "Review group", "The host", "Of the count.", "left open", "set aside",
    ):  # fmt: skip
        assert words in said, words
    assert 'href="https://example.org/copy"' in page
    assert 'href="https://example.org/2"' in page


def test_every_claim_and_bound_names_its_line(page: str, gathered: Callable[..., Any], log: Any) -> None:
    _, line_of = gathered(log)
    peak = page[page.index('id="e-peak"') :].split("</li>\n<li")[0]
    assert f"line {line_of(('timeline', 4))}<" in peak
    assert f"line {line_of(('timeline', 4, 'claims', 0))}<" in peak
    move = page[page.index('id="e-move"') :].split('id="e-speech"')[0]
    assert "Not before" in move
    assert "Not after" in move


def test_nothing_is_fetched_and_nothing_runs_but_the_two_parts(tree: Any, page: str) -> None:
    for tag, attributes in tree.tags:
        assert tag not in (
            "img",
            "iframe",
            "object",
            "embed",
            "link",
            "base",
            "form",
            "audio",
            "video",
            "image",
        )
        assert not FETCHING & attributes.keys(), (tag, attributes)
        assert "style" not in attributes, (tag, attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert len(tree.all("style")) == len(tree.all("script")) == 1
    assert "@import" not in page
    assert not re.findall(r"url\((?!#)", page)


def test_the_policy_stands_first_and_names_exactly_that_style_and_script(page: str) -> None:
    head = re.search(
        r'<head>\s*<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">',
        page,
    )
    assert head
    policy = head[1].replace("&#39;", "'")
    for name in ("style", "script"):
        body = re.search(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        assert body
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; base-uri 'none'; form-action 'none'")
    assert "img-src" not in policy
    assert "unsafe" not in policy


def test_times_follow_the_zone_switch(tree: Any, page: str) -> None:
    assert "18:20 EDT" in page
    assert "22:20 UTC" in page
    assert [one["id"] for one in tree.all("input")] == ["z-i", "z-u"]
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?", str(one["datetime"]))
        for one in tree.all("time")
    )


def test_an_incident_in_utc_has_no_switch_to_utc(log: Any, render: Callable[..., str], parse: Any) -> None:
    log["timezone"] = "UTC"
    tree = parse(render(log))
    assert [one["id"] for one in tree.all("input")] == ["z-i"]


def test_a_log_of_one_event_makes_a_page_without_empty_parts(render: Callable[..., str], parse: Any) -> None:
    small = {
        "format": "postmortem/1",
        "title": "Small",
        "status": "ongoing",
        "timeline": [{"what": "It began."}],
    }
    text = render(small)
    tree = parse(text)
    assert [one["id"] for one in tree.all("section") if not str(one["id"]).startswith("p-")] == [
        "summary", "timeline", "metrics",
    ]  # fmt: skip
    assert "It began." in text
    assert "undated" in text
    assert not tree.all("figure")


def test_what_a_public_version_left_out_is_said(log: Any, render: Callable[..., str]) -> None:
    assert "3 entries are not public" in render(log, withheld=3)
    assert "1 entry is not public" in render(log, withheld=1)
    assert "not public" not in render(log)


def test_coverage_is_said(log: Any, render: Callable[..., str]) -> None:
    log["timeline"][9].pop("source")
    assert re.search(r"\d+ of \d+ claims are sourced", render(log))


def test_right_to_left_text_stays_in_its_place(log: Any, render: Callable[..., str]) -> None:
    log["timeline"][1]["what"] = "الصوت ينقطع."
    log["components"]["first"]["title"] = "غرفة"
    text = render(log)
    assert '<p dir="auto">الصوت ينقطع.</p>' in text
    assert "<bdi>غرفة</bdi>" in text


def test_the_same_log_gives_the_same_bytes(tmp_path: Path) -> None:
    source = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    log = source.split('LOG = """\n')[1].split('"""')[0]
    (tmp_path / "rooms.yaml").write_text(log, encoding="utf-8")
    outputs = set()
    for seed, zone in (("0", "UTC"), ("7", "Asia/Kolkata")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-m", "postmortem", "render", "rooms.yaml", "--format", "html", "-o", "-"],
            cwd=tmp_path, env=env, capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_a_timeline_without_phases_is_one_region(log: Any, render: Callable[..., str], parse: Any) -> None:
    """Two regions of one name would be told apart by nobody who hears them."""
    log.pop("phases", None)
    tree = parse(render(log))
    named = [one["aria-labelledby"] for one in tree.all("section")]
    assert len(named) == len(set(named))
    assert "h-timeline" in named
    assert [one["class"] for one in tree.all("div") if (one.get("class") or "").startswith("ph ")]
