"""Pictures beside a log: found in every Markdown field, read from its folder only, each trouble said once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.flow import Judged, judge
from postmortem.measure import pictures
from postmortem.report.facts.gather import gather
from postmortem.report.page.html import html

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
HEAD = "format: postmortem/1\ntitle: T\nstatus: resolved\ndate: 2024-03-01\ntimezone: UTC\n"
Look = Callable[..., Judged]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Judge a log whose one event says a text, in a folder with `a.png`."""
    (tmp_path / "a.png").write_bytes(PNG)

    def run(what: str, more: str = "", audience: str = "internal") -> Judged:
        quoted = what.replace("'", "''")
        log = f"{HEAD}{more}timeline:\n- {{at: 18:20, what: '{quoted}'}}\n"
        return judge("log.yaml", log.encode(), tmp_path, audience)  # type: ignore[arg-type]

    return run


def _page(judged: Judged) -> str:
    assert judged.metrics is not None, judged.diagnostics
    return html(gather(judged.metrics, "log"), judged.line_of)


def _said(judged: Judged) -> list[str]:
    return [one.message for one in judged.diagnostics if one.code == "PM230"]


def test_a_picture_beside_the_log_stands_in_the_page_once(look: Look) -> None:
    judged = look("It stops. ![A graph](a.png) ![The same](./a.png) ![The first](a.png)")
    assert _said(judged) == []
    page = _page(judged)
    assert page.count('src="data:image/png;base64,') == 2
    assert 'width="1" height="1" alt="A graph">' in page
    assert '<a href="#picture-1">The first</a>' in page


@pytest.mark.parametrize(
    "text",
    [
        "![g](a.png 'A title')",
        "![g](<a.png>)",
        "![g][x]\n\n[x]: a.png",
        "**![g](a.png)**",
        "![a [b] c](a.png)",
    ],
)
def test_every_way_to_write_a_picture_is_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    body = "".join(f"  {line}\n" for line in text.split("\n"))
    log = f"{HEAD}summary: |\n{body}timeline:\n- {{at: 18:20, what: It stops.}}\n"
    judged = judge("log.yaml", log.encode(), tmp_path)
    assert _said(judged) == []
    assert 'src="data:image/png;base64,' in _page(judged)


def test_pictures_of_every_field_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(PNG)
    shown = '"![words](a%20b.png)"'
    fields = (
        f"summary: {shown}\n", f"lessons: {{went_well: [{shown}]}}\n", f"questions: [{{what: {shown}}}]\n",
        f"factors: [{{id: f, what: {shown}}}]\n", f"actions: [{{what: {shown}}}]\n",
        f"perspectives: [{{who: W, says: {shown}}}]\n", f"sources: {{s: {{title: S, note: {shown}}}}}\n",
    )  # fmt: skip
    for field in fields:
        log = f"{HEAD}{field}timeline:\n- {{at: 18:20, what: It stops.}}\n"
        judged = judge("log.yaml", log.encode(), tmp_path)
        assert _said(judged) == []
        assert _page(judged).count('src="data:image/png;base64,') == 1, field


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("none.png", "is not there"), ("../a.png", "lies outside"), ("out.png", "lies outside"),
        ("/a.png", "is not named relative"), ("folder", "is a folder"), ("text.png", "none of the kinds"),
        ("con.png", "of a device"), ("..%2Fa.png", "lies outside"), ("large.png", "than 1 MiB"),
        ("pipe.png", "not a regular file"), ("bad.svg", "none of the kinds"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_said_and_stands_as_a_link(
    address: str, why: str, look: Look, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    (tmp_path / "bad.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (tmp_path / "large.png").write_bytes(PNG + bytes(pictures.LARGEST))
    os.mkfifo(tmp_path / "pipe.png")
    outside = tmp_path.parent / f"{tmp_path.name}.png"
    outside.write_bytes(PNG)
    (tmp_path / "out.png").symlink_to(outside)
    judged = look(f"It stops. ![a graph]({address})")
    (said,) = _said(judged)
    assert why in said
    (one,) = [each for each in judged.diagnostics if each.code == "PM230"]
    assert one.severity == "warning"
    page = _page(judged)
    assert "<img" not in page
    assert ">a graph</a>" in page


def test_elsewhere_and_code_are_no_matter(look: Look) -> None:
    text = "![r](https://example.org/x.png) `![c](no.png)` ![h](#e-x) ![m](mailto:a@example.org) ![](https://e.org)"
    judged = look(text)
    assert _said(judged) == []
    assert "<img" not in _page(judged)


def test_a_picture_needs_words(look: Look) -> None:
    judged = look("It stops. ![](a.png)")
    assert ["no words" in one for one in _said(judged)] == [True]
    assert "<img" not in _page(judged)


def test_all_pictures_of_a_log_have_one_budget(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        (tmp_path / f"p{number}.png").write_bytes(PNG)
    monkeypatch.setattr(pictures, "ALL_TOGETHER", 3 * len(PNG))
    judged = look(" ".join(f"![p](p{number}.png)" for number in range(4)))
    assert ["is too much" in one for one in _said(judged)] == [True]
    monkeypatch.setattr(pictures, "MOST", 2)
    assert (
        sum("one too many" in one for one in _said(look(" ".join(f"![p](p{n}.png)" for n in range(4))))) == 2
    )


def test_the_public_version_shows_no_picture_of_what_is_internal(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "b.png").write_bytes(PNG[:-12] + PNG[-12:])
    log = (
        f"{HEAD}audience: public\ntimeline:\n"
        '- {id: a, at: 18:20, what: "It stops. ![open](a.png)"}\n'
        '- {id: b, at: 18:21, audience: internal, what: "A rack burns. ![smoke](b.png)"}\n'
    )
    judged = judge("log.yaml", log.encode(), tmp_path, "public")
    assert judged.metrics is not None
    assert list(judged.metrics.pictures) == ["a.png"]
    page = _page(judged)
    assert page.count("<img") == 1
    assert "smoke" not in page
