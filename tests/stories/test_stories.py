"""Recorded terminal stories: what is typed after `$`, and what the terminal then shows, to the letter.

A story is a folder with its logs and a `story.txt`. `POSTMORTEM_RECORD=1` records all of them anew.
"""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run

HERE = Path(__file__).parent
STORIES = sorted(path.parent for path in HERE.glob("*/story.txt"))


def told(run: Run, commands: list[str], folder: Path) -> str:
    """Run the commands in a folder and return the terminal as a reader sees it."""
    shown = []
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "postmortem"
        done = run(*arguments, cwd=folder, env={"TERM": "dumb"})
        shown.append(
            f"$ {command}\n{done.out}{done.err}" + (f"(exit code {done.code})\n" if done.code else "")
        )
    return "\n".join(shown)


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.name)
def test_the_story_is_told_as_recorded(run: Run, story: Path, tmp_path: Path) -> None:
    folder = tmp_path / "story"
    shutil.copytree(story, folder)
    recorded = (story / "story.txt").read_text(encoding="utf-8")
    commands = [line[2:] for line in recorded.splitlines() if line.startswith("$ ")]
    now = told(run, commands, folder)
    if os.environ.get("POSTMORTEM_RECORD"):
        (story / "story.txt").write_text(now, encoding="utf-8", newline="\n")
    assert now == recorded


def test_there_are_the_stories_that_reviewers_were_promised() -> None:
    names = {story.name for story in STORIES}
    assert names >= {"moved-event", "settled-conflict", "new-contradiction", "unchanged-meaning"}
