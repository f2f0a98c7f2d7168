"""What the tests of the living examples share: each log, judged once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from postmortem.flow import Judged, judge

FOLDER = Path(__file__).parents[2] / "incidents"


@pytest.fixture(scope="session")
def log() -> Callable[[str], Judged]:
    @cache
    def judged(name: str) -> Judged:
        path = FOLDER / f"{name}.yaml"
        return judge(path.name, path.read_bytes(), FOLDER)

    return judged
