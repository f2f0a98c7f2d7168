"""Every command that writes: how it is called, what stands there before, and which files it writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree

from tests.cli.git_repository import new_repository

LOG = """\
format: postmortem/1
title: Logins fail
date: 2026-03-01
timezone: Europe/Berlin
status:   resolved
sources: {pager: {title: The pager, reliability: B}}
timeline:
  - {id: errors, at: 09:14, kind: impact, what: Logins begin to fail., source: pager}
  - {id: fixed, at: 09:41, kind: resolved, what: Logins succeed again., source: pager}
"""
LATER = LOG.replace("09:41", "09:51")
OLD = "what stood there before\n"


@dataclass(frozen=True)
class Writing:
    """A command that writes: its words, the files it writes, and those that may also stay as they were.

    ``old`` is what the files hold before (absent: there is none), ``prepare`` makes what else it needs.
    ``cache``: compiled templates are kept in the folder itself, so that they are looked at, too.
    """

    name: str
    words: tuple[str, ...]
    writes: tuple[str, ...]
    old: dict[str, str] = field(default_factory=dict)
    prepare: Callable[[Path], None] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    cache: bool = False
    slow: bool = False

    def put(self, folder: Path) -> None:
        """Make the folder as it is before the command runs."""
        folder.mkdir()
        (folder / "tmp").mkdir()
        for name, text in {"log.yaml": LOG, "later.yaml": LATER, **self.old}.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
        if self.cache:
            (folder / "package").mkdir()
        if self.prepare is not None:
            self.prepare(folder)


def _repository(folder: Path) -> None:
    git = new_repository(folder)
    (folder / ".gitignore").write_text("tmp\nout\n*.md\n*.txt\n*.json\n", encoding="utf-8")
    git.commit()
    rmtree(folder / ".git/hooks")


def _installed(folder: Path) -> None:
    _repository(folder)
    mine = "# postmortem git-setup: from here\n*.yaml diff=postmortem\n# postmortem git-setup: to here\n"
    (folder / ".gitattributes").write_text(f"*.png binary\n{mine}", encoding="utf-8")
    with (folder / ".git/config").open("a", encoding="utf-8") as config:
        config.write('[diff "postmortem"]\n\ttextconv = old\n')


def _pull_request(folder: Path) -> None:
    _repository(folder)
    base = (folder / ".git/refs/heads/main").read_text(encoding="utf-8").strip()
    (folder / "log.yaml").write_text(LATER.replace("status:   ", "status: "), encoding="utf-8")
    event = {"pull_request": {"number": 7, "base": {"sha": base}}}
    (folder / "event.json").write_text(json.dumps(event), encoding="utf-8")


def _to_file(*words: str) -> Writing:
    return Writing(" ".join(words[:2]), (*words, "-o", "out.txt"), ("out.txt",), {"out.txt": OLD})


COMMANDS = (
    Writing(
        "render",
        ("render", "log.yaml", "--format", "html", "--format", "md", "--format", "json"),
        ("build/log.html", "build/log.md", "build/log.json"),
        {"build/log.html": OLD, "build/log.md": OLD, "build/log.json": OLD},
    ),
    Writing("render anew", ("render", "log.yaml", "-o", "a/b"), ("a/b/log.html", "a/b/log.md")),
    Writing("render a folder", ("render", ".", "--format", "md"), ("build/log.md", "build/later.md")),
    Writing("render to standard output", ("render", "log.yaml", "-o", "-", "--format", "html"), ()),
    Writing("compiled templates", ("render", "log.yaml", "--format", "md"), ("build/log.md",), cache=True),
    Writing(
        "render pdf",
        ("render", "log.yaml", "--format", "pdf"),
        ("build/log.pdf",),
        {"build/log.pdf": OLD},
        slow=True,
    ),
    Writing("fmt", ("fmt", "log.yaml"), ("log.yaml",)),
    Writing("new", ("new", "logs/2026-03-01-logins"), ("logs/2026-03-01-logins.yaml",)),
    _to_file("check", "log.yaml", "--format", "sarif"),
    _to_file("timeline", "log.yaml", "--format", "csv"),
    _to_file("metrics", "log.yaml", "--format", "json"),
    _to_file("diff", "log.yaml", "later.yaml"),
    _to_file("explain", "PM205"),
    _to_file("explain", "log.yaml", "fixed"),
    _to_file("schema"),
    Writing("completion", ("completion", "bash"), ()),
    Writing("git-setup", ("git-setup",), (".git/config", ".git/info/attributes"), prepare=_repository),
    Writing(
        "git-setup --shared",
        ("git-setup", "--shared"),
        (".git/config", ".gitattributes"),
        {".gitattributes": "*.png binary\n"},
        _repository,
    ),
    Writing(
        "git-setup --remove",
        ("git-setup", "--remove"),
        (".git/config", ".gitattributes"),
        prepare=_installed,
    ),
    Writing(
        "ci github",
        ("ci", "github"),
        ("out/comment.md", "out/reports/log.html", "out/reports/log.md", "summary.md", "output.txt"),
        {"summary.md": OLD, "output.txt": "old=1\n", "out/reports/log.md": OLD},
        _pull_request,
        {
            "GITHUB_EVENT_PATH": "event.json",
            "GITHUB_STEP_SUMMARY": "summary.md",
            "GITHUB_OUTPUT": "output.txt",
            "POSTMORTEM_CI_OUTPUT": "out",
        },
    ),
)
