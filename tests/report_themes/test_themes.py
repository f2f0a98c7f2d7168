"""Themes: what settings may change of a page and what not; nothing but colours goes into its style."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postmortem.cli.render import command
from postmortem.report.page.contrast import GROUNDS, contrast
from tests.conftest import ROOT, Run

LOG = """
format: postmortem/1
title: Two rooms
date: 2023-05-24
timezone: UTC
status: resolved
sources: {s: {title: The press, kind: press}}
timeline:
  - {id: a, at: "10:00", kind: impact, what: The sound breaks., source: s}
  - {id: b, at: "10:10", kind: resolved, what: It is good again., source: s}
lessons: {went_well: [It moved.]}
"""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def _render(folder: Path, settings: str, *more: str, pictures: dict[str, bytes] | None = None) -> Result:
    (folder / "log.yaml").write_text(LOG, encoding="utf-8")
    (folder / "postmortem.toml").write_text(settings, encoding="utf-8")
    for name, data in (pictures or {}).items():
        (folder / name).write_bytes(data)
    return CliRunner().invoke(command, [str(folder / "log.yaml"), "--format", "html", "-o", "-", *more])


def _page(folder: Path, settings: str, *more: str, pictures: dict[str, bytes] | None = None) -> str:
    done = _render(folder, settings, *more, pictures=pictures)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_name_logo_footer_and_blocks_stand_in_the_page(tmp_path: Path) -> None:
    page = _page(
        tmp_path,
        """
        [theme]
        name = "Example <Org>"
        logo = "logo.png"
        footer = "See *our* [rules](https://example.org/rules) <script>alert(1)</script>"
        blocks = [{title = "How to read & use", text = "Ask **us**.", after = "summary"},
                  {title = "End", text = "x"}]
        """,
        pictures={"logo.png": PNG},
    )
    assert "Example &lt;Org&gt;" in page
    assert f'<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}" alt="">' in page
    assert (
        '<em>our</em> <a href="https://example.org/rules" rel="noreferrer">rules</a> &lt;script&gt;' in page
    )
    assert "How to read &amp; use</h2>" in page
    places = [
        page.index(part) for part in ('id="summary"', 'id="own-1"', 'id="timeline"', 'id="own-2"', "<footer")
    ]
    assert places == sorted(places)


def test_sections_stand_in_the_order_asked_for_and_none_is_lost(tmp_path: Path) -> None:
    page = _page(tmp_path, 'theme = {sections = ["lessons", "metrics"]}')
    found = re.findall(r'<section id="(\w+)"', page)
    assert found == ["summary", "lessons", "metrics", "timeline", "evidence"]
    shown = re.findall(r'<a href="#(\w+)">', page.partition("<nav")[2].partition("</nav>")[0])
    assert shown == found


def test_colours_go_into_the_style_and_the_policy_allows_exactly_that(tmp_path: Path) -> None:
    plain = _page(tmp_path, "")
    (tmp_path / "c").mkdir()
    page = _page(tmp_path / "c", 'theme = {accent = "#7A1F5C", accent-dark = "#f0a8d8"}')
    style, before = (re.search(r"<style>(.*?)</style>", one, re.DOTALL) for one in (page, plain))
    assert style is not None and before is not None
    assert style[1].startswith(before[1])
    added = style[1][len(before[1]) :]
    assert re.fullmatch(
        r":root\{--\w+:#7a1f5c\}@media screen and \(prefers-color-scheme:dark\)\{:root\{--\w+:#f0a8d8\}\}",
        added,
    )
    name = re.search(r"(--\w+):#7a1f5c", added)
    assert name is not None and f"var({name[1]})" in before[1]
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"sha256-{digest}" in page.replace("&#43;", "+")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('theme = {acent = "#000000"}', "unknown setting `theme.acent`; did you mean `accent`?"),
        ('theme = "dark"', "the setting `theme` is a table of name, logo"),
        ('theme = {accent = "red", accent-dark = "#ffffff"}', "a colour like #00629b, not 'red'"),
        ('theme = {accent = "#000;}a{", accent-dark = "#ffffff"}', "a colour like #00629b"),
        (
            'theme = {accent = "#777777", accent-dark = "#ffffff"}',
            "contrast of 4.5:1 to the light ground of the page",
        ),
        ('theme = {accent = "#00629b", accent-dark = "#222222"}', "to the dark ground of the page, #121518"),
        ('theme = {accent = "#00629b"}', "so set `accent-dark` too"),
        ('theme = {logo = "../logo.png"}', "leads out of the folder of this file"),
        ('theme = {logo = "/etc/hostname"}', "leads out of the folder of this file"),
        ('theme = {logo = "none.png"}', "the logo `none.png` of the theme cannot be read"),
        ('theme = {logo = "log.yaml"}', "it is no picture; a logo is PNG, JPEG, WebP or SVG"),
        ('theme = {logo = "big.png"}', "it holds more than 128 KiB"),
        ('theme = {sections = ["metrics", "metrics"]}', "names 'metrics' twice"),
        ('theme = {sections = ["lesons"]}', "no section 'lesons'; did you mean `lessons`?"),
        ('theme = {blocks = [{title = "x"}]}', "each of `theme.blocks` has a `title` and a `text`"),
        ('theme = {blocks = [{title = "x", text = "y", after = "evidenc"}]}', "did you mean `evidence`?"),
        (
            'theme = {blocks = [{title = "x", txt = "y"}]}',
            "unknown setting `theme.blocks.txt`; did you mean `text`?",
        ),
        ("theme = {name = 3}", "the setting `theme.name` takes text"),
        (
            'theme = {footer = "[us](javascript:alert(1))"}',
            "the setting `theme.footer` links to `javascript:alert(1)`, and nobody is to be led there: "
            "it has the scheme `javascript`; write an `https://`",
        ),
        (
            'theme = {blocks = [{title = "x", text = "See ![it](//example.org/a.png)."}]}',
            "the setting `theme.blocks.text` links to `//example.org/a.png`, and nobody is to be led there: "
            "it names a host without saying how to reach it",
        ),
        ('lang = "fr"', "there are en, de"),
    ],
)
def test_what_cannot_be_is_said_with_what_would_be_right(tmp_path: Path, settings: str, said: str) -> None:
    done = _render(tmp_path, settings, pictures={"big.png": PNG + bytes(200_000)})
    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("\n", " ").split())


def test_a_logo_through_a_link_may_not_leave_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "in" / "logo.png").symlink_to(tmp_path / "secret.png")
    done = _render(tmp_path / "in", 'theme = {logo = "logo.png"}')
    assert done.exit_code == 2
    assert "leads out of the folder" in " ".join(done.output.split())


def test_an_svg_logo_is_only_ever_an_image(tmp_path: Path) -> None:
    svg = b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    page = _page(tmp_path, 'theme = {logo = "l.svg"}', pictures={"l.svg": svg})
    assert "alert(1)" not in page
    assert 'src="data:image/svg+xml;base64,' in page.replace("&#43;", "+")


def test_the_grounds_are_those_of_the_style() -> None:
    style = (ROOT / "templates" / "style.css").read_text(encoding="utf-8")
    found = re.findall(r"--(bg|panel):#([0-9a-f]{3,6})", style)
    long = [
        (name, f"#{''.join(c * 2 for c in value) if len(value) == 3 else value}") for name, value in found
    ]
    names = {"bg": "page", "panel": "panels"}
    assert [(names[name], value) for name, value in long[:4]] == [
        *GROUNDS["light"].items(),
        *GROUNDS["dark"].items(),
    ]


def test_contrast_is_as_wcag_reckons_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.542, abs=0.001)
    assert contrast("#123456", "#123456") == pytest.approx(1)


def test_an_own_template_is_used_and_kept_in_its_sandbox(tmp_path: Path) -> None:
    own = tmp_path / "own.j2"
    own.write_text("<h1>{{ page.title }}</h1>{{ say('head.metrics') }}{{ '<b>' }}", encoding="utf-8")
    page = _page(tmp_path, 'lang = "de"', "--template", str(own))
    assert page == "<h1>Two rooms</h1>Kennzahlen&lt;b&gt;\n"
    for text, said in (
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ nothing }}", "nothing"),
        ("{% if %}", "line 1"),
        ("{% include '../log.yaml' %}", "it asks for '../log.yaml', and only what lies beside it"),
    ):
        own.write_text(text, encoding="utf-8")
        done = _render(tmp_path, "", "--template", str(own))
        assert done.exit_code == 2, text
        assert said in done.output


def test_a_template_is_no_setting() -> None:
    from postmortem.ground.settings import NAMES

    assert "template" not in NAMES


REFUSED = {
    "[x](javascript:alert(1))": ["javascript:alert(1)"],
    "![x](data:text/html;base64,AA)": ["data:text/html;base64,AA"],
    "<vscode:x>": ["vscode:x"],
    "[x]\n\n[x]:\n  javascript:a": ["javascript:a"],
    "[x](java&#115;cript:a)": ["javascript:a"],
    "[x](java\\script:a)": ["java%5Cscript:a"],
    "[x](https\\:a)": ["https:a"],
    "[x](<javascript:a b>)": ["javascript:a%20b"],
    "[a](https://example.org/)[b](javascript:c) and [d](blob:e)": ["javascript:c", "blob:e"],
    "[x](https://ok(a)@example.org/)": ["https://ok(a)@example.org/"],
    "| a |\n| - |\n| [x](blob:y) |": ["blob:y"],
    "> - [x](blob:y)": ["blob:y"],
    "`[x](javascript:a)` and \\[x](javascript:a)": [],
    "[x](https://example.org/a_(b)) <a@example.org> [y](notes.md#z) <b>": [],
    "    [x](javascript:a)": [],
}


@pytest.mark.parametrize("text", REFUSED)
def test_the_links_that_are_told_are_those_that_no_page_makes(text: str) -> None:
    from postmortem.ground.urls import refused
    from postmortem.report.escaping.refused_links import refused_links
    from postmortem.report.escaping.safe_markdown import block

    told = refused_links(text)
    assert list(told) == REFUSED[text]
    made = re.findall(r'href="([^"]*)"', block(text))
    assert not any(refused(one) for one in made)
    if not told and "](" in text and "javascript" not in text:
        assert made


def test_check_says_it_too_and_reads_no_markdown_of_a_footer_that_is_fine(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.yaml").write_text(LOG, encoding="utf-8")
    place = tmp_path / "postmortem.toml"
    place.write_text('[theme]\nfooter = "[x](javascript:a)"\n', encoding="utf-8")
    told = run("check", "log.yaml")
    assert (told.code, told.out) == (2, "")
    assert "postmortem.toml: the setting `theme.footer` links to `javascript:a`" in told.err
    place.write_text('[theme]\nfooter = "[x](https://example.org/)"\n', encoding="utf-8")
    script = (
        "import sys\nfrom postmortem.cli.main import run\n"
        "assert run(['check', 'log.yaml']) == 0\nassert 'markdown_it' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=60,
    )
