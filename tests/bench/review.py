"""How long `diff` takes on two logs of 1,000 events, in times of one `check`, and `fmt` beside it.

Whole processes, medians of runs taken in turn. The goal: at most 3.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 7
EVENTS = 1000
HEAD = """\
format: postmortem/1
title: A long incident
date: 2026-03-01
timezone: UTC
status: resolved
sources: {first: {title: The first}, second: {title: The second}}
timeline:
"""
KINDS = ("impact", "detected", "acknowledged", "mitigated", "resumed", "resolved")


def log(moved: int) -> str:
    """Return a log in which every tenth event lies ``moved`` minutes later."""
    events = []
    for number in range(EVENTS):
        minute = number // 2 + (moved if number % 10 == 0 else 0)
        at = (
            f"{minute // 60:02}:{minute % 60:02}"
            if number % 3 or not number
            else f"about 5m after e{number - 1}"
        )
        kind = KINDS[number] if number < len(KINDS) else "note"
        source = ("first", "second")[number % 2]
        what = f"Event {number} of the log."
        events.append(f"  - {{id: e{number}, at: {at}, kind: {kind}, what: {what}, source: {source}}}\n")
    return HEAD + "".join(events)


def seconds(*arguments: str) -> float:
    """Return how long one run of the command takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "postmortem", *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        old, new = (Path(name) / one for one in ("old.yaml", "new.yaml"))
        old.write_text(log(0), encoding="utf-8")
        new.write_text(log(3), encoding="utf-8")
        commands = {
            "check": ("check", str(old)),
            "diff": ("diff", str(old), str(new)),
            "diff, md": ("diff", str(old), str(new), "--format", "md"),
            "diff, json": ("diff", str(old), str(new), "--format", "json"),
            "diff, same": ("diff", str(old), str(old)),
            "fmt": ("fmt", "--diff", str(old)),
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, arguments in commands.items():
                taken[name].append(seconds(*arguments))
    base = median(taken["check"])
    for name, times in taken.items():
        print(f"{name:<12}{median(times):7.3f} s  {median(times) / base:5.2f} x check")


if __name__ == "__main__":
    main()
