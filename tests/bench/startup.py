"""Measure whole commands in multiples of `python -c pass`: starting, and one log from end to end.

Run as `python tests/bench/startup.py [RUNS]` with the interpreter of an environment into which the project is
installed as a wheel (`make bench` makes one). Each command runs in turn with `python -c pass`; shown are
medians of processor time (user and system, with all that the process waits for) and of wall time.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LOG = str(ROOT / "incidents" / "desantis.yaml")
TOOL = str(Path(sys.executable).parent / "postmortem")
RUNS = 15


class Cost(NamedTuple):
    """What one process took, in milliseconds."""

    processor: float
    wall: float


class Row(NamedTuple):
    """A command and the most it may cost, in multiples of `python -c pass`; None where no goal is set."""

    name: str
    command: tuple[str, ...]
    goal: float | None


def rows(folder: str) -> tuple[Row, ...]:
    """Return what is measured; reports are written into ``folder``."""
    tools = "import click; from yaml._yaml import CParser"
    return (
        Row("--version", (TOOL, "--version"), 1.1),
        Row("--help", (TOOL, "--help"), 5),
        Row("check of one log", (TOOL, "check", LOG), 14),
        Row("render to HTML and Markdown", (TOOL, "render", "-o", folder, LOG), 22),
        Row("  (bare: import re)", (sys.executable, "-c", "import re"), None),
        Row("  (bare: click, yaml)", (sys.executable, "-c", tools), None),
        Row("  (bare: these and jinja2)", (sys.executable, "-c", f"{tools}; import jinja2"), None),
    )


def cost_of(command: tuple[str, ...]) -> Cost:
    """Run a command to its end, its output thrown away; RuntimeError where it fails."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "POSTMORTEM_"))}
    begin = time.perf_counter()
    process = os.posix_spawn(
        command[0],
        command,
        clean,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    if status:
        raise RuntimeError(f"{' '.join(command)} failed")
    return Cost((used.ru_utime + used.ru_stime) * 1000, wall * 1000)


def main(runs: int) -> None:
    """Print one line for every command."""
    bare = (sys.executable, "-c", "pass")
    print(f"{'command':32}{'goal':>6}{'cpu x':>8}{'wall x':>8}{'cpu ms':>9}{'bare ms':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(folder):
            cost_of(row.command)  # the first run fills the caches of files
            pairs = [(cost_of(row.command), cost_of(bare)) for _ in range(runs)]
            processor = statistics.median(ours.processor for ours, _ in pairs)
            bare_processor = statistics.median(other.processor for _, other in pairs)
            wall = statistics.median(ours.wall for ours, _ in pairs)
            bare_wall = statistics.median(other.wall for _, other in pairs)
            print(
                f"{row.name:32}{row.goal or '':>6}{processor / bare_processor:>8.2f}{wall / bare_wall:>8.2f}"
                f"{processor:>9.1f}{bare_processor:>9.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
