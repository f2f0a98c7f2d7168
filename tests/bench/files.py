"""Break and kill every command that writes, as often as figure 4 of the safety contract asks, and print it.

Run as `python tests/bench/files.py`; POSTMORTEM_KILLS (1,000) is how many kills there are in all. Every fault
is put at every call by which a command writes, and by turns at those before, in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def told(folder: str, kills: int) -> Iterator[dict[str, Any]]:
    """Yield what came of each command."""
    sys.path.insert(0, str(ROOT))
    from tests.safety.writing_commands import COMMANDS

    named = [word for one in COMMANDS for word in ("--command", one.name)]
    each = str(-(-kills // len(COMMANDS)))
    words = [sys.executable, "-m", "tests.safety.break_and_kill", folder, "--kinds", "all", "--each"]
    with subprocess.Popen(
        [*words, "--kills", each, *named],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        yield from (json.loads(line) for line in running.stdout)
    if running.returncode:
        sys.exit("the commands were not run to the end")


def main() -> None:
    """Print a line a command, then the whole."""
    faults: Counter[str] = Counter()
    kills: Counter[str] = Counter()
    problems: list[str] = []
    print("| command | calls | faults | of them refused | killed at a call | killed at a moment | wrong |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with TemporaryDirectory() as folder:
        for one in told(folder, int(os.environ.get("POSTMORTEM_KILLS", "1000"))):
            ends = Counter[str]()
            for name, number in one["faults"].items():
                kind, code = name.split()
                ends["killed" if code == "-9" else "faults"] += number
                ends["refused"] += number if code == "2" else 0
                faults[kind] += number
            kills.update(one["kills"])
            problems += [f"{one['command']}: {problem}" for problem in one["problems"]]
            row = (ends["faults"], ends["refused"], ends["killed"], one["kills"].get("killed", 0))
            cells = (f"`{one['command']}`", one["calls"], *row, len(one["problems"]))
            print(f"| {' | '.join(map(str, cells))} |", flush=True)
    print(f"\n{sum(faults.values()):,} runs with something broken: {dict(sorted(faults.items()))}")
    print(f"kills at random moments: {dict(sorted(kills.items()))}")
    print(f"{len(problems)} times something was wrong", *problems, sep="\n")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
