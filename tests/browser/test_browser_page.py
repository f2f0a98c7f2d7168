"""The page in a real browser: whole without scripts, quiet, in no look too wide, open to everybody."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LONG = bool(os.environ.get("POSTMORTEM_LONG"))
Visit = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def seen(visit: Visit, pages: dict[str, Path]) -> dict[tuple[str, str], dict[str, Any]]:
    jobs = [{"page": page, "do": ["looks", "print"]} for page in pages.values()]
    jobs += [{"page": pages["rooms"], "do": ["axe", "noscript", "script"], "event": "peak"}]
    if LONG:
        jobs += [{"page": page, "do": ["axe"]} for name, page in pages.items() if name != "rooms"]
    else:
        jobs += [{"page": pages["desantis"], "do": ["axe"], "looks": ["light", "phone"]}]
    jobs += [{"page": pages["thousand"], "do": ["anchor"], "hash": "#e-n500"}]
    jobs += [{"page": pages["desantis"], "do": ["jumps"]}]
    return {(Path(one["page"]).stem, one["visit"]): one for one in visit(jobs)}


def _quiet(one: dict[str, Any]) -> None:
    assert one["away"] == []
    assert one["said"] == []
    assert one["ran"] == []


def test_no_look_is_too_wide_or_speaks_or_asks(seen: dict[tuple[str, str], dict[str, Any]]) -> None:
    for (name, visit), found in seen.items():
        if visit == "looks":
            for look, one in found.items():
                if isinstance(one, dict):
                    assert one["over"] <= 0, (name, look)
                    _quiet(one)


def test_axe_finds_nothing_and_leaves_nothing_open(seen: dict[tuple[str, str], dict[str, Any]]) -> None:
    judged = {name: found for (name, visit), found in seen.items() if visit == "axe"}
    assert judged.keys() >= {"rooms", "desantis"}
    for name, looks in judged.items():
        for look, one in looks.items():
            if isinstance(one, dict):
                assert one["violations"] == one["incomplete"] == one["unread"] == [], (name, look)
                # axe leaves the contrast of texts in drawings open: the pixels of each were read instead.
                assert one["read"] == one["drawn"], (name, look)
                assert one["read"] > 0 or look.endswith("figures"), (name, look)


def test_without_scripts_everything_is_there(seen: dict[tuple[str, str], dict[str, Any]]) -> None:
    found = seen["rooms", "noscript"]
    assert found["before"] == "18:00 EDT"
    assert found["after"] == "22:00 UTC"
    assert found["proof"] is True
    assert found["events"] == 11
    _quiet(found)


def test_scripts_add_light_keys_links_and_the_readers_zone(
    seen: dict[tuple[str, str], dict[str, Any]],
) -> None:
    found = seen["rooms", "script"]
    assert "#e-peak" in found["lit"]
    assert found["row"] == 1
    assert found["second"] != found["back"]
    assert "next event" in found["help"]
    assert found["copied"].endswith("#e-peak")
    assert found["zone"] == "z-lo"
    assert found["local"] == "2023-05-25 07:20"
    _quiet(found)


def test_a_link_into_what_is_folded_opens_it_below_the_bar(
    seen: dict[tuple[str, str], dict[str, Any]],
) -> None:
    found = seen["thousand", "anchor"]
    assert found["bar"] <= found["top"] < found["height"]


def test_links_of_the_bar_lead_to_their_sections(seen: dict[tuple[str, str], dict[str, Any]]) -> None:
    found = seen["desantis", "jumps"]["out"]
    assert len(found) >= 9
    assert all(0 <= top <= 70 for top in found.values()), found
    assert sum(top > 40 for top in found.values()) >= 8, found


def test_print_has_no_bar_and_nothing_sticks_out(seen: dict[tuple[str, str], dict[str, Any]]) -> None:
    for (name, visit), found in seen.items():
        if visit == "print":
            assert found["bar"] == "none", name
            assert found["over"] <= 0, name


def test_html_validate_finds_nothing(modules: Path, pages: dict[str, Path], tmp_path: Path) -> None:
    config = tmp_path / "htmlvalidate.json"
    config.write_text('{"extends": ["html-validate:standard"], "root": true}', encoding="utf-8")
    done = subprocess.run(
        [str(modules / ".bin" / "html-validate"), "--config", str(config), *map(str, pages.values())],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode()[-3000:]


def test_the_w3c_checker_finds_nothing(modules: Path, pages: dict[str, Path]) -> None:
    import shutil

    if not shutil.which("java"):
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs the W3C checker, but java is missing")
        pytest.skip("not installed: java")
    jar = next((modules / "vnu-jar").rglob("vnu.jar"))
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "gnu", *map(str, pages.values())],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-3000:]
