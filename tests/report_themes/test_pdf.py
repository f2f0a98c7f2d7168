"""PDF: the page as it prints, the same bytes each time, nothing fetched; without the extra one sentence."""

from __future__ import annotations

import importlib.util
import io
import os
from pathlib import Path

import pytest

from postmortem.report.pdf import pdf as made

PAGE = """<!doctype html><html lang="en"><head><title>A title</title>
<style>:root{--a:#00629b}.x{--c:var(--a)}.x path{fill:var(--c)}.off{display:none}use{fill:var(--a)}
:root:has(#z) .u,.u{display:none}@media screen{p{display:none}}@media print{.s{display:none}
@page{size:A4}}</style></head>
<body><p>Words on paper</p><p class="s">For screens</p><p class="u">The other zone</p>
<svg class="off"><path d="M0 0"/></svg>
<svg class="x" viewBox="0 0 9 9"><path d="M0 0h9"/><use href="#k" x="2" y="3"/>
<path class="off" d="M1 1"/></svg>
<svg><defs><circle id="k" r="2"/></defs></svg>
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


def test_a_real_report_holds_its_words(tmp_path: Path) -> None:
    from postmortem.flow import judge
    from postmortem.report.facts.gather import gather
    from postmortem.report.page.html import html

    log = Path(__file__).resolve().parents[2] / "incidents" / "traefik-404.yaml"
    judged = judge(log.name, log.read_bytes(), log.parent)
    assert judged.metrics is not None and judged.incident is not None
    data = made.pdf(html(gather(judged.metrics, log.stem), judged.line_of, log.name))
    pages, text = _text(data)
    assert 2 <= pages <= 20
    for words in ("Timeline", "Metrics", "Evidence", judged.incident.title.split()[0]):
        assert words in text
    assert "keys: j k" not in text


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
