"""Where a real browser puts the words of the drawings: none on another, none outside, none too small."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.shapes import shapes

Visit = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
LONG = bool(os.environ.get("POSTMORTEM_LONG"))
SOME = ("5-events-nine-days-12-components", "500-events-a-minute-12-components")
ROOT = Path(__file__).resolve().parents[2]

_BAD = """<!doctype html><main class="wrap"><input type="radio" id="z-i">
<svg width="200" height="50"><text x="10" y="20">one</text><text x="12" y="24">two</text>
<text x="190" y="40">out of it</text><text x="100" y="20" font-size="6">small</text></svg></main>
"""


@pytest.fixture(scope="module")
def found(visit: Visit, pages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is seen of the labels: of real logs, of logs of many shapes, and of a page that is all wrong."""
    folder = tmp_path_factory.mktemp("shapes")
    wanted = {name: log for name, log in shapes().items() if LONG or name in SOME}
    for name, log in wanted.items():
        (folder / f"{name}.yaml").write_text(log, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "postmortem", "render", str(folder), "--format", "html", "-o", str(folder)],
        check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=300,
    )  # fmt: skip
    (folder / "bad.html").write_text(_BAD, encoding="utf-8")
    places = [pages[name] for name in pages if LONG or name == "desantis"]
    places += [folder / f"{name}.html" for name in (*wanted, "bad")]
    return {Path(one["page"]).stem: one for one in visit([{"page": one, "do": ["labels"]} for one in places])}


def test_no_label_lies_on_another_or_leaves_its_drawing(found: dict[str, Any]) -> None:
    for name in found.keys() - {"bad"}:
        looks = {look: one for look, one in found[name].items() if isinstance(one, dict)}
        assert len(looks) >= 7
        for look, one in looks.items():
            assert one["lapping"] == one["outside"] == [], (name, look)
            # An incident of which nothing is dated has no drawing.
            assert one["texts"] > 10 or name == "undated", (name, look)


def test_no_label_is_too_small_to_read(found: dict[str, Any]) -> None:
    """A drawing is made for a breadth of its own; just before it gives way to the next it is smallest."""
    for name in found.keys() - {"bad", "undated"}:
        for look, one in found[name].items():
            if isinstance(one, dict):
                own = look.startswith(("wide", "middle", "phone"))
                assert one["least"] >= (11.75 if own else 10), (name, look)


def test_a_page_with_labels_on_each_other_and_outside_is_told(found: dict[str, Any]) -> None:
    seen = found["bad"]["wide #z-i"]
    assert [one.split(" by ")[0] for one in seen["lapping"]] == ["one | two"]
    assert [one.split(" by ")[0] for one in seen["outside"]] == ["out of it"]
    assert seen["texts"] == 4
    assert seen["least"] == 6
