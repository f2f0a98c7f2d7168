"""PDF: the page as it prints, the same bytes each time, nothing fetched; without the extra one sentence."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from postmortem.ground.record import replace
from postmortem.ground.theme import PLAIN
from postmortem.report.pdf import pdf as made
from postmortem.report.pdf.paper import paper
from tests.conftest import ROOT

PAGE = """<!doctype html><html lang="en"><head><title>A title</title>
<style>:root{--a:#00629b}.x{--c:var(--a)}.x path{fill:var(--c)}.off{display:none}use{fill:var(--a)}
:root:has(#z) .u,.u{display:none}@media screen{p{display:none}}@media print{.s{display:none}
@page{size:A4}}</style></head>
<body><p>Words on paper</p><p class="s">For screens</p><p class="u">The other zone</p>
<svg class="off"><path d="M0 0"/></svg>
<svg class="x" viewBox="0 0 9 9"><path d="M0 0h9"/><use href="#k" x="2" y="3"/>
<path class="off" d="M1 1"/></svg>
<svg><defs><circle id="k" r="2"/></defs></svg>
<p><b>x</b><i class="s">y</i>after</p>
<img src="https://example.org/a.png" alt="far"><img src="file:///etc/hostname" alt="near"></body></html>"""


@pytest.fixture(scope="module", autouse=True)
def extra() -> None:
    if lacks := made.missing():
        if os.environ.get("CI") == "true":
            pytest.fail(lacks)
        pytest.skip(lacks)


def _text(data: bytes) -> tuple[int, str]:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data)).pages
    return len(pages), " ".join("".join(page.extract_text() for page in pages).split())


def test_a_page_is_printed_and_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def never(*_: object, **__: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket, "create_connection", never)
    first = made.pdf(PAGE)
    assert first.startswith(b"%PDF-")
    pages, text = _text(first)
    assert pages == 1
    assert "Words on paper" in text
    assert "For screens" not in text
    assert "The other zone" not in text
    assert "farnear" in text.replace(" ", "")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert made.pdf(PAGE) == first


def test_drawings_stand_alone() -> None:
    import tinyhtml5

    from postmortem.report.pdf.drawings import drawn_alone

    root = tinyhtml5.parse(PAGE, namespace_html_elements=False)
    drawn_alone(root)
    # What print does not show is gone; the words after it are not.
    assert [one.tail for one in root.iter("b")] == ["after"]
    svg = "{http://www.w3.org/2000/svg}"
    drawings = list(root.iter(f"{svg}svg"))
    assert len(drawings) == 2
    path, circle = list(drawings[0])
    assert (path.get("fill"), path.get("d")) == ("#00629b", "M0 0h9")
    assert (circle.tag, circle.get("transform"), circle.get("fill")) == (
        f"{svg}circle",
        "translate(2 3)",
        "#00629b",
    )


def test_an_own_template_needs_no_style() -> None:
    assert _text(made.pdf("<!doctype html><title>x</title><p>Bare words</p>"))[1] == "Bare words"


def _report(log: Path, rules: str) -> bytes:
    return made.pdf(_page_of(log), rules)


def _page_of(log: Path) -> str:
    from postmortem.flow import judge
    from postmortem.report.facts.gather import gather
    from postmortem.report.page.html import html

    judged = judge(log.name, log.read_bytes(), log.parent)
    assert judged.metrics is not None
    return html(gather(judged.metrics, log.stem), judged.line_of, log.name)


LOG = ROOT / "incidents" / "traefik-404.yaml"


@pytest.fixture(scope="module")
def real() -> bytes:
    return _report(LOG, paper(PLAIN))


def test_a_real_report_is_short_and_holds_its_words(real: bytes) -> None:
    pages, text = _text(real)
    assert 2 <= pages <= 6
    for words in ("Timeline", "Metrics", "Evidence", "All Kubernetes services", f"1 / {pages}", LOG.stem):
        assert words in text
    for gone in ("keys: j k", "Skip to", "Not before"):
        assert gone not in text


def test_a_real_report_is_tagged_and_names_its_parts(real: bytes) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(real))
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("All Kubernetes services")
    assert not {"/CreationDate", "/ModDate"} & set(reader.metadata)
    xmp = catalog["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in xmp or "<pdfuaid:part>1<" in xmp
    assert "Date" not in xmp
    titles = [one.title for one in _flat(reader.outline)]
    assert titles[0].startswith("All Kubernetes services")
    assert {"Timeline", "Metrics", "Evidence"} <= set(titles)
    targets = {name.removeprefix("/") for name in reader.named_destinations}
    assert any(name.startswith("e-") for name in targets)
    assert any(name.startswith("s-") for name in targets)


def _flat(outline: Any) -> list[Any]:
    return [one for part in outline for one in (_flat(part) if isinstance(part, list) else [part])]


def test_an_overdue_action_is_told_on_paper_with_its_date_in_one_piece() -> None:
    from datetime import date

    from postmortem.flow import judge
    from postmortem.report.facts.gather import gather
    from postmortem.report.page.html import html
    from postmortem.report.wording.phrases import language_of

    log = (
        "format: postmortem/1\ntitle: A log\nstatus: resolved\ndate: 2026-03-01\ntimezone: UTC\n"
        "timeline: [{what: x}]\nactions: [{id: a-long-name, what: Do it., due: 2026-04-01, owner: Us}]\n"
    )
    judged = judge("log.yaml", log.encode(), None)
    assert judged.metrics is not None
    facts = gather(judged.metrics, "log", language_of("de"), today=date(2026, 4, 2))
    _, text = _text(made.pdf(html(facts, judged.line_of, "log.yaml"), paper(PLAIN)))
    assert "Überfällig am 2026-04-02" in text
    assert "2026-04-01 überfällig" in text


def test_the_rules_for_paper_speak_of_what_stands_in_the_page() -> None:
    """The page's classes change with the page: a rule that no longer meets any would be lost silently."""
    page = "".join(_page_of(ROOT / "incidents" / f"{name}.yaml") for name in ("desantis", "traefik-404"))
    there = {name for one in re.findall(r'class="([^"]*)"', page) for name in one.split()}
    named = set(
        re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", paper(PLAIN), flags=re.S))
    )
    by_state = {
        name for name in named if re.fullmatch(r"(?:c|ph)-\w+|r\d|f4|own|lo|u|gap|more|long|prose", name)
    }
    assert named - there - by_state == set()


def test_a_theme_stands_on_every_page() -> None:
    theme = replace(PLAIN, name="Example Org", accent="#7a1f5c", accent_dark="#f0a8d8")
    rules = paper(theme)
    assert rules.endswith(":root{--acc:#7a1f5c}")
    head = '<header class="top"><span class="own">Example Org</span></header>'
    body = '<main><h1>T</h1><p style="break-after:page">one</p><p>two</p></main>'
    page = f'<!doctype html><html lang="en"><style>p{{color:red}}</style><title>T</title>{head}{body}'
    data = made.pdf(page, rules)
    from pypdf import PdfReader

    assert all("Example Org" in page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_another_process_makes_the_same_bytes(real: bytes, tmp_path: Path) -> None:
    program = tmp_path / "one.py"
    program.write_text(
        "import hashlib\n"
        "from tests.report_themes import test_pdf as t\n"
        "print(hashlib.sha256(t._report(t.LOG, t.paper(t.PLAIN))).hexdigest())\n",
        encoding="utf-8",
    )
    other = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Kolkata", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, str(program)], env=os.environ | other, cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == hashlib.sha256(real).hexdigest()


HOSTILE = """\
format: postmortem/1
title: '<img src="file:///etc/hostname"> ![a](file:///etc/hostname)'
date: 2024-03-01
timezone: UTC
status: resolved
summary: |
  ![far](https://example.org/a.png) ![near](file:///etc/hostname) ![beside](log.yaml)
  <link rel=attachment href="file:///etc/hostname"><style>@import url(file:///etc/hostname);</style>
  <object data="file:///etc/hostname"></object> <svg><image href="file:///etc/hostname"/></svg>
  [to a file](file:///etc/hostname) [up](../../etc/hostname)
sources:
  a: {title: 'url(file:///etc/hostname)', url: 'https://example.org/"><img src=file:///etc/hostname>'}
timeline:
  - {at: "10:00", kind: impact, what: '![x](//example.org/x.png) @import "file:///etc/hostname"', source: a}
"""


def test_hostile_texts_fetch_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.urls import URLFetcher

    asked: list[str] = []
    fetch = URLFetcher.fetch

    def noted(self: Any, url: str, *rest: Any, **more: Any) -> Any:
        asked.append(url)
        return fetch(self, url, *rest, **more)

    monkeypatch.setattr(URLFetcher, "fetch", noted)
    (tmp_path / "log.yaml").write_text(HOSTILE, encoding="utf-8")
    data = _report(tmp_path / "log.yaml", paper(PLAIN))
    assert not [url for url in asked if not url.startswith("data:")]
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    assert not reader.attachments
    links = [
        str(note.get_object()["/A"].get("/URI", ""))
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert not [one for one in links if one.startswith(("file:", "/"))]


def test_what_is_asked_for_all_the_same_is_not_fetched(tmp_path: Path) -> None:
    """The fetcher alone holds, too, where a page of an own template names a file or an address."""
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    page = (
        f'<!doctype html><html lang="en"><title>x</title><link rel="attachment" href="{secret.as_uri()}">'
        f"<style>@import url({secret.as_uri()});p{{background:url({secret.as_uri()})}}</style><p>words</p>"
        f'<img src="{secret.as_uri()}" alt="alt"><svg><image href="{secret.as_uri()}"/></svg>'
    )
    data = made.pdf(page)
    from pypdf import PdfReader

    assert not PdfReader(io.BytesIO(data)).attachments
    assert b"a secret" not in data


def test_without_the_extra_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(made, "find_spec", lambda name: None if name == "weasyprint" else real(name))
    said = made.missing()
    assert "pip install 'postmortem-log[pdf]'" in said
    assert "\n" not in said

    from postmortem.cli.main import run

    assert run(["render", "log.yaml", "--format", "pdf"]) == 2
    assert capsys.readouterr().err.count("postmortem-log[pdf]") == 1
