"""A real git repository for tests: commits with fixed names and dates, and nothing of the user's settings."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "An Author",
    "GIT_AUTHOR_EMAIL": "author@example.org",
    "GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z",
    "GIT_COMMITTER_NAME": "An Author",
    "GIT_COMMITTER_EMAIL": "author@example.org",
    "GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z",
}


@dataclass(frozen=True)
class Git:
    """A repository in a folder."""

    folder: Path

    def __call__(self, *arguments: str, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **ENVIRONMENT, **(env or {})},
            capture_output=True,
            check=True,
            timeout=60,
        )
        return done.stdout.decode("utf-8")

    def commit(self, message: str = "A change") -> str:
        """Commit all that is there and return the commit."""
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "--message", message)
        return self("rev-parse", "HEAD").strip()


def new_repository(folder: Path) -> Git:
    """Make a repository with a branch `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    git = Git(folder)
    git("init", "--quiet", "--initial-branch=main")
    return git
